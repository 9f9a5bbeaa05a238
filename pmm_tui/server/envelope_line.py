"""One line of a batch: read as strictly as the strictest client reads it back, or told as far as it can be read."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.skp.wire import IDENTITY, MAX_REVISION, Envelope, open_envelope
from pmm_tui.text import clean

_INDEX = re.compile(r"\[(\d+)\]")


class ResultStem(Struct, frozen=True):
    """The members that every result for one envelope has, whatever became of it."""

    pegawai: dict[str, str]
    periode: str
    revision: int
    sha256: str

    def result(self, state: str, **more: Any) -> dict[str, Any]:
        """The result, with the members that the contract always names."""
        return {
            "pegawai": self.pegawai,
            "periode": self.periode,
            "revisi": self.revision,
            "sha256": self.sha256,
            "keadaan": state,
            "tanda_terima": "",
            "masalah": [],
        } | more

    def rejected(self, masalah: list[dict[str, str]]) -> dict[str, Any]:
        """The result of a refusal."""
        return self.result("ditolak", masalah=masalah)


def read_line(line: bytes) -> Envelope:
    """Read an envelope; raises ShapeError, also for what another reader may take for something else, such as a key twice.

    The bytes are handed out as they came: one envelope that a client cannot read would stop its whole pull.
    """
    envelope = open_envelope(line)
    refuse_twice(line, "Amplop", "ajukan")
    return envelope


def refuse_twice(line: bytes, what: str, again: str) -> None:
    """Raise ShapeError for a key that stands twice, and for a number of thousands of digits."""
    try:
        json.loads(line, object_pairs_hook=_table)
    except KeyError as error:
        key = clean(str(error.args[0]), limit=40)
        raise ShapeError(f'{what}: "{key}" ada dua kali; perbarui pmm-tui lalu {again} lagi.') from None
    except (ValueError, RecursionError):
        raise ShapeError(f"{what}: bukan JSON yang utuh.") from None


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        raise KeyError(next(name for name in table if names.count(name) > 1))
    return table


def readable(line: bytes, sha256: str) -> ResultStem:
    """The identifying members of a line that is no envelope, as far as they can be read: its sender finds it by them."""
    try:
        raw = msgspec.json.decode(line) if len(line) <= 1_000_000 else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raw = None
    raw = raw if isinstance(raw, dict) else {}
    sent, periode, revision = raw.get("pegawai"), raw.get("periode"), raw.get("revisi")
    sent = sent if isinstance(sent, dict) else {}
    key = {name: clean(sent[name], limit=40) for name in IDENTITY if isinstance(sent.get(name), str)}
    return ResultStem(
        pegawai=key,
        periode=clean(periode, limit=40) if isinstance(periode, str) else "",
        revision=revision if type(revision) is int and 0 <= revision <= MAX_REVISION else 0,
        sha256=sha256,
    )


def pointer(place: str) -> str:
    """A path such as `rencana.tugas_tambahan.tugas[0].tugas` as a JSON pointer into the plan; empty outside the plan."""
    if not place.startswith("rencana."):
        return ""
    return "/" + _INDEX.sub(r".\1", place.removeprefix("rencana.")).replace(".", "/")
