"""What is in force: catalogue, period, school and its results; one definition for the screen and for every command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, Protocol

import msgspec
from msgspec import Struct

from pmm_tui.errors import ConfigError, ShapeError
from pmm_tui.services.rapor_in_force import OwnEntry, RaporSource, put_together
from pmm_tui.shapes.decode import decode_json, nearest
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled, parse_katalog
from pmm_tui.skp.model import Atasan, KepalaSekolah, Rapor, Sekolah
from pmm_tui.text import clean

KatalogSource = Literal["berkas", "server", "bawaan"]


class HeldDocument(Protocol):
    """What this module needs of a stored answer of the server."""

    @property
    def body(self) -> bytes:
        """The JSON as it came."""


Reference = Callable[[str], HeldDocument | None]
"""Finds a stored answer of the server by its name."""


class InForce(Struct, frozen=True, kw_only=True):
    """What is in force now. `periode` is an id that `katalog` has; `notes` are sentences about what was left aside.

    `katalog` has the wordings of that period. `clock` is the sentence about a computer's clock that cannot be, empty for one that
    can. `asked` tells that the period was asked for by the command line.
    """

    katalog: Katalog
    periode: str
    sekolah: Sekolah
    rapor: Rapor
    rapor_source: RaporSource = RaporSource()
    katalog_source: KatalogSource = "bawaan"
    notes: tuple[str, ...] = ()
    clock: str = ""
    asked: bool = False

    @property
    def option(self) -> str:
        """What a command that is told has to be given so that it is about this period too; begins with a blank."""
        return f" --periode {self.periode}" if self.asked else ""

    @property
    def label(self) -> str:
        """The period's name for people."""
        found = self.katalog.find_periode(self.periode)
        return found.label if found else self.periode

    def ended(self, today: date) -> Callable[[str], bool]:
        """Tell of a period whether it has ended; one that no catalogue here knows has not."""

        def has_ended(periode: str) -> bool:
            found = self.katalog.find_periode(periode) or bundled().find_periode(periode)
            return found is not None and found.selesai < today

        return has_ended


class _ServerSekolah(Struct, frozen=True):
    npsn: str = ""
    nama: str = ""
    jenjang: str = ""
    kepala_sekolah: KepalaSekolah = KepalaSekolah()
    atasan: Atasan = Atasan()
    periode: str = ""


def find_in_force(
    reference: Reference,
    today: date,
    *,
    last: str = "",
    chosen: str = "",
    chosen_in: str = "",
    own_katalog: Katalog | None = None,
    own_sekolah: Sekolah = Sekolah(),  # noqa: B008  a frozen value
    own_rapor: Callable[[str], Sequence[OwnEntry]] = lambda _: (),
) -> InForce:
    """Find what is in force.

    The catalogue: the operator's own, else the server's of the period, else the bundled one. The period: `chosen`, else the one
    that runs on `today`, else the server's, else the latest; `last`, the one that was in force before the computer lost its clock,
    where it begins later. The school: the operator's own where it says something, else the server's; the head and the head's atasan
    are each taken as one. The rapor: what the school itself says of a period (`own_rapor`), else the server's. Raises ConfigError
    for a period that cannot be used; `chosen_in` is the file that names it.
    """
    notes: list[str] = []
    server = _server_sekolah(reference("sekolah"), notes)
    periode = chosen or _running(own_katalog or bundled(), today, server.periode, last)
    katalog, source = _katalog(own_katalog, reference, periode, notes)
    if katalog.find_periode(periode) is None:
        known = [p.id for p in katalog.periode]
        hint = nearest(periode, known) or f"Yang ada: {', '.join(known)}."
        place = f"{chosen_in}: periode: " if chosen_in else ""
        raise ConfigError(f'{place}Periode "{clean(periode, limit=40)}" tidak ada di katalog. {hint}')
    if not katalog.impor_dapodik:  # the server's answer leaves out what only importing needs
        katalog = msgspec.structs.replace(katalog, impor_dapodik=bundled().impor_dapodik)
    if not katalog.alasan_kembali:  # one of before there were such reasons
        katalog = msgspec.structs.replace(katalog, alasan_kembali=bundled().alasan_kembali)
    if not katalog.anjuran_tahap:
        katalog = msgspec.structs.replace(katalog, anjuran_tahap=bundled().anjuran_tahap)
    rapor, rapor_source = put_together(own_rapor(periode), reference_rapor(reference, periode, notes), katalog)
    return InForce(
        katalog=katalog.for_periode(periode),
        periode=periode,
        sekolah=_sekolah(own_sekolah, server),
        rapor=rapor,
        rapor_source=rapor_source,
        katalog_source=source,
        notes=tuple(notes),
    )


def _katalog(own: Katalog | None, reference: Reference, periode: str, notes: list[str]) -> tuple[Katalog, KatalogSource]:
    if own is not None:
        return own, "berkas"
    held = reference(f"katalog/{periode}")
    if held is not None:
        try:
            katalog = parse_katalog(msgspec.json.decode(held.body), "Katalog dari server")
            if katalog.find_periode(periode) is not None:
                return katalog, "server"
            notes.append(f"Katalog dari server tidak memuat periode {periode}; dipakai katalog bawaan.")
        except ShapeError as error:
            notes.append(f"{error.sentence} Dipakai katalog bawaan.")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            notes.append("Katalog dari server bukan JSON yang utuh; dipakai katalog bawaan.")
    return bundled(), "bawaan"


def _running(katalog: Katalog, today: date, from_server: str, last: str) -> str:
    found, kept = katalog.periode_on(today), katalog.find_periode(last)
    if kept is not None and kept.mulai > found.mulai:
        return kept.id
    runs = found.mulai <= today <= found.selesai
    return from_server if from_server and not runs else found.id


def _server_sekolah(held: HeldDocument | None, notes: list[str]) -> _ServerSekolah:
    if held is None:
        return _ServerSekolah()
    try:
        return decode_json(held.body, _ServerSekolah, "Data sekolah dari server")
    except ShapeError as error:
        notes.append(error.sentence)
        return _ServerSekolah()


def _sekolah(own: Sekolah, server: _ServerSekolah) -> Sekolah:
    kepala = own.kepala_sekolah
    return Sekolah(
        npsn=own.npsn or server.npsn,
        nama=own.nama or server.nama,
        jenjang=(own.jenjang or server.jenjang).upper(),
        kepala_sekolah=kepala if kepala.nama or kepala.nip else server.kepala_sekolah,
        atasan=own.atasan if own.atasan.nama or own.atasan.nip else server.atasan,
    )


def reference_rapor(reference: Reference, periode: str, notes: list[str]) -> Rapor | None:
    """The server's Rapor Pendidikan of a period; None where it never answered with one that can be read."""
    held = reference(f"rapor/{periode}")
    if held is None:
        return None
    try:
        return decode_json(held.body, Rapor, "Rapor Pendidikan dari server")
    except ShapeError as error:
        notes.append(error.sentence)
        return None
