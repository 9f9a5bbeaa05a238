"""The tables of a catalogue: what each kind of entry says, how sure that is (`keyakinan`), and where it was found (`sumber`).

A catalogue may be its user's own file, written for an older program: a new member has a default, and none is ever taken away.
What equals its default is left out of JSON; a default must therefore never change.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from pmm_tui.skp.katalog_parts import (
    Capaian,
    Count,
    Id,
    JenisTambahan,
    PraktikBefore,
    Sources,
    Tahap,
    Text,
    TugasBefore,
    TugasDefaultsBefore,
)


class Skema(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The rules of a planning scheme: what must be chosen and whether points count.

    `label_langkah` names steps otherwise than the form does, `catatan_langkah` says something above one; both by the ids of
    `langkah`. `langkah` and `unggah_bukti` are for the next phase; nothing reads them yet.
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
    label_langkah: dict[str, str] = {}
    catatan_langkah: dict[str, str] = {}
    keyakinan: str = ""
    sumber: Sources = ()

    def step_label(self, section: str, otherwise: str) -> str:
        """The name of a step of the form under this scheme; `otherwise` where the scheme has none of its own."""
        return self.label_langkah.get(section.replace("_", "-")) or otherwise

    def step_note(self, section: str) -> str:
        """What the scheme says above a step of the form; mostly nothing."""
        return self.catatan_langkah.get(section.replace("_", "-"), "")


class Periode(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A period, its planning window (`rencana_mulai` to `rencana_batas`, both included), its stages and its scheme."""

    id: Id
    label: Text
    mulai: date
    selesai: date
    rencana_mulai: date
    rencana_batas: date
    skema: Id
    tahap: tuple[Tahap, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An id and what the screen shows for it."""

    id: Id
    label: Text


class Komponen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A component of dimension D.1; `rhk` is what it is called inside the RHK sentence."""

    id: Id
    label: Text
    rhk: str = ""
    keyakinan: str = ""
    sumber: Sources = ()


class RaporRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The dimension of the Rapor Pendidikan that the form reads; `kode` leads from its rows to our komponen and indikator."""

    dimensi: str = "D.1"
    dimensi_label: Text = "Kualitas pembelajaran"
    kode: dict[str, Id] = {}
    capaian: tuple[Capaian, ...] = ()
    rekomendasi_banyak: Count = 3
    keyakinan: str = ""
    sumber: Sources = ()


class Praktik(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The RHK sentence of Praktik Pembelajaran; `{indikator}` stands for the chosen label.

    `rhk_komponen` takes its place where the component is known, which is `{komponen}`: programs of before do not know that hole.
    """

    rhk_pola: Text
    rhk_komponen: str = ""
    satuan: str = ""
    target: Count = 1
    dahulu: tuple[PraktikBefore, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()


class Indikator(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An indicator of dimension D.1."""

    id: Id
    label: Text
    komponen: Id
    keyakinan: str = ""
    sumber: Sources = ()


class KompetensiDefaults(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all RHK of Pengembangan Kompetensi share.

    `bukti_format` and `bukti_maks_mb` are for the next phase; nothing reads them yet.
    """

    rhk_awalan: str = ""
    bukti_format: str = ""
    bukti_maks_mb: Count = 0
    izinkan_rhk_bebas: bool = True
    keyakinan: str = ""
    sumber: Sources = ()


class Kompetensi(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An RHK of Pengembangan Kompetensi; `poin` is of one `satuan`; one that is not `aktif` is not offered."""

    id: Id
    peran: Text
    satuan: str = ""
    catatan: str = ""
    bukti: str = ""
    poin: Count = 0
    aktif: bool = True
    keyakinan: str = ""
    sumber: Sources = ()


class TugasDefaults(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all tugas tambahan share; `{tugas}` stands for the label.

    `jp_lain_maks` is how many hours a week of `kelompok` "lain" count together, 0 without limit.
    """

    rhk_pola: Text
    bukti: str = ""
    boleh_lebih_dari_satu: bool = True
    jp_lain_maks: Count = 0
    dahulu: tuple[TugasDefaultsBefore, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()


class TugasKind(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tugas tambahan; `jenjang` lists the kinds of school that have it, or `semua`; `jp` is hours a week, 0 unknown.

    It is offered in periods that begin from `mulai` on; `alias` are other names for it, which Dapodik may use.
    """

    id: Id
    label: Text
    jenjang: tuple[str, ...] = ("semua",)
    kelompok: str = "lain"
    jp: Count = 0
    catatan: str = ""
    alias: tuple[str, ...] = ()
    mulai: date | None = None
    dahulu: tuple[TugasBefore, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()


class Perilaku(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A BerAKHLAK value and its indikator perilaku."""

    id: Id
    label: Text
    indikator: tuple[Item, ...]
    keyakinan: str = ""
    sumber: Sources = ()


class StatusKepegawaian(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An employment status as Dapodik words it; `asn` decides who must plan."""

    id: Id
    label: Text
    asn: bool
    keyakinan: str = ""
    sumber: Sources = ()


class Jenjang(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A career level, and the older names it goes by."""

    id: Id
    label: Text
    alias: tuple[str, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()


class Golongan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A civil-service class; `jenjang` is what it suggests, never forces."""

    kode: Text
    pangkat: str = ""
    jenjang: str = ""
    keyakinan: str = ""
    sumber: Sources = ()


class GolonganList(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The classes of PNS and of PPPK; `keyakinan` and `sumber` are of those that say nothing else."""

    pns: tuple[Golongan, ...] = ()
    pppk: tuple[Golongan, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()


class JenisPTK(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The Jenis PTK that have access to the form: `berhak` always, `tambahan` from a day on."""

    berhak: tuple[str, ...] = ()
    tambahan: tuple[JenisTambahan, ...] = ()
    keyakinan: str = ""
    sumber: Sources = ()
