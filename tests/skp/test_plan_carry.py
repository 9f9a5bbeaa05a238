"""One plan carried onto another: what fits is there, what does not is told, and one teacher's own never moves."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    MAX_TARGET,
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
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.plan_carry import PARTS, Carried, bare, carry, filled_parts, whose
from tests.skp.sample_plan import JENJANG, complete_plan, sample_teacher

NOW = bundled()
PERIODE = "2026"
SOURCE = complete_plan(NOW, PERIODE)
TEACHER = sample_teacher(tugas_tambahan="Wali Kelas")
OWN = DataDiri(golongan="III/d", sesuai=True)


def carried(
    source: RencanaKinerja, onto: RencanaKinerja | None = None, pegawai: Pegawai = TEACHER, periode: str = PERIODE, **more: Any
) -> Carried:
    more = {"katalog": NOW.for_periode(periode), "jenjang": JENJANG} | more
    return carry(source, onto, pegawai=pegawai, periode=periode, **more)


def left(done: Carried) -> list[tuple[str, str]]:
    return [(one.section, one.why) for one in done.left]


def changed_katalog(**more: Any) -> Katalog:
    return msgspec.structs.replace(NOW.for_periode(PERIODE), **more)


def test_a_whole_plan_fills_an_empty_one() -> None:
    """All five sections; data diri, decrees and the confirmation stay the source's."""
    done = carried(SOURCE)
    assert (done.changed, done.left, done.kept) == (PARTS, (), ())
    plan = done.rencana
    assert (plan.data_diri, plan.rangkuman) == (DataDiri(), Rangkuman())
    assert plan.tugas_tambahan == TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
    assert [m.kode for m in periksa(plan, TEACHER, PERIODE, NOW, jenjang=JENJANG)] == ["belum-sesuai", "belum-dikonfirmasi"]


def test_content_is_kept_unless_it_is_to_be_replaced() -> None:
    """The teacher's own data diri stay in both; a changed plan is not confirmed any more."""
    own = PraktikPembelajaran(indikator=(NOW.indikator[3].id,))
    onto = RencanaKinerja(data_diri=OWN, praktik_pembelajaran=own, rangkuman=Rangkuman(dikonfirmasi_guru=True))
    done = carried(SOURCE, onto)
    assert done.rencana.praktik_pembelajaran == own
    assert done.kept == ("praktik_pembelajaran",)
    assert done.changed == tuple(part for part in PARTS if part != "praktik_pembelajaran")
    replaced = carried(SOURCE, onto, replace=True)
    assert replaced.rencana.praktik_pembelajaran == SOURCE.praktik_pembelajaran
    assert replaced.kept == ()
    for one in (done, replaced):
        assert (one.rencana.data_diri, one.rencana.rangkuman) == (OWN, Rangkuman())


def test_nothing_to_change_keeps_the_confirmation() -> None:
    """A plan that says all of it already is the very plan, confirmed as it was."""
    onto = msgspec.structs.replace(SOURCE, data_diri=OWN)
    for replace in (False, True):
        done = carried(SOURCE, onto, replace=replace)
        assert (done.rencana, done.changed, done.kept) == (onto, (), ())


def test_only_the_parts_asked_for() -> None:
    """The others stay as empty as they were."""
    done = carried(SOURCE, parts=("perilaku_kerja",))
    assert filled_parts(done.rencana) == done.changed == ("perilaku_kerja",)
    assert carried(SOURCE, parts=("data_diri", "rangkuman")).rencana == RencanaKinerja()


@pytest.mark.parametrize(
    ("column", "jenjang", "duty", "why"),
    [
        ("", "SMP", "wali-kelas", "tidak tercatat sebagai tugas guru ini"),
        ("Guru Piket", "SMP", "wali-kelas", "tidak tercatat sebagai tugas guru ini"),
        ("Ketua Program Keahlian", "SMP", "ketua-program-keahlian", "tidak ada di jenjang SMP"),
        ("Wali Kelas", "SMP", "tidak-dikenal", "tidak ada di katalog periode ini"),
    ],
)
def test_another_ones_duty_stays_behind(column: str, jenjang: str, duty: str, why: str) -> None:
    """The section stays empty, and says nothing of the teacher that nobody knows."""
    source = RencanaKinerja(tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas=duty),)))
    done = carried(source, pegawai=sample_teacher(tugas_tambahan=column), jenjang=jenjang)
    assert done.rencana == RencanaKinerja()
    assert left(done) == [("tugas_tambahan", why)]


def test_own_duties_stay_with_their_decree() -> None:
    """Replacing never takes a duty away: those that fit come to the teacher's own, whose SK is theirs."""
    mine = (Tugas(tugas="kepala-perpustakaan", nomor_sk="7", tanggal_sk="2026-01-02"), Tugas(tugas="wali-kelas", nomor_sk="8"))
    onto = RencanaKinerja(tugas_tambahan=TugasTambahan(tugas=mine))
    done = carried(SOURCE, onto, replace=True, parts=("tugas_tambahan",))
    assert (done.rencana, done.changed) == (onto, ())
    onto = RencanaKinerja(tugas_tambahan=TugasTambahan(tugas=mine[:1]))
    done = carried(SOURCE, onto, replace=True, parts=("tugas_tambahan",))
    assert done.rencana.tugas_tambahan.tugas == (mine[0], Tugas(tugas="wali-kelas"))


