"""The one-line widgets, cell by cell: what is shown at each width, what is left out, and what is sent again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.style import Style
from textual import on
from textual.app import App, ComposeResult
from textual.events import Click
from textual.geometry import Region
from textual.strip import Strip

from pmm_tui.tui.widgets.bars import KeyBar, StatusBar, TitleBar
from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.details import Details
from pmm_tui.tui.widgets.look import Look, choose_look
from pmm_tui.tui.widgets.rows import Choice, Gap, Heading, Item, Row, Text
from pmm_tui.tui.widgets.scrolled_rows import ScrolledRows
from pmm_tui.tui.widgets.tab_bar import Tab, TabBar
from pmm_tui.tui.widgets.too_small import TooSmall
from tests.tui.keyboard import settled

pytestmark = pytest.mark.anyio
LOOK = choose_look("gelap", False, True)
FLAT = choose_look("ansi", False, True)
THRIFTY = choose_look("hemat", False, True)


class Board(App[None]):
    """One widget alone, so that it has a look."""

    def __init__(self, widget: LineCanvas, look: Look) -> None:
        super().__init__()
        self.look = look
        self.widget = widget
        self.chosen = ""

    def compose(self) -> ComposeResult:
        yield self.widget

    @on(TabBar.Selected)
    def _chosen(self, event: TabBar.Selected) -> None:
        self.chosen = event.tab_id


@asynccontextmanager
async def board(widget: LineCanvas, width: int = 40, height: int = 4, look: Look = LOOK) -> AsyncIterator[Board]:
    app = Board(widget, look)
    async with app.run_test(size=(width, height)):
        await settled(app)
        yield app


def lines(widget: LineCanvas, width: int, height: int = 1) -> list[str]:
    """What the widget paints at a size, as text."""
    return [strip.text for strip in widget.paint(width, height)]


def style_of(strip: Strip, text: str) -> Style | None:
    """The style of the piece that is this text."""
    return next(segment.style for segment in strip if segment.text == text)


@pytest.mark.parametrize(
    ("left", "right", "line"),
    [
        ("Judul", "2026", " Judul              2026 "),
        ("Judul", "", " Judul                   "),
        ("Judul yang sangat panjang", "2026", " Judul yang sangat~ 2026 "),
        ("Judul yang pas sih", "2026", " Judul yang pas sih 2026 "),
        ("Judul", "kanan yang lebih panjang", " Judul  kanan yang lebi~ "),
        ("Judul lain", "kanan yang lebih panjang", " Judul~ kanan yang lebi~ "),
    ],
)
async def test_the_thrifty_title_and_what_is_beside_it(left: str, right: str, line: str) -> None:
    """What is at the right has at most two thirds of the line, the title what is left; both are cut with a sign."""
    title = TitleBar()
    async with board(title, look=THRIFTY):
        title.set(left, right=right)
        (strip,) = title.paint(25, 1)
        assert strip.text == line
        assert {segment.style for segment in strip} == {THRIFTY.styles.title}
        title.set("A", "b", badge="LATIHAN")
        assert lines(title, 25) == [" LATIHAN - A - b         "]


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (("Daftar", "SMP", "2026", ""), " Daftar  SMP                   2026 "),
        (("Daftar", "SMP", "2026 · ", "3 hari"), " Daftar  SMP          2026 · 3 hari "),
        (("Daftar", "SMP Negeri 1 Khayalan", "2026 · ", "3 hari"), " Daftar  SMP Negeri…  2026 · 3 hari "),
        (("Daftar Guru Semua Sekolah", "", "2026", ""), " Daftar Guru Semua Sekolah     2026 "),
        (("Nama yang panjang sekali, S.Pd.", "", "tenggat ", "3 hari"), " Nama yang panjang… tenggat 3 hari "),
    ],
)
async def test_the_title_in_parts(told: tuple[str, str, str, str], line: str) -> None:
    """Place, what it is about, and at the right end what is told in short; what it is about is cut first."""
    title = TitleBar()
    async with board(title):
        title.set(*told)
        (strip,) = title.paint(36 if not told[0].startswith("Nama") else 35, 1)
        assert strip.text == line


async def test_the_title_has_a_colour_for_each_part() -> None:
    """Practice is a badge before all; the days that are left stand out."""
    title, styles = TitleBar(), LOOK.styles
    async with board(title):
        title.set("Daftar", "SMP", "2026 · ", "3 hari", "LATIHAN")
        (strip,) = title.paint(48, 1)
        assert strip.text == " LATIHAN  Daftar  SMP" + " " * 13 + "2026 · 3 hari "
        found = [style_of(strip, text) for text in (" LATIHAN ", " Daftar", "  SMP", "3 hari")]
        assert found == [styles.badge, styles.title, styles.title_second, styles.title_warning]


TABS = (Tab("a", "Satu saja", "1 Satu", "ok"), Tab("b", "Dua", "2 Du", "problem"), Tab("c", "Tiga", "3 Ti"))


async def test_tabs_are_long_where_they_fit() -> None:
    """Each label takes four cells more than its letters; else they are short, else numbers but for the open one."""
    tabs, styles = TabBar(), LOOK.styles
    async with board(tabs):
        tabs.set(TABS, "b")
        assert lines(tabs, 31) == [" Satu saja √  Dua !  Tiga ·    "]
        assert lines(tabs, 28) == [" Satu saja √  Dua !  Tiga · "]
        assert lines(tabs, 27) == [" 1 Satu √  2 Du !  3 Ti ·  "]
        assert lines(tabs, 25) == [" 1 √  2 Du !  3 ·        "]
        (strip,) = tabs.paint(31, 1)
        found = [style_of(strip, text) for text in (" Satu saja", " √", " Dua", " !", " Tiga", " ·")]
        assert found == [styles.bar, styles.bar_good, styles.heading, styles.error, styles.bar, styles.bar_second]


async def test_the_open_tab_is_in_brackets_where_it_has_no_ground() -> None:
    """In 16 colours, and in the thrifty look with fewer marks."""
    tabs = TabBar()
    async with board(tabs, look=FLAT):
        tabs.set(TABS, "b")
        assert lines(tabs, 31) == [" Satu saja √ [Dua !] Tiga ·    "]
    tabs = TabBar()
    async with board(tabs, look=THRIFTY):
        tabs.set(TABS, "b")
        assert lines(tabs, 31) == [" Satu saja v [Dua]!  Tiga      "]
        assert lines(tabs, 30) == [" 1 Satu v [2 Du]!  3 Ti       "]


async def test_a_click_on_a_tab_means_the_one_below_the_pointer() -> None:
    """From a label's first cell to the last of its mark it is chosen."""
    tabs = TabBar()
    hit: dict[int, str] = {}
    async with board(tabs) as app:
        tabs.set(TABS, "b")
        tabs.paint(31, 1)
        for x in range(31):
            app.chosen = ""
            tabs.on_click(Click(tabs, x, 0, 0, 0, 1, False, False, False))
            await settled(app)
            hit[x] = app.chosen
    found = dict.fromkeys(range(31), "") | dict.fromkeys(range(13), "a") | dict.fromkeys(range(13, 20), "b")
    assert hit == found | dict.fromkeys(range(20, 28), "c")


