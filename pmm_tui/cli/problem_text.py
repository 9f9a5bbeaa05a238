"""What several commands say in the same way: problems of plans, and which teachers are meant."""

from __future__ import annotations

from collections.abc import Iterable

from pmm_tui.errors import UsageError
from pmm_tui.skp.model import Masalah


def ids_or_all(ids: list[str], every: bool, option: str) -> None:
    """Raise UsageError unless either some ids or `option` is given."""
    if bool(ids) == every:
        raise UsageError(f"Isi nomor guru (ID), atau {option} untuk semuanya; salah satu saja.")


_COMMANDS = {
    "atasan-kosong": "pmm-tui atasan --nama NAMA --nip NIP",
    "atasan-nip-kosong": "pmm-tui atasan --nip NIP",
    "atasan-nip-salah": "pmm-tui atasan --nip NIP",
}
"""The commands that put right what the screen puts right in its settings."""


def command_words(kode: str) -> str:
    """The command that puts a problem right, to stand behind its sentence; empty where there is none."""
    return f" Perintahnya: {_COMMANDS[kode]}." if kode in _COMMANDS else ""


def problems_json(masalah: Iterable[Masalah]) -> list[dict[str, object]]:
    """Problems for a JSON document."""
    return [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer, "halang": m.halang} for m in masalah]


def problem_lines(masalah: Iterable[Masalah]) -> list[str]:
    """Problems as lines for people; `!` marks one that stops the plan, `-` a warning."""
    return [f"  {'!' if m.halang else '-'} {m.pesan}{command_words(m.kode)}" for m in masalah]
