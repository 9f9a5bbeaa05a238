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
from tests.faults.conftest import Banyak
from tests.faults.input.payloads import SERANGAN, jujur, mentah, serang
from tests.faults.input.streams import asing
from tests.faults.input.villain import Penjahat, penjahat

if sys.platform == "linux":
    from tests.faults.input.window import Jendela, buka
    from tests.journeys.machine import Mesin
    from tests.terminal import Missing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")

TERM = {"xterm-256color": "", "linux": "", "tmux-256color": "hemat = true", "vt220": "", "xterm": "selisih = false"}
"""Terminals, and what of the look is set with each."""
SEKSAMA = ("xterm-256color", "xterm")
"""Those on which the quick form too reads every page of the list."""
_DISIMPAN = [nama for nama in SERANGAN if not re.search("[\ud800-\udfff\0]", SERANGAN[nama])]
"""What a database and a file's name can hold."""
_NAMA = {f"Kata{n}" for n in range(len(_DISIMPAN))}


@pytest.fixture(scope="module")
def jahat() -> Iterator[Penjahat]:
    """A server whose every word attacks."""
    with penjahat() as server:
        yield server


def _isi(mesin: Mesin, jahat: Penjahat, tampilan: str) -> None:
    """Records written behind the program's back, a configuration, files to import, a token."""
    with closing(Store.open(mesin.basis)) as store:
        store.roster.write(
            Pegawai(
                nama=serang(nama, n)[:3000], jenis_ptk=serang(nama, n)[:200], nuptk=f"{10**15 + n}", status_kepegawaian="GTY/PTY"
            )
            for n, nama in enumerate(_DISIMPAN)
        )
        siti = Pegawai(nama="Aa Siti", nip="198507142010012012", status_kepegawaian="PNS", golongan="III/c")
        store.roster.write([siti])
    folder = mesin.home / "config" / "pmm-tui"
    folder.mkdir(parents=True, mode=0o700)
    sekolah = serang("klik", 900), serang("osc-papan", 901)
    isi = f"[sekolah]\nnama = {_toml(sekolah[0])}\n[sekolah.kepala_sekolah]\nnama = {_toml(sekolah[1])}\n[tampilan]\n{tampilan}\n"
    (folder / "config.toml").write_text(isi, "utf-8")
    unduhan = mesin.home / "Downloads"
    unduhan.mkdir()
    for n, nama in enumerate(("csi-warna", "osc-papan", "klik", "baris", "rtlo", "c1-osc", "banjir")):
        name = serang(nama, 950 + n).replace("/", "-")[:60]
        (unduhan / f"{name}.csv").write_text("Nama;NIP\nBudi;1\n", "utf-8")
    (unduhan / f"{os.fsdecode(b'Kata960z' + bytes([0xFF, 0x9B]))}.csv").write_text("x", "utf-8")
    mesin.env |= {"PMM_TUI_SERVER": jahat.url, "PMM_TUI_TOKEN": "token-rahasia-1"}


def _toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"'