@pytest.mark.parametrize(("column", "fits"), [("", True), ("-", True), ("Tidak ada", True), ("Operator", False)])
def test_no_duties_only_where_dapodik_names_none(column: str, fits: bool) -> None:
    """Whatever the column says, known or not, is to be looked at."""
    source = RencanaKinerja(tugas_tambahan=TugasTambahan(tidak_ada=True))
    done = carried(source, pegawai=sample_teacher(tugas_tambahan=column))
    assert done.rencana.tugas_tambahan.tidak_ada is fits
    assert len(done.left) == (0 if fits else 1)
    own = RencanaKinerja(tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)))
    assert carried(source, own, sample_teacher(tugas_tambahan=column), replace=True).rencana == own


def test_duties_of_an_own_earlier_plan_are_the_teachers() -> None:
    """Without their SK, and only those that the new period still has."""
    source = RencanaKinerja(tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="9"), Tugas(tugas="x"))))
    done = carried(source, pegawai=sample_teacher(), own=True)
    assert done.rencana.tugas_tambahan == TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
    assert left(done) == [("tugas_tambahan", "tidak ada di katalog periode ini")]


def test_competences_by_the_new_catalogue() -> None:
    """Those not offered, unknown, doubled, and targets out of range are told."""
    first, second = NOW.kompetensi[0], NOW.kompetensi[1]
    gone = tuple(msgspec.structs.replace(k, aktif=k.id != second.id) for k in NOW.kompetensi)
    rhk = (
        RHK(kompetensi=first.id, target=MAX_TARGET + 21),
        RHK(kompetensi=second.id),
        RHK(kompetensi="entah"),
        RHK(kompetensi=first.id, target=2),
        RHK(uraian="Menulis modul", target=3, poin=4),
    )
    done = carried(
        RencanaKinerja(pengembangan_kompetensi=PengembanganKompetensi(rhk=rhk)), katalog=changed_katalog(kompetensi=gone)
    )
    assert done.rencana.pengembangan_kompetensi.rhk == (
        RHK(kompetensi=first.id, target=MAX_TARGET),
        rhk[-1],
    )
    assert [one.why for one in done.left] == [
        "di luar 1 sampai 99; ditulis 99",
        "tidak ditawarkan lagi",
        "tidak ada di katalog periode ini",
        "sama dengan RHK lain di sumbernya",
    ]


def test_into_a_scheme_with_points() -> None:
    """An RHK outside the catalogue that has none keeps its sentence, and says that points are to be filled in."""
    source = RencanaKinerja(pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(uraian="Menulis modul"),)))
    done = carried(source, periode="2024-2")
    assert done.rencana == source
    assert left(done) == [("pengembangan_kompetensi", "periode ini memakai poin; isi poinnya")]
    shut = msgspec.structs.replace(NOW.kompetensi_umum, izinkan_rhk_bebas=False)
    assert carried(source, katalog=changed_katalog(kompetensi_umum=shut)).changed == ()


def test_more_than_the_scheme_takes_is_chosen_anew() -> None:
    """Which of several indicators counts is no program's choice: that value, or the indicator, stays empty."""
    value = NOW.perilaku[0]
    two = tuple(f"{value.id}/{item.id}" for item in value.indikator[:2])
    other = f"{NOW.perilaku[1].id}/{NOW.perilaku[1].indikator[0].id}"
    source = RencanaKinerja(
        praktik_pembelajaran=PraktikPembelajaran(indikator=tuple(i.id for i in NOW.indikator[:2])),
        perilaku_kerja=PerilakuKerja(indikator=(*two, other, "x/y")),
    )
    done = carried(source, periode="2024-2")
    assert done.rencana == RencanaKinerja(perilaku_kerja=PerilakuKerja(indikator=(other,)))
    assert [(one.section, one.what, one.why) for one in done.left] == [
        (
            "praktik_pembelajaran",
            "; ".join(i.label for i in NOW.indikator[:2]),
            "periode ini paling banyak 1 indikator; pilih lagi",
        ),
        ("perilaku_kerja", "x/y", "tidak ada di katalog periode ini"),
        ("perilaku_kerja", value.label, "periode ini paling banyak 1 indikator; pilih lagi"),
    ]


def test_a_section_of_which_nothing_fits_is_never_emptied() -> None:
    """What stands there stays, also when it was to be replaced."""
    onto = RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=(NOW.indikator[0].id,)))
    done = carried(
        RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("entah",))), onto, replace=True, periode=PERIODE
    )
    assert (done.rencana, done.changed) == (onto, ())
    assert left(done) == [("praktik_pembelajaran", "tidak ada di katalog periode ini")]


