"""The figures and sentences that are computed: points, RHK sentences, what applies, what is recommended and proposed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import KompetensiDefaults, TugasKind
from pmm_tui.skp.model import RHK, DataDiri, Pegawai, PengembanganKompetensi, Rapor, RencanaKinerja
from pmm_tui.skp.rangkuman import (
    bukti_rhk,
    golongan_in_force,
    jenjang_in_force,
    pangkat_golongan,
    poin_rhk,
    points_range,
    praktik_sentence,
    proposed_tugas,
    recommendations,
    rhk_sentence,
    satuan_rhk,
    total_poin,
    tugas_sentence,
)
from tests.skp import strategies

KATALOG = bundled()
INDIKATOR = [i.id for i in KATALOG.indikator]
STANDALONE = RHK(kompetensi="peserta-pelatihan-mandiri", target=4, uraian="x", satuan="x", bukti="x", poin=99)
FREE = RHK(uraian="Menulis buku", satuan="buku", bukti="Buku ber-ISBN", target=3, poin=5)
FOREIGN = RHK(kompetensi="entah", uraian="x", satuan="y", bukti="z", target=2, poin=7)


# ---- points


def test_points_are_of_one_unit_times_the_target() -> None:
    """An RHK of the catalogue counts the catalogue's points, one outside it its own, both times the target (facts 4)."""
    assert [poin_rhk(rhk, KATALOG) for rhk in (STANDALONE, FREE, FOREIGN)] == [32, 15, 14]


@given(strategies.rencana)
@settings(deadline=None, max_examples=50)
def test_the_total_is_the_sum(rencana: RencanaKinerja) -> None:
    """The total is the sum of the single ones, and 0 of none."""
    assert total_poin(rencana, KATALOG) == sum(poin_rhk(rhk, KATALOG) for rhk in rencana.pengembangan_kompetensi.rhk)
    assert total_poin(RencanaKinerja(), KATALOG) == 0


def test_two_rhk_make_a_plan_of_47_points() -> None:
    """4 × 8 and 3 × 5 are 47."""
    assert total_poin(RencanaKinerja(pengembangan_kompetensi=PengembanganKompetensi(rhk=(STANDALONE, FREE))), KATALOG) == 47


def test_a_scheme_without_points_has_no_range() -> None:
    """The range is shown where points count, and nothing where they do not."""
    assert points_range(KATALOG.skema_periode("2024-1")) == "32–128"
    assert points_range(KATALOG.skema_periode("2026")) == ""


# ---- sentences


def test_an_rhk_has_its_sentence_unit_and_evidence() -> None:
    """They are the catalogue's, behind the official beginning, or those that were typed; an unknown id is shown as unknown."""
    assert rhk_sentence(STANDALONE, KATALOG) == (
        "Meningkatnya kompetensi melalui peran sebagai peserta pelatihan mandiri sesuai model kompetensi Guru, Kepala Sekolah, "
        "dan/atau pengawas sekolah"
    )
    assert (satuan_rhk(STANDALONE, KATALOG), bukti_rhk(STANDALONE, KATALOG)) == (
        "pelatihan",
        "Sertifikat topik atau dokumen relevan lainnya",
    )
    assert rhk_sentence(FREE, KATALOG) == "Menulis buku"
    assert (satuan_rhk(FREE, KATALOG), bukti_rhk(FREE, KATALOG)) == ("buku", "Buku ber-ISBN")
    assert rhk_sentence(FOREIGN, KATALOG) == "entah (tidak ada di katalog)"
    assert (satuan_rhk(FOREIGN, KATALOG), bukti_rhk(FOREIGN, KATALOG)) == ("y", "z")


def test_every_rhk_of_the_catalogue_begins_officially() -> None:
    """Each sentence is the beginning and the role, which goes on in a small letter; without a beginning it is the role as it is."""
    without = msgspec.structs.replace(KATALOG, kompetensi_umum=KompetensiDefaults())
    for kompetensi in KATALOG.kompetensi:
        said = rhk_sentence(RHK(kompetensi=kompetensi.id), KATALOG)
        assert said.casefold() == f"Meningkatnya kompetensi melalui peran sebagai {kompetensi.peran}".casefold()
        assert said.split("sebagai ", 1)[1][0].islower()
        assert rhk_sentence(RHK(kompetensi=kompetensi.id), without) == kompetensi.peran


