"""The bundled catalogue and what is looked up in a catalogue (facts 1.4, 2.3, 2.4, 3, 5, 6)."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog import SCHEMA
from pmm_tui.skp.katalog_reader import bundled, parse_katalog, read_katalog
from pmm_tui.skp.rangkuman import fill_pattern

KATALOG = bundled()
PERIODE = [p.id for p in KATALOG.periode]


def test_the_bundled_catalogue_is_what_the_form_needs() -> None:
    """It is read without complaint, and holds both schemes, five periods, eight indicators in three components, seven values."""
    assert KATALOG.schema == SCHEMA
    assert [(s.id, s.poin_dipakai) for s in KATALOG.skema] == [("pmm-2024", True), ("ruang-gtk", False)]
    assert {p.id: p.skema for p in KATALOG.periode} == {
        "2024-1": "pmm-2024",
        "2024-2": "pmm-2024",
        "2025": "ruang-gtk",
        "2026": "ruang-gtk",
        "2027": "ruang-gtk",
    }
    assert (len(KATALOG.komponen), len(KATALOG.indikator), len(KATALOG.perilaku)) == (3, 8, 7)
    assert all(len(value.indikator) == 3 for value in KATALOG.perilaku)
    assert {i.komponen for i in KATALOG.indikator} == {k.id for k in KATALOG.komponen}
    assert parse_katalog(msgspec.json.decode(msgspec.json.encode(KATALOG)), "bawaan") == KATALOG
    assert bundled() is KATALOG


def test_the_official_points_stand() -> None:
    """The range of 32 to 128 and the points of the RHK are those that were found; fewer are a warning (facts-2 2.1)."""
    skema = KATALOG.skema_periode("2024-1")
    assert (skema.poin_min, skema.poin_maks, skema.poin_kurang, skema.poin_lebih) == (32, 128, "peringatan", "peringatan")
    assert [k.poin for k in KATALOG.kompetensi] == [8, 8, 36, 8, 4, 0, 8, 4, 4, 6, 6]
    assert [k.id for k in KATALOG.kompetensi if not k.aktif] == ["peserta-program-jangka-pendek-menengah"]


# ---- golongan and jenjang

PNS = {
    "II/a": ("Pengatur Muda", ""),
    "II/b": ("Pengatur Muda Tingkat I", ""),
    "II/c": ("Pengatur", ""),
    "II/d": ("Pengatur Tingkat I", ""),
    "III/a": ("Penata Muda", "Guru Ahli Pertama"),
    "III/b": ("Penata Muda Tingkat I", "Guru Ahli Pertama"),
    "III/c": ("Penata", "Guru Ahli Muda"),
    "III/d": ("Penata Tingkat I", "Guru Ahli Muda"),
    "IV/a": ("Pembina", "Guru Ahli Madya"),
    "IV/b": ("Pembina Tingkat I", "Guru Ahli Madya"),
    "IV/c": ("Pembina Utama Muda", "Guru Ahli Madya"),
    "IV/d": ("Pembina Utama Madya", "Guru Ahli Utama"),
    "IV/e": ("Pembina Utama", "Guru Ahli Utama"),
}
PPPK = {"IX": "Guru Ahli Pertama", "X": "Guru Ahli Pertama", "XI": "Guru Ahli Muda", "XIII": "Guru Ahli Madya"}


def test_the_classes_are_those_of_the_regulation() -> None:
    """Pangkat and suggested jenjang of each PNS class, and the jenjang of each PPPK class, are the table's (facts 2.4)."""
    label = {"": "", **{j.id: j.label for j in KATALOG.jenjang_jabatan}}
    assert {g.kode: (g.pangkat, label[g.jenjang]) for g in KATALOG.golongan.pns} == PNS
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
    assert [g.kode for g in KATALOG.golongan.pppk] == roman
    assert {g.kode: label[g.jenjang] for g in KATALOG.golongan.pppk if g.jenjang} == PPPK
    assert not any(g.pangkat for g in KATALOG.golongan.pppk)


