"""The help as a page: what it tells of each place, how it flows over columns and pages, and in which colours."""

from __future__ import annotations

import pytest

from pmm_tui.tui.actions import ACTIONS
from pmm_tui.tui.keys import actions_at, keys_of
from pmm_tui.tui.screens.help import HelpScreen
from pmm_tui.tui.screens.help_page import Block, HelpPage, Told, column_widths, paged
from pmm_tui.tui.screens.palette import PaletteScreen
from tests.tui.conftest import Open
from tests.tui.keyboard import screen_strips
from tests.tui.samples import ANI, started_plan

SIZES = ((60, 18), (72, 20), (80, 23), (80, 24), (100, 30), (120, 40), (160, 45))


def block(title: str, count: int, *, narrow: bool = False) -> Block:
    """A block of so many lines, each of one line."""
    return Block(title, tuple(Told(f"{title}{n}", "x") for n in range(count)), narrow)


# ---- flowing


def test_one_column_takes_all_in_order() -> None:
    """What does not fit goes on the next page, whole."""
    pages = paged([block("a", 3), block("b", 3, narrow=True), block("c", 3)], (40,), 6, 9)
    assert [[b.title for b in page.columns[0]] for page in pages] == [["a"], ["b", "c"]]


def test_two_columns_take_their_own_kind_first_then_the_others() -> None:
    """The signs stand at the right; where none are left, the next keys do."""
    blocks = [block("a", 3), block("s", 2, narrow=True), block("b", 4), block("c", 2)]

    def titles(room: int) -> list[list[list[str]]]:
        pages = paged(blocks, (30, 20), room, room)
        return [[[b.title for b in column] for column in page.columns] for page in pages]

    assert titles(7) == [[["a"], ["s"]], [["b"], ["c"]]]
    assert titles(9) == [[["a"], ["s", "b"]], [["c"], []]]


@pytest.mark.parametrize("room", [4, 7, 20])
def test_a_block_higher_than_a_page_is_split_and_nothing_is_lost(room: int) -> None:
    """Each line stands on exactly one page, in order, and no column is higher than its room."""
    pages = paged([block("a", 25), block("b", 2)], (40,), room, room)
    assert [told.head for page in pages for b in page.columns[0] for told in b.lines] == [f"a{n}" for n in range(25)] + ["b0", "b1"]
    for page in pages:
        assert sum(1 + len(b.lines) for b in page.columns[0]) + len(page.columns[0]) - 1 <= room


def test_columns_by_width() -> None:
    """One column below 80 cells, two from there on, and both with their margins within the width."""
    assert len(column_widths(79)) == 1
    for width in (80, 100, 160):
        left, right = column_widths(width)
        assert left >= right
        assert 2 + left + 2 + right + 1 == width


# ---- what it tells


async def read_all(u: object) -> list[str]:
    """The lines of all pages, from the first to the last."""
    page = u.app.screen.query_one(HelpPage)  # type: ignore[attr-defined]
    lines: list[str] = []
    for _ in page.pages():
        lines += u.screen_text()[1:-1]  # type: ignore[attr-defined]
        await u.press("pagedown")  # type: ignore[attr-defined]
    return lines


@pytest.mark.anyio
@pytest.mark.parametrize("size", SIZES)
async def test_every_page_is_whole_at_every_size(stage_app: Open, size: tuple[int, int]) -> None:
    """Title, keys, signs, example, keys of all places, movement and all ids: together on the pages, and nothing cut."""
    async with stage_app(size=size) as u:
        await u.press("f1")
        text = " ".join(" ".join(await read_all(u)).split())
        assert u.title.startswith(" Bantuan · Daftar Guru")
        for title in ("Tombol di sini", "Tanda di sini", "Contoh", "Di mana saja", "Bergerak", "Id untuk [tombol]"):
            assert title in text, title
        for action in actions_at("daftar"):
            assert ", ".join(keys_of(action.id, {})) in text, action.id
        for action in ACTIONS:
            assert f" {action.id} " in f"{text} ", action.id
        assert "…" not in text.replace("… draf", "")
        assert all(strip.cell_length == size[0] for strip in screen_strips(u.app))