def test_praktik_and_tugas_have_their_sentence() -> None:
    """The chosen label stands in the catalogue's sentence; an unknown indicator stands there by its id."""
    found = {periode: praktik_sentence("aktivitas-interaktif", KATALOG.for_periode(periode)) for periode in ("2025", "2026")}
    assert found == {
        "2025": "Meningkatnya kualitas pembelajaran pada indikator Aktivitas Interaktif",
        "2026": "Meningkatkan praktik aktivasi kognitif yang berfokus pada Aktivitas Interaktif",
    }
    assert praktik_sentence("entah", KATALOG).endswith(" praktik pembelajaran yang berfokus pada entah")
    assert tugas_sentence(TugasKind(id="x", label="Wali {tugas} [b]"), KATALOG) == "Terlaksananya tugas sebagai Wali {tugas} [b]"


# ---- what applies


@pytest.mark.parametrize(
    ("own", "roster", "golongan", "jenjang"),
    [
        (DataDiri(), {}, "", ("", False)),
        (DataDiri(), {"golongan": "III/c"}, "III/c", ("ahli-muda", True)),
        (DataDiri(), {"golongan": "IX"}, "IX", ("ahli-pertama", True)),
        (DataDiri(), {"golongan": "XII"}, "XII", ("", False)),
        (DataDiri(), {"golongan": "entah"}, "entah", ("", False)),
        (DataDiri(golongan="IV/d"), {"golongan": "III/c"}, "IV/d", ("ahli-utama", True)),
        (DataDiri(), {"golongan": "III/c", "jenjang_jabatan": "ahli-pertama"}, "III/c", ("ahli-pertama", False)),
        (DataDiri(jenjang_jabatan="ahli-madya"), {"jenjang_jabatan": "ahli-pertama"}, "", ("ahli-madya", False)),
        (DataDiri(golongan="IV/d"), {"jenjang_jabatan": "ahli-pertama"}, "IV/d", ("ahli-pertama", False)),
    ],
)
def test_the_plans_own_word_comes_first(own: DataDiri, roster: dict[str, Any], golongan: str, jenjang: tuple[str, bool]) -> None:
    """What the plan says, else the roster; a jenjang that nobody said is suggested by the golongan, and marked so."""
    rencana, pegawai = RencanaKinerja(data_diri=own), Pegawai(nama="Siti", **roster)
    assert golongan_in_force(rencana, pegawai) == golongan
    assert jenjang_in_force(rencana, pegawai, KATALOG) == jenjang


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("III/c", "Penata, III/c"), ("iii/C", "Penata, III/c"), ("IX", "IX"), ("entah", "entah"), ("", "")],
)
def test_a_class_has_its_rank(code: str, wanted: str) -> None:
    """A PNS class is shown with its pangkat; a PPPK class, or what is unknown, as it is."""
    assert pangkat_golongan(code, KATALOG) == wanted


# ---- recommendation


def test_the_servers_recommendation_counts() -> None:
    """What the server names is recommended, in the catalogue's order and whatever the capaian; unknown ids are passed over."""
    rapor = Rapor(capaian=dict.fromkeys(INDIKATOR, "baik"), rekomendasi=(INDIKATOR[5], "entah", INDIKATOR[0]))
    assert recommendations(rapor, KATALOG) == (INDIKATOR[0], INDIKATOR[5])


def test_else_the_lowest_are_recommended() -> None:
    """Three with the lowest capaian, in the catalogue's order; where more are equally low, the first of them."""
    capaian = dict(zip(INDIKATOR, ("baik", "sedang", "kurang", "sedang", "baik", "sedang", "kurang", "sedang"), strict=True))
    assert recommendations(Rapor(capaian=capaian), KATALOG) == (INDIKATOR[1], INDIKATOR[2], INDIKATOR[6])


@pytest.mark.parametrize(
    ("capaian", "many"),
    [
        ({}, 0),
        (dict.fromkeys(INDIKATOR, "baik"), 0),
        (dict.fromkeys(INDIKATOR, "entah"), 0),
        ({INDIKATOR[3]: "kurang"}, 1),
        ({INDIKATOR[3]: "sedang", "entah": "kurang"}, 1),
        (dict.fromkeys(INDIKATOR, "sedang"), 3),
    ],
)
def test_the_highest_is_never_recommended(capaian: dict[str, str], many: int) -> None:
    """Good, unknown and unmeasured indicators are not recommended, even if then fewer than three are."""
    assert len(recommendations(Rapor(capaian=capaian), KATALOG)) == many


