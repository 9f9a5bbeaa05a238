"""What is in force: catalogue, period, school and its results; one definition for the screen and for every command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

import msgspec
from msgspec import Struct

from pmm_tui.config import Config, beside
from pmm_tui.errors import ConfigError, ShapeError
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.shapes.decode import decode_json, nearest
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled, parse_katalog, read_katalog
from pmm_tui.skp.katalog_tables import Periode, Skema
from pmm_tui.skp.model import KepalaSekolah, Rapor, Sekolah
from pmm_tui.text import clean

MAX_KATALOG = 2 * 1024 * 1024
SumberKatalog = Literal["berkas", "server", "bawaan"]


class Rujukan(Protocol):
    """What this module needs of a stored answer of the server."""

    @property
    def body(self) -> bytes:
        """The JSON as it came."""


class Berlaku(Struct, frozen=True, kw_only=True):
    """What is in force now. `catatan` are sentences about what was left aside, for the status line or stderr."""

    katalog: Katalog
    sumber_katalog: SumberKatalog
    periode: Periode
    skema: Skema
    sekolah: Sekolah
    rapor: Rapor
    catatan: tuple[str, ...] = ()


class _SekolahServer(Struct, frozen=True):
    npsn: str = ""
    nama: str = ""
    jenjang: str = ""
    kepala_sekolah: KepalaSekolah = KepalaSekolah()
    periode: str = ""


def berlaku(
    config: Config,
    config_file: Path,
    rujukan: Callable[[str], Rujukan | None],
    hari_ini: date,
    dipilih: str = "",
) -> Berlaku:
    """Find what is in force.

    The catalogue: the operator's file, else the server's of the period, else the bundled one. The period: `dipilih`, else the
    configuration's, else the one that runs on `hari_ini`, else the server's, else the latest. The school: the configuration's where
    it says something, else the server's; the head is taken as one. Raises ConfigError for a file or a period that cannot be used.
    """
    catatan: list[str] = []
    own = own_katalog(config, config_file)  # a fault of the operator's file is told first
    server = _sekolah_server(rujukan("sekolah"), catatan)
    id = dipilih or config.periode or _today(own or bundled(), hari_ini, server.periode)
    katalog, sumber = _in_force(own, rujukan, id, catatan)
    periode = katalog.cari_periode(id)
    if periode is None:
        tahu = [p.id for p in katalog.periode]
        hint = nearest(id, tahu) or f"Yang ada: {', '.join(tahu)}."
        asal = "" if dipilih or not config.periode else f"{config_file}: periode: "
        raise ConfigError(f'{asal}Periode "{clean(id, limit=40)}" tidak ada di katalog. {hint}')
    if not katalog.impor_dapodik:  # the server's answer leaves out what only importing needs
        katalog = msgspec.structs.replace(katalog, impor_dapodik=bundled().impor_dapodik)
    return Berlaku(
        katalog=katalog,
        sumber_katalog=sumber,
        periode=periode,
        skema=katalog.skema_periode(id),
        sekolah=_sekolah(config, server),
        rapor=_rapor(rujukan(f"rapor/{id}"), catatan),
        catatan=tuple(catatan),
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


def _in_force(
    own: Katalog | None, rujukan: Callable[[str], Rujukan | None], periode: str, catatan: list[str]
) -> tuple[Katalog, SumberKatalog]:
    if own is not None:
        return own, "berkas"
    held = rujukan(f"katalog/{periode}")
    if held is not None:
        try:
            katalog = parse_katalog(msgspec.json.decode(held.body), "Katalog dari server")
            if katalog.cari_periode(periode) is not None:
                return katalog, "server"
            catatan.append(f"Katalog dari server tidak memuat periode {periode}; dipakai katalog bawaan.")
        except ShapeError as error:
            catatan.append(f"{error.sentence} Dipakai katalog bawaan.")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            catatan.append("Katalog dari server bukan JSON yang utuh; dipakai katalog bawaan.")
    return bundled(), "bawaan"


def _today(katalog: Katalog, hari_ini: date, from_server: str) -> str:
    found = katalog.periode_pada(hari_ini)
    runs = found.mulai <= hari_ini <= found.selesai
    return from_server if from_server and not runs else found.id


def _sekolah_server(held: Rujukan | None, catatan: list[str]) -> _SekolahServer:
    if held is None:
        return _SekolahServer()
    try:
        return decode_json(held.body, _SekolahServer, "Data sekolah dari server")
    except ShapeError as error:
        catatan.append(error.sentence)
        return _SekolahServer()


def _sekolah(config: Config, server: _SekolahServer) -> Sekolah:
    own = config.sekolah
    kepala = own.kepala_sekolah
    return Sekolah(
        npsn=own.npsn or server.npsn,
        nama=own.nama or server.nama,
        jenjang=(own.jenjang or server.jenjang).upper(),
        kepala_sekolah=(
            KepalaSekolah(nama=kepala.nama, nip=kepala.nip, pangkat=kepala.pangkat, plt=kepala.plt)
            if kepala.nama or kepala.nip
            else server.kepala_sekolah
        ),
    )


def _rapor(held: Rujukan | None, catatan: list[str]) -> Rapor:
    if held is None:
        return Rapor()
    try:
        return decode_json(held.body, Rapor, "Rapor Pendidikan dari server")
    except ShapeError as error:
        catatan.append(error.sentence)
        return Rapor()
