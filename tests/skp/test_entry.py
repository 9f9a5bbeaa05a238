"""The rules that only the check before entry asks: each speaks when it should, and only then."""

from __future__ import annotations

import pytest
from msgspec import structs

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import DataDiri, Pegawai, RencanaKinerja
from pmm_tui.skp.rules.entry import before_entry, old_post
from tests.tui.samples import BUDI

KATALOG = bundled().for_periode("2026")


def codes(pegawai: Pegawai, rencana: RencanaKinerja = RencanaKinerja()) -> list[str]:  # noqa: B008  a frozen value
    found = list(before_entry(pegawai, rencana, KATALOG))
    assert not any(m.halang for m in found)
    return [m.kode for m in found]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"jk": ""}, ["jk-kosong"]),
        ({"tanggal_lahir": ""}, ["lahir-kosong"]),
        ({"nuptk": ""}, ["nuptk-kosong"]),
        ({"nuptk": "", "nip": ""}, []),  # then "tanpa-nomor" says it
        ({"status_kepegawaian": "PPPK"}, ["nip-beda-status"]),
        ({"status_kepegawaian": "GTY/PTY"}, ["nip-beda-status"]),
        ({"status_kepegawaian": "apa saja"}, []),
        ({"jenjang_jabatan": "ahli-pertama"}, []),  # III/a
        ({"jenjang_jabatan": "ahli-muda"}, ["golongan-beda-jenjang"]),
        ({"jenjang_jabatan": "ahli-muda", "golongan": ""}, []),
        ({"jenjang_jabatan": "ahli-muda", "golongan": "II/c"}, []),  # which suggests none
        ({"jenjang_jabatan": "Guru Muda"}, ["jabatan-lama"]),
        ({"jenjang_jabatan": "Guru Dewasa Tk. I"}, ["jabatan-lama"]),
        ({"jenjang_jabatan": "entah"}, []),  # "jenjang-asing" is the form's own rule
    ],
)
def test_each_rule_speaks_when_it_should(changed: dict[str, str], expected: list[str]) -> None:
    """Of a teacher of whom all else is right."""
    assert codes(structs.replace(BUDI, **changed)) == expected


def test_what_the_plan_says_counts_before_the_roster() -> None:
    """A golongan or jenjang that was put right in the plan is right."""
    wrong = structs.replace(BUDI, jenjang_jabatan="ahli-muda")
    assert codes(wrong, RencanaKinerja(data_diri=DataDiri(jenjang_jabatan="ahli-pertama"))) == []
    assert codes(wrong, RencanaKinerja(data_diri=DataDiri(golongan="III/c"))) == []


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Guru Muda", "16/2009"), ("GURU MADYA", "16/2009"), ("Guru Ahli Muda", ""), ("", ""),
        ("Guru Pratama", "84/1993"), ("guru  madya tk i", "84/1993"), ("Guru Pembina Tingkat I", "84/1993"),
    ],
)  # fmt: skip
def test_old_posts_are_known_by_their_rule(name: str, rule: str) -> None:
    """However they are written; the names in force are not old."""
    assert old_post(name, KATALOG) == rule
