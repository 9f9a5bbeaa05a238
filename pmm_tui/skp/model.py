"""What the form is about: the teacher, the school, and the teacher's plan in its sections.

All values are frozen; an edit makes a new plan. The class, the pane, the wire key and the TOML table of a section have one name.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

MAX_TARGET = 99
"""Largest target kuantitas of one RHK."""
WholeNumber = Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""A whole number that every JSON reader keeps exact (RFC 7493, 2.2); `periksa` says which ones make sense."""


class KepalaSekolah(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The head, who rates the plan (pejabat penilai).

    `plt` is true when the head is only acting: the plan is then approved by itself on submission.
    """

    nama: str = ""
    nip: str = ""
    pangkat: str = ""
    plt: bool = False


class Atasan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who rates the kepala sekolah's own plan, mostly the kepala dinas: as the paper names them."""

    nama: str = ""
    nip: str = ""
    pangkat: str = ""
    jabatan: str = ""
    unit_kerja: str = ""


class Sekolah(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The school (satuan pendidikan).

    `npsn` is its national number, eight characters. `jenjang` is `SD`, `SMP`, `SMA`, `SMK`, `TK`, `PAUD`, `SLB` ..., or empty
    when unknown: then every tugas tambahan is offered.
    """

    npsn: str = ""
    nama: str = ""
    jenjang: str = ""
    kepala_sekolah: KepalaSekolah = KepalaSekolah()
    atasan: Atasan = Atasan()


class Pegawai(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A teacher, as the roster knows them; only what the plan needs; the rest is never kept.

    `id` is local to this database, 0 for one that is not stored yet; `id_server` is the opaque id that the server gives, empty
    until it is known. `nip` (18 digits) and `nuptk` (16) are bare digits or empty. `tanggal_lahir` is `YYYY-MM-DD` or empty.
    `status_kepegawaian` and `jenis_ptk` are Dapodik's labels; `golongan` is `III/c` or a PPPK class such as `IX`;
    `jenjang_jabatan` is an id of the catalogue; `tugas_tambahan` is what Dapodik's column says, which is only a proposal.
    """

    id: int = 0
    nama: str
    nip: str = ""
    nuptk: str = ""
    jk: Literal["", "L", "P"] = ""
    tanggal_lahir: str = ""
    status_kepegawaian: str = ""
    jenis_ptk: str = ""
    tugas_tambahan: str = ""
    golongan: str = ""
    jenjang_jabatan: str = ""
    id_server: str = ""


TEACHER_FIELDS = tuple(name for name in Pegawai.__struct_fields__ if name not in ("id", "id_server"))
"""What is said of a teacher: all but the two ids."""


class DataDiri(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the form lets one edit of the data diri; empty means: as the roster says.

    `sesuai` is the operator's 'Data sudah sesuai'.
    """

    golongan: str = ""
    jenjang_jabatan: str = ""
    sesuai: bool = False


class RaporPendidikan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That the school's Rapor Pendidikan was read ('Saya mengerti')."""

    dimengerti: bool = False


class PraktikPembelajaran(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The chosen indicators of D.1 (a kepala sekolah: D.3): ids of the catalogue, in its order; both schemes ask for one."""

    indikator: tuple[str, ...] = ()


class RHK(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One Rencana Hasil Kerja of Pengembangan Kompetensi.

    `kompetensi` is an id of the catalogue, and then sentence, unit, evidence and points are the catalogue's. It is empty for an RHK
    outside the catalogue, which brings its own `uraian`, `satuan`, `bukti` and `poin` (points of one unit).
    `target` is the target kuantitas, 1 to `MAX_TARGET`.
    """

    kompetensi: str = ""
    target: WholeNumber = 1
    uraian: str = ""
    satuan: str = ""
    bukti: str = ""
    poin: WholeNumber = 0


class PengembanganKompetensi(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The RHK of competence development, in the order they were added."""

    rhk: tuple[RHK, ...] = ()


class Tugas(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One tugas tambahan: an id of the catalogue, and its SK if known (`tanggal_sk` is `YYYY-MM-DD`)."""

    tugas: str
    nomor_sk: str = ""
    tanggal_sk: str = ""


class TugasTambahan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The extra duties; `tidak_ada` says that there are none, which is not the same as not having looked."""

    tidak_ada: bool = False
    tugas: tuple[Tugas, ...] = ()


class PerilakuKerja(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The chosen indikator perilaku as `nilai/indikator`, ids of the catalogue, in its order."""

    indikator: tuple[str, ...] = ()


class Rangkuman(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That the teacher has confirmed the plan as it stands, how, and on which day; any later edit takes this back.

    `cara` is `layar` (read on the screen), `kertas` (signed on paper) or `pesan` (a message), `tanggal` is `YYYY-MM-DD`. Both are
    empty in what was confirmed before the program asked for them; `periksa` says what makes sense.
    """

    dikonfirmasi_guru: bool = False
    cara: str = ""
    tanggal: str = ""


CONFIRMED_BY = {"layar": "dibaca di layar", "kertas": "paraf di kertas", "pesan": "lewat pesan/WhatsApp"}
"""How a teacher may have confirmed a plan, in words."""

Section: TypeAlias = (
    DataDiri | RaporPendidikan | PraktikPembelajaran | PengembanganKompetensi | TugasTambahan | PerilakuKerja | Rangkuman
)


class RencanaKinerja(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A teacher's plan of one period (SKP)."""

    data_diri: DataDiri = DataDiri()
    rapor_pendidikan: RaporPendidikan = RaporPendidikan()
    praktik_pembelajaran: PraktikPembelajaran = PraktikPembelajaran()
    pengembangan_kompetensi: PengembanganKompetensi = PengembanganKompetensi()
    tugas_tambahan: TugasTambahan = TugasTambahan()
    perilaku_kerja: PerilakuKerja = PerilakuKerja()
    rangkuman: Rangkuman = Rangkuman()

    def with_section(self, section: Section) -> RencanaKinerja:
        """Return the plan with `section` in its place; unless it is the Rangkuman, the teacher has to confirm anew."""
        name = SECTION_NAMES[type(section)]
        if getattr(self, name) == section:
            return self
        if isinstance(section, Rangkuman):
            return msgspec.structs.replace(self, rangkuman=section)
        return msgspec.structs.replace(self, rangkuman=Rangkuman(), **{name: section})


SECTION_NAMES: dict[type, str] = {
    DataDiri: "data_diri",
    RaporPendidikan: "rapor_pendidikan",
    PraktikPembelajaran: "praktik_pembelajaran",
    PengembanganKompetensi: "pengembangan_kompetensi",
    TugasTambahan: "tugas_tambahan",
    PerilakuKerja: "perilaku_kerja",
    Rangkuman: "rangkuman",
}
"""The one name of each section: wire key, TOML table, pane."""


class Rapor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The school's results: level by indicator id (`kurang`, `sedang`, `baik`) and the recommended indicator ids.

    `menurut_komponen` has the ids whose level is only that of their component, as the Rapor Pendidikan tells no finer one.
    """

    capaian: dict[str, str] = {}
    rekomendasi: tuple[str, ...] = ()
    menurut_komponen: tuple[str, ...] = ()


def section_of(pointer: str) -> str:
    """The section that a JSON pointer into a plan leads to: its first part; empty for the plan as a whole."""
    return pointer.lstrip("/").partition("/")[0]


class Masalah(Struct, frozen=True):
    """One thing that is wrong with a plan.

    `kode` is stable kebab-case; `pesan` the sentence; `pointer` a JSON pointer into the plan, whose first part is the section;
    `halang` tells whether it stops the plan from being sent, or only warns.
    """

    kode: str
    pesan: str
    pointer: str = ""
    halang: bool = True

    @property
    def section(self) -> str:
        """The section that it is about; empty for the plan as a whole."""
        return section_of(self.pointer)
