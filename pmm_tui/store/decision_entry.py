"""What stands in the outbox of decisions, and what a head's desk has to know of a plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.skp.decision import SealedDecision, open_decision
from pmm_tui.skp.wire import Held, Keputusan, WireMasalah
from pmm_tui.store.outbox_entry import OPEN_STATES, State
from pmm_tui.store.times import from_text


class DecisionEntry(Struct, frozen=True, kw_only=True):
    """One sealed decision and what became of it; the members that an `OutboxEntry` has too mean the same.

    `nomor` is the id that was made here, `dasar` that of the decision it was made upon. `revisi` and `sha256_rencana` are the
    revision of the plan that was read; `sha256` is the digest of `line`.
    """

    id: int
    pegawai_id: int
    periode: str
    revisi: int
    sha256_rencana: str
    nomor: str
    dasar: str
    keputusan: Keputusan
    sha256: str
    line: bytes
    kunci: dict[str, str]
    dibuat: datetime
    keadaan: State
    percobaan: int
    tanda_terima: str
    waktu_server: str
    status_server: str
    masalah: tuple[WireMasalah, ...]
    dipegang: Held | None
    catatan: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent, on its way, or sent without a word of whether it arrived."""
        return self.keadaan in OPEN_STATES

    @property
    def said(self) -> SealedDecision | None:
        """The decision as it was sealed; None where a damaged disk made it unreadable."""
        try:
            return open_decision(self.line)
        except ShapeError:
            return None


class Sealed(Protocol):
    """What is sent: a row of either outbox, or a line of a transfer file; `id` tells lines of one run apart."""

    @property
    def id(self) -> int: ...  # noqa: D102  (as in `OutboxEntry`, and so are the others)
    @property
    def pegawai_id(self) -> int: ...  # noqa: D102
    @property
    def periode(self) -> str: ...  # noqa: D102
    @property
    def revisi(self) -> int: ...  # noqa: D102
    @property
    def kunci(self) -> dict[str, str]: ...  # noqa: D102
    @property
    def sha256(self) -> str: ...  # noqa: D102
    @property
    def line(self) -> bytes: ...  # noqa: D102


class DeskPlan(Struct, frozen=True, kw_only=True):
    """A plan that the server holds, as a head's desk sees it.

    `line` is its envelope, empty where its content is not here yet. `sent_at` and `by` are when it was stored and who sent it.
    `status` is `diajukan`, `disetujui` or `dikembalikan`; `catatan`, `waktu`, `nomor` and `ekspektasi` are of the decision that
    stands, empty for none. `read` tells whether this very revision was read to its end, `read_before` which other one was.
    """

    pegawai_id: int
    periode: str
    revisi: int
    sha256: str
    line: bytes = b""
    receipt: str = ""
    sent_at: str = ""
    by: str = ""
    status: str = "diajukan"
    catatan: str = ""
    waktu: str = ""
    nomor: str = ""
    ekspektasi: dict[str, str] = {}
    read: bool = False
    read_before: int = 0


class ReadPlan(Struct, frozen=True, kw_only=True):
    """A revision that a head has read to its end."""

    revisi: int
    sha256: str
    line: bytes
    at: datetime


COLUMNS = ", ".join(DecisionEntry.__struct_fields__)


def from_row(row: tuple[Any, ...]) -> DecisionEntry:
    """Build an entry from a row of `COLUMNS`."""
    values = dict(zip(DecisionEntry.__struct_fields__, row, strict=True))
    values["kunci"] = msgspec.json.decode(values["kunci"], type=dict[str, str])
    values["dibuat"] = from_text(values["dibuat"])
    values["masalah"] = msgspec.json.decode(values["masalah"], type=tuple[WireMasalah, ...])
    values["dipegang"] = msgspec.json.decode(values["dipegang"], type=Held | None)
    return DecisionEntry(**values)
