"""Forty plans of a school as they might be submitted: choices of the catalogue, typed RHK, numbers of decrees; nothing is wrong."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from pmm_tui.practice.school import school_teachers
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    CONFIRMED_BY,
    RHK,
    DataDiri,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    Tugas,
    TugasTambahan,
)

PERIODE = "2026"
_VERBS = (
    "Menyusun", "Mengembangkan", "Melaksanakan", "Mendampingi", "Menerapkan", "Merancang", "Mengevaluasi", "Menulis",
    "Menyelenggarakan", "Membimbing",
)  # fmt: skip
_WHAT = (
    "modul ajar", "media pembelajaran interaktif", "asesmen diagnostik", "bank soal", "lembar kerja", "kelas literasi",
    "proyek penguatan profil pelajar", "klub sains", "program remedial", "buku saku", "video pembelajaran", "jurnal refleksi",
    "penelitian tindakan kelas", "supervisi sejawat", "pameran karya",
)  # fmt: skip
_ABOUT = (
    "pecahan dan desimal", "teks prosedur", "sistem pernapasan", "peluang dan statistika", "gerak lurus", "tari daerah",
    "percakapan sehari-hari", "getaran dan gelombang", "toleransi beragama", "kebugaran jasmani", "peta dan atlas", "puisi rakyat",
    "ekosistem mangrove", "algoritma dasar", "kewirausahaan", "karier dan minat", "anti perundungan",
)  # fmt: skip
_WHERE = (
    "bagi murid kelas VII", "bagi murid kelas VIII", "bagi murid kelas IX", "bersama guru serumpun", "setiap akhir bulan",
    "untuk murid yang tertinggal", "dengan alat peraga dari bahan sekitar", "berbasis masalah nyata di kampung",
    "memakai laboratorium komputer", "sesuai hasil Rapor Pendidikan",
)  # fmt: skip
_SATUAN = ("dokumen", "kegiatan", "modul", "laporan")
_BUKTI = ("Laporan kegiatan", "Modul ajar", "Sertifikat", "Dokumen dan foto")


def school_plans(seed: int = 1) -> tuple[tuple[Pegawai, RencanaKinerja], ...]:
    """The fictional school's 40 teachers, each with a plan of about 1.1 kB; the same ones for the same `seed`."""
    r = random.Random(seed)
    return tuple((pegawai, _rencana(r)) for pegawai in school_teachers())


def _rencana(r: random.Random) -> RencanaKinerja:
    katalog = bundled()
    offered = [k.id for k in katalog.kompetensi if k.aktif]
    rhk = [RHK(kompetensi=id, target=r.randint(1, 6)) for id in r.sample(offered, r.randint(1, 3))]
    rhk += [_free(r) for _ in range(r.choice((0, 1, 1, 2)))]
    tugas = tuple(_tugas(r, t.id) for t in r.sample(katalog.tugas_jenjang("SMP"), r.choice((0, 1, 1, 2))))
    perilaku = tuple(f"{n.id}/{b.id}" for n in katalog.perilaku for b in _some(r, n.indikator, r.choice((1, 1, 2))))
    return RencanaKinerja(
        data_diri=DataDiri(sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
        praktik_pembelajaran=PraktikPembelajaran(indikator=(r.choice(katalog.indikator).id,)),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=tuple(rhk)),
        tugas_tambahan=TugasTambahan(tidak_ada=not tugas, tugas=tugas),
        perilaku_kerja=PerilakuKerja(indikator=perilaku),
        rangkuman=_confirmed(len(perilaku) + len(rhk), len(perilaku)),
    )


def _confirmed(way: int, day: int) -> Rangkuman:
    """Confirmed in one of the ways, on one of the days of the planning."""
    return Rangkuman(dikonfirmasi_guru=True, cara=tuple(CONFIRMED_BY)[way % len(CONFIRMED_BY)], tanggal=f"2026-01-{day + 1:02}")


def _free(r: random.Random) -> RHK:
    description = f"{r.choice(_VERBS)} {r.choice(_WHAT)} tentang {r.choice(_ABOUT)} {r.choice(_WHERE)}"
    return RHK(uraian=description, satuan=r.choice(_SATUAN), bukti=r.choice(_BUKTI), target=r.randint(1, 12))


def _tugas(r: random.Random, id: str) -> Tugas:
    year = r.randint(2023, 2025)
    date = f"{year}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"
    return Tugas(tugas=id, nomor_sk=f"421.3/{r.randint(1, 999):03}/SMPN1/{year}", tanggal_sk=date)


def _some(r: random.Random, choices: Sequence[Any], count: int) -> list[Any]:
    """Some of the choices, in their own order."""
    return [choices[n] for n in sorted(r.sample(range(len(choices)), count))]
