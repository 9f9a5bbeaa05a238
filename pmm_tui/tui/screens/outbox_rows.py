"""What Kotak Kirim says of each row: the columns, and the lines about the row under the cursor. Pure, from the envelopes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len

from pmm_tui.dates import clock, date_and_time, short_time
from pmm_tui.services.delivery_words import state_words
from pmm_tui.services.status_words import held_words, time_words
from pmm_tui.skp.plan_state import State
from pmm_tui.store.decision_entry import DecisionEntry
from pmm_tui.store.outbox_entry import OPEN_STATES, HeldPlan, OutboxEntry, is_in_file
from pmm_tui.text import shorten
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.look import Look, StyleName

Told = tuple[str, StyleName]
"""A line about a row, and the name of its style."""
_STYLES: dict[str, StyleName] = {
    "queued": "accent", "sending": "accent", "unknown": "accent", "sent": "good", "rejected": "error", "conflict": "error",
    "superseded": "dim",
}  # fmt: skip
_SIGNS = {
    "queued": State.QUEUED, "sending": State.QUEUED, "unknown": State.QUEUED, "sent": State.SENT, "rejected": State.TO_FIX,
    "conflict": State.CONFLICT,
}  # fmt: skip
_CUT = 60
"""How many letters of a name or a receipt are shown: what comes after them has to fit into the same few lines."""
_STATE, _REV, _TIME, _RECEIPT = 17, 3, 12, 14
_LEAST_NAME = 20
"""Cells of a name below which the receipt has no column: the details tell it too."""


class HeldBack(Struct, frozen=True):
    """So many envelopes of a period that has ended, sent once and not on the server that is asked now: they go when asked for."""

    periode: str
    count: int

    @property
    def words(self) -> str:
        """The row's own words."""
        return f"{self.count} rencana periode {shorten(self.periode, 40)} belum ada di server ini"


class Said(NamedTuple):
    """What the columns say of a row; `sign` is of the state of a plan that it is like."""

    name: str
    word: str
    style: StyleName
    sign: State | None
    revision: str = ""
    time: str = ""
    end: str = ""


def row_words(row: HeldBack | HeldPlan | OutboxEntry, name: str, next_try: datetime | None, *, replaced: bool) -> Said:
    """The words of a row. `replaced`: the server holds a newer revision of the plan, which this one is not any more."""
    match row:
        case HeldBack():
            return Said(row.words, "tidak dikirim", "warning", None, end="Enter: kirim juga?")
        case HeldPlan():
            return Said(name, State.NEWER.short, "warning", State.NEWER, str(row.revisi), server_time(row.waktu), row.oleh)
    word, style, sign = _word(row, replaced=replaced)
    end = row.tanda_terima
    if row.keadaan in OPEN_STATES and not row.ditahan:
        end = f"lagi {clock(next_try)}" if next_try else end
    elif row.keadaan == "rejected":
        end = f"{len(row.masalah)} masalah"
    elif row.keadaan == "conflict" and row.dipegang:
        end = f"server: rev {row.dipegang.revisi}"
    return Said(name, word, style, sign, str(row.revisi), server_time(row.waktu_server) or short_time(row.dibuat), end)


def _word(entry: OutboxEntry, *, replaced: bool) -> tuple[str, StyleName, State | None]:
    """What the column says of an envelope, its style, and the state that has its sign."""
    if replaced:
        return "diganti", "faint", None
    if entry.keadaan == "sent" and entry.status_server == "disetujui":
        return entry.status_server, "good", State.APPROVED
    if entry.keadaan == "sent" and entry.status_server == "dikembalikan":
        return entry.status_server, "warning", State.RETURNED
    if entry.ditahan:
        return "tidak dikirim", "warning", None
    return state_words(entry.keadaan, entry.catatan).short, _STYLES[entry.keadaan], _SIGNS.get(entry.keadaan)


def server_time(text: str) -> str:
    """A server's time in few words; empty where it is none."""
    try:
        return short_time(datetime.fromisoformat(text)) if text else ""
    except (ValueError, OverflowError, OSError):  # the last two: a year that no clock of this computer knows
        return ""


