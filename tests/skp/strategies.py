"""Arbitrary plans and teachers for hypothesis: what `decode` lets in, sense or not."""

from __future__ import annotations

from hypothesis import strategies as st

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
    Tugas,
    TugasTambahan,
)
from pmm_tui.text import clean

_KATALOG = bundled()

kata = st.text(max_size=30).map(lambda text: clean(text, lines=True))
"""Text as it is after the one door."""
bilangan = st.one_of(st.integers(-3, 130), st.integers(-(2**53), 2**53))
tanggal = st.one_of(st.dates().map(str), kata, st.from_regex(r"[0-9]{1,20}-[0-9]{1,20}-[0-9]{1,20}", fullmatch=True))


def _atau_asing(known: list[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(known), kata)


rencana = st.builds(
    RencanaKinerja,
    data_diri=st.builds(
        DataDiri,
        golongan=_atau_asing(["", "III/c", "IX", "II/a"]),
        jenjang_jabatan=_atau_asing(["", "ahli-muda"]),
        sesuai=st.booleans(),
    ),
    rapor_pendidikan=st.builds(RaporPendidikan, dimengerti=st.booleans()),
    praktik_pembelajaran=st.builds(
        PraktikPembelajaran, indikator=st.lists(_atau_asing([i.id for i in _KATALOG.indikator]), max_size=3).map(tuple)
    ),
    pengembangan_kompetensi=st.builds(
        PengembanganKompetensi,
        rhk=st.lists(
            st.builds(
                RHK,
                kompetensi=_atau_asing(["", *(k.id for k in _KATALOG.kompetensi)]),
                target=bilangan,
                uraian=kata,
                satuan=kata,
                bukti=kata,
                poin=bilangan,
            ),
            max_size=4,
        ).map(tuple),
    ),
    tugas_tambahan=st.builds(
        TugasTambahan,
        tidak_ada=st.booleans(),
        tugas=st.lists(
            st.builds(Tugas, tugas=_atau_asing([t.id for t in _KATALOG.tugas_tambahan]), nomor_sk=kata, tanggal_sk=tanggal),
            max_size=3,
        ).map(tuple),
    ),
    perilaku_kerja=st.builds(
        PerilakuKerja,
        indikator=st.lists(_atau_asing([f"{p.id}/{b.id}" for p in _KATALOG.perilaku for b in p.indikator]), max_size=9).map(tuple),
    ),
    rangkuman=st.builds(Rangkuman, dikonfirmasi_guru=st.booleans()),
)

pegawai = st.builds(
    Pegawai,
    id=st.integers(0, 10**6),
    nama=kata,
    nip=st.one_of(st.from_regex(r"19[0-9]{2}0[1-9]1[0-9]20[0-2][0-9](0[1-9]|21)[1-3][0-9]{3}", fullmatch=True), kata),
    nuptk=st.one_of(st.from_regex(r"[0-9]{16}", fullmatch=True), kata),
    jk=st.sampled_from(["", "L", "P"]),
    tanggal_lahir=tanggal,
    status_kepegawaian=_atau_asing(["", *(s.label for s in _KATALOG.status_kepegawaian)]),
    jenis_ptk=_atau_asing(["", *_KATALOG.jenis_ptk.berhak]),
    tugas_tambahan=kata,
    golongan=_atau_asing(["", "III/c", "IX"]),
    jenjang_jabatan=_atau_asing(["", "ahli-muda"]),
    id_server=kata,
)
