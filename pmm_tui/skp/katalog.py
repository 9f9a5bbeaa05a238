"""The catalogue: schemes, periods, and the choices that they offer, as data that a school or a server can replace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_parts import ReturnReason, Source, Text
from pmm_tui.skp.katalog_sasaran import Sasaran, own_sasaran
from pmm_tui.skp.katalog_tables import (
    Golongan,
    GolonganList,
    Indikator,
    Item,
    JenisPTK,
    Jenjang,
    Kompetensi,
    KompetensiDefaults,
    Komponen,
    Perilaku,
    Periode,
    Praktik,
    RaporRules,
    Skema,
    StatusKepegawaian,
    TugasDefaults,
    TugasKind,
)
from pmm_tui.text import quoted

SCHEMA = 1


class Katalog(Struct, frozen=True, kw_only=True, dict=True):
    """A whole catalogue. Build one with `parse_katalog`, which also checks what refers to what.

    It holds the wordings of all times; `for_periode` has those of one period, and that is what plans are shown and judged by.
    """

    versi: Text
    skema: tuple[Skema, ...]
    periode: tuple[Periode, ...]
    praktik: Praktik
    komponen: tuple[Komponen, ...]
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
    rujukan: tuple[Source, ...] = ()
    alasan_kembali: tuple[ReturnReason, ...] = ()
    sasaran: tuple[Sasaran, ...] = ()
    anjuran_tahap: dict[str, Text] = {}

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
        """The indicator with that id; in another's catalogue than a teacher's also a teacher's, as older plans have."""
        return _find(self.indikator, item_id) or (self._of.find_indikator(item_id) if self._of else None)

    def find_kompetensi(self, item_id: str) -> Kompetensi | None:
        """The RHK of Pengembangan Kompetensi with that id."""
        return _find(self.kompetensi, item_id)

    def find_tugas(self, item_id: str) -> TugasKind | None:
        """The tugas tambahan with that id; see `find_indikator`."""
        return _find(self.tugas_tambahan, item_id) or (self._of.find_tugas(item_id) if self._of else None)

    def find_komponen(self, item_id: str) -> Komponen | None:
        """The component with that id; see `find_indikator`."""
        return _find(self.komponen, item_id) or (self._of.find_komponen(item_id) if self._of else None)

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

    def for_periode(self, item_id: str) -> Katalog:
        """The catalogue as a period has it: wordings and choices of its time; an unknown period gets that of today."""
        made: dict[str, Katalog] = self.__dict__.setdefault("_for_periode", {})
        if item_id not in made:
            periode = self.find_periode(item_id)
            if periode is None:  # not kept: there are as many unknown ids as anybody likes
                return self
            made[item_id] = _of_its_time(self, periode.mulai) if _has_times(self) else self
        return made[item_id]

    def for_jenis_ptk(self, jenis_ptk: str) -> Katalog:
        """The catalogue as somebody of that Jenis PTK has it: a kepala sekolah's own choices, for all others this one."""
        found = None if own_sasaran(self) else next((s for s in self.sasaran if s.is_for(jenis_ptk)), None)
        if found is None:
            return self
        made: dict[str, Katalog] = self.__dict__.setdefault("_for_sasaran", {})
        if found.id not in made:
            made[found.id] = _of_sasaran(self, found)
        return made[found.id]

    @property
    def _of(self) -> Katalog | None:
        return self.__dict__.get("_teachers")

    def only_periode(self, item_id: str) -> Katalog:
        """The catalogue with just that period, its scheme and its wordings: what the server answers.

        Where an entry was found, what it is called at other times, and what a stage asks for, need not travel.
        """
        skema, its = self.skema_periode(item_id), self.for_periode(item_id)
        known = {t.id: t.alias for t in self.tugas_tambahan}
        lent: Katalog = _without_sources(
            msgspec.structs.replace(
                its,
                periode=tuple(p for p in self.periode if p.id == item_id),
                skema=(skema,),
                tugas_tambahan=tuple(msgspec.structs.replace(t, alias=known[t.id]) for t in its.tugas_tambahan),
                impor_dapodik={},
                anjuran_tahap={},
                rujukan=(),
            )
        )
        return lent


