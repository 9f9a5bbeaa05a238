"""The kepala sekolah's own plan: the variant of the catalogue, and the rules that go by it (facts-2 2.4)."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_reader import bundled, parse_katalog
from pmm_tui.skp.katalog_report import entries
from pmm_tui.skp.katalog_sasaran import Sasaran, asks_duties, own_sasaran
from pmm_tui.skp.model import PraktikPembelajaran, Rapor, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.skp.overview import plan_line
from pmm_tui.skp.pane_marks import PaneMark
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.plan_file import read_plan_file, write_plan_file
from pmm_tui.skp.rangkuman import praktik_sentence, recommendations
from tests.skp.rule_cases import EVERY, Change, RuleCase, Sample, check, fixed, katalog, pegawai, sample, section, state, then
from tests.skp.sample_plan import complete_plan, sample_teacher

KATALOG = bundled()
HEAD = "Kepala Sekolah"
VISI = "visi-misi-satuan-pendidikan"


def own_choice(c: Sample) -> Sample:
    """The plan with an indicator of D.3 and no tugas tambahan."""
    return then(section(praktik_pembelajaran=PraktikPembelajaran(indikator=(VISI,))), section(tugas_tambahan=TugasTambahan()))(c)


HEADS_PLAN: Change = then(pegawai(jenis_ptk=HEAD), own_choice)
DUTY = TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
CASES = (
    RuleCase(
        code="indikator-guru",
        pointer="/praktik_pembelajaran/indikator/0",
        error=(
            then(
                HEADS_PLAN,
                section(praktik_pembelajaran=PraktikPembelajaran(indikator=("aktivitas-interaktif",))),
            ),
        ),
        right=(fixed, HEADS_PLAN, then(katalog(sasaran=()), pegawai(jenis_ptk=HEAD))),
        blocks=False,
    ),
    RuleCase(
        code="tugas-guru",
        pointer="/tugas_tambahan/tugas",
        error=(then(HEADS_PLAN, section(tugas_tambahan=DUTY)),),
        right=(fixed, HEADS_PLAN, then(HEADS_PLAN, section(tugas_tambahan=TugasTambahan(tidak_ada=True)))),
        blocks=False,
    ),
    RuleCase(
        code="atasan-kosong",
        pointer="/data_diri/jenis_ptk",
        error=(then(HEADS_PLAN, state(atasan="")),),
        right=(state(atasan=""), HEADS_PLAN, then(HEADS_PLAN, state(atasan="Dr. Kepala Dinas"))),
        blocks=False,
    ),
)


@pytest.mark.parametrize("periode", EVERY)
@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_a_rule_speaks_when_it_should_and_only_then(case: RuleCase, periode: str) -> None:
    """Each rule says its word, at its place and with its weight, for what is wrong, and is silent about what is near but right."""
    check(case, periode)


@pytest.mark.parametrize("periode", EVERY)
def test_a_heads_plan_is_complete_without_tugas_tambahan(periode: str) -> None:
    """One indicator of D.3 and no word about duties is a faultless plan, of which all five panes are done."""
    c = HEADS_PLAN(sample(periode))
    assert c.periksa() == ()
    line = plan_line(c.pegawai, c.rencana, 1, None, periode, c.katalog)
    assert line.marks == (PaneMark.DONE,) * 5
    assert line.open_panes == 0
    teacher = plan_line(sample_teacher(), c.rencana, 1, None, periode, c.katalog)
    assert [m.kode for m in teacher.blocking] == ["indikator-asing", "tugas-belum"]


def test_whose_catalogue_it_is_the_jenis_ptk_tells() -> None:
    """A kepala sekolah gets D.3 with three indicators and no duties; everybody else the very catalogue that there is."""
    own = KATALOG.for_jenis_ptk("  KEPALA   sekolah ")
    assert (own.rapor.dimensi, [i.id for i in own.indikator][:1], len(own.indikator)) == ("D.3", [VISI], 3)
    assert (own.tugas_tambahan, asks_duties(own), own.rapor.capaian) == ((), False, KATALOG.rapor.capaian)
    assert own.kompetensi == KATALOG.kompetensi
    assert own.perilaku == KATALOG.perilaku
    assert own.for_jenis_ptk(HEAD) is own
    assert KATALOG.for_jenis_ptk(HEAD) is own
    for jenis in ("", "Guru Mapel", "Wakil Kepala Sekolah", "Kepala Sekolah Dasar"):
        assert KATALOG.for_jenis_ptk(jenis) is KATALOG
    assert own_sasaran(KATALOG) is None
    assert asks_duties(KATALOG)


def test_the_sentence_and_the_recommendations_are_of_d3() -> None:
    """Rangkuman says the head's own sentence; the lowest capaian of D.3 is recommended, whatever D.1 says."""
    own = KATALOG.for_jenis_ptk(HEAD)
    said = praktik_sentence(VISI, own)
    assert said == "Meningkatkan praktik kepemimpinan instruksional yang berfokus pada Visi-misi Satuan Pendidikan"
    levels = {VISI: "kurang", "dukungan-untuk-refleksi-guru": "baik", "aktivitas-interaktif": "kurang"}
    rapor = Rapor(capaian=levels, rekomendasi=("aktivitas-interaktif",))
    assert recommendations(rapor, own) == (VISI,)
    assert recommendations(rapor, KATALOG) == ("aktivitas-interaktif",)