@pytest.mark.parametrize("nama", [nama for nama in SERANGAN if re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", SERANGAN[nama])])
def test_the_reader_of_the_stream_would_notice(nama: str) -> None:
    """Any of the attacks that hold a control character, put into a stream as it is, is found foreign."""
    benar = b"\x1b[?1049h\x1b[m\x1b[H\x1b[J\x1b[1;38;2;127;209;232mTersimpan\x1b[12;3H\x1b[K\x1b[6n"
    assert asing(benar) == []
    isi = serang(nama).encode("utf-8")
    lazim = {"mundur", "bel", "kembali", "csi-putus"}  # a cursor that moves, and a bell, are our own as well
    assert nama in lazim or asing(benar + isi + benar) or nama in mentah(benar + isi + benar)


@pytest.mark.parametrize("term", TERM)
def test_no_foreign_byte(term: str, tmp_path: Path, jahat: Penjahat, banyak: Banyak) -> None:
    """Driven over every screen, fed by files, records and a server that attack, the program writes no sequence but its own."""
    penuh = term in [*SEKSAMA, *TERM][: banyak(len(SEKSAMA), 99)]
    mesin = Mesin(tmp_path)
    _isi(mesin, jahat, TERM[term])
    jahat.sikap, jahat.geser = "tolak", list(TERM).index(term) * 3
    seen: set[str] = set()
    with buka(mesin, term=term) as t:
        seen |= _daftar(t, 99 if penuh else 2)
        seen |= _rencana(t)
        seen |= _lain(t)
        t.press("ctrl+q")
        assert t.exit_code() == 0
        content = b"".join(chunk.content for chunk in t.chunks)
    assert asing(content, kolom=100, baris=30) == []
    assert mentah(content) == []
    assert t.modes_left == set()
    assert re.findall(rb"\x1b\[[0-9;]*r", content)[-1:] in ([], [b"\x1b[r"])  # the whole screen scrolls again
    assert seen >= {"Kata900", "Kata950"} | (_NAMA if penuh else set())


def _daftar(t: Jendela, halaman: int) -> set[str]:
    """The list with the server's answer, so many pages of it, and what is pasted into the search."""
    t.wait("Daftar Guru", "Dari server")
    seen: set[str] = set()
    for _ in range(4):
        seen |= _halaman(t, halaman)
        if seen >= _NAMA or halaman < 99:
            break
        t.press("home")  # some page was read while it was being drawn
        t.wait("Aa Siti")
    for nama in ("csi-tempel-akhir", "osc-papan", "klik", "c1-semua", "banjir"):
        t.paste(serang(nama, 990))
        t.wait("Kata990z")
        t.press("ctrl+u")
        t.wait("Cari: _")
    return seen | jujur(t.screen())


def _halaman(t: Jendela, halaman: int) -> set[str]:
    """The honest words of the first pages of a list."""
    seen: set[str] = set()
    before, screen = "", t.screen()
    while screen != before and halaman:
        before, halaman = screen, halaman - 1
        seen |= jujur(screen)
        t.press("pagedown")
        with suppress(Missing):  # the last page
            t.until(lambda shown, before=before: shown != before, "another page", patience=0.5)
        t.silence(0.03)
        screen = t.screen()
    return seen


def _rencana(t: Jendela) -> set[str]:
    """The plan of the first teacher, every pane, two dialogs, and what is pasted into a field."""
    seen = set()
    t.type("Aa Siti")
    t.press("enter")
    t.wait("Jenjang jabatan")
    t.press("enter")
    t.wait("Data diri sudah sesuai?")
    t.press("enter")
    t.wait("[Rapor Pendidikan]")
    seen |= jujur(t.screen())
    t.press("enter")
    t.wait("[1 Praktik]")
    seen |= jujur(t.screen())
    t.press("enter")
    t.wait("[2 Kompetensi]")
    t.press("f4")
    t.wait("Pilih Rencana Hasil Kerja")
    seen |= jujur(t.screen())
    t.press("escape")
    t.wait("[2 Kompetensi]", without="Pilih Rencana")
    t.press("down", "enter")
    t.wait("Uraian RHK")
    for nama in ("csi-hapus", "rtlo", "panjang-utuh"):
        t.paste(serang(nama, 991))
        t.wait("Kata991z")
        t.press("ctrl+u")
    for tab in ("[3 Tugas]", "[4 Perilaku]", "[5 Rangkuman]"):
        t.press("f6")
        seen |= jujur(t.wait(tab))
    t.press("escape")
    t.wait("Daftar Guru")
    t.press("escape")
    return seen


def _lain(t: Jendela) -> set[str]:
    """Import, settings, outbox, help, and a window that changes its size."""
    t.press("f4")
    seen = jujur(t.wait("Impor Daftar Guru"))
    t.press("enter")
    t.read(1.0)
    seen |= jujur(t.screen())
    for key, what in (("f7", "Alamat server"), ("f8", "Belum ada yang diajukan"), ("f1", "Tombol di sini")):
        t.press("escape")
        t.wait("Cari:", "Urut:")
        t.press(key)
        seen |= jujur(t.wait(what))
    t.press("escape")
    os.write(t._master, b"\xff\xfe\x9b\x80")  # a terminal of another encoding: passed over
    t.resize(100, 30)
    t.read(0.5)
    t.resize(80, 24)
    t.wait("Daftar Guru")
    return seen | jujur(t.screen())
