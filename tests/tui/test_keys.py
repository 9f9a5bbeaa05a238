"""Keys: two for every action, no clash, a footer of six, help everywhere, and a keymap of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmm_tui.store import Store
from pmm_tui.tui.keys import AKSI, aksi_di, bentrokan, nama_tombol, tombol_aksi
from tests.tui import stage
from tests.tui.conftest import Buka
from tests.tui.keyboard import strip_layar
from tests.tui.samples import ANI, BUDI, rencana_mulai, rencana_penuh
from tests.tui.walk import app_jelajah, jelajah

TEMPAT = sorted({t for aksi in AKSI for t in aksi.tempat} - {"umum"})
NAMA = {nama_tombol(key) for aksi in AKSI for key in aksi.tombol.split(",")}
_TOMBOL = re.compile(r"(?:^| )(F\d+|Esc|(?:Ctrl|Alt)\+\w+)(?= )")


def test_every_action_has_two_keys() -> None:
    """Each action has two keys, and one of them is not one that terminals keep for themselves."""
    for aksi in AKSI:
        keys = aksi.tombol.split(",")
        assert len(set(keys)) >= 2, aksi.id
        assert set(keys) - {"f1", "f10", "f11"}, aksi.id
        assert aksi.label, aksi.id
        assert aksi.bantuan, aksi.id


def test_ids_are_unique_and_keys_do_not_clash() -> None:
    """No action is there twice, and on no screen do two actions share a key."""
    assert len({aksi.id for aksi in AKSI}) == len(AKSI)
    assert bentrokan({}) == []


@pytest.mark.parametrize("tempat", TEMPAT)
def test_no_key_that_a_terminal_cannot_tell_apart(tempat: str) -> None:
    """No key is one that arrives as another: Ctrl+I, M, H, J, [ and the like."""
    sama = {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+[", "ctrl+@", "ctrl+space", "ctrl+c"}
    assert not sama & {key for aksi in aksi_di(tempat) for key in aksi.tombol.split(",")}


def test_clashes_of_a_keymap_are_named() -> None:
    """A keymap with an unknown action or a key used twice is told, with both actions."""
    (asing,) = bentrokan({"terbang": "f2"})
    assert "terbang" in asing
    (dua,) = bentrokan({"saring": "f3"})
    assert all(kata in dua for kata in ("f3", "saring", "urutkan", "daftar"))
    assert bentrokan({"saring": "alt+s", "urutkan": "f2"}) == []


def test_names_for_people() -> None:
    """Keys are written as keyboards write them."""
    assert [nama_tombol(k) for k in ("ctrl+s", "f9", "escape", "alt+enter", "delete")] == [
        "Ctrl+S",
        "F9",
        "Esc",
        "Alt+Enter",
        "Del",
    ]
    assert tombol_aksi("saring", {"saring": "alt+s"}) == ("Alt+S",)


BELUM = {("daftar", "kotak")}
"""Pairs of screen and action whose second key does not arrive yet."""
LAYAR = {"daftar": "", "rencana": "down enter", "kotak": "f8", "impor": "f4", "atur": "f7"}


@pytest.mark.anyio
@pytest.mark.usefixtures("no_autosave")
@pytest.mark.parametrize(
    ("tempat", "aksi"),
    [(tempat, aksi.id) for tempat in LAYAR for aksi in aksi_di(tempat) if tempat in aksi.tempat and (tempat, aksi.id) not in BELUM],
)
async def test_both_keys_do_the_same(tmp_path: Path, tempat: str, aksi: str) -> None:
    """On every screen the second key of an action does what the first does."""
    hasil = []
    for nomor, kunci in enumerate(next(a.tombol for a in AKSI if a.id == aksi).split(",")):
        with Store.open(tmp_path / f"{nomor}.db") as store:
            async with stage.app_uji(store, guru=(ANI, BUDI), draf={BUDI.nama: rencana_mulai()}) as u:
                await u.tekan(LAYAR[tempat])
                if tempat == "rencana":
                    await u.tekan("f6 f4 enter f7 space")  # something to undo, to delete, to submit
                elif tempat in ("impor", "atur"):
                    await u.tekan("ctrl+end")  # off the field, where Ctrl+W deletes a word
                await u.tekan(kunci)
                hasil.append(u.teks.replace(" *", "  "))
    assert hasil[0] == hasil[1]


@pytest.mark.anyio
async def test_footer_has_at_most_six_keys_that_work_here(store: Store) -> None:
    """On every screen the footer names at most six keys, help first, each of an action; and every line fills the terminal."""
    async with app_jelajah(store) as u:
        async for nama in jelajah(u):
            keys = _TOMBOL.findall(u.kaki)
            assert 1 <= len(keys) <= 6, nama
            assert set(keys) <= NAMA, nama
            assert "F1" in keys, nama
            assert u.kaki.strip().startswith("F1"), nama
            assert [strip.cell_length for strip in strip_layar(u.app)] == [80] * 24, nama


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("jalan", "kalimat", "tombol"),
    [
        ("", "Ketik untuk mencari nama atau NIP", "Ctrl+F"),
        ("enter f7*2", "hanya dapat diperbaiki di Dapodik", "Ctrl+Z"),
        ("enter f7", "Capaian sekolah menurut Rapor Pendidikan", "Ctrl+N"),
        ("enter", "Pilih satu indikator. Enter memilih", "Ctrl+Z"),
        ("enter f6", "membuka daftar RHK", "Ctrl+T"),
        ("enter f6*2", "Pilih tugas tambahan sesuai SK", "Ctrl+Z"),
        ("enter f6*3", "Enter memilih indikator lalu pindah", "Ctrl+Z"),
        ("enter f6*4", "Enter pada masalah membawa ke bidangnya", "Ctrl+S"),
        ("f8", "Yang antre aman di komputer ini", "Ctrl+X"),
        ("f4", "Setiap baris berkas menjadi baru", "Ctrl+S"),
        ("f7", "Alamat server harus https", "Ctrl+S"),
    ],
)
async def test_help_of_the_place(app_uji: Buka, jalan: str, kalimat: str, tombol: str) -> None:
    """Help says what this place is for and names its keys, both of each; Esc closes it and nothing has moved."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan(jalan)
        sebelum = u.teks
        await u.tekan("f1")
        satu = u.dialog
        await u.tekan("escape ctrl+g")
        assert u.dialog == satu
        assert "Bantuan" in u.dialog
        assert kalimat in u.dialog
        await u.tekan("pagedown" if tombol not in u.dialog else "")
        assert tombol in u.dialog
        await u.tekan("escape")
        assert u.teks == sebelum


@pytest.mark.anyio
async def test_help_scrolls_line_by_line(app_uji: Buka) -> None:
    """The arrows show a line more of the help each, to its end and back; nothing below it moves."""
    async with app_uji() as u:
        await u.tekan("f1")
        awal = u.dialog
        assert "Tutup" not in awal
        await u.tekan("down")
        assert u.dialog.startswith(awal.partition("Esc menutup ")[2][:40])
        await u.tekan(" ".join(["down"] * 40))
        assert "Tutup" in u.dialog
        await u.tekan(" ".join(["up"] * 40))
        assert u.dialog == awal


@pytest.mark.anyio
@pytest.mark.parametrize("kunci", ["escape", "f1", "ctrl+g", "ctrl+w", "enter"])
async def test_help_is_closed_by(app_uji: Buka, kunci: str) -> None:
    """Esc, the keys that opened it, Ctrl+W and Enter close the help."""
    async with app_uji() as u:
        sebelum = u.teks
        await u.tekan(f"f1 {kunci}")
        assert u.teks == sebelum


@pytest.mark.anyio
@pytest.mark.parametrize("jalan", ["f1", "f6", "enter enter"])
async def test_keys_of_the_app_work_in_dialogs(app_uji: Buka, jalan: str) -> None:
    """Leaving, the thrifty look and painting anew work over every screen: in the help, in a choice, in a question."""
    async with app_uji() as u:
        await u.tekan(jalan)
        dialog = u.teks
        await u.tekan("ctrl+l alt+l")
        assert u.teks == dialog
        await u.tekan("ctrl+p")
        assert u.teks.isascii()
        assert u.teks != dialog
        await u.tekan("f11")
        assert u.teks == dialog
        await u.tekan("f12")
        await u.sampai(lambda: not u.app.is_running)


@pytest.mark.anyio
async def test_keymap_of_the_configuration(app_uji: Buka) -> None:
    """Another key does the action; footer and help name it; the old keys do nothing any more."""
    peta = {"saring": "alt+s", "ajukan": "alt+a,f9"}
    async with app_uji(peta=peta, draf={ANI.nama: rencana_penuh()}) as u:
        assert "Alt+S  Saring" in u.kaki
        await u.tekan("f2 ctrl+f")
        assert "Semua guru" in u.teks
        await u.tekan("alt+s")
        assert "Saring: belum selesai" in u.teks
        await u.tekan("f1")
        assert "Alt+S" in u.dialog
        assert "Ctrl+F" not in u.dialog
        await u.tekan("escape enter alt+a")
        assert "Ajukan Perencanaan Kinerja?" in u.dialog


@pytest.mark.anyio
@pytest.mark.parametrize("jalan", ["", "enter", "f8", "f4", "f7"])
async def test_ctrl_c_says_how_to_leave(app_uji: Buka, jalan: str) -> None:
    """Ctrl+C ends nothing; it names the key that does."""
    async with app_uji() as u:
        await u.tekan(f"{jalan} ctrl+c")
        assert "Ctrl+Q menutup program" in u.status
        assert u.app.is_running


@pytest.mark.anyio
@pytest.mark.parametrize("kunci", ["ctrl+q", "f12"])
async def test_leaving_the_program(app_uji: Buka, kunci: str) -> None:
    """Ctrl+Q and F12 end the program from the list."""
    async with app_uji() as u:
        await u.tekan(kunci)
        assert u.app.return_value in ("", None)
        assert u.app.return_code == 0
