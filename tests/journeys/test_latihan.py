"""Practice mode, which is the real program against a real server: how many keys a whole plan takes, in both schemes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.journeys.machine import Machine
from tests.journeys.real_server import ask
from tests.journeys.steps import PERILAKU, SUBMITTED, add_rhk, answer, inside, perilaku, start, submit
from tests.terminal import Terminal

MAX_KEYS = 45
"""Keys for a whole plan from the roster: indicator, two RHK, no tugas tambahan, seven perilaku, submit."""
RHK = ["peserta-pelatihan-mandiri", "peserta-coaching-mentoring"]
NIP_DHANI = "198809092024211005"
"""The second teacher of the list, without a duty in Dapodik."""


def test_whole_plan_without_points(machine: Machine) -> None:
    """In 2026 a plan takes at most 45 keys from the roster to the receipt, and the practice server holds it."""
    with machine.open("latihan", "--ulang") as t:
        t.wait("1 dari 40 selesai", inside(" Agus Salim"))
        _periode(t, "2026", "Jan–Des 2026")
        before = t.pressed
        asked = _plan(t, "mandiri", "coaching")
        assert "poin" not in asked
        assert t.pressed - before <= MAX_KEYS
        held = _held(machine, asked, "2026")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert held["status"] == "diajukan"
    rencana = held["amplop"]["rencana"]
    assert [r["kompetensi"] for r in rencana["pengembangan_kompetensi"]["rhk"]] == RHK
    assert rencana["perilaku_kerja"]["indikator"] == PERILAKU
    assert rencana["tugas_tambahan"] == {"tidak_ada": True}


def test_whole_plan_with_points_to_an_acting_head(machine: Machine) -> None:
    """In the first half of 2024 a plan of 40 points takes no more keys; an acting head is told of before, and approves at once."""
    with machine.open("latihan", "--ulang", "--plt") as t:
        t.wait("1 dari 40 selesai", inside(" Agus Salim"))
        _periode(t, "2024", "Jan–Jun 2024")
        before = t.pressed
        asked = _plan(t, "penggerak", "coaching", poin="40 poin (dianjurkan 32–128)")
        assert "(Plt.)" in asked
        assert "langsung disetujui" in asked
        assert t.pressed - before <= MAX_KEYS
        held = _held(machine, asked, "2024-1")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert held["status"] == "disetujui"
    rhk = held["amplop"]["rencana"]["pengembangan_kompetensi"]["rhk"]
    assert [r["kompetensi"] for r in rhk] == ["penggerak-komunitas-belajar", "peserta-coaching-mentoring"]


def test_keys_pressed_ahead(machine: Machine) -> None:
    """All keys of a plan sent at once, as a slow line delivers them, fill the same plan as keys pressed one by one.

    Only the questions, and the tick of the teacher's word, wait for keys that were pressed by themselves.
    """
    with machine.open("latihan", "--ulang") as t:
        t.wait("1 dari 40 selesai", inside(" Agus Salim"))
        _periode(t, "2026", "Jan–Des 2026")
        t.press("down", "enter", "enter")
        t.wait("Data diri sudah sesuai")
        answer(t, "Ya, lanjut")
        t.wait(inside("Saya mengerti"))
        t.press("enter", "enter")
        for search in ("mandiri", "coaching"):
            t.press("f4", *search, "enter", "enter")
        t.press("f6", "enter", *["enter"] * 7)
        t.wait("Konfirmasi guru", inside("[ ] Sudah dikonfirmasi guru"))
        asked = submit(t)
        t.press("enter")
        t.wait(SUBMITTED, "R-", inside("Lanjut ke guru berikutnya yang belum: André"))
        held = _held(machine, asked, "2026")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    rencana = held["amplop"]["rencana"]
    assert [r["kompetensi"] for r in rencana["pengembangan_kompetensi"]["rhk"]] == RHK
    assert rencana["perilaku_kerja"]["indikator"] == PERILAKU


def test_practice_stays_in_its_own_folder(machine: Machine) -> None:
    """Practice writes only below `latihan`, and its server ends with the program."""
    with machine.open("latihan") as t:
        t.wait("1 dari 40 selesai", "Dari server")
        (child,) = t.children()
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert not Path(f"/proc/{child}").exists()
    made = [path for path in machine.home.rglob("*") if path.is_file()]
    assert made
    assert all(path.is_relative_to(machine.home / "pmm" / "latihan") for path in made)


def test_the_list_does_not_wait_for_the_server(machine: Machine) -> None:
    """A plan is opened as soon as the list stands, and who leaves at once leaves no process behind."""
    with machine.open("latihan") as t:
        t.until(lambda screen: "0 dari 40 selesai" in screen, "the list")
        t.press("down", "enter")
        t.wait("Ahmad Dhani Firmansyah", "Jenjang jabatan")
        children = t.children()
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    with machine.open("latihan") as t:  # at the place where it was left
        t.wait("Ahmad Dhani Firmansyah", "Dari server")
        t.press("ctrl+q")
        assert t.exit_code() == 0


def test_a_server_that_cannot_start_is_told_on_the_screen(machine: Machine) -> None:
    """The list and the plans are there without it; once more when the screen is closed, with an exit code that says it."""
    (machine.home / "pmm" / "latihan" / "server.db").mkdir(parents=True)
    with machine.open("latihan") as t:
        t.wait("0 dari 40 selesai", "Server latihan tidak dapat dijalankan")
        t.press("ctrl+q")
        assert t.exit_code() == 5
    assert "Server latihan tidak dapat dijalankan" in t.shown()


def test_practice_begins_from_the_first_screen_as_well(machine: Machine) -> None:
    """Who chooses to practise in the first-run wizard gets the practice school, and leaves the program from there."""
    with machine.open() as t:
        t.wait("Selamat datang di pmm-tui", inside("Berlatih dulu"))
        t.press("enter")
        t.wait("LATIHAN  Daftar Guru", "1 dari 40 selesai")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert (machine.home / "pmm" / "latihan").is_dir()


def test_practice_looks_as_at_work(machine: Machine) -> None:
    """Look and keys of the operator hold in practice too; a broken configuration is told at work, and does not stop practice."""
    config = machine.home / "config" / "pmm-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    for content, thrifty in (('[tampilan]\nhemat = true\n[tombol]\nsaring = "alt+s"\n', True), ("[tampilan\n", False)):
        config.write_text(content, "ascii")
        config.chmod(0o600)
        with machine.open("latihan") as t:
            t.wait("1 dari 40 selesai", "Agus Salim", "Alt+S  Saring" if thrifty else "F2 Saring")
            assert t.screen().isascii() == thrifty
            t.press("ctrl+q")
            assert t.exit_code() == 0


def _periode(t: Terminal, search: str, label: str) -> None:
    t.press("f6")
    t.wait("Ganti periode")
    t.type(search)
    t.wait(f"▐{search} ")
    t.press("enter")
    done = int(search == "2026")  # one is approved in the period that runs
    t.wait(f" {label}", f"{done} dari 40 selesai", without="Ganti periode")


def _plan(t: Terminal, *rhk: str, poin: str = "") -> str:
    """From the roster to the receipt; returns the confirmation."""
    t.press("down", "enter")
    t.wait("Ahmad Dhani Firmansyah", "Jenjang jabatan")
    start(t)
    t.press("enter")
    t.wait("RHK Pengembangan Kompetensi", inside("Tambah"))
    for search in rhk:
        add_rhk(t, search)
    if poin:
        t.wait(f"total {poin}")
    t.press("f6")
    t.wait("Tugas tambahan menurut SK", inside("1 [ ] Tidak ada tugas tambahan"))
    t.press("enter")
    perilaku(t)
    asked = submit(t)
    t.press("enter")
    t.wait(SUBMITTED, "R-", inside("Lanjut ke guru berikutnya yang belum: André"))
    return asked


def _held(machine: Machine, asked: str, periode: str) -> Any:
    """What the practice server, which the confirmation names, holds of the teacher."""
    address = re.search(r"127\.0\.0\.1:\d+", asked)
    assert address, asked
    url, token = f"http://{address[0]}", (machine.home / "pmm" / "latihan" / "token").read_text("ascii").strip()
    (pegawai_id,) = [p["id"] for p in ask(url, token, "/v1/pegawai")["pegawai"] if p.get("nip") == NIP_DHANI]
    return ask(url, token, f"/v1/rencana/{periode}/{pegawai_id}")


def test_practice_as_the_head(machine: Machine) -> None:
    """The desk comes at once, the plans that wait come from the practice server, and one is approved there in few keys."""
    with machine.open("latihan", "--ulang", "--kepala") as t:
        t.wait("LATIHAN  Meja Kepala Sekolah", "Perlu disetujui 6", "Dikembalikan 1", "Disetujui 1")
        name = re.search(r"► +(\S+ \S+)", t.screen())
        assert name
        t.press("enter")
        t.wait("Data diri", "Praktik Kinerja", "Belum terbaca sampai akhir")
        before = t.pressed
        t.press("end")
        t.wait("Sudah dibuka")
        t.press("f9")
        t.wait("─ Setujui? ─", inside("Batal"), f"Setujui {name[1]}")
        t.think()
        t.press("right")
        t.think()
        t.press("enter")
        t.wait("1 keputusan terkirim")
        assert t.pressed - before <= 1 + 4
        t.press("escape")
        t.wait("Perlu disetujui 5", "Disetujui 2")
        t.press("ctrl+q")
        assert t.exit_code() == 0