def test_an_older_plan_of_a_head_still_opens_and_goes() -> None:
    """What a head chose from a teacher's form before is shown by its label, warned of and sent as before."""
    teacher = sample_teacher(jenis_ptk=HEAD)
    rencana = complete_plan(KATALOG, "2026")
    own = KATALOG.for_jenis_ptk(HEAD)
    chosen = rencana.praktik_pembelajaran.indikator[0]
    assert own.find_indikator(chosen) == KATALOG.find_indikator(chosen)
    assert own.find_tugas("wali-kelas") == KATALOG.find_tugas("wali-kelas")
    found = periksa(rencana, teacher, "2026", KATALOG, jenjang="SMP")
    assert [(m.kode, m.halang) for m in found] == [("indikator-guru", False), ("tugas-guru", False)]


def test_a_catalogue_without_the_variant_stays_as_it_was() -> None:
    """Under a catalogue of before a head plans by the teacher's form, with the warning of before."""
    older = msgspec.structs.replace(KATALOG, sasaran=())
    assert older.for_jenis_ptk(HEAD) is older
    found = periksa(complete_plan(older, "2026"), sample_teacher(jenis_ptk=HEAD), "2026", older, jenjang="SMP", atasan="")
    assert [(m.kode, m.halang) for m in found] == [("kepala-sekolah", False)]


def test_the_server_lends_the_variant_too() -> None:
    """What a server answers for a period has the variant and reads back as such; where things were found need not travel."""
    lent = parse_katalog(msgspec.json.decode(msgspec.json.encode(KATALOG.only_periode("2026"))), "server")
    assert [s.id for s in lent.sasaran] == ["kepala-sekolah"]
    assert lent.sasaran[0].sumber == lent.sasaran[0].indikator[0].sumber == ()
    assert lent.for_periode("2026").for_jenis_ptk(HEAD).find_indikator(VISI) is not None


def test_what_is_unsure_of_it_is_marked_so() -> None:
    """The three indicators and the sentence are marked "ragu": no stored text says them."""
    unsure = {entry.place for entry in entries(KATALOG) if entry.place.startswith("sasaran[0]") and entry.keyakinan == "ragu"}
    assert unsure == {"sasaran[0].praktik", *(f"sasaran[0].indikator[{n}]" for n in range(3))}


def test_a_plan_file_offers_and_takes_the_heads_own_choices() -> None:
    """The file of a head lists the indicators of D.3, and takes one by its label."""
    own, teacher = KATALOG.for_jenis_ptk(HEAD), sample_teacher(jenis_ptk=HEAD)
    text = write_plan_file(teacher, "2026", RencanaKinerja(), own, "SMP")
    assert "visi-misi-satuan-pendidikan  (Visi-misi Satuan Pendidikan)" in text
    assert "wali-kelas" not in text
    named = text.replace("indikator = []", 'indikator = ["Visi-misi satuan pendidikan"]', 1)
    assert read_plan_file(named, "berkas", own).rencana.praktik_pembelajaran.indikator == (VISI,)


def changed(**other: object) -> dict[str, object]:
    """The bundled catalogue as TOML would give it, with its variant changed."""
    raw: dict[str, object] = msgspec.to_builtins(KATALOG)
    one: Sasaran = KATALOG.sasaran[0]
    raw["sasaran"] = [msgspec.to_builtins(one) | other]
    return raw


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ({"jenis_ptk": []}, "sasaran[0].jenis_ptk"),
        ({"indikator": []}, "sasaran[0].indikator"),
        ({"komponen": [{"id": "lain", "label": "Lain"}], "rapor": {"dimensi": "D.3"}}, "sasaran[0].indikator[0].komponen"),
        ({"praktik": {"rhk_pola": "Tanpa lubang"}}, "sasaran[0].praktik.rhk_pola"),
        ({"rapor": {"dimensi": "D.3", "kode": {"D.3.1": "entah"}}}, 'sasaran[0].rapor.kode."D.3.1"'),
        (
            {
                "indikator": [{"id": "aktivitas-interaktif", "label": "X", "komponen": "kepemimpinan-instruksional"}],
                "rapor": {"dimensi": "D.3"},
            },
            "sasaran[0].indikator[0].id",
        ),
    ],
)
def test_a_variant_that_cannot_be_used_is_refused_with_its_place(other: dict[str, object], place: str) -> None:
    """Each fault of a variant is named with its place."""
    with pytest.raises(ShapeError) as refused:
        parse_katalog(changed(**other), "berkas")
    assert refused.value.place == place


def test_two_variants_of_one_id_are_refused() -> None:
    """Ids are unique."""
    raw = changed()
    raw["sasaran"] = [*raw["sasaran"], *raw["sasaran"]]  # type: ignore[misc]
    with pytest.raises(ShapeError, match=r"sasaran\[1\].id"):
        parse_katalog(raw, "berkas")