def test_a_class_is_found_in_any_case() -> None:
    """Each code is found as written, in capitals and in small letters, and no two share a spelling."""
    for golongan in (*KATALOG.golongan.pns, *KATALOG.golongan.pppk):
        for code in (golongan.kode, golongan.kode.upper(), f" {golongan.kode.lower()} "):
            assert KATALOG.find_golongan(code) is golongan


@pytest.mark.parametrize("code", ["", "III", "iii/", "III/e", "V/a", "XVIII", "3c"])
def test_an_unknown_class_is_none(code: str) -> None:
    """What is no code of the tables is not taken for one; `III` alone is the PPPK class."""
    found = KATALOG.find_golongan(code)
    assert found is (KATALOG.golongan.pppk[2] if code == "III" else None)


def test_older_names_of_a_jenjang_are_listed() -> None:
    """The names of 2009 stand beside the labels; those of 1993 are not guessed."""
    assert {alias: jenjang.id for jenjang in KATALOG.jenjang_jabatan for alias in jenjang.alias} == {
        "Guru Pertama": "ahli-pertama",
        "Guru Muda": "ahli-muda",
        "Guru Madya": "ahli-madya",
        "Guru Utama": "ahli-utama",
    }


# ---- look-ups


def test_everything_is_found_by_its_id() -> None:
    """Each look-up finds each of its entries, and nothing else."""
    for find, items in (
        (KATALOG.find_periode, KATALOG.periode),
        (KATALOG.find_indikator, KATALOG.indikator),
        (KATALOG.find_kompetensi, KATALOG.kompetensi),
        (KATALOG.find_tugas, KATALOG.tugas_tambahan),
        (KATALOG.find_komponen, KATALOG.komponen),
        (KATALOG.find_jenjang, KATALOG.jenjang_jabatan),
    ):
        assert all(find(item.id) is item for item in items)
        assert find("") is None
        assert find("entah") is None


def test_an_indikator_perilaku_is_found_by_both_ids() -> None:
    """`nilai/indikator` names one, and neither half nor a mixture of two values does."""
    for value in KATALOG.perilaku:
        for item in value.indikator:
            assert KATALOG.find_perilaku(f"{value.id}/{item.id}") == (value, item)
    for foreign in ("", "/", "harmonis", "harmonis/", "/suka-menolong", "loyal/suka-menolong", "harmonis/suka-menolong/x"):
        assert KATALOG.find_perilaku(foreign) is None


def test_a_status_is_found_as_dapodik_words_it() -> None:
    """Each label and id is found in any case; civil servants and PPPK are ASN, the rest are not (facts 2.3)."""
    for status in KATALOG.status_kepegawaian:
        for label in (status.label, status.label.upper(), f" {status.id} "):
            assert KATALOG.find_status(label) is status
        assert status.asn == (status.label.split()[0] in ("PNS", "CPNS", "PPPK"))
    assert len(KATALOG.status_kepegawaian) == 15
    assert KATALOG.find_status("") is None
    assert KATALOG.find_status("PNS Baru") is None


@pytest.mark.parametrize(
    ("jenjang", "existing", "absent"),
    [
        ("SD", {"kepala-perpustakaan", "wali-kelas"}, {"wakil-kepala", "pembina-osis", "ketua-program-keahlian"}),
        ("SMP", {"wakil-kepala", "kepala-lab-bengkel-produksi", "pembina-osis"}, {"ketua-program-keahlian", "koordinator-bkk"}),
        ("SMA", {"wakil-kepala", "wali-kelas"}, {"ketua-program-keahlian", "ketua-lsp-p1"}),
        ("SMK", {"wakil-kepala", "ketua-program-keahlian", "koordinator-bkk", "ketua-lsp-p1"}, set[str]()),
        ("smk", {"ketua-program-keahlian"}, set[str]()),
        ("Entah", {"kepala-perpustakaan"}, {"wakil-kepala", "ketua-program-keahlian"}),
    ],
)
def test_a_kind_of_school_has_its_own_tasks(jenjang: str, existing: set[str], absent: set[str]) -> None:
    """Each kind of school is offered its own tugas tambahan and those of all schools, in the catalogue's order."""
    offered = [t.id for t in KATALOG.tugas_jenjang(jenjang)]
    every = [t.id for t in KATALOG.tugas_tambahan]
    assert existing <= set(offered)
    assert not absent & set(offered)
    assert offered == [id for id in every if id in offered]
    assert {t.id for t in KATALOG.tugas_tambahan if "semua" in t.jenjang} <= set(offered)


