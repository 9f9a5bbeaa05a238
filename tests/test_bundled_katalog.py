"""The bundled catalogue is one: its TOML, which people edit, and its JSON, which the program reads."""

from __future__ import annotations

from pmm_tui.skp.katalog_reader import bundled, read_katalog
from pmm_tui.skp.katalog_report import SURENESS, entries
from tests.make_catalogue import PAGE, page
from tests.make_katalog import FOLDER, content


def test_the_json_is_the_toml() -> None:
    """What the program starts with is what `katalog.toml` says; `python -m tests.make_katalog` writes it anew."""
    assert (FOLDER / "katalog.json").read_bytes() == content()
    assert bundled() == read_katalog((FOLDER / "katalog.toml").read_text("utf-8"), "katalog.toml")


def test_the_page_of_the_catalogue_is_the_catalogue() -> None:
    """Its tables are those of the data; `python -m tests.make_catalogue` writes them anew."""
    assert PAGE.read_text("utf-8") == page()


def test_every_entry_says_how_sure_it_is_and_where_it_was_found() -> None:
    """No entry is without both, every source that is named is listed, and every one that is listed is named."""
    every = list(entries(bundled()))
    assert [entry.place for entry in every if entry.keyakinan not in SURENESS or not entry.sources] == []
    named = {source for entry in every for source in entry.sources}
    listed = {source.id for source in bundled().rujukan}
    assert {source for source in named if " " not in source} <= listed <= named
    assert all(source.judul for source in bundled().rujukan)


def test_what_is_unsure_is_marked() -> None:
    """2027 is a conclusion, and so are its stages; what nobody was found to say is `ragu`."""
    unsure = {entry.key for entry in entries(bundled()) if entry.keyakinan == "ragu"}
    assert {"periode 2027", "tugas_tambahan guru-wali", "status_kepegawaian gtt-ptt-provinsi", "praktik"} <= unsure
    (coming,) = (p for p in bundled().periode if p.id == "2027")
    assert {tahap.keyakinan for tahap in coming.tahap} == {"ragu"}
    assert "periode 2026" not in unsure