@given(
    st.dictionaries(st.sampled_from([*INDIKATOR, "entah"]), st.sampled_from(["kurang", "sedang", "baik", "", "entah"])),
    st.lists(st.sampled_from([*INDIKATOR, "entah"]), max_size=4),
)
@settings(deadline=None)
def test_no_indicator_left_out_is_lower_than_a_recommended_one(capaian: dict[str, str], named: list[str]) -> None:
    """Whatever the rapor says: known ids, each once, in order; and where the server named none, none that is left out is lower."""
    found = recommendations(Rapor(capaian=capaian, rekomendasi=tuple(named)), KATALOG)
    assert list(found) == [id for id in INDIKATOR if id in found]
    if set(named) & set(INDIKATOR):
        assert set(found) == set(named) & set(INDIKATOR)
        return
    assert len(found) <= KATALOG.rapor.rekomendasi_banyak
    order = {"kurang": 1, "sedang": 2}
    low = [order.get(capaian.get(id, ""), 3) for id in found]
    rest = [order.get(capaian.get(id, ""), 3) for id in INDIKATOR if id not in found]
    assert max(low, default=0) < 3
    assert len(found) == min(3, sum(u < 3 for u in (*low, *rest)))
    assert not low or min(rest) >= max(low)


# ---- proposal


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("Wali Kelas", {"wali-kelas"}),
        ("Wakil Kepala Sekolah Kurikulum", {"wakil-kepala"}),
        ("Wakil Kepala Sekolah, Wali kelas 7A", {"wakil-kepala", "wali-kelas"}),
        ("KEPALA PERPUSTAKAAN", {"kepala-perpustakaan"}),
        ("Kepala Laboratorium IPA", {"kepala-lab-bengkel-produksi"}),
        ("Kepala Lab. Komputer", {"kepala-lab-bengkel-produksi"}),
        ("Pembina Ekstrakurikuler Pramuka", {"pembina-ekstrakurikuler"}),
        ("Bendahara BOS", {"tim-bos"}),
        ("TPPK", {"tppk"}),
        ("Pembimbing Khusus", {"pembimbing-khusus-inklusif"}),
        ("Kepala Sekolah", set[str]()),
        ("Guru Kelas", set[str]()),
        ("Tidak ada", set[str]()),
        ("-", set[str]()),
        ("/", set[str]()),
        ("a", set[str]()),
        (" ", set[str]()),
        ("", set[str]()),
    ],
)
def test_dapodiks_words_propose_a_task(column: str, wanted: set[str]) -> None:
    """Whole words of Dapodik's column that name a tugas tambahan propose it; a dash, a letter or another office proposes none."""
    assert set(proposed_tugas(Pegawai(nama="Siti", tugas_tambahan=column), KATALOG, "SMP")) == wanted


@pytest.mark.parametrize("tugas", KATALOG.tugas_tambahan, ids=lambda tugas: tugas.id)
def test_every_label_proposes_itself(tugas: TugasKind) -> None:
    """Where Dapodik's column has the catalogue's own words, just that one is proposed, in any case."""
    for column in (tugas.label, tugas.label.upper(), f"  {tugas.label}  "):
        assert proposed_tugas(Pegawai(nama="Siti", tugas_tambahan=column), KATALOG, "") == (tugas.id,)


def test_only_what_the_school_has_is_proposed() -> None:
    """A task that this kind of school does not have is not proposed."""
    chair = Pegawai(nama="Siti", tugas_tambahan="Ketua Program Keahlian")
    assert proposed_tugas(chair, KATALOG, "SMK") == ("ketua-program-keahlian",)
    assert proposed_tugas(chair, KATALOG, "SMP") == ()


@given(st.text(), st.text(min_size=1))
@settings(deadline=None)
def test_no_words_make_the_proposal_stumble(column: str, label: str) -> None:
    """Whatever Dapodik's column and a label say, what is proposed is of the catalogue, in its order."""
    katalog = msgspec.structs.replace(KATALOG, tugas_tambahan=(*KATALOG.tugas_tambahan, TugasKind(id="lain", label=label)))
    found = proposed_tugas(Pegawai(nama="Siti", tugas_tambahan=column), katalog, "")
    assert list(found) == [t.id for t in katalog.tugas_tambahan if t.id in found]
    assert found == () or any(c.isalnum() or c == "_" for c in column)