def test_an_unknown_kind_of_school_is_offered_everything() -> None:
    """While the kind of school is not known nothing is held back."""
    assert KATALOG.tugas_jenjang("") == KATALOG.tugas_tambahan


# ---- periods


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2023-12-31", "2024-1"),
        ("2024-01-01", "2024-1"),
        ("2024-06-30", "2024-1"),
        ("2024-07-01", "2024-2"),
        ("2024-12-31", "2024-2"),
        ("2025-01-01", "2025"),
        ("2026-12-31", "2026"),
        ("2027-01-01", "2027"),
        ("2031-05-05", "2027"),
    ],
)
def test_a_day_has_its_period(day: str, wanted: str) -> None:
    """The period that holds the day; after the last one that one, before the first one the first."""
    assert KATALOG.periode_on(date.fromisoformat(day)).id == wanted


def test_in_a_gap_the_last_period_that_began_counts() -> None:
    """A day between two periods belongs to the one before it; where two overlap the later one counts."""
    without = msgspec.structs.replace(KATALOG, periode=tuple(p for p in KATALOG.periode if p.id != "2024-2"))
    assert without.periode_on(date(2024, 9, 1)).id == "2024-1"
    one_year = msgspec.structs.replace(KATALOG.periode[0], id="2024", selesai=date(2024, 12, 31))
    two = msgspec.structs.replace(KATALOG, periode=(one_year, *KATALOG.periode))
    assert two.periode_on(date(2024, 9, 1)).id == "2024-2"


def test_the_scheme_of_an_unknown_period_is_refused() -> None:
    """The sentence names the period and those that there are."""
    with pytest.raises(ShapeError) as caught:
        KATALOG.skema_periode("2030")
    assert caught.value.sentence == 'Periode "2030" tidak ada di katalog; yang ada: 2024-1, 2024-2, 2025, 2026, 2027.'


@pytest.mark.parametrize("id", PERIODE)
def test_one_periods_catalogue_travels(id: str) -> None:
    """The catalogue of a period holds it and its scheme alone, in its wordings, and reads back the same from JSON and from TOML."""
    one, its = KATALOG.only_periode(id), KATALOG.for_periode(id)
    assert [p.id for p in one.periode] == [id]
    assert [s.id for s in one.skema] == [KATALOG.skema_periode(id).id]
    for name in ("indikator", "kompetensi", "tugas_tambahan", "perilaku"):
        assert [(i.id, i.keyakinan) for i in getattr(one, name)] == [(i.id, i.keyakinan) for i in getattr(its, name)]
    assert one.jenis_ptk.berhak == its.jenis_ptk.berhak
    assert one.for_periode(id) is one
    assert b'"sumber"' not in msgspec.json.encode(one)
    assert parse_katalog(msgspec.json.decode(msgspec.json.encode(one)), "server") == one
    assert read_katalog(tomli_w.dumps(msgspec.to_builtins(one, builtin_types=(date,))), "berkas") == one


def test_a_catalogue_of_an_unknown_period_is_refused() -> None:
    """There is no catalogue without its period."""
    with pytest.raises(ShapeError, match='"2030"'):
        KATALOG.only_periode("2030")


# ---- sentences


@given(st.text(), st.text())
@settings(deadline=None)
def test_a_sentence_has_its_hole_filled(before: str, content: str) -> None:
    """Only the named hole is filled; what is put in may hold braces, and other braces stay."""
    before = before.replace("{tugas}", "")
    assert fill_pattern(before + "{tugas} {lain} {}", tugas=content) == f"{before}{content} {{lain}} {{}}"