@pytest.mark.anyio
async def test_pages_are_turned(stage_app: Open) -> None:
    """PgDn, Space and Down go on, PgUp and Up back, Home and End to the ends; the title and the keys say where one is."""
    async with stage_app() as u:
        await u.press("f1")
        count = len(u.app.screen.query_one(HelpPage).pages())
        assert count > 2
        assert u.title.endswith(f"halaman 1 dari {count}")
        assert "PgUp" not in u.footer
        assert any(line.startswith("  PgDn: ") for line in u.screen_text())
        for keys, number in (("pagedown", 2), ("space", 3), ("up", 2), ("pageup", 1), ("up", 1), ("end", count), ("home", 1)):
            await u.press(keys)
            assert u.title.endswith(f"halaman {number} dari {count}"), keys
        await u.press("end pagedown")
        assert u.title.endswith(f"halaman {count} dari {count}")
        assert "PgDn" not in u.footer


@pytest.mark.anyio
async def test_the_wheel_turns_pages(stage_app: Open) -> None:
    """For those who have a mouse; the title follows."""
    async with stage_app() as u:
        await u.press("f1")
        page = u.app.screen.query_one(HelpPage)
        for turn, number in ((page.on_mouse_scroll_down, 2), (page.on_mouse_scroll_up, 1)):
            turn()
            await u.until(lambda number=number: f"halaman {number} dari" in u.title)


@pytest.mark.anyio
async def test_signs_stand_in_their_colours(stage_app: Open) -> None:
    """The sign of a state and its word have the colour that they have in the list; what it means has none."""
    async with stage_app() as u:
        await u.press("f1")
        styles = u.app.look.styles
        found = {seg.text.strip(): seg.style for strip in screen_strips(u.app) for seg in strip if seg.text.strip()}
        assert found["×"].color == found["perlu diperbaiki"].color == styles.error.color
        assert found["●"].color == found["terkirim"].color == styles.good.color
        assert found["←"].color == styles.warning.color
        meaning = next(style for text, style in found.items() if text.startswith(": server"))
        assert meaning is None or meaning.color not in (styles.error.color, styles.good.color)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "title", "example"),
    [
        ("", "Daftar Guru", 'Ketik "cut", Enter;'),
        ("enter f7", "Rapor Pendidikan", "Saya mengerti"),
        ("enter f6", "2 Pengembangan Kompetensi", "F4, ketik beberapa huruf RHK"),
        ("f8", "Kotak Kirim", "F9 mengirim yang antre."),
        ("f4", "Impor guru", "F9 menyimpan."),
        ("f7", "Pengaturan", "lalu F9: sambungan diuji dahulu"),
    ],
)
async def test_each_place_has_its_example(stage_app: Open, script: str, title: str, example: str) -> None:
    """The page names the place or the pane, and shows one thing done there, with the keys in force."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press(f"{script} f1")
        assert u.title.startswith(f" Bantuan · {title}")
        assert example in " ".join(" ".join(line[44:] for line in (await read_all(u))).split())


@pytest.mark.anyio
async def test_examples_and_keys_follow_the_keymap(stage_app: Open) -> None:
    """A key of one's own stands in the list of keys and in the example."""
    async with stage_app(keymap={"kirim": "alt+k"}) as u:
        await u.press("f8 f1")
        assert "Alt+K mengirim yang antre." in " ".join(u.dialog.split())


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "title", "key"), [("f6", "Ganti periode", "pilih"), ("enter f6", "Data diri sudah sesuai", "tekan")]
)
async def test_a_question_explains_itself(stage_app: Open, script: str, title: str, key: str) -> None:
    """F1 in a question or a choice tells what it is and its keys, no id and no palette; Esc leads back to it, once."""
    async with stage_app() as u:
        await u.press(script)
        before, depth = u.text, len(u.app.screen_stack)
        await u.press("f1")
        assert len(u.app.screen_stack) == depth + 1
        assert u.title.startswith(f" Bantuan · {title}")
        assert key in u.dialog
        assert "Ctrl+A" not in u.text
        assert "[tombol]" not in u.text
        await u.press("escape")
        assert u.text == before


@pytest.mark.anyio
async def test_the_look_is_switched_under_the_help(stage_app: Open) -> None:
    """In the thrifty look it becomes the window of a few lines, from its top, and back."""
    async with stage_app() as u:
        await u.press("f1")
        before = u.text
        await u.press("ctrl+p")
        assert u.dialog.startswith("Bantuan panah menggulung, Esc menutup Semua guru")
        await u.press("down ctrl+p")
        assert u.text == before


@pytest.mark.anyio
async def test_help_leads_to_the_palette(stage_app: Open) -> None:
    """Ctrl+A closes the help and opens Aksi over the same place."""
    async with stage_app() as u:
        await u.press("f1 ctrl+a")
        assert isinstance(u.app.screen, PaletteScreen)
        assert not any(isinstance(screen, HelpScreen) for screen in u.app.screen_stack)
