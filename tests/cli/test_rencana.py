"""Listing, checking, exporting, importing and sealing plans on the command line."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.locations import Locations
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, Rangkuman, RencanaKinerja
from pmm_tui.skp.plan_file import read_plan_file, write_plan_file
from pmm_tui.store import Store
from tests.cli.conftest import BUDI, COMPLETE, SITI, Run

NOW = datetime(2026, 1, 8, tzinfo=UTC)
P = ("--periode", "2026")


def save(places: Locations, pegawai_id: int, rencana: RencanaKinerja, edit: int = 1) -> None:
    with Store.open(places.database) as store:
        assert store.drafts.save(pegawai_id, "2026", rencana, edit, NOW)


def saved(places: Locations, pegawai_id: int) -> RencanaKinerja | None:
    with Store.open(places.database) as store:
        draft = store.drafts.get(pegawai_id, "2026")
    return draft.rencana if draft else None


def plan_file(folder: Path, rencana: RencanaKinerja, pegawai: Pegawai = SITI, periode: str = "2026") -> Path:
    file = folder / f"{pegawai.nama[:4]}.toml"
    file.write_text(write_plan_file(pegawai, periode, rencana, bundled(), "SMP"), "utf-8")
    return file


def test_list_without_teachers_says_what_to_do(run: Run) -> None:
    """An empty roster gives an empty document, and for people the next step."""
    found = run("daftar", "--json", *P).json
    assert found.pop("tahap").keys() >= {"label", "sampai", "sisa_hari"}
    assert found == {"periode": "2026", "selesai": 0, "semua": 0, "tidak_perlu": 0, "guru": []}
    told = run("daftar", *P)
    assert (told.code, told.out) == (0, "")
    assert "pmm-tui impor" in told.err


def test_list_tells_how_each_plan_stands(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Every teacher is listed with the state of their plan; the count of done plans is narration."""
    save(places, ids[0], COMPLETE)
    told = run("daftar", *P)
    lines = told.out.splitlines()
    assert [line.split()[0] for line in lines] == ["ID", str(ids[1]), str(ids[0])]
    assert "o lengkap" in lines[2]
    assert ". belum dimulai" in lines[1]
    assert "0 dari 2 selesai" in told.err
    found = {g["id"]: g for g in run("daftar", "--json", *P).json["guru"]}
    assert (found[ids[0]]["keadaan"], found[ids[0]]["halangan"]) == ("lengkap", 0)
    assert found[ids[1]]["nama"] == BUDI.nama


