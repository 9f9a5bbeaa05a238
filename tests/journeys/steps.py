"""What an operator does, key by key; each step waits for what the screen answers before it goes on."""

from __future__ import annotations

import re
from pathlib import Path

from pmm_tui.skp.plan_state import State
from pmm_tui.tui.widgets.look import choose_look
from tests.dapodik import teachers, write_dapodik
from tests.terminal import Terminal

SUBMITTED = "Perencanaan Kinerja sudah diajukan ke kepala sekolah"
QUEUED = "Antre, akan dikirim saat ada jaringan"
AHMAD, NIP_AHMAD = "Ahmad Ma'ruf Hidayat", "196904092021211002"
"""The second teacher of `tests.dapodik`: PPPK, class IX; Dapodik says Wali Kelas."""
SITI, NIP_SITI = "Siti Nur'aini Wulandari", "196802032003012001"
"""The first one: PNS, no duty."""
DONE, WAITING = (f"{k.sign} {k.word}" for k in (State.SENT, State.QUEUED))
"""How the list shows a plan that the server holds, and one that waits."""
_CURSOR = choose_look("gelap", plain_signs=False, colour=True).signs.cursor
PERILAKU = [
    "berorientasi-pelayanan/memenuhi-kebutuhan",
    "akuntabel/jujur-berintegritas",
    "kompeten/meningkatkan-kompetensi-diri",
    "harmonis/menghargai-setiap-orang",
    "loyal/memegang-teguh-pancasila",
    "adaptif/cepat-menyesuaikan",
    "kolaboratif/memberi-kesempatan",
]
"""The first indikator of each value."""


def inside(text: str) -> str:
    """How a row with this text looks under the cursor."""
    return f"{_CURSOR} {text}"


def downloads(folder: Path, n: int = 12) -> Path:
    """Put Dapodik's file with `n` teachers where a browser would."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_dapodik(folder / "daftar-guru.xlsx", teachers(n))


def import_roster(t: Terminal, path: Path, n: int = 12) -> None:
    """From the list: import a file by typing its path."""
    t.press("f4")
    t.wait("Unduh Daftar Guru dari Dapodik")
    t.press("up", "up")
    t.type(str(path))
    t.press("enter", "enter")
    t.wait("Impor guru: pratinjau", f"Baru {n}")
    t.press("f9")
    t.wait(f"Semua {n} ", f"{n} guru disimpan")


def open_plan(t: Terminal, search: str, name: str) -> None:
    """From the list: search a teacher and open the plan."""
    t.type(search)
    t.wait("Semua 1 ")
    t.press("enter")
    t.wait(name, "Jenjang jabatan")


def answer(t: Terminal, button: str) -> None:
    """Give the second answer of a question, which opens on the first."""
    t.think()
    t.press("down")
    t.wait(inside(button))
    t.think()
    t.press("enter")


def start(t: Terminal) -> None:
    """Data Diri and Rapor Pendidikan, up to the first tab."""
    t.press("enter")
    t.wait("Data diri sudah sesuai", inside("Periksa lagi"))
    answer(t, "Ya, lanjut")
    t.wait(inside("Saya mengerti"))
    t.press("enter")
    t.wait("Pilih satu indikator")


def add_rhk(t: Terminal, search: str, target: str = "") -> None:
    """In Pengembangan Kompetensi: choose an RHK by typing, and its target; ends on the button that goes on."""
    before = _many_rhk(t.screen())
    t.press("f4")
    t.wait("Pilih Rencana Hasil Kerja")
    t.type(search)
    t.press("enter")
    t.until(lambda screen: _many_rhk(screen) == before + 1, "one more RHK")
    t.type(target)
    t.press("enter")
    t.wait(inside("Lanjut ke 3 Tugas Tambahan"))


def _many_rhk(screen: str) -> int:
    found = re.search(r"RHK Pengembangan Kompetensi +(\d+) RHK", screen)
    return int(found[1]) if found else -1


def perilaku(t: Terminal) -> None:
    """The seven values, the first indikator of each; ends in the Rangkuman."""
    t.wait("nilai terisi")
    t.press(*["enter"] * 7)
    t.wait("Konfirmasi guru", inside("[ ] Sudah dikonfirmasi guru"))


def submit(t: Terminal) -> str:
    """From the Rangkuman: confirm, Ajukan; returns the screen of the confirmation, with the cursor on its yes."""
    t.think()
    t.press("space")
    t.wait("[x] Sudah dikonfirmasi guru")
    t.press("enter")
    t.wait(inside("Ajukan"))
    t.press("enter")
    t.wait("Ajukan Perencanaan Kinerja", inside("Batal"))
    t.press("down")
    screen = t.wait(f"{_CURSOR} Ajukan")
    t.think()
    return screen


def short_plan(t: Terminal) -> None:
    """A whole plan with one RHK and no duty, from Data Diri to the confirmation, which is answered."""
    start(t)
    t.press("enter")
    t.wait("RHK Pengembangan Kompetensi", inside("Tambah"))
    add_rhk(t, "coaching")
    t.press("f6")
    t.wait("Tugas tambahan menurut SK", inside("1 [ ] Tidak ada tugas tambahan"))
    t.press("enter")
    perilaku(t)
    submit(t)
    t.press("enter")


def receipt_number(screen: str) -> str:
    """The receipt number on a screen."""
    found = re.search(r"R-\w{4}-\w{4}", screen)
    assert found, screen
    return found[0]
