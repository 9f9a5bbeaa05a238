"""Messages of e-Kinerja: what is there, what a search finds, what a file of one's own may say (facts-2, 5.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_report import SURENESS
from pmm_tui.skp.sync_messages import bundled_messages, find_messages, read_messages, with_own

OURS = bundled_messages()
OWN = """
[[pesan]]
id = "sendiri"
pesan = "Server BKN sedang dipelihara"
sebab = "Pemeliharaan."
sistem = "e-Kinerja"
pelaku = "Tidak ada"
langkah = ["Tunggu."]
"""


def ids(query: str) -> list[str]:
    """The ids of what a search finds."""
    return [one.id for one in find_messages(OURS.pesan, query)]


def test_every_message_says_all_that_is_needed() -> None:
    """The nine of the table, each with cause, system, who, steps, how sure it is, and sources that are listed."""
    assert len(OURS.pesan) == 9
    known = {source.id for source in OURS.rujukan}
    for one in OURS.pesan:
        assert one.keyakinan in SURENESS
        assert one.langkah
        assert set(one.sumber) <= known
    assert known == {name for one in OURS.pesan for name in one.sumber}


@pytest.mark.parametrize("one", OURS.pesan, ids=lambda one: one.id)
def test_each_message_is_found_by_its_whole_text_first(one: object) -> None:
    """As it stands on the screen, and pasted with more around it."""
    text, item_id = one.pesan, one.id  # type: ignore[attr-defined]
    assert ids(text)[0] == item_id
    assert ids(f"ERROR 102: {text.upper()}! Silakan hubungi admin. (Budi, 19850714)")[0] == item_id


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("referensi unit kerja", ["unit-kerja-tidak-terdaftar"]),
        ("padan", ["unor-belum-padan"]),
        ("SKP organisasi", ["skp-organisasi-belum-dibuat"]),
        ("lupa sandi", ["gagal-login"]),
        ("gagal", ["gagal-login", "sinkro-penilaian-gagal"]),
        ("penilaian gagal sinkro", ["sinkro-penilaian-gagal"]),
        ("tombol hilang", ["tombol-sinkro-penilaian-tidak-muncul", "tombol-sinkron-tidak-muncul"]),
    ],
)
def test_a_part_is_enough(query: str, found: list[str]) -> None:
    """Words in any order, and other words for the same."""
    assert sorted(ids(query)) == sorted(found)


@pytest.mark.parametrize(
    "query", ["", " ", "pegawai tidak ditemukan dalam basis data pusat", "kuota internet habis", "error", "xyz", "?!"]
)
def test_what_is_not_in_the_list_finds_nothing(query: str) -> None:
    """Better no answer than a wrong one: words that every message has find none."""
    assert ids(query) == []


def test_a_file_of_ones_own_adds_and_replaces() -> None:
    """Its messages come first; one of an id of ours takes its place."""
    both = with_own(OURS, read_messages(OWN, "berkas"))
    assert [one.id for one in both.pesan] == ["sendiri", *(one.id for one in OURS.pesan)]
    replaced = with_own(OURS, read_messages(OWN.replace('"sendiri"', '"gagal-login"'), "berkas"))
    assert len(replaced.pesan) == 9
    assert replaced.pesan[0].pesan == "Server BKN sedang dipelihara"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('id = "sendiri"', 'id = "Tidak Sah"'), "berkas: baris 3: pesan[0].id"),
        (('langkah = ["Tunggu."]', "langkah = []"), "pesan[0].langkah: kosong"),
        (('sebab = "Pemeliharaan."', 'sebabnya = "x"'), 'kunci "pesan[0].sebabnya" tidak dikenal'),
        (('pelaku = "Tidak ada"', ""), '"pelaku" belum ada'),
        (('sistem = "e-Kinerja"', 'sistem = "e-Kinerja"\nkeyakinan = "yakin"'), "keyakinan"),
        (("langkah", OWN + "langkah"), '"sendiri" sudah dipakai'),
        (("[[pesan]]", "[[pesan"), "tidak dapat dibaca sebagai TOML"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(change: tuple[str, str], words: str) -> None:
    """With its name, and where in it."""
    text = OWN.replace(*change, 1) if change[0] != "langkah" else OWN + OWN
    with pytest.raises(ShapeError) as refused:
        read_messages(text, "berkas")
    assert refused.value.sentence.startswith("berkas: ")
    assert words in refused.value.sentence


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(query: str) -> None:
    """Whatever is pasted."""
    assert all(one in OURS.pesan for one in find_messages(OURS.pesan, query))