class _Before(Protocol):
    @property
    def sampai(self) -> date: ...


_Earlier = TypeVar("_Earlier", bound=_Before)


def _on(day: date, earlier: Iterable[_Earlier]) -> _Earlier | None:
    """The earlier wording that a day still has; None when the one of today holds."""
    return min((e for e in earlier if day <= e.sampai), key=lambda e: e.sampai, default=None)


def _has_times(katalog: Katalog) -> bool:
    dated = any(t.mulai or t.dahulu for t in katalog.tugas_tambahan)
    return dated or bool(katalog.praktik.dahulu or katalog.tugas_tambahan_umum.dahulu or katalog.jenis_ptk.tambahan)


def _of_its_time(katalog: Katalog, day: date) -> Katalog:
    change = msgspec.structs.replace
    praktik, shared, jenis = katalog.praktik, katalog.tugas_tambahan_umum, katalog.jenis_ptk
    sentence, limit = _on(day, praktik.dahulu), _on(day, shared.dahulu)
    entitled = (*jenis.berhak, *(j.label for j in jenis.tambahan if j.mulai <= day))
    return change(
        katalog,
        praktik=change(praktik, rhk_pola=sentence.rhk_pola, rhk_komponen="", dahulu=()) if sentence else change(praktik, dahulu=()),
        tugas_tambahan=tuple(_tugas(t, day) for t in katalog.tugas_tambahan if t.mulai is None or t.mulai <= day),
        tugas_tambahan_umum=change(shared, jp_lain_maks=limit.jp_lain_maks if limit else shared.jp_lain_maks, dahulu=()),
        jenis_ptk=change(jenis, berhak=entitled, tambahan=()),
    )


def _tugas(tugas: TugasKind, day: date) -> TugasKind:
    """A tugas tambahan as that day has it; its labels of other times stay as names that it goes by."""
    change, now = msgspec.structs.replace, _on(day, tugas.dahulu) or tugas
    others = (label for label in (tugas.label, *(before.label for before in tugas.dahulu)) if label != now.label)
    alias = tuple(dict.fromkeys((*tugas.alias, *others)))
    of_its_time = change(tugas, label=now.label, jp=now.jp, keyakinan=now.keyakinan, sumber=now.sumber)
    return change(of_its_time, alias=alias, catatan=tugas.catatan if now is tugas else "", mulai=None, dahulu=())


def _of_sasaran(katalog: Katalog, sasaran: Sasaran) -> Katalog:
    change, shared = msgspec.structs.replace, katalog.rapor
    made = change(
        katalog,
        rapor=change(sasaran.rapor, capaian=shared.capaian, rekomendasi_banyak=shared.rekomendasi_banyak),
        praktik=sasaran.praktik,
        komponen=sasaran.komponen,
        indikator=sasaran.indikator,
        tugas_tambahan=katalog.tugas_tambahan if sasaran.tugas_tambahan else (),
    )
    made.__dict__.update(_sasaran=sasaran, _teachers=katalog)
    return made


def _without_sources(value: Any) -> Any:
    """The same without `sumber`, at any depth: they are for reading, and need not travel."""
    if isinstance(value, tuple):
        return tuple(_without_sources(one) for one in value)
    if not isinstance(value, Struct):
        return value
    parts = {name: _without_sources(getattr(value, name)) for name in value.__struct_fields__}
    return type(value)(**parts | {"sumber": ()} if "sumber" in parts else parts)


_HasId = TypeVar("_HasId", bound=Any)


def _find(items: Iterable[_HasId], item_id: str) -> _HasId | None:
    return next((item for item in items if item.id == item_id), None)
