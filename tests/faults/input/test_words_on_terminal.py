"""Words that attack (issue 3, point 7), in a real terminal: every byte that the real program writes is a letter or ours."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.faults.conftest import Count
from tests.faults.input.payloads import ATTACKS, attack, honest, raw
from tests.faults.input.streams import foreign
from tests.faults.input.villain import Villain, villain

if sys.platform == "linux":
    from tests.faults.input.window import Window, open_window
    from tests.journeys.machine import Machine
    from tests.terminal import Missing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")

TERM = {"xterm-256color": "", "linux": "", "tmux-256color": "hemat = true", "vt220": "", "xterm": "selisih = false"}
"""Terminals, and what of the look is set with each."""
CAREFUL = ("xterm-256color", "xterm")
"""Those on which the quick form too reads every page of the list."""
_SAVED = [kind for kind in ATTACKS if not re.search("[\ud800-\udfff\0]", ATTACKS[kind])]
"""What a database and a file's name can hold."""
_NAMES = {f"Kata{n}" for n in range(len(_SAVED))}


@pytest.fixture(scope="module")
def hostile() -> Iterator[Villain]:
    """A server whose every word attacks."""
    with villain() as server:
        yield server


def _fill(machine: Machine, hostile: Villain, look: str) -> None:
    """Records written behind the program's back, a configuration, files to import, a token."""
    with closing(Store.open(machine.database)) as store:
        store.roster.write(
            Pegawai(
                nama=attack(kind, n)[:3000], jenis_ptk=attack(kind, n)[:200], nuptk=f"{10**15 + n}", status_kepegawaian="GTY/PTY"
            )
            for n, kind in enumerate(_SAVED)
        )
        siti = Pegawai(nama="Aa Siti", nip="198507142010012012", status_kepegawaian="PNS", golongan="III/c")
        store.roster.write([siti])
    folder = machine.home / "config" / "pmm-tui"
    folder.mkdir(parents=True, mode=0o700)
    sekolah = attack("klik", 900), attack("osc-papan", 901)
    content = f"[sekolah]\nnama = {_toml(sekolah[0])}\n[sekolah.kepala_sekolah]\nnama = {_toml(sekolah[1])}\n[tampilan]\n{look}\n"
    (folder / "config.toml").write_text(content, "utf-8")
    downloads = machine.home / "Downloads"
    downloads.mkdir()
    for n, kind in enumerate(("csi-warna", "osc-papan", "klik", "baris", "rtlo", "c1-osc", "banjir")):
        name = attack(kind, 950 + n).replace("/", "-")[:60]
        (downloads / f"{name}.csv").write_text("Nama;NIP\nBudi;1\n", "utf-8")
    (downloads / f"{os.fsdecode(b'Kata960z' + bytes([0xFF, 0x9B]))}.csv").write_text("x", "utf-8")
    machine.env |= {"PMM_TUI_SERVER": hostile.url, "PMM_TUI_TOKEN": "token-rahasia-1"}


def _toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"'


