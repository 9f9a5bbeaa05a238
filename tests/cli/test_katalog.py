"""`pmm-tui katalog`: what is in force, its stages, what of it is unsure; and the check of a file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pmm_tui.cli.context import RunContext
from pmm_tui.config import Config, write_config
from pmm_tui.locations import Locations
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.store import Store
from tests.cli.conftest import NOW, Run

TEXT = (Path(__file__).parents[2] / "pmm_tui" / "katalog" / "katalog.toml").read_text("utf-8")
P = ("--periode", "2026")


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which plans of 2026 are made, whatever day it is."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())


def test_people_read_what_is_in_force_and_what_is_unsure(run: Run) -> None:
    """Version and scheme, every stage, the counts, each unsure entry with its source; the stage of the day beside it."""
    told = run("katalog", *P)
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0] == f"Katalog {bundled().versi} (bawaan program), Januari–Desember 2026, Ruang GTK (tahunan, tanpa poin)."
    assert [line.split("  ")[0] for line in lines[2:10]] == [
        "Tahap", "Pra-perencanaan", "Perencanaan", "- pemutakhiran data", "- menyusun dan mengajukan",
        "- persetujuan kepala sekolah", "Pelaksanaan dan pemantauan", "Penilaian dan predikat",
    ]  # fmt: skip
    assert "  tugas_tambahan guru-wali: Guru wali (ragu)" in lines
    assert lines[lines.index("  tugas_tambahan guru-wali: Guru wali (ragu)") + 1].startswith("    sumber: Permendikdasmen 11/2025")
    assert not any("Wali kelas" in line for line in lines)
    assert told.err.startswith("Tahap hari ini: Perencanaan sampai 31 Januari 2026 (23 hari lagi); ")


def test_scripts_read_the_same(run: Run) -> None:
    """One document: the period with its stages, the stage of the day, the counts, and every unsure entry by its table and id."""
    found = run("katalog", "--json", *P).json
    assert (found["versi"], found["asal"], found["periode"]["id"]) == (bundled().versi, "bawaan", "2026")
    assert found["tahap"]["id"] == "perencanaan"
    assert found["tahap"]["bagian"]["sisa_hari"] == 13
    assert found["periode"]["rencana_batas"] == "2026-01-31"
    assert [tahap["id"] for tahap in found["periode"]["tahap"]][-1] == "penilaian"
    unsure = {one["tempat"]: one for one in found["belum_pasti"]}
    assert (
        len(unsure)
        == len(found["belum_pasti"])
        == sum(found["jumlah"].values()) - sum(found["jumlah"][word] for word in ("resmi", "pihak-ketiga"))
    )
    assert {one["keyakinan"] for one in unsure.values()} == {"ragu", "pengetahuan"}
    assert unsure["status_kepegawaian kontrak-kerja-wna"]["sumber"] == ["Pengetahuan sendiri: label Dapodik yang lama."]
    assert all(one["sumber"] for one in unsure.values())


def test_a_coming_period_is_told_as_unsure(run: Run) -> None:
    """2027 is in the report with all its stages; an older period has none of today's tasks in it."""
    coming = {one["tempat"] for one in run("katalog", "--json", "--periode", "2027").json["belum_pasti"]}
    assert {"periode 2027", "periode.tahap perencanaan"} <= coming
    before = {one["tempat"] for one in run("katalog", "--json", "--periode", "2025").json["belum_pasti"]}
    assert "tugas_tambahan guru-wali" not in before
    assert "tugas_tambahan tutor-pjj" in before
    assert run("katalog", "--periode", "1999").code == 2


def test_the_servers_catalogue_is_told_with_the_sources_that_we_know(run: Run, places: Locations) -> None:
    """The server sends no sources: those of the same entry here are told; an entry of its own has none."""
    lent = bundled().only_periode("2026")
    own = msgspec.structs.replace(lent.tugas_tambahan[0], id="juru-kunci", label="Juru kunci", keyakinan="ragu")
    lent = msgspec.structs.replace(lent, versi="dinas", tugas_tambahan=(*lent.tugas_tambahan, own))
    with Store.open(places.database) as store:
        store.reference.put("katalog/2026", "", msgspec.json.encode(lent), NOW)
    found = run("katalog", "--json", *P).json
    assert (found["versi"], found["asal"]) == ("dinas", "server")
    unsure = {one["tempat"]: one["sumber"] for one in found["belum_pasti"]}
    assert unsure["tugas_tambahan juru-kunci"] == []
    assert unsure["tugas_tambahan guru-wali"][0].startswith("Permendikdasmen 11/2025")
    assert run("katalog", *P).out.startswith("Katalog dinas (dari server), ")


def test_a_right_file_is_right(run: Run, tmp_path: Path) -> None:
    """Exit code 0 and how much is in it; nothing is opened or made for that."""
    file = tmp_path / "milik.toml"
    file.write_text(TEXT, "utf-8")
    told = run("katalog", "--periksa", file)
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith(f"Berkas ini katalog yang sah: versi {bundled().versi}, ")
    assert run("katalog", "--periksa", file, "--json").json == {"berkas": str(file), "sah": True, "salah": [], "catatan": []}


def test_a_wrong_file_is_told_with_its_places(run: Run, tmp_path: Path, places: Locations) -> None:
    """Exit code 1, each fault a line with file, line and place; the file is named as it was given in JSON."""
    file = tmp_path / "milik.toml"
    file.write_text(TEXT.replace('keyakinan = "resmi"', 'keyakinan = "resni"', 2), "utf-8")
    told = run("katalog", "--periksa", file)
    assert told.code == 1
    assert [line.split(": ")[0] for line in told.out.splitlines()] == ["milik.toml", "milik.toml"]
    assert told.err == "2 kesalahan; betulkan, lalu periksa lagi.\n"
    found = run("katalog", "--periksa", file, "--json")
    assert (found.code, found.json["sah"], len(found.json["salah"])) == (1, False, 2)
    assert not places.database.exists()


def test_a_file_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    """A missing file, one that is no text, and one that is much too large are one sentence each, exit code 1."""
    for name, content, said in (
        ("tidak-ada.toml", None, "katalog tidak dapat dibaca"),
        ("biner.toml", b"versi = 1\n\xff\xfe", "baris 2 bukan teks UTF-8"),
        ("besar.toml", b"#" * (2 * 1024 * 1024 + 1), "lebih besar dari 2 MB"),
    ):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        told = run("katalog", "--periksa", file)
        assert told.code == 1, name
        assert said in told.err
        assert told.err.count("\n") == 1


def test_an_own_file_is_what_is_reported(run: Run, places: Locations, tmp_path: Path) -> None:
    """The configuration's file is told as that; what it does not mark is told as not marked."""
    file = tmp_path / "milik.toml"
    text = TEXT.replace(f'versi = "{bundled().versi}"', 'versi = "milik"', 1)
    file.write_text(
        text.replace('label = "Guru piket"', 'label = "Guru piket harian"').replace('keyakinan = "resmi"\n', ""), "utf-8"
    )
    write_config(places.config_file, Config(katalog=str(file)))
    told = run("katalog", *P)
    assert told.out.startswith("Katalog milik (berkas menurut konfigurasi), ")
    assert "(tidak disebut)" in told.out
    assert run("katalog", "--json", *P).json["jumlah"]["tidak disebut"] == 11
