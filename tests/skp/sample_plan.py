"""A teacher and a plan with nothing to complain about, in every period of a catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from pmm_tui.skp.katalog import Katalog
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
    Tugas,
    TugasTambahan,
)

JENJANG = "SMP"
"""A kind of school that has the example's tugas tambahan."""


def sample_teacher(**other: Any) -> Pegawai:
    """A PNS whose numbers agree with birth date and sex; `other` replaces fields."""
    teacher = Pegawai(
        id=7,
        nama="Siti Nur'aini, S.Pd.",
        nip="198507142010012034",
        nuptk="1046763664300003",
        jk="P",
        tanggal_lahir="1985-07-14",
        status_kepegawaian="PNS",
        jenis_ptk="Guru Mapel",
        golongan="III/c",
        jenjang_jabatan="ahli-muda",
    )
    return msgspec.structs.replace(teacher, **other)


def complete_plan(katalog: Katalog, periode: str, **section: Any) -> RencanaKinerja:
    """A plan that says everything its scheme asks for and draws no word of `periksa`; `section` replaces sections."""
    skema = katalog.skema_periode(periode)
    rencana = RencanaKinerja(
        data_diri=DataDiri(sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
        praktik_pembelajaran=PraktikPembelajaran(indikator=tuple(i.id for i in katalog.indikator[: skema.indikator_min])),
        pengembangan_kompetensi=PengembanganKompetensi(
            rhk=(
                RHK(kompetensi="peserta-pelatihan-mandiri", target=4),
                RHK(uraian="Menulis modul ajar", satuan="modul", bukti="Modul", target=2, poin=4),
            )
        ),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="421/7", tanggal_sk="2024-01-05"),)),
        perilaku_kerja=PerilakuKerja(
            indikator=tuple(
                f"{value.id}/{item.id}" for value in katalog.perilaku for item in value.indikator[: skema.perilaku_per_nilai_min]
            )
        ),
        rangkuman=Rangkuman(dikonfirmasi_guru=True),
    )
    return msgspec.structs.replace(rencana, **section)


def opening_day(katalog: Katalog, periode: str) -> date:
    """The first day of the period's planning window."""
    found = katalog.find_periode(periode)
    assert found is not None
    return found.rencana_mulai
