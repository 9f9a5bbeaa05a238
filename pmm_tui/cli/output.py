"""What a command says: what was asked for on stdout, narration on stderr; cleaned, and never stopped by a closed pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from pmm_tui.errors import StorageError
from pmm_tui.text import MAX_MARKS, clean, is_mark


class Output:
    """The two streams of a command.

    A reader that went away (`| head`) ends neither the command nor its work; the rest of the text is dropped. `school` is the NPSN
    that our commands name in sentences, empty where this computer keeps only one school.
    """

    school = ""

    def __init__(self, stdout: TextIO, stderr: TextIO) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self._gone: set[TextIO] = set()

    def line(self, text: str = "") -> None:
        """Write a line of what was asked for."""
        self._write(self._stdout, f"{_cleaned(self._named(text))}\n")

    def raw(self, text: str) -> None:
        """Write text of our own as it is."""
        self._write(self._stdout, text)

    def say(self, text: str) -> None:
        """Write a line of narration."""
        self._write(self._stderr, f"{_cleaned(self._named(text))}\n")

    def document(self, content: Any) -> None:
        """Write the one JSON document; escaped where the console could not show the letters."""
        import json  # lazy: only for --json

        unicode = (getattr(self._stdout, "encoding", "") or "").lower().replace("-", "") == "utf8"
        text = self._named(json.dumps(content, ensure_ascii=not unicode, indent=2))
        self._write(self._stdout, "\n".join(map(_escaped, text.split("\n"))) + "\n")

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write lines in columns as wide as their widest cell; the last one is not padded."""
        cells = [[clean(cell) for cell in row] for row in (head, *rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
        for row in cells:
            self.line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    def flush(self) -> None:
        """Send what is still held back."""
        for stream in (self._stdout, self._stderr):
            self._write(stream, "")

    def _named(self, text: str) -> str:
        if not self.school:
            return text
        from pmm_tui.command_words import naming_school  # lazy: only where several schools are kept

        return naming_school(text, self.school)

    def _write(self, stream: TextIO, text: str) -> None:
        if stream in self._gone:
            return
        try:
            stream.write(text)
            stream.flush()
        except BrokenPipeError:
            self._drop(stream)
        except OSError as error:
            self._drop(stream)
            if stream is self._stdout:  # what was asked for cannot be told: that is a failure, unlike a lost narration
                from pmm_tui.private_file import reason  # lazy: `--help` loads next to nothing

                raise StorageError(f"Keluaran tidak dapat ditulis ({reason(error)}); periksa tujuan keluaran.") from None

    def _drop(self, stream: TextIO) -> None:
        """Point a stream that nobody reads any more to nowhere, so that the interpreter's last flush finds no fault."""
        self._gone.add(stream)
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            return


def console() -> Output:
    """The program's own streams; letters that the console's encoding lacks (cp1252) become `?`."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  open until the end
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    return Output(sys.stdout, sys.stderr)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; one that whoever started the program closed is none."""
    return stream is not None and stream.isatty()


def _escaped(text: str) -> str:
    """JSON escapes control characters, but neither C1 nor bidi and invisible ones, which a terminal obeys as well; nor floods."""
    if text.isascii() and text.isprintable():
        return text
    import json  # lazy: only for --json

    kept = set(_kept(text))
    return "".join(letter if at in kept else json.dumps(letter)[1:-1] for at, letter in enumerate(text))


def _kept(text: str) -> Iterator[int]:
    """The places of the letters that may be printed as they are."""
    marks = 0
    for at, letter in enumerate(text):
        marks = marks + 1 if is_mark(letter) else 0
        if letter.isprintable() and marks <= MAX_MARKS:
            yield at


def _cleaned(text: str) -> str:
    """One line, its indent kept: a break in a file's name must not make a line that looks like ours (CWE-117)."""
    return " " * (len(text) - len(text.lstrip(" "))) + clean(text)
