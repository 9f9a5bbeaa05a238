"""What the configuration says of catalogue, period and school, put together with what is in force otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pmm_tui.config import Config, beside
from pmm_tui.errors import ConfigError, ShapeError
from pmm_tui.services.in_force import InForce, Reference, find_in_force
from pmm_tui.services.rapor_in_force import OwnEntry
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import read_katalog
from pmm_tui.skp.model import Atasan, KepalaSekolah, Sekolah

MAX_KATALOG = 2 * 1024 * 1024


def configured_in_force(
    config: Config,
    config_file: Path,
    reference: Reference,
    today: date,
    chosen: str = "",
    last: str = "",
    own_rapor: Callable[[str], Sequence[OwnEntry]] = lambda _: (),
) -> InForce:
    """Find what is in force under a configuration; `chosen` is a period named elsewhere, which goes first. Raises ConfigError.

    `last` is the period that was last in force, when `today` is not the computer's own day.
    """
    own, head = config.sekolah, config.sekolah.kepala_sekolah
    kepala = KepalaSekolah(nama=head.nama, nip=head.nip, pangkat=head.pangkat, plt=head.plt)
    atasan = Atasan(**{name: getattr(own.atasan, name) for name in Atasan.__struct_fields__})
    return find_in_force(
        reference,
        today,
        last=last,
        chosen=chosen or config.periode,
        chosen_in="" if chosen or not config.periode else str(config_file),
        own_katalog=own_katalog(config, config_file),
        own_rapor=own_rapor,
        own_sekolah=Sekolah(npsn=own.npsn, nama=own.nama, jenjang=own.jenjang, kepala_sekolah=kepala, atasan=atasan),
    )


def own_katalog(config: Config, config_file: Path) -> Katalog | None:
    """The catalogue file that the configuration names; None when it names none. Raises ConfigError."""
    if not config.katalog:
        return None
    path = beside(config.katalog, config_file)
    text = read_text(
        path,
        MAX_KATALOG,
        ConfigError,
        unreadable=lambda why: f"{path}: katalog tidak dapat dibaca ({why}); periksa kunci katalog.",
        too_large=f"{path}: lebih besar dari {MAX_KATALOG // 1024 // 1024} MB; tunjuk katalog yang benar dengan kunci katalog.",
        not_utf8=lambda _: f"{path}: bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )
    try:
        return read_katalog(text, str(path))
    except ShapeError as error:
        raise ConfigError(error.sentence) from None