def test_check_lists_every_problem_and_fails_while_one_stops_a_plan(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """`periksa` tells every problem of every plan, with exit code 1 until none stops one."""
    save(places, ids[0], RencanaKinerja())
    told = run("periksa", *P)
    assert told.code == 1
    assert "! Pilih satu indikator Praktik Kinerja." in told.out
    document = run("periksa", "--json", *P).json
    code = {m["kode"] for plan in document["rencana"] for m in plan["masalah"] if m["halang"]}
    assert {"indikator-kurang", "belum-sesuai", "belum-dikonfirmasi"} <= code
    assert document["belum_dimulai"] == 1
    save(places, ids[0], COMPLETE, 2)
    assert run("periksa", *P).code == 0


def test_export_and_import_is_a_round_trip(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """What was exported imports as the same plan and changes nothing."""
    save(places, ids[0], COMPLETE)
    told = run("rencana", "ekspor", "--semua", "--ke", tmp_path / "keluar", *P)
    files = [Path(line) for line in told.out.splitlines()]
    assert told.code == 0
    assert sorted(files) == sorted((tmp_path / "keluar").iterdir())
    assert len(files) == 2
    back = run("rencana", "impor", "--json", *files).json["berkas"]
    assert {f["hasil"] for f in back} == {"sama"}
    assert saved(places, ids[0]) == COMPLETE
    assert saved(places, ids[1]) is None


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
def test_exported_files_are_private_and_never_overwritten_unasked(
    run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path
) -> None:
    """An exported plan is for its owner only; one that is there already stays, with exit code 1, unless --timpa says so."""
    folder = tmp_path / "keluar"
    save(places, ids[0], COMPLETE)
    file = Path(run("rencana", "ekspor", str(ids[0]), "--ke", folder, *P).out.strip())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    file.write_text("punya saya")
    again = run("rencana", "ekspor", str(ids[0]), "--ke", folder, *P)
    assert (again.code, again.out) == (1, "")
    assert "--timpa" in again.err
    assert file.read_text() == "punya saya"
    assert run("rencana", "ekspor", str(ids[0]), "--ke", folder, "--timpa", *P).code == 0
    assert read_plan_file(file.read_text("utf-8"), "x", bundled()).rencana == COMPLETE


def test_a_name_never_leads_out_of_the_folder(run: Run, places: Locations, tmp_path: Path) -> None:
    """A teacher called `../../x` is exported into the folder that was asked for."""
    with Store.open(places.database) as store:
        store.roster.write([Pegawai(nama="../../luar/CON", nip=SITI.nip)])
    (file,) = (Path(line) for line in run("rencana", "ekspor", "--semua", "--ke", tmp_path / "a", *P).out.splitlines())
    assert file.parent == tmp_path / "a"
    assert file.exists()


def test_import_stores_a_draft_and_lists_its_problems(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """An imported plan is a draft like any other; its problems are told as on the screen, with exit code 1 while one stops it."""
    half = structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(), rangkuman=Rangkuman())
    told = run("rencana", "impor", plan_file(tmp_path, half))
    assert told.code == 1
    assert "baru" in told.out
    assert "! Pilih satu indikator Praktik Kinerja." in told.out
    assert saved(places, ids[0]) == half
    assert run("rencana", "impor", plan_file(tmp_path, COMPLETE)).code == 0
    assert saved(places, ids[0]) == COMPLETE


def test_trying_an_import_out_stores_nothing(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """With --uji-coba the same is told and nothing is stored."""
    document = run("rencana", "impor", "--uji-coba", "--json", plan_file(tmp_path, COMPLETE)).json
    assert document["uji_coba"] is True
    assert document["berkas"][0]["hasil"] == "baru"
    assert saved(places, ids[0]) is None


def test_one_bad_file_never_stops_the_others(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Each file succeeds or fails by itself, with its own sentence."""
    bad = {
        "rusak.toml": b"versi = ",
        "latin.toml": "versi = 1 # é".encode("latin-1"),
        "besar.toml": b"#" * 2_000_000,
        "asing.toml": write_plan_file(Pegawai(nama="X", nip="197001011990011001"), "2026", COMPLETE, bundled(), "").encode(),
        "periode.toml": write_plan_file(SITI, "2026", COMPLETE, bundled(), "").replace('"2026"', '"2031"', 1).encode(),
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    good = plan_file(tmp_path, COMPLETE)
    told = run("rencana", "impor", *(tmp_path / name for name in bad), tmp_path / "tidak-ada.toml", good)
    assert told.code == 1
    assert told.out.count(": ditolak. ") == len(bad) + 1
    for part in ("TOML", "UTF-8", "kB", "tidak ada di daftar", "2031", "(tidak ada)"):
        assert part in told.out
    assert saved(places, ids[0]) == COMPLETE


def test_a_file_that_names_two_teachers_is_refused(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """A file whose NIP is one teacher's and whose NUPTK another's is refused."""
    told = run("rencana", "impor", plan_file(tmp_path, COMPLETE, structs.replace(SITI, nuptk=BUDI.nuptk)))
    assert told.code == 1
    assert "2 guru" in told.out
    assert saved(places, ids[0]) is None
    assert saved(places, ids[1]) is None


def test_a_changed_plan_loses_the_teachers_confirmation(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """When a file changes a plan that the teacher had confirmed, the confirmation is taken back, as an edit on the screen does."""
    save(places, ids[0], COMPLETE)
    other = structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(indikator=("instruksi-pembelajaran",)))
    told = run("rencana", "impor", plan_file(tmp_path, other))
    assert told.code == 1
    assert "minta guru membacanya lagi" in told.out
    now = saved(places, ids[0])
    assert now is not None
    assert not now.rangkuman.dikonfirmasi_guru
    assert now.praktik_pembelajaran == other.praktik_pembelajaran


def test_submitting_seals_only_complete_plans(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """A plan with problems is told and not sealed; a complete one waits in the outbox; asking again changes nothing."""
    save(places, ids[0], COMPLETE)
    save(places, ids[1], RencanaKinerja())
    told = run("ajukan", str(ids[0]), BUDI.nuptk, *P)
    assert told.code == 1
    assert f"{ids[0]} {SITI.nama}: antre" in told.out
    assert "! Pilih satu indikator Praktik Kinerja." in told.out
    again = run("ajukan", "--json", SITI.nip, *P)
    assert (again.code, again.json["rencana"][0]["hasil"]) == (0, "tetap")
    with Store.open(places.database) as store:
        (entry,) = store.outbox.all()
    assert (entry.pegawai_id, entry.keadaan) == (ids[0], "queued")
    assert "antre" in run("daftar", *P).out


def test_submitting_all_complete_ones(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """--semua-lengkap takes what is complete and not sent, leaves the rest alone, and trying it out seals nothing."""
    save(places, ids[0], COMPLETE)
    save(places, ids[1], RencanaKinerja())
    tried = run("ajukan", "--semua-lengkap", "--uji-coba", "--json", *P)
    assert (tried.code, [r["id"] for r in tried.json["rencana"]]) == (0, [ids[0]])
    with Store.open(places.database) as store:
        assert store.outbox.all() == ()
    assert run("ajukan", "--semua-lengkap", *P).code == 0
    assert run("ajukan", "--semua-lengkap", "--json", *P).json["rencana"] == []


def test_unknown_teachers_are_told(run: Run, ids: tuple[int, int]) -> None:
    """A number that is nobody's gives its sentence and exit code 1; no number at all is wrong usage."""
    told = run("ajukan", "9999", *P)
    assert told.code == 1
    assert '"9999" tidak ada' in told.err
    assert run("ajukan", *P).code == 2
    assert run("ajukan", "1", "--semua-lengkap", *P).code == 2


def test_an_unknown_period_names_those_there_are(run: Run, ids: tuple[int, int]) -> None:
    """A period that the catalogue does not have is wrong usage, with the nearest one."""
    told = run("daftar", "--periode", "2062")
    assert told.code == 2
    assert '"2027"' in told.err


def test_a_whole_folder_fills_what_is_empty(run: Run, places: Locations, ids: tuple[int, int], tmp_path: Path) -> None:
    """Its plan files in order and nothing else; an own plan stays and is named, until `--timpa`; an empty folder is refused."""
    folder = tmp_path / "usb"
    folder.mkdir()
    told = run("rencana", "impor", folder)
    assert (told.code, "tidak ada berkas rencana" in told.err) == (1, True)
    plan_file(folder, COMPLETE)
    plan_file(folder, COMPLETE, BUDI)
    (folder / "catatan.txt").write_text("bukan rencana")
    (folder / ".tersembunyi.toml").write_text("bukan rencana")
    own = structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(indikator=("umpan-balik-konstruktif",)))
    save(places, ids[1], own)
    tried = run("rencana", "impor", folder, "--uji-coba", "--json").json
    assert saved(places, ids[0]) is None
    told = run("rencana", "impor", folder, "--json")
    assert told.code == 1
    assert told.json["berkas"] == tried["berkas"]
    assert {one["nama"] or "-": one["hasil"] for one in told.json["berkas"]} == {"-": "ditolak", SITI.nama: "baru"}
    assert BUDI.nama in next(one["sebab"] for one in told.json["berkas"] if one["hasil"] == "ditolak")
    assert (saved(places, ids[0]), saved(places, ids[1])) == (COMPLETE, own)
    over = run("rencana", "impor", folder, "--timpa", "--json").json["berkas"]
    assert sorted(one["hasil"] for one in over) == ["diperbarui", "sama"]
    now = saved(places, ids[1])
    assert now is not None
    assert now.praktik_pembelajaran == COMPLETE.praktik_pembelajaran
