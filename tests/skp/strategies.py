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

word = st.text(max_size=30).map(lambda text: clean(text, lines=True))
"""Text as it is after the one door."""
whole_number = st.one_of(st.integers(-3, 130), st.integers(-(2**53), 2**53))
date = st.one_of(st.dates().map(str), word, st.from_regex(r"[0-9]{1,20}-[0-9]{1,20}-[0-9]{1,20}", fullmatch=True))


def _or_foreign(known: list[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(known), word)


rencana = st.builds(
    RencanaKinerja,
    data_diri=st.builds(
        DataDiri,
        golongan=_or_foreign(["", "III/c", "IX", "II/a"]),
        jenjang_jabatan=_or_foreign(["", "ahli-muda"]),
        sesuai=st.booleans(),
    ),
    rapor_pendidikan=st.builds(RaporPendidikan, dimengerti=st.booleans()),
    praktik_pembelajaran=st.builds(
        PraktikPembelajaran, indikator=st.lists(_or_foreign([i.id for i in _KATALOG.indikator]), max_size=3).map(tuple)
    ),
    pengembangan_kompetensi=st.builds(
        PengembanganKompetensi,
        rhk=st.lists(
            st.builds(
                RHK,
                kompetensi=_or_foreign(["", *(k.id for k in _KATALOG.kompetensi)]),
                target=whole_number,
                uraian=word,
                satuan=word,
                bukti=word,
                poin=whole_number,
            ),
            max_size=4,
        ).map(tuple),
    ),
    tugas_tambahan=st.builds(
        TugasTambahan,
        tidak_ada=st.booleans(),
        tugas=st.lists(
            st.builds(Tugas, tugas=_or_foreign([t.id for t in _KATALOG.tugas_tambahan]), nomor_sk=word, tanggal_sk=date),
            max_size=3,
        ).map(tuple),
    ),
    perilaku_kerja=st.builds(
        PerilakuKerja,
        indikator=st.lists(_or_foreign([f"{p.id}/{b.id}" for p in _KATALOG.perilaku for b in p.indikator]), max_size=9).map(tuple),
    ),
    rangkuman=st.builds(Rangkuman, dikonfirmasi_guru=st.booleans(), cara=word, tanggal=word),
)

pegawai = st.builds(
    Pegawai,
    id=st.integers(0, 10**6),
    nama=word,
    nip=st.one_of(st.from_regex(r"19[0-9]{2}0[1-9]1[0-9]20[0-2][0-9](0[1-9]|21)[1-3][0-9]{3}", fullmatch=True), word),
    nuptk=st.one_of(st.from_regex(r"[0-9]{16}", fullmatch=True), word),
    jk=st.sampled_from(["", "L", "P"]),
    tanggal_lahir=date,
    status_kepegawaian=_or_foreign(["", *(s.label for s in _KATALOG.status_kepegawaian)]),
    jenis_ptk=_or_foreign(["", *_KATALOG.jenis_ptk.berhak]),
    tugas_tambahan=word,
    golongan=_or_foreign(["", "III/c", "IX"]),
    jenjang_jabatan=_or_foreign(["", "ahli-muda"]),
    id_server=word,
)
