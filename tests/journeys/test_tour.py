"""The tour of the practice mode from its first key to its last words: the real program against the real server."""

from __future__ import annotations

from tests.journeys.machine import Machine
from tests.journeys.steps import answer, inside
from tests.terminal import Terminal

MAX_KEYS = 125
"""Keys of the whole tour, each step as its line says."""
QUIET = 0.6


def test_the_whole_tour(machine: Machine) -> None:
    """Each line leads to the next one; nothing is sent while nobody presses a key; at its end the server holds both plans."""
    with machine.open("latihan", "--ulang", "--tur") as t:
        t.wait("LATIHAN", "1 dari 40 selesai", "Cari guru.", '"wayan"', "Alt+Q tutup")
        _is_quiet(t)
        before = t.pressed
        t.type("wayan")
        t.wait("Semua 1 ")
        t.press("enter")
        t.wait("Isi satu rencana. Baca;", inside("Data sudah sesuai"))
        _is_quiet(t)
        t.press("enter")
        t.wait(inside("Periksa lagi"), "Isi satu rencana. Baca;")
        answer(t, "Ya, lanjut")
        _says(t, "Enter pada Saya mengerti")
        t.wait(inside("Saya mengerti"))
        t.press("enter")
        _says(t, "Enter pada satu indikator")
        t.press("enter")
        _says(t, "F4, Enter pada satu RHK")
        t.press("f4")
        t.wait("Pilih Rencana Hasil Kerja")
        t.press("enter", "2", "enter")
        t.wait(inside("Lanjut ke 3 Tugas Tambahan"))
        t.press("f6")
        _says(t, "Tidak ada SK?")
        t.press("enter")
        _says(t, "Tujuh nilai")
        t.press(*["enter"] * 7)
        t.wait("5 Rangkuman", without="Isi satu rencana")
        _copy(t)
        _says(t, "Cetak lembarnya. Agar guru membaca")
        t.press("alt+c")
        _says(t, "Panah ke Lembar baca dan paraf")
        t.press("down", "enter", "f9")
        _says(t, "Ajukan. Esc kembali; lalu ajukan rencana Wayan Sudiarta")
        t.wait("1 berkas dibuat")
        t.press("escape")
        t.wait("Ajukan. Anggap guru setuju", inside("[ ] Sudah dikonfirmasi guru"))
        t.think()
        t.press("space")
        t.wait("Ajukan. Lengkap.")
        _submit(t)
        _says(t, "Perbaiki. Esc ke daftar: kepala sekolah mengembalikan")
        t.press("escape")
        _says(t, 'ketik "yohanes"')
        t.type("yohanes")
        t.wait("Semua 1 ")
        t.press("enter")
        _says(t, "Catatan kepala sekolah ada di atas")
        t.wait("Target belum terukur")
        t.press("f7", "f7", "f7")
        _says(t, "Panah atas ke Target kuantitas")
        t.press("up", "4", "enter")
        _says(t, "Sudah diubah")
        t.press("f6", "f6", "f6")
        _says(t, "Guru setuju lagi")
        t.press("f9")
        t.wait("Belum dapat diajukan", inside("[ ] Sudah dikonfirmasi guru"))
        t.think()
        t.press("space")
        t.wait("[x] Sudah dikonfirmasi guru")
        _submit(t)
        _says(t, "Tur Selesai. Sudah dicoba: mencari, mengisi,")
        _says(t, "Ctrl+Q, lalu ketik ")
        assert t.pressed - before <= MAX_KEYS
        _is_quiet(t)
        t.press("alt+q")
        t.wait("sudah diajukan ke kepala sekolah", without="Tur Selesai")
        t.press("escape")
        t.wait("3 dari 40 selesai")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    practised = machine.home / "pmm" / "latihan"
    assert len([path for path in (practised / "ekspor").rglob("*") if path.is_file()]) == 1
    rows = machine.rows("SELECT revisi, keadaan FROM kiriman WHERE asal = '' ORDER BY revisi", practised / machine.database.name)
    assert rows == [(1, "sent"), (2, "sent")]


def test_the_tour_is_left_and_taken_up(machine: Machine) -> None:
    """Left in the middle by closing the program, it stands there at the next start; closed with its key, it is not there then."""
    with machine.open("latihan", "--ulang") as t:
        t.wait("1 dari 40 selesai", "Tur 10 menit untuk yang baru", "Alt+Q mulai")
        t.press("alt+q")
        t.wait("Cari guru.")
        t.press("down", "enter")
        t.wait("Isi satu rencana.")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    with machine.open("latihan") as t:
        t.wait("Ahmad Dhani", "Isi satu rencana.", "Dari server")
        t.press("alt+q")
        t.wait("Tur ditutup; Alt+Q melanjutkannya.", without="Isi satu rencana.")
        t.press("ctrl+q")
        assert t.exit_code() == 0
    with machine.open("latihan") as t:
        t.wait("Ahmad Dhani", "Dari server", without="Tur ")
        t.press("ctrl+q")
        assert t.exit_code() == 0


def _says(t: Terminal, sentence: str) -> None:
    """The tour says this, in however many lines."""
    t.until(lambda screen: sentence in " ".join(screen.split()), sentence)


def _is_quiet(t: Terminal) -> None:
    """Whatever still comes has come, and then nothing does."""
    t.silence(QUIET)
    before = len(t.chunks)
    t.silence(QUIET)
    assert len(t.chunks) == before


def _copy(t: Terminal) -> None:
    """Where the program can copy: to five teachers from the list, and back to the plan that was copied."""
    screen = t.until(lambda screen: "Cetak lembarnya" in screen or "Salin ke lima guru" in screen, "the next step")
    if "Salin ke lima guru" not in screen:
        return
    t.press("escape")
    _says(t, "Salin ke lima guru. Esc mengosongkan pencarian")
    t.press("escape")
    _says(t, "Spasi menandai lima guru, lalu Alt+S")
    t.press("home", *["down", "space"] * 5)
    t.wait("5 bertanda")
    t.press("alt+s")
    t.wait("Salin ke 5 guru dari", inside("Wayan Sudiarta"))
    t.press("enter")
    _says(t, "Lihat siapa mendapat apa dan apa yang ditinggal, lalu F9 menyalin.")
    t.think()
    t.press("f9")
    t.wait("5 rencana diisi", "Cetak lembarnya")
    t.type("wayan")
    t.wait("Semua 1 ")
    t.press("enter")
    t.wait("5 Rangkuman", inside("[ ] Sudah dikonfirmasi guru"))


def _submit(t: Terminal) -> None:
    t.press("f9")
    t.wait("Ajukan Perencanaan Kinerja", inside("Batal"))
    answer(t, "Ajukan")
