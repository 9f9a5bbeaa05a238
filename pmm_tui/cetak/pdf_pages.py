"""Documents as PDF, with reportlab of the extra `cetak`; the standard fonts, which every reader has and none carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black, grey
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Spacer
from reportlab.platypus import PageBreak as NextPage
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from pmm_tui.cetak.document import (
    Block,
    Cell,
    Code,
    Document,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Ruled,
    Sides,
    Sign,
    Signatures,
    Table,
    is_full,
)
from pmm_tui.cetak.qr import qr_rows
from pmm_tui.text import shorten

_PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=9, leading=11.5, splitLongWords=1)
_SMALL = ParagraphStyle("small", _PLAIN, fontSize=7.5, leading=9.5)
_CELL = ParagraphStyle("cell", _PLAIN, fontSize=8, leading=9.8)
_DENSE = ParagraphStyle("dense", _CELL, fontSize=7.5, leading=8.6)
_DENSE_CENTRED = ParagraphStyle("dense-centred", _DENSE, alignment=1)
_CENTRED = ParagraphStyle("centred", _CELL, alignment=1)
_MIDDLE = ParagraphStyle("middle", _PLAIN, alignment=1)
_TITLE = ParagraphStyle(
    "title", _PLAIN, fontName="Helvetica-Bold", fontSize=11, leading=14, alignment=1, spaceBefore=4, spaceAfter=8
)
_LEFT = ParagraphStyle("left", _PLAIN, fontName="Helvetica-Bold")
_RIGHT = ParagraphStyle("right", _LEFT, alignment=2)
_SHADE = HexColor(0xE8E8E8)
_MARKS = {
    "": "",
    "bullet": "• ",
    "tick": '<font name="ZapfDingbats">\u2714</font> ',
    "box": '<font name="ZapfDingbats" size="9">\u274f</font> ',
}
_ROW_LINES = 30  # what surely fits on a page below the repeated titles, lying across too
_SIDE, _TOP, _BOTTOM = 13 * mm, 13 * mm, 15 * mm


def pdf_pages(documents: Sequence[Document], told: Callable[[], None] = lambda: None) -> bytes:
    """The file; `told` is called after each document. All have the orientation of the first."""
    size = landscape(A4) if documents[0].landscape else A4
    width, height = size
    within = width - 2 * _SIDE
    state = _State()
    made = BytesIO()
    template = BaseDocTemplate(made, pagesize=size, title=documents[0].title, author="", subject="", creator="pmm-tui", invariant=1)
    frame = Frame(_SIDE, _BOTTOM, within, height - _TOP - _BOTTOM, 0, 0, 0, 0)
    page = PageTemplate("page", [frame], onPage=lambda canvas, _: _watermark(canvas, documents[0].watermark, size))
    page.onPageEnd = lambda canvas, _: _foot(canvas, state, size)
    template.addPageTemplates([page])
    story: list[Flowable] = []
    for number, document in enumerate(documents):
        story += [NextPage()] if number else []
        story += [_Part(story, state, document, within), _Told(told)]
    template.build(story)
    return made.getvalue()


class _State:
    """Which document the page that is being made belongs to, and on which page it began."""

    document: Document | None = None
    first = 1


class _Part(ActionFlowable):  # type: ignore[misc]
    """A document of the file: its blocks are laid out when their turn comes, so that many take no more room than one."""

    def __init__(self, story: list[Flowable], state: _State, document: Document, width: float) -> None:
        super().__init__()
        self._story, self._state, self._document, self._width = story, state, document, width

    def apply(self, doc: BaseDocTemplate) -> None:
        self._state.document, self._state.first = self._document, doc.page
        self._story[:0] = [flowable for block in self._document.blocks for flowable in _block(block, self._width)]


class _Told(ActionFlowable):  # type: ignore[misc]
    """Here a document has ended."""

    def __init__(self, told: Callable[[], None]) -> None:
        super().__init__()
        self._told = told

    def apply(self, _: BaseDocTemplate) -> None:
        self._told()


class _Modules(Flowable):  # type: ignore[misc]
    """The dark modules of a QR code."""

    def __init__(self, rows: tuple[tuple[bool, ...], ...], side: float) -> None:
        super().__init__()
        self._rows, self._side = rows, side

    def wrap(self, *_: float) -> tuple[float, float]:
        return self._side, self._side

    def draw(self) -> None:
        one = self._side / len(self._rows)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    self.canv.rect(x * one, self._side - (y + 1) * one, one, one, stroke=0, fill=1)


def _watermark(canvas: object, text: str, size: tuple[float, float]) -> None:
    if not text:
        return
    canvas.saveState()  # type: ignore[attr-defined]
    canvas.setFillGray(0.92)  # type: ignore[attr-defined]
    canvas.setFont("Helvetica-Bold", 110)  # type: ignore[attr-defined]
    canvas.translate(size[0] / 2, size[1] / 2)  # type: ignore[attr-defined]
    canvas.rotate(40)  # type: ignore[attr-defined]
    canvas.drawCentredString(0, -35, text)  # type: ignore[attr-defined]
    canvas.restoreState()  # type: ignore[attr-defined]


def _foot(canvas: object, state: _State, size: tuple[float, float]) -> None:
    canvas.setFont("Helvetica-Oblique", 6)  # type: ignore[attr-defined]
    if state.document:
        canvas.drawString(_SIDE, 8 * mm, shorten(state.document.footer, 150))  # type: ignore[attr-defined]
    page = canvas.getPageNumber() - state.first + 1  # type: ignore[attr-defined]
    canvas.drawRightString(size[0] - _SIDE, 8 * mm, f"Hal. {page}")  # type: ignore[attr-defined]


def _block(block: Block, width: float) -> list[Flowable]:
    match block:
        case Heading(lines):
            return [Text("<br/>".join(map(escape, lines)), _TITLE)]
        case Paragraph(lines, small, centred):
            return [_text(lines, _SMALL if small else _MIDDLE if centred else _PLAIN), Spacer(0, 2 * mm)]
        case Sides(left, right):
            grid = Grid([[Text(_short(left), _LEFT), Text(_short(right), _RIGHT)]], [width * 0.4, width * 0.6])
            grid.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)])
            return [grid, Spacer(0, mm)]
        case Table():
            return [_grid(block, width), Spacer(0, 3 * mm)]
        case Signatures(left_sign, right_sign):
            halves = [[_sign(left_sign), _sign(right_sign)]]
            return [KeepTogether([Spacer(0, 5 * mm), Grid(halves, [width / 2, width / 2])])]
        case Code(content, caption):
            return [_code(content, caption, width)]
        case Ruled(count):
            dots = Grid([[""]] * count, [width], [8 * mm] * count)
            dots.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, grey, None, (1, 2))])
            return [dots, Spacer(0, 2 * mm)]
        case PageBreak():
            return [NextPage()]


def _text(lines: tuple[Line, ...], style: ParagraphStyle) -> Text:
    return Text("<br/>".join(_line(line) for line in lines), style)


def _line(line: Line) -> str:
    text = escape(line.text).replace("\n", "<br/>")
    return _MARKS[line.mark] + (f"<b>{text}</b>" if line.bold else text)


def _grid(table: Table, width: float) -> Flowable:
    whole = sum(table.widths)
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.4, black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 0.8 if table.dense else 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.7 if table.dense else 2.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    grid: list[list[object]] = []
    for y, row in enumerate(table.rows):
        cells: list[object] = []
        for cell in row:
            x = len(cells)
            cells += [_cell(cell, table.dense), *[""] * (cell.span - 1)]
            if cell.span > 1:
                style.append(("SPAN", (x, y), (x + cell.span - 1, y)))
            if cell.shaded:
                style.append(("BACKGROUND", (x, y), (x + cell.span - 1, y), _SHADE))
        grid.append(cells)
        if is_full(row) and y + 1 < len(table.rows):
            style.append(("NOSPLIT", (0, y), (0, y + 1)))  # a group's title stays with what follows
        elif table.height and y >= table.head:
            style.append(("BOTTOMPADDING", (0, y), (-1, y), max(3, table.height * mm - 12)))
    columns = [width * part / whole for part in table.widths]
    made = Grid(grid, columns, repeatRows=table.head, splitInRow=int(_overlong(table, columns)))
    made.setStyle(style)
    return made


def _overlong(table: Table, columns: list[float]) -> bool:
    """Whether a row could be higher than a page: only then rows are split, as that also parts rows that would fit on the next."""
    return any(
        sum(len(line.text) * 5.6 / columns[x] + 1 for line in cell.lines) > _ROW_LINES
        for row in table.rows
        for x, cell in enumerate(row)
    )


def _cell(cell: Cell, dense: bool) -> object:
    if len(cell.lines) == 1 and not cell.lines[0].text and not cell.lines[0].mark:
        return ""
    plain, centred = (_DENSE, _DENSE_CENTRED) if dense else (_CELL, _CENTRED)
    return _text(cell.lines, centred if cell.centred else plain)


def _sign(sign: Sign | None) -> list[Flowable]:
    if sign is None:
        return []
    above = "<br/>".join(_short(text) or "&nbsp;" for text in sign.above)
    below = f"<b>{_short(sign.name)}</b><br/>{_short(sign.number)}"
    return [Text(above, _MIDDLE), Spacer(0, 20 * mm), Text(below, _MIDDLE)]


def _short(text: str) -> str:
    """A text for a place that cannot go over pages; what is cut here stands whole in a table of the document."""
    return escape(shorten(text, 300))


def _code(content: str, caption: str, width: float) -> Flowable:
    side = 24 * mm
    rows = qr_rows(content)
    beside = Text(f"{_short(caption)}<br/>{_short(content)}", _SMALL)
    code = Grid([[_Modules(rows, side) if rows else "", beside]], [side + 4 * mm, width - side - 4 * mm])
    code.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return code
