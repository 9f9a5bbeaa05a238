"""From components and indicators of the school's own rapor to the levels of the form (facts-2, 8)."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Rapor
from pmm_tui.skp.rangkuman import recommendations
from pmm_tui.skp.rapor_levels import item_of_row, items_of, level_of, own_rapor, split_code

KATALOG = bundled()


class Level(msgspec.Struct, frozen=True):
    """What is said of an item."""

    level: str
    score: str = ""


def komponen(*levels: str) -> dict[str, Level]:
    """Levels of components: id, level and perhaps a score, with blanks between."""
    found = {}
    for text in levels:
        name, level, *score = text.split()
        found[f"komponen/{name}"] = Level(level, *score)
    return found


THREE = komponen("manajemen-kelas baik", "dukungan-psikologis sedang", "metode-pembelajaran kurang")


def test_every_indicator_has_its_components_level() -> None:
    """All eight, marked as such, and those of the lowest component are recommended."""
    rapor = own_rapor(THREE, KATALOG)
    assert set(rapor.capaian) == {i.id for i in KATALOG.indikator} == set(rapor.menurut_komponen)
    assert rapor.capaian["keteraturan-suasana-kelas"] == "baik"
    assert recommendations(rapor, KATALOG) == ("aktivitas-interaktif", "instruksi-pembelajaran", "instruksi-yang-adaptif")
    assert rapor.rekomendasi == recommendations(rapor, KATALOG)


def test_a_refined_indicator_counts_before_its_component() -> None:
    """Its own level stands, the others of the component keep the component's, and recommended are the lowest of all."""
    said = THREE | {"indikator/aktivitas-interaktif": Level("baik")}
    rapor = own_rapor(said, KATALOG)
    assert rapor.capaian["aktivitas-interaktif"] == "baik"
    assert rapor.capaian["instruksi-pembelajaran"] == "kurang"
    assert "aktivitas-interaktif" not in rapor.menurut_komponen
    assert rapor.rekomendasi == ()
    assert recommendations(rapor, KATALOG) == ("umpan-balik-konstruktif", "instruksi-pembelajaran", "instruksi-yang-adaptif")


@pytest.mark.parametrize(
    ("said", "advised"),
    [
        (komponen("manajemen-kelas sedang 62,5", "dukungan-psikologis sedang 61,75"), "dukungan-psikologis"),
        (komponen("manajemen-kelas sedang 62,5", "dukungan-psikologis sedang"), "manajemen-kelas"),
        (komponen("manajemen-kelas baik 10", "dukungan-psikologis baik 20"), ""),
        (komponen("manajemen-kelas kurang 90", "dukungan-psikologis sedang 1"), "manajemen-kelas"),
        ({}, ""),
    ],
)
def test_the_lowest_component_is_by_level_then_by_score(said: dict[str, Level], advised: str) -> None:
    """Equal levels are told apart by the score; where all is at the highest level nothing is recommended."""
    found = own_rapor(said, KATALOG).rekomendasi
    assert found == tuple(i.id for i in KATALOG.indikator if i.komponen == advised)


def test_a_heads_indicators_are_levels_of_their_own() -> None:
    """D.3 gets its levels by its rows, without touching D.1."""
    rapor = own_rapor({"indikator/visi-misi-satuan-pendidikan": Level("kurang")}, KATALOG)
    assert rapor == Rapor(capaian={"visi-misi-satuan-pendidikan": "kurang"})
    whole = own_rapor({"komponen/kepemimpinan-instruksional": Level("sedang")}, KATALOG)
    assert len(whole.capaian) == len(whole.menurut_komponen) == 3


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("Baik", "baik"), ("BAIK ", "baik"), (" sedang", "sedang"), ("Kurang.", "kurang"), ("Tinggi", "baik"), ("rendah", "kurang"),
        ("Capaian Tidak Tersedia", ""), ("Tidak  Berlaku ", ""), ("", ""), ("-", ""), ("hebat", None), ("80", None),
    ],
)  # fmt: skip
def test_words_of_levels(word: str, level: str | None) -> None:
    """Case and blanks aside; words for no level are none, and an unknown word is told apart from those."""
    assert level_of(word, KATALOG) == level


@pytest.mark.parametrize(
    ("number", "label", "item"),
    [
        ("D.1.1", "Manajemen kelas", "komponen/manajemen-kelas"),
        ("d.1.1.", "Manajemen Kelas ", "komponen/manajemen-kelas"),
        ("D.1.3", "Metode pembelajaran (nama lain)", "komponen/metode-pembelajaran"),
        ("", "D.1.2 Dukungan psikologis", "komponen/dukungan-psikologis"),
        ("", "Dukungan  Psikologis", "komponen/dukungan-psikologis"),
        ("D.1.1.2", "Penerapan Disiplin Positif", "indikator/penerapan-disiplin-positif"),
        ("D.3.2", "apa saja", "indikator/pengelolaan-kurikulum-satuan-pendidikan"),
        ("D.3", "Kepemimpinan instruksional", "komponen/kepemimpinan-instruksional"),
        ("D.1", "Kualitas pembelajaran", ""),
        ("D.2.1", "Manajemen kelas", ""),
        ("A.1", "Literasi", ""),
        ("3", "Manajemen kelas", "komponen/manajemen-kelas"),
        ("", "", ""),
    ],
)
def test_which_item_a_row_is_about(number: str, label: str, item: str) -> None:
    """By the code, by the label, or both; a row of another dimension is none, whatever its label says."""
    assert item_of_row(number, label, KATALOG) == (item, "")


def test_a_code_and_a_label_that_disagree_are_doubtful() -> None:
    """A row that was moved leads nowhere."""
    assert item_of_row("D.1.1", "Metode pembelajaran", KATALOG) == ("", "kode D.1.1 dan labelnya tidak cocok")


def test_every_item_has_one_name() -> None:
    """Three components with eight indicators, one with three; codes of the catalogue lead to items that there are."""
    items = items_of(KATALOG)
    assert len(items) == 3 + 8 + 1 + 3
    for part in (KATALOG, *KATALOG.sasaran):
        for code in part.rapor.kode:
            item, doubt = item_of_row(code, "", KATALOG)
            assert (item in items, doubt) == (True, "")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_row_breaks_the_reading(number: str, label: str) -> None:
    """Any text is a code or none."""
    split_code(number)
    item, _ = item_of_row(number, label, KATALOG)
    assert item == "" or item in items_of(KATALOG)
    level_of(label, KATALOG)