@pytest.mark.parametrize("name", [name for name in ATTACKS if re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", ATTACKS[name])])
def test_the_reader_of_the_stream_would_notice(name: str) -> None:
    """Any of the attacks that hold a control character, put into a stream as it is, is found foreign."""
    right = b"\x1b[?1049h\x1b[m\x1b[H\x1b[J\x1b[1;38;2;127;209;232mTersimpan\x1b[12;3H\x1b[K\x1b[6n"
    assert foreign(right) == []
    content = attack(name).encode("utf-8")
    usual = {"mundur", "bel", "kembali", "csi-putus"}  # a cursor that moves, and a bell, are our own as well
    assert name in usual or foreign(right + content + right) or name in raw(right + content + right)


@pytest.mark.parametrize("term", TERM)
def test_no_foreign_byte(term: str, tmp_path: Path, hostile: Villain, many: Count) -> None:
    """Driven over every screen, fed by files, records and a server that attack, the program writes no sequence but its own."""
    full = term in [*CAREFUL, *TERM][: many(len(CAREFUL), 99)]
    machine = Machine(tmp_path)
    _fill(machine, hostile, TERM[term])
    hostile.behaviour, hostile.step = "tolak", list(TERM).index(term) * 3
    seen: set[str] = set()
    with open_window(machine, term=term) as t:
        seen |= _list(t, 99 if full else 2)
        seen |= _rencana(t)
        seen |= _other(t)
        t.press("ctrl+q")
        assert t.exit_code() == 0
        content = b"".join(chunk.content for chunk in t.chunks)
    assert foreign(content, columns=100, rows=30) == []
    assert raw(content) == []
    assert t.modes_left == set()
    assert re.findall(rb"\x1b\[[0-9;]*r", content)[-1:] in ([], [b"\x1b[r"])  # the whole screen scrolls again
    assert seen >= {"Kata900", "Kata950"} | (_NAMES if full else set())


def _list(t: Window, pages: int) -> set[str]:
    """The list with the server's answer, so many pages of it, and what is pasted into the search."""
    t.wait("Daftar Guru", "Dari server")
    seen: set[str] = set()
    for _ in range(4):
        seen |= _pages(t, pages)
        if seen >= _NAMES or pages < 99:
            break
        t.press("home")  # some page was read while it was being drawn
        t.wait("Aa Siti")
    for kind in ("csi-tempel-akhir", "osc-papan", "klik", "c1-semua", "banjir"):
        t.paste(attack(kind, 990))
        t.wait("Kata990z")
        t.press("ctrl+u")
        _search_is_empty(t)
    return seen | honest(t.screen())


def _search_is_empty(t: Window) -> None:
    """The list, with nothing typed into its search, as either look says it."""
    t.until(lambda screen: "Cari: _" in screen or "ketik: ca" in screen, "an empty search")


def _pages(t: Window, pages: int) -> set[str]:
    """The honest words of the first pages of a list."""
    seen: set[str] = set()
    before, screen = "", t.screen()
    while screen != before and pages:
        before, pages = screen, pages - 1
        seen |= honest(screen)
        t.press("pagedown")
        with suppress(Missing):  # the last page
            t.until(lambda shown, before=before: shown != before, "another page", patience=0.5)
        t.silence(0.03)
        screen = t.screen()
    return seen


def _rencana(t: Window) -> set[str]:
    """The plan of the first teacher, every pane, two dialogs, and what is pasted into a field."""
    seen = set()
    t.type("Aa Siti")
    t.press("enter")
    t.wait("Jenjang jabatan")
    t.press("enter")
    t.wait("Data diri sudah sesuai?")
    for key in ("down", "enter"):
        t.think()
        t.press(key)
    t.wait("Saya mengerti")
    seen |= honest(t.screen())
    t.press("enter")
    t.wait("Pilih satu indikator")
    seen |= honest(t.screen())
    t.press("enter")
    t.wait("RHK Pengembangan Kompetensi")
    t.press("f4")
    t.wait("Pilih Rencana Hasil Kerja")
    seen |= honest(t.screen())
    t.press("escape")
    t.wait("RHK Pengembangan Kompetensi", without="Pilih Rencana")
    t.press("down", "enter")
    t.wait("Uraian RHK")
    for kind in ("csi-hapus", "rtlo", "panjang-utuh"):
        t.paste(attack(kind, 991))
        t.wait("Kata991z")
        t.press("ctrl+u")
    for either in (("Tugas tambahan menurut SK",), ("indikator per nilai",), ("[5 Rangkuman]", "lalu konfirmasi guru")):
        t.press("f6")
        seen |= honest(t.until(lambda screen, either=either: any(word in screen for word in either), f"{either}"))
    t.press("escape")
    t.wait("Daftar Guru")
    t.press("escape")
    return seen


def _other(t: Window) -> set[str]:
    """Import, settings, outbox, help, and a window that changes its size."""
    t.press("f4")
    seen = honest(t.wait("Unduh Daftar Guru"))
    t.press("enter")
    t.read(1.0)
    seen |= honest(t.screen())
    for key, what in (("f7", "Alamat server"), ("f8", "Belum ada yang diajukan"), ("f1", "Tombol di sini")):
        t.press("escape")
        _search_is_empty(t)
        t.press(key)
        seen |= honest(t.wait(what))
    t.press("escape")
    t.wait(without="Tombol di sini")  # an Esc and a key at once would be Alt and that key
    os.write(t._master, b"\xff\xfe\x9b\x80")  # a terminal of another encoding: passed over
    t.resize(100, 30)
    t.read(0.5)
    t.resize(80, 24)
    t.wait("Daftar Guru")
    return seen | honest(t.screen())
