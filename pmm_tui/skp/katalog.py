"""The catalogue: schemes, periods, and the choices that they offer, as data that a school or a server can replace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from pmm_tui.errors import ShapeError
from pmm_tui.text import quoted

SCHEMA = 1
Id = Annotated[str, Meta(min_length=1, max_length=80, pattern="^[a-z0-9][a-z0-9-]*$")]
Teks = Annotated[str, Meta(min_length=1, max_length=600)]
Hitung = Annotated[int, Meta(ge=0, le=10_000)]


class Skema(Struct, frozen=True, kw_only=True):
    """The rules of a planning scheme: what must be chosen and whether points count."""

    id: Id
    label: Teks
    langkah: tuple[str, ...] = ()
    indikator_min: Hitung = 1
    indikator_maks: Hitung = 1
    poin_dipakai: bool = False
    poin_min: Hitung = 0
    poin_maks: Hitung = 0
    poin_kurang: Literal["tolak", "peringatan"] = "peringatan"
    poin_lebih: Literal["tolak", "peringatan"] = "peringatan"
    tugas_tambahan_wajib: bool = False
    perilaku_per_nilai_min: Hitung = 1
    perilaku_per_nilai_maks: Hitung = 1
    perilaku_nilai_min: Hitung = 0
    unggah_bukti: bool = False
    keyakinan: str = ""


class Periode(Struct, frozen=True, kw_only=True):
    """A period, its planning window (`rencana_mulai` to `rencana_batas`, both included) and its scheme."""

    id: Id
    label: Teks
    mulai: date
    selesai: date
    rencana_mulai: date
    rencana_batas: date
    skema: Id
    keyakinan: str = ""


class Butir(Struct, frozen=True, kw_only=True):
    """An id and what the screen shows for it."""

    id: Id
    label: Teks


class Capaian(Struct, frozen=True, kw_only=True):
    """A level of the Rapor Pendidikan; `urutan` grows with the result."""

    id: Id
    label: Teks
    urutan: int
    warna: str = ""


class AturanRapor(Struct, frozen=True, kw_only=True):
    """The dimension of the Rapor Pendidikan that the form reads."""

    dimensi: str = "D.1"
    dimensi_label: Teks = "Kualitas pembelajaran"
    capaian: tuple[Capaian, ...] = ()
    rekomendasi_banyak: Hitung = 3


class Praktik(Struct, frozen=True, kw_only=True):
    """The RHK sentence of Praktik Pembelajaran; `{indikator}` stands for the chosen label."""

    rhk_pola: Teks
    satuan: str = ""
    target: Hitung = 1


class Indikator(Struct, frozen=True, kw_only=True):
    """An indicator of dimension D.1."""

    id: Id
    label: Teks
    komponen: Id
    keyakinan: str = ""


class KompetensiUmum(Struct, frozen=True, kw_only=True):
    """What all RHK of Pengembangan Kompetensi share."""

    rhk_awalan: str = ""
    bukti_format: str = ""
    bukti_maks_mb: Hitung = 0
    izinkan_rhk_bebas: bool = True


class Kompetensi(Struct, frozen=True, kw_only=True):
    """An RHK of Pengembangan Kompetensi; `poin` is of one `satuan`; one that is not `aktif` is not offered."""

    id: Id
    peran: Teks
    satuan: str = ""
    catatan: str = ""
    bukti: str = ""
    poin: Hitung = 0
    aktif: bool = True
    keyakinan: str = ""


class TugasUmum(Struct, frozen=True, kw_only=True):
    """What all tugas tambahan share; `{tugas}` stands for the label."""

    rhk_pola: Teks
    bukti: str = ""
    boleh_lebih_dari_satu: bool = True


class JenisTugas(Struct, frozen=True, kw_only=True):
    """A tugas tambahan; `jenjang` lists the kinds of school that have it, or `semua`; `jp` is hours a week, 0 unknown."""

    id: Id
    label: Teks
    jenjang: tuple[str, ...] = ("semua",)
    kelompok: str = "lain"
    jp: Hitung = 0
    keyakinan: str = ""


class Perilaku(Struct, frozen=True, kw_only=True):
    """A BerAKHLAK value and its indikator perilaku."""

    id: Id
    label: Teks
    indikator: tuple[Butir, ...]
    keyakinan: str = ""


class StatusKepegawaian(Struct, frozen=True, kw_only=True):
    """An employment status as Dapodik words it; `asn` decides who must plan."""

    id: Id
    label: Teks
    asn: bool


class JenjangJabatan(Struct, frozen=True, kw_only=True):
    """A career level, and the older names it goes by."""

    id: Id
    label: Teks
    alias: tuple[str, ...] = ()


class Golongan(Struct, frozen=True, kw_only=True):
    """A civil-service class; `jenjang` is what it suggests, never forces."""

    kode: Teks
    pangkat: str = ""
    jenjang: str = ""


class DaftarGolongan(Struct, frozen=True, kw_only=True):
    """The classes of PNS and of PPPK."""

    pns: tuple[Golongan, ...] = ()
    pppk: tuple[Golongan, ...] = ()


class JenisPTK(Struct, frozen=True, kw_only=True):
    """The Jenis PTK that have access to the form."""

    berhak: tuple[str, ...] = ()


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

    def cari_periode(self, id: str) -> Periode | None:
        """The period with that id."""
        return _cari(self.periode, id)

    def skema_periode(self, id: str) -> Skema:
        """The scheme of a period; raises ShapeError for a period that the catalogue does not have."""
        periode = self.cari_periode(id)
        if periode is None:
            tahu = ", ".join(p.id for p in self.periode)
            raise ShapeError(f"Periode {quoted(id)} tidak ada di katalog; yang ada: {tahu}.", "periode")
        skema = _cari(self.skema, periode.skema)
        assert skema is not None  # checked by parse_katalog
        return skema

    def periode_pada(self, hari: date) -> Periode:
        """The period that holds a day, else the latest one that began before it, else the first."""
        started = [p for p in self.periode if p.mulai <= hari]
        running = [p for p in started if hari <= p.selesai]
        return max(running or started or self.periode[:1], key=lambda p: p.mulai)

    def cari_indikator(self, id: str) -> Indikator | None:
        """The D.1 indicator with that id."""
        return _cari(self.indikator, id)

    def cari_kompetensi(self, id: str) -> Kompetensi | None:
        """The RHK of Pengembangan Kompetensi with that id."""
        return _cari(self.kompetensi, id)

    def cari_tugas(self, id: str) -> JenisTugas | None:
        """The tugas tambahan with that id."""
        return _cari(self.tugas_tambahan, id)

    def cari_komponen(self, id: str) -> Butir | None:
        """The component of dimension D.1 with that id."""
        return _cari(self.komponen, id)

    def cari_jenjang(self, id: str) -> JenjangJabatan | None:
        """The career level with that id."""
        return _cari(self.jenjang_jabatan, id)

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

    def baca_jenjang(self, label: str) -> str:
        """The id of a career level by id, label or older name; empty when none fits."""
        wanted = label.strip().casefold()
        for jenjang in self.jenjang_jabatan:
            if wanted in (jenjang.id, jenjang.label.casefold(), *(nama.casefold() for nama in jenjang.alias)):
                return jenjang.id
        return ""

    def tugas_jenjang(self, jenjang: str) -> tuple[JenisTugas, ...]:
        """The tugas tambahan that a kind of school has; all of them when the kind is unknown."""
        return tuple(t for t in self.tugas_tambahan if not jenjang or "semua" in t.jenjang or jenjang.upper() in t.jenjang)

    def untuk_periode(self, id: str) -> Katalog:
        """The catalogue with just that period and its scheme: what the server answers."""
        skema = self.skema_periode(id)
        periode = tuple(p for p in self.periode if p.id == id)
        return msgspec.structs.replace(self, periode=periode, skema=(skema,), impor_dapodik={})


_Ber = TypeVar("_Ber", bound=Any)


def _cari(items: Iterable[_Ber], id: str) -> _Ber | None:
    return next((item for item in items if item.id == id), None)


def isi_pola(pola: str, lubang: str, isi: str) -> str:
    """Put `isi` into the `{lubang}` of a sentence; other braces stay as they are."""
    return pola.replace("{" + lubang + "}", isi)
