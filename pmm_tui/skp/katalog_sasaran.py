"""A form for others than teachers: the dimension, choices and atasan of a kepala sekolah in place of a teacher's."""

from __future__ import annotations

from msgspec import Struct

from pmm_tui.skp.katalog_parts import Id, Sources, Text
from pmm_tui.skp.katalog_tables import Indikator, Komponen, Praktik, RaporRules


class Sasaran(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A form for others than teachers: who has one of `jenis_ptk` plans by it.

    `atasan` is the post of whoever rates that plan; `tugas_tambahan` tells whether duties are asked for. Of `rapor` the levels, and
    all that is not said here, are those of the whole catalogue.
    """

    id: Id
    label: Text
    jenis_ptk: tuple[str, ...]
    rapor: RaporRules
    praktik: Praktik
    komponen: tuple[Komponen, ...]
    indikator: tuple[Indikator, ...]
    atasan: str = ""
    tugas_tambahan: bool = False
    keyakinan: str = ""
    sumber: Sources = ()

    def is_for(self, jenis_ptk: str) -> bool:
        """Whether somebody of that Jenis PTK plans by it, case and spacing aside."""
        wanted = " ".join(jenis_ptk.casefold().split())
        return any(wanted == " ".join(one.casefold().split()) for one in self.jenis_ptk)


def own_sasaran(katalog: Struct) -> Sasaran | None:
    """Whose catalogue it is that `Katalog.for_jenis_ptk` gave, where it is no teacher's."""
    found: Sasaran | None = katalog.__dict__.get("_sasaran")
    return found


def asks_duties(katalog: Struct) -> bool:
    """Whether tugas tambahan are asked for under that catalogue."""
    own = own_sasaran(katalog)
    return own is None or own.tugas_tambahan