SENTENCE = "Server tidak terjangkau; dicoba lagi nanti."


@pytest.mark.parametrize(
    ("left", "right", "width", "shown"),
    [
        ("Tersimpan", "draf", 20, [" Tersimpan     draf "]),
        ("Tersimpan", "", 20, [" Tersimpan          "]),
        ("Tersimpan", "draf panjang", 20, [" Tersimpan          "]),
        ("Tersimpan", "Kotak: 3 · antre 2", 20, [" Tersimpan  antre 2 "]),
        ("Tersimpan 10.42 **", "draf", 20, [" Tersimpan 10.42 ** "]),
        (SENTENCE, "draf", 20, [" Server tidak       ", " terjangkau; dicoba ", " lagi nanti.   draf "]),
        (SENTENCE, "draf", 12, [" Server     ", " tidak      ", " terjangkau "]),
    ],
)
async def test_status_and_what_is_beside_it(left: str, right: str, width: int, shown: list[str]) -> None:
    """A long sentence takes up to three lines; of what is at the right the last parts stand where there is room, never half."""
    status = StatusBar()
    async with board(status):
        status.set(left, right)
        assert lines(status, width, 3) == shown
        assert status.get_content_height(status.size, status.size, width) == len(shown)


async def test_parts_of_the_status_line_stay_when_only_the_other_is_set() -> None:
    """None leaves a part, and with the sentence its style, as it is; an empty text takes it away."""
    status = StatusBar()
    async with board(status):
        status.set("Gagal", "draf", "error")
        status.set(right="siap")
        (strip,) = status.paint(20, 1)
        assert strip.text == " Gagal         siap "
        assert [style_of(strip, " Gagal"), style_of(strip, "siap")] == [LOOK.styles.error, LOOK.styles.dim]
        status.set("Tersimpan")
        (strip,) = status.paint(20, 1)
        assert (strip.text, style_of(strip, " Tersimpan")) == (" Tersimpan     siap ", None)
        status.set("", "")
        assert lines(status, 20) == [" " * 20]


