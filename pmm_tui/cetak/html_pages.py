"""Documents as one HTML page that holds everything itself: the browser prints it on A4, or saves it as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

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

_MARKS = {"": "", "bullet": "• ", "tick": "✓ ", "box": '<span class="box"></span>'}
_STYLE = """
@page{size:A4 %s;margin:13mm 13mm 15mm;@bottom-right{content:"Hal. " counter(page);font:italic 6pt sans-serif}}
*{box-sizing:border-box}
body{font:8.5pt/1.25 "Segoe UI",Arial,"DejaVu Sans","Noto Sans",sans-serif;color:#000;background:#fff;max-width:%s;margin:0 auto}
.doc+.doc,.break{break-before:page}
h1{font-size:11pt;text-align:center;margin:3mm 0 4mm;line-height:1.35}
p{margin:2mm 0}.small{font-size:7.5pt}.centre{text-align:center}
table{width:100%%;border-collapse:collapse;table-layout:fixed;margin:0 0 3mm;font-size:8pt}
thead{display:table-header-group}tr{break-inside:avoid}.group{break-after:avoid}
td{border:.4pt solid #000;padding:.7mm 1.2mm;vertical-align:top;text-align:start;overflow-wrap:anywhere}
.dense{font-size:7.5pt;line-height:1.15}.dense td{padding:.35mm 1.2mm}
.shade{background:#e8e8e8;overflow-wrap:normal;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.sides,.signs{display:flex;justify-content:space-between;gap:6mm;break-inside:avoid}
.sides{font-weight:bold;margin:0 0 2mm}.sides bdi+bdi{white-space:nowrap}
.signs{margin-top:6mm}.signs>div{width:50%%;text-align:center}.signs .room{height:18mm}
.box{display:inline-block;width:2.6mm;height:2.6mm;border:.4pt solid #000;margin-right:1.5mm;vertical-align:-.4mm}
.ruled{border-bottom:.4pt dotted #000;height:7mm}
.code{display:flex;align-items:center;gap:4mm;break-inside:avoid;margin:3mm 0}.code svg{width:24mm;height:24mm}
.mark{position:fixed;top:42%%;left:0;right:0;text-align:center;font:bold 110pt sans-serif;color:#000;opacity:.07;
transform:rotate(-40deg);z-index:1;pointer-events:none}
.foot{font:italic 6.5pt sans-serif;margin-top:4mm}
@media screen{body{padding:8mm 4mm}.doc+.doc,.break{border-top:1px dashed #888;margin-top:10mm;padding-top:6mm}}
"""
_WIDTHS = {False: ("portrait", "190mm"), True: ("landscape", "275mm")}


def html_pages(documents: Sequence[Document], told: Callable[[], None] = lambda: None) -> bytes:
    """The page; `told` is called after each document. All have the orientation of the first."""
    first = documents[0]
    title = first.title if len(documents) == 1 else f"{first.title} dan {len(documents) - 1} lainnya"
    parts = [
        '<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{_STYLE % _WIDTHS[first.landscape]}</style></head><body>\n",
    ]
    if first.watermark:
        parts.append(f'<div class="mark" aria-hidden="true">{escape(first.watermark)}</div>\n')
    for document in documents:
        parts.append('<section class="doc">\n')
        parts += map(_block, document.blocks)
        parts.append(f'<p class="foot" dir="auto">{escape(document.footer)}</p></section>\n' if document.footer else "</section>\n")
        told()
    parts.append("</body></html>\n")
    return "".join(parts).encode()


def _block(block: Block) -> str:
    match block:
        case Heading(lines):
            return f"<h1>{'<br>'.join(map(escape, lines))}</h1>\n"
        case Paragraph(lines, small, centred):
            kind = " ".join(filter(None, ("small" if small else "", "centre" if centred else "")))
            return f'<p class="{kind}">{_lines(lines)}</p>\n'
        case Sides(left, right):
            return f'<div class="sides"><bdi>{escape(left)}</bdi><bdi>{escape(right)}</bdi></div>\n'
        case Table():
            return _table(block)
        case Signatures(left_sign, right_sign):
            return f'<div class="signs">{_sign(left_sign)}{_sign(right_sign)}</div>\n'
        case Code(content, caption):
            return f'<div class="code">{_svg(content)}<div class="small">{escape(caption)}<br>{escape(content)}</div></div>\n'
        case Ruled(count):
            return '<div class="ruled"></div>' * count + "\n"
        case PageBreak():
            return '<div class="break"></div>\n'


def _table(table: Table) -> str:
    whole = sum(table.widths)
    columns = "".join(f'<col style="width:{width * 100 / whole:.2f}%">' for width in table.widths)
    dense = ' class="dense"' if table.dense else ""
    height = f' style="height:{table.height}mm"' if table.height else ""
    head = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in table.rows[: table.head])
    rows = ((' class="group"' if is_full(row) else height, row) for row in table.rows[table.head :])
    body = "".join(f"<tr{about}>{''.join(map(_cell, row))}</tr>\n" for about, row in rows)
    return (
        f"<table{dense}><colgroup>{columns}</colgroup>\n{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>\n"
    )


def _cell(cell: Cell) -> str:
    kind = " ".join(filter(None, ("shade" if cell.shaded else "", "centre" if cell.centred else "")))
    about = (f' class="{kind}"' if kind else "") + (f' colspan="{cell.span}"' if cell.span > 1 else "")
    return f"<td{about}>{_lines(cell.lines)}</td>"


def _lines(lines: tuple[Line, ...]) -> str:
    """Each line stands by itself: its own direction, so that Arabic letters do not turn what is around them."""
    return "<br>".join(
        _MARKS[line.mark] + (f"<b><bdi>{t}</bdi></b>" if line.bold else f"<bdi>{t}</bdi>") for line, t in _texts(lines)
    )


def _texts(lines: tuple[Line, ...]) -> list[tuple[Line, str]]:
    return [(line, escape(line.text).replace("\n", "<br>")) for line in lines]


def _sign(sign: Sign | None) -> str:
    if sign is None:
        return "<div></div>"
    above = "".join(f"{escape(text) or '&nbsp;'}<br>" for text in sign.above)
    return f'<div>{above}<div class="room"></div><b><bdi>{escape(sign.name)}</bdi></b><br>{escape(sign.number)}</div>'


def _svg(content: str) -> str:
    rows = qr_rows(content)
    if not rows:
        return ""
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return f'<svg viewBox="0 0 {len(rows)} {len(rows)}" role="img" aria-label="QR"><path d="{path}"/></svg>'
