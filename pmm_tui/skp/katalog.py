"""The catalogue: schemes, periods, and the choices that they offer, as data that a school or a server can replace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_tables import (
    Golongan,
    GolonganList,
    Indikator,
    Item,
    JenisPTK,
    Jenjang,
    Kompetensi,
    KompetensiDefaults,
    Perilaku,
    Periode,
    Praktik,
    RaporRules,
    Skema,
    StatusKepegawaian,
    Text,
    TugasDefaults,
    TugasKind,
)
from pmm_tui.text import quoted

SCHEMA = 1


class Katalog(Struct, frozen=True, kw_only=True, dict=True):
    """A whole catalogue. Build one with `parse_katalog`, which also checks what refers to what."""

    versi: Text
    skema: tuple[Skema, ...]
    periode: tuple[Periode, ...]
    praktik: Praktik
    komponen: tuple[Item, ...]
    indikator: tuple[Indikator, ...]
    kompetensi: tuple[Kompetensi, ...]
    tugas_tambahan: tuple[TugasKind, ...]
    tugas_tambahan_umum: TugasDefaults
    perilaku: tuple[Perilaku, ...]
    schema: int = SCHEMA
    rapor: RaporRules = RaporRules()
    kompetensi_umum: KompetensiDefaults = KompetensiDefaults()
    status_kepegawaian: tuple[StatusKepegawaian, ...] = ()
    jenjang_jabatan: tuple[Jenjang, ...] = ()
    golongan: GolonganList = GolonganList()
    jenis_ptk: JenisPTK = JenisPTK()
    impor_dapodik: dict[str, Any] = {}

    def find_periode(self, item_id: str) -> Periode | None:
        """The period with that id."""
        return _find(self.periode, item_id)

    def skema_periode(self, item_id: str) -> Skema:
        """The scheme of a period; raises ShapeError for a period that the catalogue does not have."""
        periode = self.find_periode(item_id)
        if periode is None:
            known = ", ".join(p.id for p in self.periode)
            raise ShapeError(f"Periode {quoted(item_id)} tidak ada di katalog; yang ada: {known}.", "periode")
        skema = _find(self.skema, periode.skema)
        assert skema is not None  # checked by parse_katalog
        return skema

    def periode_on(self, day: date) -> Periode:
        """The period that holds a day, else the latest one that began before it, else the first."""
        started = [p for p in self.periode if p.mulai <= day]
        running = [p for p in started if day <= p.selesai]
        return max(running or started or self.periode[:1], key=lambda p: p.mulai)

    def find_indikator(self, item_id: str) -> Indikator | None:
        """The D.1 indicator with that id."""
        return _find(self.indikator, item_id)

    def find_kompetensi(self, item_id: str) -> Kompetensi | None:
        """The RHK of Pengembangan Kompetensi with that id."""
        return _find(self.kompetensi, item_id)

    def find_tugas(self, item_id: str) -> TugasKind | None:
        """The tugas tambahan with that id."""
        return _find(self.tugas_tambahan, item_id)

    def find_komponen(self, item_id: str) -> Item | None:
        """The component of dimension D.1 with that id."""
        return _find(self.komponen, item_id)

    def find_jenjang(self, item_id: str) -> Jenjang | None:
        """The career level with that id."""
        return _find(self.jenjang_jabatan, item_id)

    def find_perilaku(self, choice: str) -> tuple[Perilaku, Item] | None:
        """The value and indikator of a `nilai/indikator`."""
        value, _, indikator = choice.partition("/")
        perilaku = _find(self.perilaku, value)
        item = _find(perilaku.indikator, indikator) if perilaku else None
        return (perilaku, item) if perilaku and item else None

    def find_status(self, label: str) -> StatusKepegawaian | None:
        """The employment status of a label or id, case and surrounding space aside."""
        wanted = label.strip().casefold()
        return next((s for s in self.status_kepegawaian if wanted in (s.label.casefold(), s.id)), None)

    def find_golongan(self, code: str) -> Golongan | None:
        """The class of a code such as `III/c` or `IX`, upper or lower case."""
        wanted = code.strip().casefold()
        return next((g for g in (*self.golongan.pns, *self.golongan.pppk) if g.kode.casefold() == wanted), None)

    def tugas_jenjang(self, jenjang: str) -> tuple[TugasKind, ...]:
        """The tugas tambahan that a kind of school has; all of them when the kind is unknown."""
        return tuple(t for t in self.tugas_tambahan if not jenjang or "semua" in t.jenjang or jenjang.upper() in t.jenjang)

    def only_periode(self, item_id: str) -> Katalog:
        """The catalogue with just that period and its scheme: what the server answers."""
        skema = self.skema_periode(item_id)
        periode = tuple(p for p in self.periode if p.id == item_id)
        return msgspec.structs.replace(self, periode=periode, skema=(skema,), impor_dapodik={})


_HasId = TypeVar("_HasId", bound=Any)


def _find(items: Iterable[_HasId], item_id: str) -> _HasId | None:
    return next((item for item in items if item.id == item_id), None)


def fill_pattern(pattern: str, placeholder: str, value: str) -> str:
    """Put `value` into the `{placeholder}` of a sentence; other braces stay as they are."""
    return pattern.replace("{" + placeholder + "}", value)