async def test_the_status_line_asks_for_more_room_only_when_it_takes_other_lines() -> None:
    """A sentence of as many lines as before moves nothing on the screen."""
    status = StatusBar()
    async with board(status, 20):
        asked: list[Any] = []
        status.refresh = lambda *regions, layout=False, **_: asked.append(layout)  # type: ignore[method-assign,assignment]
        status.set("Tersimpan")
        status.set("Menyimpan")
        assert True not in asked
        status.set(SENTENCE)
        assert asked.count(True) == 1
        status.set("Tersimpan")
        assert asked.count(True) == 2


async def test_keys_that_do_not_fit_are_left_out_from_the_end() -> None:
    """At most six pairs; one is shown whole or not at all; those of every place stand at the right end as long as they fit."""
    keys, styles = KeyBar(), LOOK.styles
    async with board(keys):
        keys.set(tuple((f"F{n}", f"nomor{n}") for n in range(1, 9)))
        assert lines(keys, 80) == ["".join(f" F{n} nomor{n} " for n in range(1, 7)).ljust(80)]
        assert lines(keys, 22) == [" F1 nomor1  F2 nomor2 "]
        assert lines(keys, 21) == [" F1 nomor1           "]
        (strip,) = keys.paint(22, 1)
        assert [style_of(strip, " F1"), style_of(strip, " nomor1 ")] == [styles.bar_accent, styles.bar]
        keys.set((("F1", "satu"), ("F2", "dua")), (("Ctrl+A", "Aksi"), ("F1", "Bantuan")))
        assert lines(keys, 42) == [" F1 satu  F2 dua  Ctrl+A Aksi  F1 Bantuan "]
        assert lines(keys, 30) == [" F1 satu  F2 dua   F1 Bantuan "]


async def test_the_thrifty_keys_stand_from_the_left() -> None:
    """Those of every place first; at most six pairs, nothing after one that has no room."""
    keys = KeyBar()
    async with board(keys, look=THRIFTY):
        keys.set(tuple((f"F{n}", f"nomor{n}") for n in range(2, 9)), (("F1", "nomor1"),))
        assert lines(keys, 80) == ["".join(f" F{n}  nomor{n} " for n in range(1, 7)).ljust(80)]
        assert lines(keys, 24) == [" F1  nomor1  F2  nomor2 "]
        assert lines(keys, 23) == [" F1  nomor1            "]
        (strip,) = keys.paint(24, 1)
        assert [style_of(strip, " F1 "), style_of(strip, " nomor1 ")] == [THRIFTY.styles.title, None]