def test_what_was_called_otherwise_is_named_as_it_was() -> None:
    """The words of what stays behind are those of the catalogue that the source was made under."""
    named = msgspec.structs.replace(
        NOW, indikator=tuple(msgspec.structs.replace(i, id=f"dulu-{n}") for n, i in enumerate(NOW.indikator))
    )
    done = carried(RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("dulu-0",))), named=named)
    assert [one.what for one in done.left] == [NOW.indikator[0].label]


def test_a_heads_plan_has_no_duties() -> None:
    """And is told apart from a teacher's."""
    head = sample_teacher(jenis_ptk="Kepala Sekolah", tugas_tambahan="Wali Kelas")
    assert (whose(NOW, head.jenis_ptk), whose(NOW, "Guru Mapel")) == ("kepala-sekolah", "")
    done = carried(SOURCE, pegawai=head, parts=("tugas_tambahan",))
    assert (done.changed, len(done.left)) == ((), 1)


def test_a_template_keeps_nothing_of_its_teacher() -> None:
    """No data diri, no decree, no confirmation."""
    assert bare(SOURCE) == msgspec.structs.replace(
        SOURCE,
        data_diri=DataDiri(),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),)),
        rangkuman=Rangkuman(),
    )


_WORDS = st.sampled_from(["", "entah", *(i.id for i in NOW.indikator[:3])])
_DUTIES = st.builds(
    Tugas,
    tugas=st.sampled_from(["wali-kelas", "kepala-perpustakaan", "wakil-kepala", "entah"]),
    nomor_sk=st.sampled_from(["", "SK-ORANG"]),
    tanggal_sk=st.sampled_from(["", "2026-01-02"]),
)
_RHK = st.builds(
    RHK,
    kompetensi=st.sampled_from(["", "entah", *(k.id for k in NOW.kompetensi[:3])]),
    target=st.integers(-3, 200),
    uraian=st.sampled_from(["", "Menulis", "menulis "]),
    poin=st.integers(-1, 300),
)
_PLANS = st.builds(
    RencanaKinerja,
    data_diri=st.builds(DataDiri, golongan=st.sampled_from(["", "III/a"]), sesuai=st.booleans()),
    rapor_pendidikan=st.builds(RaporPendidikan, dimengerti=st.booleans()),
    praktik_pembelajaran=st.builds(PraktikPembelajaran, indikator=st.lists(_WORDS, max_size=3).map(tuple)),
    pengembangan_kompetensi=st.builds(PengembanganKompetensi, rhk=st.lists(_RHK, max_size=5).map(tuple)),
    tugas_tambahan=st.builds(TugasTambahan, tidak_ada=st.booleans(), tugas=st.lists(_DUTIES, max_size=3).map(tuple)),
    perilaku_kerja=st.builds(
        PerilakuKerja,
        indikator=st.lists(
            st.sampled_from([*(f"{p.id}/{i.id}" for p in NOW.perilaku[:2] for i in p.indikator), "x/y"]), max_size=6
        ).map(tuple),
    ),
    rangkuman=st.builds(Rangkuman, dikonfirmasi_guru=st.booleans()),
)


@given(
    source=_PLANS,
    onto=st.none() | _PLANS,
    periode=st.sampled_from([p.id for p in NOW.periode]),
    replace=st.booleans(),
    own=st.booleans(),
    column=st.sampled_from(["", "Wali Kelas", "Operator"]),
    jenjang=st.sampled_from(["", "SMP", "SD", "SMK"]),
)
def test_of_any_two_plans(
    source: RencanaKinerja, onto: RencanaKinerja | None, periode: str, replace: bool, own: bool, column: str, jenjang: str
) -> None:
    """One teacher's own never moves; without leave nothing is replaced; what is changed is told and draws no word of entry.

    Carrying the same once more changes nothing.
    """
    before, pegawai = onto or RencanaKinerja(), sample_teacher(tugas_tambahan=column)
    done = carried(source, onto, pegawai, periode, replace=replace, own=own, jenjang=jenjang)
    plan = done.rencana
    assert plan.data_diri == before.data_diri
    assert plan.rangkuman == (Rangkuman() if done.changed else before.rangkuman)
    mine = {t.tugas: (t.nomor_sk, t.tanggal_sk) for t in reversed(before.tugas_tambahan.tugas)}
    for duty in plan.tugas_tambahan.tugas if "tugas_tambahan" in done.changed else ():
        assert (duty.nomor_sk, duty.tanggal_sk) == mine.get(duty.tugas, ("", ""))
    assert {name for name in PARTS if getattr(plan, name) != getattr(before, name)} == set(done.changed)
    assert replace or not set(done.changed).intersection(filled_parts(before))
    assert set(filled_parts(before)) <= set(filled_parts(plan))
    codes = {
        m.kode
        for m in periksa(plan, pegawai, periode, NOW, jenjang=jenjang)
        if m.halang and m.section in done.changed and m.section != "tugas_tambahan"
    }
    assert codes <= {"indikator-kurang", "poin-kurang", "poin-luar", "uraian-kosong", "perilaku-kurang", "perilaku-nilai-kurang"}
    again = carried(source, plan, pegawai, periode, replace=replace, own=own, jenjang=jenjang)
    assert (again.rencana, again.changed) == (plan, ())
