"""The look: readable without colour, in ASCII, and on a terminal that is too small."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.tui import look_for_terminal
from pmm_tui.tui.ports import Tampilan
from tests.tui.conftest import Buka
from tests.tui.keyboard import strip_layar
from tests.tui.samples import ANI, rencana_mulai
from tests.tui.walk import app_jelajah, jelajah

KECIL = "Jendela terlalu kecil."


def warna(u) -> set[str]:
    """The colours on the screen, the terminal's own aside."""
    styles = [segment.style for strip in strip_layar(u.app) for segment in strip if segment.style]
    found = [c for style in styles for c in (style.color, style.bgcolor) if c is not None]
    return {c.name for c in found if not c.is_default}


@pytest.mark.anyio
async def test_no_color_sends_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under NO_COLOR no screen has a colour, and the cursor is still told apart by an attribute."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with app_jelajah(store, tampilan=look_for_terminal(Tampilan(), {"NO_COLOR": "1", "TERM": "xterm"})) as u:
        async for nama in jelajah(u):
            assert warna(u) == set(), nama
            gaya = [s.style for strip in strip_layar(u.app) for s in strip if s.text.startswith(u.app.rupa.tanda.kursor)]
            assert any(g and (g.reverse or g.bold or g.underline) for g in gaya), nama


@pytest.mark.anyio
async def test_colour_where_it_is_wanted(app_uji: Buka) -> None:
    """Without NO_COLOR the themes do have colours, so that the test above means something."""
    async with app_uji() as u:
        assert warna(u)


@pytest.mark.anyio
async def test_ascii_mode_is_ascii_on_every_screen(store: Store) -> None:
    """In ASCII mode every screen is plain ASCII, the frames of dialogs and the names with accents too."""
    async with app_jelajah(store, tampilan=Tampilan(ascii=True)) as u:
        for nomor, nama in enumerate(("Andr\u00e9 Lam\u00e9n", "\u00c8lisabeth", "O\u2019Brien \u201cX\u201d")):
            u.store.roster.write([Pegawai(nama=nama, nuptk=f"{nomor:016}")])
        async for nama in jelajah(u):
            assert u.teks.isascii(), (nama, [c for c in u.teks if not c.isascii()])


@pytest.mark.anyio
@pytest.mark.parametrize("tampilan", [Tampilan(hemat=True), look_for_terminal(Tampilan(), {"TERM": "linux"})])
async def test_thrifty_look_and_linux_console_are_ascii(app_uji: Buka, tampilan: Tampilan) -> None:
    """So are the thrifty look and the Linux console."""
    async with app_uji(tampilan=tampilan) as u:
        for naskah in ("", "f1", "escape enter", "enter", "enter", "enter"):
            await u.tekan(naskah)
            assert u.teks.isascii()


def test_look_fits_the_terminal() -> None:
    """The Linux console and old terminals get ASCII and 16 colours, NO_COLOR no colour, others what was asked for."""
    assert look_for_terminal(Tampilan(tema="terang"), {"TERM": "xterm-256color"}) == Tampilan(tema="terang")
    for term in ("linux", "vt100", "vt220", "ansi"):
        found = look_for_terminal(Tampilan(), {"TERM": term})
        assert (found.tema, found.ascii, found.warna) == ("ansi", True, True)
    assert not look_for_terminal(Tampilan(), {"NO_COLOR": "1"}).warna
    assert look_for_terminal(Tampilan(), {"NO_COLOR": ""}).warna  # no-color.org: only when not empty


@pytest.mark.anyio
@pytest.mark.parametrize("jalan", ["", "enter", "f8", "f4", "f7"])
async def test_small_terminal_gets_a_notice_and_comes_back(app_uji: Buka, jalan: str) -> None:
    """At 70x20 every screen is one notice with both sizes; back at 80x24 it is as it was."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan(jalan)
        sebelum = u.teks
        await u.ukuran(70, 20)
        assert [line.strip() for line in u.layar() if line.strip()] == [
            KECIL,
            "Kini 70x20; perbesar sampai 80x24.",
            "Isian tetap aman.",
        ]
        await u.ukuran(80, 24)
        assert u.teks == sebelum


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("ukuran", "kecil"), [((80, 24), False), ((79, 24), True), ((80, 23), True), ((20, 5), True), ((200, 60), False)]
)
async def test_where_the_notice_begins(app_uji: Buka, ukuran: tuple[int, int], kecil: bool) -> None:
    """The notice begins exactly below 80x24, and fits into any size."""
    async with app_uji(ukuran=ukuran) as u:
        assert (KECIL[: ukuran[0]] in u.teks) is kecil  # cut where even the notice has no room
        assert len(u.layar()) == ukuran[1]
        assert all(strip.cell_length == ukuran[0] for strip in strip_layar(u.app))


@pytest.mark.anyio
async def test_typing_survives_the_notice(app_uji: Buka) -> None:
    """Field, text and cursor are the same after the terminal was small."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}, tempat=(ANI.nama, "data_diri", "golongan")) as u:
        await u.tekan("ctrl+u 'IV/' left")
        await u.ukuran(60, 10)
        await u.ukuran(90, 30)
        await u.tekan("'a'")
        assert u.kursor.endswith("IVa/")


@pytest.mark.anyio
async def test_thrifty_look_can_be_switched(app_uji: Buka) -> None:
    """Ctrl+P changes to the thrifty look, on the open screen at once, and back."""
    async with app_uji() as u:
        sebelum = u.teks
        await u.tekan("ctrl+p")
        assert u.teks.isascii()
        assert "NIP" not in u.teks
        await u.tekan("ctrl+p")
        assert u.teks == sebelum


@pytest.mark.anyio
async def test_thrifty_list_tells_namesakes_apart(app_uji: Buka) -> None:
    """The thrifty list shows names and states alone; only teachers of the same name keep their number."""
    kembar = [
        Pegawai(nama=nama, nuptk=digit * 16) for nama, digit in (("Siti Aisyah", "1"), ("Siti Aïsyah", "3"), ("Siti Aisyah", "2"))
    ]
    async with app_uji(guru=[ANI, *kembar], tampilan=Tampilan(hemat=True)) as u:
        assert u.baris("Ani Lestari").split() == [">", "Ani", "Lestari,", "S.Pd."]
        assert [line.split()[2] for line in u.layar() if "Siti Aisyah" in line] == ["1" * 16, "3" * 16, "2" * 16]