async def test_details_that_do_not_fit_are_marked() -> None:
    """Lines are wrapped within two cells less than the width; the last that is shown says that there is more."""
    details = Details(3)
    async with board(details):
        assert details.get_content_height() == 3
        details.set(("satu dua tiga", "strong"), ("em\npat", "error"))
        assert lines(details, 15, 3) == [" satu dua tiga ", " em pat        "]
        assert lines(details, 14, 3) == [" satu dua     ", " tiga         ", " em pat       "]
        assert lines(details, 14, 2) == [" satu dua     ", " tiga…        "]
        strips = details.paint(15, 3)
        styles = [style_of(strips[0], "satu dua tiga"), style_of(strips[1], "em pat")]
        assert styles == [LOOK.styles.strong, LOOK.styles.error]


def notice_lines(size: str) -> list[str]:
    """The notice in the middle of 40 cells."""
    return [
        "         Jendela terlalu kecil.",
        f"   Kini {size}; perbesar sampai 60x18,",
        "   atau kecilkan huruf dengan Ctrl+-.",
        "    Isian tetap aman. Ctrl+Q keluar.",
    ]


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [
        (40, 6, ["", *notice_lines("40x6")]),
        (40, 4, notice_lines("40x4")),
        (30, 1, ["    Jendela terlalu kecil."]),
    ],
)
async def test_the_notice_stands_in_the_middle(width: int, height: int, shown: list[str]) -> None:
    """It names the size there is and the size that is needed."""
    notice = TooSmall()
    async with board(notice):
        assert [line.rstrip() for line in lines(notice, width, height)][: len(shown)] == shown
        assert all(strip.cell_length == width for strip in notice.paint(width, height))


class Lines(LineCanvas):
    """Shows given lines, and notes how often it was painted and which parts it asked to be drawn."""

    DEFAULT_CSS = "Lines { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self.content = ["a", "b", "c"]
        self.paints = 0
        self.asked: list[tuple[Region, ...]] = []

    def paint(self, width: int, height: int) -> list[Strip]:
        self.paints += 1
        return [self.line((text, None), width=width) for text in self.content]

    def refresh(self, *regions: Region, **options: Any) -> Any:
        getattr(self, "asked", []).append(regions)
        return super().refresh(*regions, **options)


async def test_only_lines_that_changed_are_drawn_again() -> None:
    """One line changed: one line is asked for; none changed: nothing; other than as many lines as before: all of it."""
    canvas = Lines()
    async with board(canvas) as app:
        canvas.repaint()
        canvas.asked.clear()
        canvas.repaint()
        assert canvas.asked == []
        canvas.content = ["a", "x", "c"]
        canvas.repaint()
        assert canvas.asked == [(Region(0, 1, 40, 1),)]
        canvas.content = ["y", "x", "z"]
        canvas.asked.clear()
        canvas.repaint()
        assert canvas.asked == [(Region(0, 0, 40, 1), Region(0, 2, 40, 1))]
        await settled(app)
        assert [canvas.render_line(y).text.rstrip() for y in range(4)] == ["y", "x", "z", ""]


async def test_a_canvas_is_not_painted_twice_for_one_picture() -> None:
    """Asked for its lines one by one it paints once; too few lines are filled up, too many cut off."""
    canvas = Lines()
    async with board(canvas):
        canvas.repaint()
        canvas.paints = 0
        assert [canvas.render_line(y).cell_length for y in range(4)] == [40] * 4
        assert canvas.paints == 0
        canvas.content = ["a"]
        canvas.repaint()
        assert [canvas.render_line(y).text.rstrip() for y in range(3)] == ["a", "", ""]
        canvas.content = list("abcdef")
        canvas.repaint()
        assert [canvas.render_line(y).text.rstrip() for y in range(4)] == ["a", "b", "c", ""]
        assert canvas.render_line(3) == Strip.blank(40)


