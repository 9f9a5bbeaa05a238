"""Finding the rows that head a table: one row, or two with merged cells, anywhere among the first rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from pmm_tui.roster.heading_match import NONE, Columns, Remembered, heading_shape, match, meaning, of_others
from pmm_tui.roster.headings import HeadingMap, heading_key
from pmm_tui.roster.row_kinds import person_number
from pmm_tui.text import clean

HEADING_ROWS = 100
"""Rows with something in them among which the headings are looked for."""

_NEUTRAL = (
    "identitas",
    "data",
    "biodata",
    "guru",
    "ptk",
    "gtk",
    "pegawai",
    "pribadi",
    "pendidik",
    "kepegawaian",
    "profil",
    "nomor",
)

Numbered = Iterator[tuple[int, Sequence[object]]]


class Head(Struct, frozen=True):
    """The head of a table: its row, the columns (several where tables stand side by side), the texts, what stands above it.

    `second` is the row of the lower half of a head of two rows, 0 when there is none.
    """

    number: int
    lanes: tuple[Columns, ...]
    texts: tuple[str, ...]
    above: str
    second: int = 0

    @property
    def shape(self) -> str:
        """What files with these headings share."""
        return heading_shape(self.texts)


def texts_of(row: Sequence[object]) -> list[str]:
    """The texts of a row, one a column, empty where there is none."""
    return [clean(value, limit=80) if isinstance(value, str) else "" for value in row]


def find_head(
    numbered: Iterable[tuple[int, Sequence[object]]], headings: HeadingMap, width: int, remembered: Remembered | None = None
) -> tuple[Head | None, Numbered, list[str]]:
    """The first head, the rows after it, and the texts of the fullest row before it (of all rows when there is none)."""
    rows = iter(numbered)
    above: list[str] = []
    before: tuple[int, list[str]] = (0, [])
    fullest: list[str] = []
    for number, row in rows:
        texts = texts_of(row[:width])
        if not any(texts):
            continue
        if not any(map(person_number, texts)):
            said = " ".join(above)
            if columns := match(texts, headings, remembered):
                head, rest = _whole(Head(number, (columns,), tuple(texts), said), before, rows, headings, remembered, width)
                return head, rest, fullest
            joined = _join(before[1], texts, headings) if before[0] == number - 1 else []
            if joined and match(joined, headings, remembered):
                return Head(number, lanes(joined, headings, remembered), tuple(joined), said), rows, fullest
        above.append(" ".join(filter(None, texts)))
        if not any(any(map(str.isdigit, text)) for text in texts):  # rather headings than somebody's data
            fullest = max(fullest, texts, key=lambda found: sum(map(bool, found)))
        before = (number, texts)
        if len(above) >= HEADING_ROWS:
            break
    return None, rows, fullest


def _whole(
    head: Head,
    before: tuple[int, list[str]],
    rows: Numbered,
    headings: HeadingMap,
    remembered: Remembered | None,
    width: int,
) -> tuple[Head, Numbered]:
    """The head with what merged cells put into the row above it or below it."""
    number, texts, columns = head.number, list(head.texts), head.lanes[0]
    if before[0] == number - 1 and any(meaning(text, headings)[0] in ("nama", "nama_nip") for text in before[1]):
        joined = _join(before[1], texts, headings)
        if match(joined, headings, remembered):  # the name that stands in this row is a part of something else
            return Head(number, lanes(joined, headings, remembered), tuple(joined), head.above), rows
    elif before[0] == number - 1:
        upper = [*before[1], *[""] * (len(texts) - len(before[1]))]
        lent = [
            text or (up if up and meaning(up, headings)[0] not in ("", *columns.places) else "")
            for text, up in zip(texts, upper, strict=False)
        ]
        texts = lent if match(lent, headings, remembered) else texts
    second = 0
    following = next(rows, None)
    if following is not None:
        lower = texts_of(following[1][:width])
        if following[0] == number + 1 and _is_lower_half(texts, lower, following[1][:width], columns, headings):
            joined = _join(texts, lower, headings)
            if match(joined, headings, remembered):
                texts, second = joined, following[0]
        if not second:
            rows = chain([following], rows)
    return Head(number, lanes(texts, headings, remembered), tuple(texts), head.above, second), rows


def _is_lower_half(
    upper: Sequence[str], lower: Sequence[str], row: Sequence[object], columns: Columns, headings: HeadingMap
) -> bool:
    """Whether a row below names parts of merged headings: words, none in the name's column, one below a blank or all known."""
    filled = [at for at, value in enumerate(row) if value not in (None, "") and str(value).strip()]
    name = columns.places.get("nama", columns.places.get("nama_nip", -1))
    if not filled or name in filled or not all(lower[at] and any(map(str.isalpha, lower[at])) for at in filled):
        return False
    if any(len(lower[at]) > 40 or any(map(str.isdigit, lower[at])) for at in filled):
        return False
    under_blank = any(at < len(upper) and not upper[at] and any(upper[:at]) for at in filled)
    sure = [meaning(lower[at], headings) for at in filled]
    return under_blank or (len(sure) > 1 and all(field and not wrong for field, wrong in sure))


def _join(upper: Sequence[str], lower: Sequence[str], headings: HeadingMap) -> list[str]:
    """The headings of two rows as one: of a merged cell the lower names the part."""
    joined, carried = [], ""
    for at in range(max(len(upper), len(lower))):
        up = upper[at] if at < len(upper) else ""
        low = lower[at] if at < len(lower) else ""
        carried = up or carried
        if not low:
            joined.append(up)
        elif not carried:
            joined.append(low)
        else:
            joined.append(_part(carried, low, headings))
    return joined


def _part(up: str, low: str, headings: HeadingMap) -> str:
    if of_others(up):
        return f"{up} {low}"[:80]
    field, _ = meaning(low, headings)
    if low.casefold().strip(" .") in ("tempat", "tmpt", "tmp"):
        return f"{low} ({up})"[:80] if "lahir" not in up.casefold() else "Tempat Lahir"
    if low.casefold().strip(" .") in ("tanggal", "tgl") and any(word in up.casefold() for word in ("lahir", "ttl")):
        return "Tanggal Lahir"
    whole, _ = meaning(f"{up} {low}", headings)
    if whole:
        return f"{up} {low}"[:80]
    neutral = any(word in up.casefold() for word in _NEUTRAL) or meaning(up, headings)[0] not in ("", "jabatan")
    return low if field and (neutral or field not in ("nama", "jk_l", "jk_p")) else f"{up} {low}"[:80]


def lanes(texts: Sequence[str], headings: HeadingMap, remembered: Remembered | None = None) -> tuple[Columns, ...]:
    """The columns of each table that a head has: several where tables stand side by side, each with a name and a number."""
    found = []
    blocks = list(beside(texts))
    if len(blocks) > 1:
        for start, end in blocks:
            alone = [""] * start + list(texts[start:end])
            if columns := match(alone, headings, remembered):
                found.append(columns)
    if len(found) > 1:
        return tuple(found)
    columns = match(texts, headings, remembered)
    return (columns,) if columns else (NONE,)


def beside(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The blocks of a heading row, from and to: parted by empty cells, or where the first heading of a block comes again."""
    start, first = -1, ""
    for at, text in enumerate((*texts, "")):
        key = heading_key(text)
        if start >= 0 and (not key or key == first):
            yield start, at
            start = -1
        if start < 0 and key:
            start, first = at, key
