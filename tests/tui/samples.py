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
    nuptk="1234567890123456",
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
GURU = (ANI, BUDI, CITRA, DEDI)

PELATIHAN = "peserta-pelatihan-mandiri"
"""An RHK of the catalogue that counts 8 points."""


def rencana_mulai() -> RencanaKinerja:
    """A plan with the two first steps done: it opens at Praktik Pembelajaran."""
    return RencanaKinerja(
        data_diri=DataDiri(golongan="III/c", jenjang_jabatan="ahli-muda", sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
    )


def rencana_penuh(target: int = 4, *, konfirmasi: bool = True) -> RencanaKinerja:
    """A plan that nothing is wrong with in any period: 32 points where points count."""
    pilihan = tuple(f"{nilai.id}/{nilai.indikator[0].id}" for nilai in bundled().perilaku)
    return RencanaKinerja(
        data_diri=DataDiri(golongan="III/c", jenjang_jabatan="ahli-muda", sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
        praktik_pembelajaran=PraktikPembelajaran(indikator=("penerapan-disiplin-positif",)),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi=PELATIHAN, target=target),)),
        tugas_tambahan=TugasTambahan(tidak_ada=True),
        perilaku_kerja=PerilakuKerja(indikator=pilihan),
        rangkuman=Rangkuman(dikonfirmasi_guru=konfirmasi),
    )