async def test_a_hidden_canvas_is_painted_when_it_is_shown() -> None:
    """While it is hidden nothing is painted; what it then shows is what is true then."""
    canvas = Lines()
    async with board(canvas) as app:
        canvas.display = False
        await settled(app)
        canvas.paints = 0
        canvas.content = ["x", "y", "z"]
        canvas.repaint()
        assert canvas.paints == 0
        canvas.display = True
        await settled(app)
        assert canvas.render_line(0).text.rstrip() == "x"


class Rows(ScrolledRows):
    """Shows given rows."""

    DEFAULT_CSS = "Rows { height: 4; }"

    def __init__(self, *rows: Row) -> None:
        super().__init__()
        self.rows = rows


NUMBERED: tuple[Row, ...] = (Heading("J"), Gap(), *(Choice(f"b{n}", f"B{n}", False) for n in range(4)), Text("ekor"))


def begins(rows: Rows, height: int = 4) -> list[str]:
    """The first word of each line, after the cursor's sign."""
    return [(line.strip("► ()▲▼").split() or [""])[0] for line in lines(rows, 20, height)]


async def test_scrolling_goes_by_lines_and_stops_at_the_ends() -> None:
    """The cursor stays on its row out of sight; the signs at the edge tell where more is."""
    rows = Rows(*NUMBERED)
    async with board(rows, 20):
        rows.cursor = "b0"
        assert begins(rows) == ["J", "", "B0", "B1"]
        assert [line[-1] for line in lines(rows, 20, 4)] == [" ", " ", " ", "▼"]
        rows.scroll_lines(2)
        assert begins(rows) == ["B0", "B1", "B2", "B3"]
        assert [line[-1] for line in lines(rows, 20, 4)] == ["▲", " ", " ", "▼"]
        rows.scroll_lines(9)
        assert begins(rows) == ["B1", "B2", "B3", "ekor"]
        assert [line[-1] for line in lines(rows, 20, 4)] == ["▲", " ", " ", " "]
        assert [rows.row_at(0, y) for y in (-4, -3, 0, 3, 4)] == [None, NUMBERED[0], NUMBERED[3], NUMBERED[6], None]
        rows.scroll_lines(-1)
        assert begins(rows) == ["B0", "B1", "B2", "B3"]
        rows.scroll_lines(-9)
        assert begins(rows) == ["J", "", "B0", "B1"]
        assert rows.cursor == "b0"


async def test_the_cursor_takes_along_what_is_before_the_first_and_behind_the_last() -> None:
    """On the first row all above it is shown, on the last all below, where that has room; between them nothing moves."""
    rows = Rows(*NUMBERED)
    async with board(rows, 20):
        for cursor, shown in (
            ("b1", ["J", "", "B0", "B1"]),
            ("b2", ["", "B0", "B1", "B2"]),
            ("b3", ["B1", "B2", "B3", "ekor"]),
            ("b2", ["B1", "B2", "B3", "ekor"]),
            ("b1", ["B1", "B2", "B3", "ekor"]),
            ("b0", ["J", "", "B0", "B1"]),
        ):
            rows.cursor = cursor
            assert begins(rows) == shown
        rows.cursor = "b3"
        assert begins(rows, 1) == ["B3"]
        rows.cursor = "b0"
        assert begins(rows, 2) == ["B0", "B1"]
        assert begins(rows, 3) == ["J", "", "B0"]


async def test_the_marks_have_the_colour_that_calls() -> None:
    """The sign at the edge takes the last cell of its line, in the accent's colour."""
    rows = Rows(Item("a", "x" * 60, style="error"), Item("b", "y"), Item("c", "z"))
    async with board(rows, 20):
        *_, last = rows.paint(20, 2)
        assert last.cell_length == 20
        assert style_of(last, "▼") == LOOK.styles.accent
