"""argparse in Indonesian: one sentence for a wrong command line, and help without English headings."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from pmm_tui.errors import UsageError

_SENTENCES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"the following arguments are required: (.+)$", lambda m: f"Belum diisi: {m[1]}."),
    (r"unrecognized arguments: (.+)$", lambda m: f"Tidak dikenal: {m[1]}."),
    (r"argument .+?: invalid choice: '?(.*?)'? \(choose from (.+)\)$", lambda m: _choice(m[1], m[2])),
    (r"argument (.+?): expected one argument$", lambda m: f"{m[1]} harus diikuti satu nilai."),
    (r"argument (.+?): expected at least one argument$", lambda m: f"{m[1]} harus diikuti paling sedikit satu nilai."),
    (r"argument (.+?): not allowed with argument (.+)$", lambda m: f"{m[1]} tidak dapat dipakai bersama {m[2]}."),
    (r"one of the arguments (.+) is required$", lambda m: f"Isi salah satu: {', '.join(m[1].split())}."),
    (r"argument (.+?): ignored explicit argument (.+)$", lambda m: f"{m[1]} tidak memakai nilai, ini {m[2]}."),
    (r"argument (.+?): invalid \w+ value: (.+)$", lambda m: f"{m[1]}: nilai {m[2]} tidak dapat dipakai."),
    (r"argument (.+?): (.+)$", lambda m: f"{m[1]}: {m[2]}"),
)


def _choice(given: str, known: str) -> str:
    choices = re.findall(r"[\w-]+", known)
    near = difflib.get_close_matches(given, choices, n=1)
    hint = f'Mungkin maksudnya "{near[0]}"?' if near else f"Yang ada: {', '.join(choices)}."
    return f'"{given}" tidak dikenal. {hint}'


class Parser(argparse.ArgumentParser):
    """A parser that speaks Indonesian and raises UsageError instead of ending the program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"formatter_class": _Formatter, **kwargs, "add_help": False, "allow_abbrev": False})
        self._positionals.title = "perintah dan isian"
        self._optionals.title = "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def parse_args(self, args: Any = None, namespace: Any = None) -> argparse.Namespace:  # type: ignore[override]
        """Read a command line; what is not known is told by the command that does not know it, which has the help on it."""
        found: argparse.Namespace
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            found.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the sentence that says what argparse found."""
        raise UsageError(f"{_sentence(message)} Untuk bantuan ketik: {self.prog} --help.")


def _sentence(message: str) -> str:
    for pattern, say in _SENTENCES:
        if found := re.match(pattern, message, re.DOTALL):
            return say(found)
    return f"Perintah tidak dapat dibaca ({message})."


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)
