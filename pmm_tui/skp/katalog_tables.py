"""The tables of a catalogue: what each kind of entry says.

A catalogue may be its user's own file and an unknown key is refused: a member that nothing reads any more stays.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(min_length=1, max_length=80, pattern="^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, Meta(min_length=1, max_length=600)]
Count = Annotated[int, Meta(ge=0, le=10_000)]


class Skema(Struct, frozen=True, kw_only=True):
    """The rules of a planning scheme: what must be chosen and whether points count.

    `langkah` and `unggah_bukti` are for the next phase; nothing reads them yet.
    """

    id: Id
    label: Text
    langkah: tuple[str, ...] = ()
    indikator_min: Count = 1
    indikator_maks: Count = 1
    poin_dipakai: bool = False
    poin_min: Count = 0
    poin_maks: Count = 0
    poin_kurang: Literal["tolak", "peringatan"] = "peringatan"
    poin_lebih: Literal["tolak", "peringatan"] = "peringatan"
    tugas_tambahan_wajib: bool = False
    perilaku_per_nilai_min: Count = 1
    perilaku_per_nilai_maks: Count = 1
    perilaku_nilai_min: Count = 0
    unggah_bukti: bool = False
    keyakinan: str = ""


class Periode(Struct, frozen=True, kw_only=True):
    """A period, its planning window (`rencana_mulai` to `rencana_batas`, both included) and its scheme."""

    id: Id
    label: Text
    mulai: date
    selesai: date
    rencana_mulai: date
    rencana_batas: date
    skema: Id
    keyakinan: str = ""


class Item(Struct, frozen=True, kw_only=True):
    """An id and what the screen shows for it."""

    id: Id
    label: Text


class Capaian(Struct, frozen=True, kw_only=True):
    """A level of the Rapor Pendidikan; `urutan` grows with the result."""

    id: Id
    label: Text
    urutan: int
    warna: str = ""


class RaporRules(Struct, frozen=True, kw_only=True):
    """The dimension of the Rapor Pendidikan that the form reads."""

    dimensi: str = "D.1"
    dimensi_label: Text = "Kualitas pembelajaran"
    capaian: tuple[Capaian, ...] = ()
    rekomendasi_banyak: Count = 3


class Praktik(Struct, frozen=True, kw_only=True):
    """The RHK sentence of Praktik Pembelajaran; `{indikator}` stands for the chosen label."""

    rhk_pola: Text
    satuan: str = ""
    target: Count = 1


class Indikator(Struct, frozen=True, kw_only=True):
    """An indicator of dimension D.1."""

    id: Id
    label: Text
    komponen: Id
    keyakinan: str = ""


class KompetensiDefaults(Struct, frozen=True, kw_only=True):
    """What all RHK of Pengembangan Kompetensi share.

    `bukti_format` and `bukti_maks_mb` are for the next phase; nothing reads them yet.
    """

    rhk_awalan: str = ""
    bukti_format: str = ""
    bukti_maks_mb: Count = 0
    izinkan_rhk_bebas: bool = True


class Kompetensi(Struct, frozen=True, kw_only=True):
    """An RHK of Pengembangan Kompetensi; `poin` is of one `satuan`; one that is not `aktif` is not offered."""

    id: Id
    peran: Text
    satuan: str = ""
    catatan: str = ""
    bukti: str = ""
    poin: Count = 0
    aktif: bool = True
    keyakinan: str = ""


class TugasDefaults(Struct, frozen=True, kw_only=True):
    """What all tugas tambahan share; `{tugas}` stands for the label."""

    rhk_pola: Text
    bukti: str = ""
    boleh_lebih_dari_satu: bool = True


class TugasKind(Struct, frozen=True, kw_only=True):
    """A tugas tambahan; `jenjang` lists the kinds of school that have it, or `semua`; `jp` is hours a week, 0 unknown."""

    id: Id
    label: Text
    jenjang: tuple[str, ...] = ("semua",)
    kelompok: str = "lain"
    jp: Count = 0
    keyakinan: str = ""


class Perilaku(Struct, frozen=True, kw_only=True):
    """A BerAKHLAK value and its indikator perilaku."""

    id: Id
    label: Text
    indikator: tuple[Item, ...]
    keyakinan: str = ""


class StatusKepegawaian(Struct, frozen=True, kw_only=True):
    """An employment status as Dapodik words it; `asn` decides who must plan."""

    id: Id
    label: Text
    asn: bool


class Jenjang(Struct, frozen=True, kw_only=True):
    """A career level, and the older names it goes by."""

    id: Id
    label: Text
    alias: tuple[str, ...] = ()


class Golongan(Struct, frozen=True, kw_only=True):
    """A civil-service class; `jenjang` is what it suggests, never forces."""

    kode: Text
    pangkat: str = ""
    jenjang: str = ""


class GolonganList(Struct, frozen=True, kw_only=True):
    """The classes of PNS and of PPPK."""

    pns: tuple[Golongan, ...] = ()
    pppk: tuple[Golongan, ...] = ()


class JenisPTK(Struct, frozen=True, kw_only=True):
    """The Jenis PTK that have access to the form."""

    berhak: tuple[str, ...] = ()
