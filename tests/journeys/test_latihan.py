"""Practice mode, which is the real program against a real server: how many keys a whole plan takes, in both schemes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.journeys.machine import Mesin
from tests.journeys.real_server import ask
from tests.journeys.steps import DIAJUKAN, PERILAKU, ajukan, awal, di, perilaku, tambah_rhk
from tests.terminal import Terminal

PALING_BANYAK = 45
"""Keys for a whole plan from the roster: indicator, two RHK, no tugas tambahan, seven perilaku, submit."""
RHK = ["peserta-pelatihan-mandiri", "peserta-coaching-mentoring"]
NIP_DHANI = "198809092024211005"
"""The second teacher of the list, without a duty in Dapodik."""


def test_whole_plan_without_points(mesin: Mesin) -> None:
    """In 2026 a plan takes at most 45 keys from the roster to the receipt, and the practice server holds it."""
    with mesin.open("latihan", "--ulang") as t:
        t.wait("0 dari 40 selesai", di("Agus Salim"))
        _periode(t, "2026", "Januari–Desember 2026")
        before = t.pressed
        asked = _plan(t, "mandiri", "coaching")
        assert "poin" not in asked
        assert t.pressed - before <= PALING_BANYAK
        held = _held(mesin, asked, "2026")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert held["status"] == "diajukan"
    rencana = held["amplop"]["rencana"]
    assert [r["kompetensi"] for r in rencana["pengembangan_kompetensi"]["rhk"]] == RHK
    assert rencana["perilaku_kerja"]["indikator"] == PERILAKU
    assert rencana["tugas_tambahan"] == {"tidak_ada": True}


def test_whole_plan_with_points_to_an_acting_head(mesin: Mesin) -> None:
    """In the first half of 2024 a plan of 40 points takes no more keys; an acting head is told of before, and approves at once."""
    with mesin.open("latihan", "--ulang", "--plt") as t:
        t.wait("0 dari 40 selesai", di("Agus Salim"))
        _periode(t, "2024", "Januari–Juni 2024")
        before = t.pressed
        asked = _plan(t, "penggerak", "coaching", poin="40 poin (dianjurkan 32–128)")
        assert "(Plt.)" in asked
        assert "langsung disetujui" in asked
        assert t.pressed - before <= PALING_BANYAK
        held = _held(mesin, asked, "2024-1")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert held["status"] == "disetujui"
    rhk = held["amplop"]["rencana"]["pengembangan_kompetensi"]["rhk"]
    assert [r["kompetensi"] for r in rhk] == ["penggerak-komunitas-belajar", "peserta-coaching-mentoring"]


def test_keys_pressed_ahead(mesin: Mesin) -> None:
    """All keys of a plan sent at once, as a slow line delivers them, fill the same plan as keys pressed one by one."""
    with mesin.open("latihan", "--ulang") as t:
        t.wait("0 dari 40 selesai", di("Agus Salim"))
        _periode(t, "2026", "Januari–Desember 2026")
        t.press("down", *["enter"] * 5)
        for cari in ("mandiri", "coaching"):
            t.press("enter", *cari, "enter", "enter")
        t.press("f6", "enter", *["enter"] * 7, "enter", "enter", "enter")
        asked = t.wait("Ajukan Perencanaan Kinerja?")
        t.press("enter")
        t.wait(DIAJUKAN, "R-", di("Kembali ke Daftar Guru"))
        held = _held(mesin, asked, "2026")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    rencana = held["amplop"]["rencana"]
    assert [r["kompetensi"] for r in rencana["pengembangan_kompetensi"]["rhk"]] == RHK
    assert rencana["perilaku_kerja"]["indikator"] == PERILAKU


def test_practice_stays_in_its_own_folder(mesin: Mesin) -> None:
    """Practice writes only below `latihan`, and its server ends with the program."""
    with mesin.open("latihan") as t:
        t.wait("0 dari 40 selesai")
        (children,) = (Path(f"/proc/{t.pid}/task/{t.pid}/children").read_text().split(),)
        assert len(children) == 1
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert not Path(f"/proc/{children[0]}").exists()
    made = [path for path in mesin.home.rglob("*") if path.is_file()]
    assert made
    assert all(path.is_relative_to(mesin.home / "pmm" / "latihan") for path in made)


def test_practice_begins_from_the_first_screen_as_well(mesin: Mesin) -> None:
    """Who chooses to practise in the first-run wizard gets the practice school, and leaves the program from there."""
    with mesin.open() as t:
        t.wait("Selamat datang di pmm-tui", di("Latihan dengan sekolah contoh"))
        t.press("enter")
        t.wait("LATIHAN · Daftar Guru", "0 dari 40 selesai")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    assert (mesin.home / "pmm" / "latihan").is_dir()


def test_practice_looks_as_at_work(mesin: Mesin) -> None:
    """Look and keys of the operator hold in practice too; a broken configuration is told at work, and does not stop practice."""
    config = mesin.home / "config" / "pmm-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    for isi, hemat in (('[tampilan]\nhemat = true\n[tombol]\nsaring = "alt+s"\n', True), ("[tampilan\n", False)):
        config.write_text(isi, "ascii")
        config.chmod(0o600)
        with mesin.open("latihan") as t:
            t.wait("0 dari 40 selesai", "Agus Salim", "Alt+S  Saring" if hemat else "F2  Saring")
            assert t.screen().isascii() == hemat
            t.press("ctrl+q")
            assert t.exit_code() == 0


def _periode(t: Terminal, cari: str, label: str) -> None:
    t.press("f6")
    t.wait("Ganti periode")
    t.type(cari)
    t.wait(f"Cari: {cari}_")
    t.press("enter")
    t.wait(f"{label} · 0 dari 40 selesai")


def _plan(t: Terminal, *rhk: str, poin: str = "") -> str:
    """From the roster to the receipt; returns the confirmation."""
    t.press("down", "enter")
    t.wait("Ahmad Dhani Firmansyah", "Jenjang jabatan")
    awal(t)
    t.press("enter")
    t.wait("[2 Kompetensi]", di("Tambah"))
    for cari in rhk:
        tambah_rhk(t, cari)
    if poin:
        t.wait(f"total {poin}")
    t.press("f6")
    t.wait("[3 Tugas]", di("[ ] Tidak ada tugas tambahan"))
    t.press("enter")
    perilaku(t)
    asked = ajukan(t)
    t.press("enter")
    t.wait(DIAJUKAN, "R-", di("Kembali ke Daftar Guru"))
    return asked


def _held(mesin: Mesin, asked: str, periode: str) -> Any:
    """What the practice server, which the confirmation names, holds of the teacher."""
    address = re.search(r"127\.0\.0\.1:\d+", asked)
    assert address, asked
    url, token = f"http://{address[0]}", (mesin.home / "pmm" / "latihan" / "token").read_text("ascii").strip()
    (id,) = [p["id"] for p in ask(url, token, "/v1/pegawai")["pegawai"] if p.get("nip") == NIP_DHANI]
    return ask(url, token, f"/v1/rencana/{periode}/{id}")
