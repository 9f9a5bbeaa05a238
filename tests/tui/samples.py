"""Teachers and plans to try the screens on."""

from __future__ import annotations

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    TugasTambahan,
)

ANI = Pegawai(
    nama="Ani Lestari, S.Pd.",
    nip="198507142010012001",
    jk="P",
    tanggal_lahir="1985-07-14",
    status_kepegawaian="PNS",
    jenis_ptk="Guru Mapel",
    golongan="III/c",
)
BUDI = Pegawai(
    nama="Budi Santoso, S.Pd.",
    nip="199003032015031002",
    nuptk="1234767660300456",
    jk="L",
    tanggal_lahir="1990-03-03",
    status_kepegawaian="PNS",
    jenis_ptk="Guru BK",
    golongan="III/a",
    tugas_tambahan="Wali Kelas",
)
CITRA = Pegawai(
    nama="Citra Dewi, S.Pd.",
    nip="198904022022212003",
    jk="P",
    tanggal_lahir="1989-04-02",
    status_kepegawaian="PPPK",
    jenis_ptk="Guru Mapel",
    golongan="IX",
)
DEDI = Pegawai(nama="Dedi Kurnia", nuptk="6543210987654321", status_kepegawaian="Guru Honor Sekolah", jenis_ptk="Guru TIK")
TEACHERS = (ANI, BUDI, CITRA, DEDI)

TRAINING = "peserta-pelatihan-mandiri"
"""An RHK of the catalogue that counts 8 points."""


def started_plan() -> RencanaKinerja:
    """A plan with the two first steps done: it opens at Praktik Pembelajaran."""
    return RencanaKinerja(
        data_diri=DataDiri(golongan="III/c", jenjang_jabatan="ahli-muda", sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
    )


def full_plan(target: int = 4, *, confirmation: bool = True) -> RencanaKinerja:
    """A plan that nothing is wrong with in any period: 32 points where points count."""
    choice = tuple(f"{value.id}/{value.indikator[0].id}" for value in bundled().perilaku)
    return RencanaKinerja(
        data_diri=DataDiri(golongan="III/c", jenjang_jabatan="ahli-muda", sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
        praktik_pembelajaran=PraktikPembelajaran(indikator=("penerapan-disiplin-positif",)),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=target),)),
        tugas_tambahan=TugasTambahan(tidak_ada=True),
        perilaku_kerja=PerilakuKerja(indikator=choice),
        rangkuman=Rangkuman(dikonfirmasi_guru=confirmation),
    )
