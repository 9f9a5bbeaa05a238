"""The catalogue: schemes, periods, and the choices that they offer, as data that a school or a server can replace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_tables import (
    AturanRapor,
    Butir,
    DaftarGolongan,
    Golongan,
    Indikator,
    JenisPTK,
    JenisTugas,
    JenjangJabatan,
    Kompetensi,
    KompetensiUmum,
    Perilaku,
    Periode,
    Praktik,
    Skema,
    StatusKepegawaian,
    Teks,
    TugasUmum,
)
from pmm_tui.text import quoted

SCHEMA = 1


class Katalog(Struct, frozen=True, kw_only=True, dict=True):
    """A whole catalogue. Build one with `parse_katalog`, which also checks what refers to what."""

    versi: Teks
    skema: tuple[Skema, ...]
    periode: tuple[Periode, ...]
    praktik: Praktik
    komponen: tuple[Butir, ...]
    indikator: tuple[Indikator, ...]
    kompetensi: tuple[Kompetensi, ...]
    tugas_tambahan: tuple[JenisTugas, ...]
    tugas_tambahan_umum: TugasUmum
    perilaku: tuple[Perilaku, ...]
    schema: int = SCHEMA
    rapor: AturanRapor = AturanRapor()
    kompetensi_umum: KompetensiUmum = KompetensiUmum()
    status_kepegawaian: tuple[StatusKepegawaian, ...] = ()
    jenjang_jabatan: tuple[JenjangJabatan, ...] = ()
    golongan: DaftarGolongan = DaftarGolongan()
    jenis_ptk: JenisPTK = JenisPTK()
    impor_dapodik: dict[str, Any] = {}

    def cari_periode(self, item_id: str) -> Periode | None:
        """The period with that id."""
        return _cari(self.periode, item_id)

    def skema_periode(self, item_id: str) -> Skema:
        """The scheme of a period; raises ShapeError for a period that the catalogue does not have."""
        periode = self.cari_periode(item_id)
        if periode is None:
            tahu = ", ".join(p.id for p in self.periode)
            raise ShapeError(f"Periode {quoted(item_id)} tidak ada di katalog; yang ada: {tahu}.", "periode")
        skema = _cari(self.skema, periode.skema)
        assert skema is not None  # checked by parse_katalog
        return skema

    def periode_pada(self, hari: date) -> Periode:
        """The period that holds a day, else the latest one that began before it, else the first."""
        started = [p for p in self.periode if p.mulai <= hari]
        running = [p for p in started if hari <= p.selesai]
        return max(running or started or self.periode[:1], key=lambda p: p.mulai)

    def cari_indikator(self, item_id: str) -> Indikator | None:
        """The D.1 indicator with that id."""
        return _cari(self.indikator, item_id)

    def cari_kompetensi(self, item_id: str) -> Kompetensi | None:
        """The RHK of Pengembangan Kompetensi with that id."""
        return _cari(self.kompetensi, item_id)

    def cari_tugas(self, item_id: str) -> JenisTugas | None:
        """The tugas tambahan with that id."""
        return _cari(self.tugas_tambahan, item_id)

    def cari_komponen(self, item_id: str) -> Butir | None:
        """The component of dimension D.1 with that id."""
        return _cari(self.komponen, item_id)

    def cari_jenjang(self, item_id: str) -> JenjangJabatan | None:
        """The career level with that id."""
        return _cari(self.jenjang_jabatan, item_id)

    def cari_perilaku(self, pilihan: str) -> tuple[Perilaku, Butir] | None:
        """The value and indikator of a `nilai/indikator`."""
        nilai, _, indikator = pilihan.partition("/")
        perilaku = _cari(self.perilaku, nilai)
        butir = _cari(perilaku.indikator, indikator) if perilaku else None
        return (perilaku, butir) if perilaku and butir else None

    def cari_status(self, label: str) -> StatusKepegawaian | None:
        """The employment status of a label or id, case and surrounding space aside."""
        wanted = label.strip().casefold()
        return next((s for s in self.status_kepegawaian if wanted in (s.label.casefold(), s.id)), None)

    def cari_golongan(self, kode: str) -> Golongan | None:
        """The class of a code such as `III/c` or `IX`, upper or lower case."""
        wanted = kode.strip().casefold()
        return next((g for g in (*self.golongan.pns, *self.golongan.pppk) if g.kode.casefold() == wanted), None)

    def tugas_jenjang(self, jenjang: str) -> tuple[JenisTugas, ...]:
        """The tugas tambahan that a kind of school has; all of them when the kind is unknown."""
        return tuple(t for t in self.tugas_tambahan if not jenjang or "semua" in t.jenjang or jenjang.upper() in t.jenjang)

    def untuk_periode(self, item_id: str) -> Katalog:
        """The catalogue with just that period and its scheme: what the server answers."""
        skema = self.skema_periode(item_id)
        periode = tuple(p for p in self.periode if p.id == item_id)
        return msgspec.structs.replace(self, periode=periode, skema=(skema,), impor_dapodik={})


_Ber = TypeVar("_Ber", bound=Any)


def _cari(items: Iterable[_Ber], item_id: str) -> _Ber | None:
    return next((item for item in items if item.id == item_id), None)


def isi_pola(pola: str, lubang: str, isi: str) -> str:
    """Put `isi` into the `{lubang}` of a sentence; other braces stay as they are."""
    return pola.replace("{" + lubang + "}", isi)