class OutboxColumns(NamedTuple):
    """How many cells the name has, and the receipt; the others are as wide as what they say."""

    name: int
    receipt: int

    @classmethod
    def at(cls, width: int) -> OutboxColumns:
        """Share out a list's width."""
        rest = width - 2 - (_STATE + 1) - (_REV + 1) - (_TIME + 1) - 1
        receipt = _RECEIPT if rest >= _LEAST_NAME + _RECEIPT + 1 else 0
        return cls(max(rest - (receipt + 1 if receipt else 0), 8), receipt)

    def headings(self, look: Look) -> list[Piece]:
        """The line of headings."""
        end = " Tanda terima" if self.receipt else ""
        return [(f"  {'Keadaan':<{_STATE}} {'Guru':<{self.name}} {'Rev':>{_REV}} {'Waktu':<{_TIME}}{end}", look.styles.dim)]

    def row(self, said: Said, look: Look, *, here: bool) -> list[Piece]:
        """A row of the list."""
        signs = look.signs
        sign = look.state_sign(said.sign) if said.sign else "-"
        name = fit(said.name, self.name, signs.ellipsis)
        end = fit(said.end, self.receipt, signs.ellipsis) if self.receipt else ""
        return [
            (f"{signs.cursor if here else ' '} ", None),
            (f"{f'{sign} {said.word}':<{_STATE}} ", look.styles.named(said.style)),
            (name + " " * (self.name - cell_len(name)), look.styles.named("faint" if said.style == "faint" else "")),
            (f" {said.revision:>{_REV}} {said.time:<{_TIME}} ", look.styles.dim),
            (end, look.styles.named("faint" if said.style == "faint" else "")),
        ]


def thrifty_row(
    said: Said, row: HeldBack | HeldPlan | DecisionEntry | OutboxEntry, width: int, look: Look, *, here: bool
) -> list[Piece]:
    """A row where each byte is waited for: no times, and the receipt behind the revision."""
    room = max(width - 2 - 1 - 19 - 1 - 5 - 1 - 21, 16)
    name = fit(said.name, room, look.signs.ellipsis)
    match row:
        case HeldBack():
            word, end = said.word, f" {said.end}"
        case HeldPlan():
            word, end = f"{look.state_sign(State.NEWER)} {said.word}", f" rev {said.revision:<3} {said.end}"
        case _:
            word, end = said.word, f" rev {said.revision:<3} {row.tanda_terima}"
    style = look.styles.named(said.style)
    head = f"{look.signs.cursor if here else ' '} {name}{' ' * (room - cell_len(name))} "
    return [(head, None), (f"{word:<19}", style), (end, None)]


# ---- the lines about the row under the cursor


def detail_lines(
    row: HeldBack | HeldPlan | OutboxEntry, name: str, held: HeldPlan | None, next_try: datetime | None, *, replaced: bool
) -> list[Told]:
    """Whose it is, how it stands and what can be done; `held` is what the server holds and nobody here has seen."""
    match row:
        case HeldBack():
            told = "Pernah terkirim dari sini, tetapi server yang sekarang tidak memegangnya. Tidak dikirim dengan sendirinya."
            return [(row.words, "strong"), (told, ""), ("Enter menanyakan apakah semuanya dikirim juga.", "accent")]
        case HeldPlan():
            step = "Enter membandingkannya dengan isi di sini; sesudah itu pilih mana yang dipakai."
            return [(shorten(name, _CUT), "strong"), (f"Lebih baru di server: {held_words(row)}.", "warning"), (step, "")]
    return _entry_lines(row, name, held, next_try, replaced=replaced)


def _entry_lines(entry: OutboxEntry, name: str, held: HeldPlan | None, next_try: datetime | None, *, replaced: bool) -> list[Told]:
    lines: list[Told] = [(shorten(name, _CUT), "strong")]
    if entry.keadaan == "sent":
        receipt, when = shorten(entry.tanda_terima, _CUT) or "-", time_words(entry.waktu_server) or "-"
        lines.append((f"Tanda terima {receipt}, diterima server {when}, sha256 {entry.sha256[:12]}", "good"))
        if replaced:
            lines.append(("Sudah diganti revisi yang lebih baru, yang juga sudah diterima server.", "dim"))
    elif entry.ditahan:
        lines.append(("Periodenya sudah berakhir dan server yang sekarang tidak memegangnya; dikirim hanya bila diminta.", ""))
    elif entry.keadaan in OPEN_STATES:
        tries = f", sudah dicoba {entry.percobaan} kali" if entry.percobaan else ""
        if is_in_file(entry.keadaan, entry.catatan):
            again = "Di berkas: menunggu tanda terimanya, atau dikirim dari sini saat ada jaringan."
        else:
            again = f"Dicoba lagi pukul {clock(next_try)}." if next_try else "Akan dikirim saat ada jaringan."
        lines.append((f"Aman di komputer ini sejak {date_and_time(entry.dibuat)}{tries}. {again}", ""))
    elif entry.keadaan == "conflict":
        lines += _conflict_lines(entry, held)
    lines += [(m.pesan, "error") for m in entry.masalah]
    if entry.catatan:
        lines.append((f"Catatan: {entry.catatan}", "warning"))
    return lines


def _conflict_lines(entry: OutboxEntry, held: HeldPlan | None) -> list[Told]:
    if held is not None:
        holds = held_words(held)
    elif entry.dipegang:
        holds = f"revisi {entry.dipegang.revisi} (sha256 {entry.dipegang.sha256[:12]})"
    else:
        holds = ""
    told = f"Server memegang {holds}." if holds else "Server tidak memegang rencana ini lagi."
    return [(told, "error"), ("Enter membandingkan keduanya; sesudah itu pilih mana yang dipakai.", "")]
