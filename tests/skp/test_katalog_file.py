"""Checking a catalogue's file: everything that is wrong is told with its line and place, and nothing that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.skp.katalog_file import check_katalog
from pmm_tui.skp.katalog_reader import read_katalog
from pmm_tui.skp.katalog_report import addresses, entries

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "pmm_tui" / "katalog" / "katalog.toml").read_text("utf-8")
FIRST = (ROOT / "tests" / "compat" / "data" / "config" / "katalog.toml").read_text("utf-8")


def line_of(part: str, text: str = TEXT) -> int:
    """The line, counted from 1, that a text stands in first."""
    return text[: text.index(part)].count("\n") + 1


def test_the_bundled_catalogue_and_the_first_one_are_right() -> None:
    """Neither has a fault; what the first one lacks is named, once for each list."""
    now, first = check_katalog(TEXT, "k.toml"), check_katalog(FIRST, "k.toml")
    assert (now.faults, now.hints, first.faults) == ((), (), ())
    (hint,) = first.hints
    assert hint.startswith("k.toml: tugas_tambahan: tanpa pengurus-bkk, anggota-lsp-p1, ")
    assert now.katalog == read_katalog(TEXT, "k")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "poin_dipakai = true",
            "poin_dipaka = true",
            'kunci "skema[0].poin_dipaka" tidak dikenal. Mungkin maksudnya "poin_dipakai"?',
        ),
        (
            "indikator_min = 1 ",
            "indikator_min = 2 ",
            "skema[0].indikator_min: lebih besar dari indikator_maks; perbaiki salah satunya.",
        ),
        ("poin_min = 32 ", 'poin_min = "32" ', "skema[0].poin_min: harus bilangan bulat, bukan teks."),
        (
            'poin_kurang = "peringatan" ',
            'poin_kurang = "blokir" ',
            "skema[0].poin_kurang: pilihan 'blokir' tidak dikenal; pilih salah satu: tolak, peringatan.",
        ),
        (
            'keyakinan = "resmi"',
            'keyakinan = "resni"',
            'kompetensi_umum.keyakinan: "resni" tidak dikenal; pilih: resmi, pihak-ketiga, pengetahuan, ragu.',
        ),
        (
            'sumber = ["hc-poin", "hc-tugas"',
            'sumber = ["hc-poi", "hc-tugas"',
            'skema[0].sumber: "hc-poi" tidak ada di rujukan; tambahkan, atau tulis sumbernya.',
        ),
        (
            'id = "pembina-osis"\nlabel = ',
            'id = "wali-kelas"\nlabel =  ',
            'tugas_tambahan[6].id: "wali-kelas" sudah dipakai; setiap id harus lain.',
        ),
    ],
)
def test_a_fault_is_told_with_line_and_place(old: str, new: str, said: str) -> None:
    """One change, one fault: its line, its place, what to do."""
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    found = check_katalog(text, "k.toml")
    assert found.faults == (f"k.toml: baris {line_of(new, text)}: {said}",)


def test_all_faults_are_told_at_once() -> None:
    """A person who mends a file gets the whole list, not one fault after the other."""
    text = TEXT.replace("poin_dipakai = true", "poin_dipaka = true", 1)
    text = text.replace("mulai = 2025-01-01\nselesai", "mulai = 2026-01-02\nselesai", 1)
    text = text.replace('keyakinan = "resmi"', 'keyakinan = "pasti"')
    found = check_katalog(text, "k.toml")
    assert len([said for said in found.faults if '"pasti" tidak dikenal' in said]) == text.count('keyakinan = "pasti"')
    assert any("periode[2].mulai: sesudah selesai" in said for said in found.faults)
    assert "poin_dipaka" in found.faults[0]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (
            'id = "perencanaan", label = "Perencanaan", mulai = 2026-01-01, batas = 2026-01-31',
            'id = "perencanaan", label = "Perencanaan", mulai = 2026-01-01, batas = 2026-02-28',
            "periode[3].tahap[1]: harus sama dengan rencana_mulai sampai rencana_batas",
        ),
        (
            "mulai = 2026-01-08, batas = 2026-01-21",
            "mulai = 2026-01-08, batas = 2026-02-21",
            "periode[3].tahap[3].mulai: di luar tahap perencanaan",
        ),
        (
            "mulai = 2026-01-08, batas = 2026-01-21",
            "mulai = 2026-01-22, batas = 2026-01-21",
            "periode[3].tahap[3].mulai: sesudah batas",
        ),
        (
            'batas = 2026-01-21, di_dalam = "perencanaan"',
            'batas = 2026-01-21, di_dalam = "perencanan"',
            'periode[3].tahap[3].di_dalam: "perencanan" tidak ada. Mungkin maksudnya "perencanaan"?',
        ),
        (
            "{komponen} yang berfokus pada {indikator}",
            "yang berfokus pada {indikator}",
            "praktik.rhk_komponen: harus memuat {komponen}.",
        ),
        (
            'rhk_pola = "Meningkatnya kualitas pembelajaran pada indikator {indikator}"',
            'rhk_pola = "Meningkatnya"',
            "praktik.dahulu[0].rhk_pola: harus memuat {indikator}.",
        ),
    ],
)
def test_what_is_new_in_a_catalogue_is_looked_at_too(old: str, new: str, place: str) -> None:
    """Stages, sentences and earlier wordings that cannot be are told at their place."""
    assert old in TEXT
    (said,) = check_katalog(TEXT.replace(old, new, 1), "k.toml").faults
    assert place in said
    assert said.startswith("k.toml: baris ")


@pytest.mark.parametrize("text", ["schema 1", "", "a = " + "[" * 5000])
def test_what_is_no_catalogue_has_one_fault(text: str) -> None:
    """Text that cannot be read is told in one sentence."""
    found = check_katalog(text, "k.toml")
    assert found.katalog is None
    assert len(found.faults) == 1
    assert found.faults[0].startswith("k.toml: ")


def test_an_own_file_with_keys_of_its_own_still_opens() -> None:
    """What the program does not know is left aside when a catalogue is used, as ever, and named only when it is checked."""
    text = FIRST.replace('versi = "draf-1"', 'versi = "milik"\ncatatan_kami = "diubah"', 1)
    assert read_katalog(text, "k").versi == "milik"
    (said,) = check_katalog(text, "k.toml").faults
    assert 'kunci "catatan_kami" tidak dikenal' in said


def test_a_source_may_be_words() -> None:
    """A source need not be listed: a few words, one text or several, are as good."""
    text = FIRST.replace('keyakinan = "ragu"', 'keyakinan = "ragu"\nsumber = "Surat dinas 12 Januari"', 1)
    katalog = read_katalog(text, "k")
    assert check_katalog(text, "k").faults == ()
    assert [entry.sources for entry in entries(katalog) if entry.sources] == [("Surat dinas 12 Januari",)]
    assert addresses(katalog) == {}
