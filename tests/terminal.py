"""A terminal for tests, Linux only: runs a program in a pty, sends keys as xterm does, and keeps the screen with pyte."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte
from msgspec import Struct

PATIENCE = 20.0
"""Seconds after which something that was waited for is called missing."""

_KEYS = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "ctrl+home": "\x1b[1;5H", "ctrl+end": "\x1b[1;5F",
    "insert": "\x1b[2~", "delete": "\x1b[3~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~",
    "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
}  # fmt: skip
_ON_AT_FIRST = {7, 25}  # lines wrap, the cursor shows
_NO_SWITCH = {12, 2026}  # the cursor's blinking, and the brackets round a frame
_PRIVATE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_ASKED = re.compile(rb"(\xc2\xa0\x1b\[b)?\x1b\[(\?2026\$p|[56]n|0?c)")
_ANSWER = {b"?2026$p": b"\x1b[?2026;2$y", b"5n": b"\x1b[0n", b"6n": b"\x1b[1;1R"}
_REPEATED = b"\x1b[2;3R"  # where the cursor is after a character in the second row, and once more
_ATTRIBUTES = b"\x1b[?62;22c"
# What pyte would print as text, because it does not know it.
_UNKNOWN = re.compile(rb"\x1b\[[<=>][0-?]*[ -/]*[@-~]|\x1b\[[0-?]*[ -/]+[@-~]|\x1b\[\?[0-9;]*[mnu]|\x1b[P_^X].*?\x1b\\", re.S)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P_^X](?:(?!\x1b\\).)*)?\Z", re.S)
_FRAME_END = b"\x1b[?2026l"


class Chunk(Struct, frozen=True):
    """What came, and when (`time.perf_counter`)."""

    at: float
    content: bytes


class Missing(AssertionError):
    """The program did not do what was waited for; the message shows its screen."""


class _Screen(pyte.Screen):
    """pyte's screen, which also repeats characters, and clears the alternate screen as xterm does."""

    _last = " "

    def draw(self, data: str) -> None:
        self._last = data[-1:] or self._last
        super().draw(data)

    def repeat(self, count: int = 1) -> None:
        self.draw(self._last * max(count, 1))

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        super().set_mode(*modes, **kwargs)
        self._alternate(modes, kwargs)

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        super().reset_mode(*modes, **kwargs)
        self._alternate(modes, kwargs)

    def _alternate(self, modes: Sequence[int], kwargs: Mapping[str, bool]) -> None:
        if kwargs.get("private") and 1049 in modes:
            self.erase_in_display(2)
            self.cursor_position()


class _Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "b": "repeat"}
    events = pyte.ByteStream.events | {"repeat"}


class _Whole:
    """Passes bytes on, but holds an escape sequence back until all of it is there."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, content: bytes) -> bytes:
        content = self._tail + content
        unfinished = _UNFINISHED.search(content)
        cut = unfinished.start() if unfinished else len(content)
        self._tail = content[cut:]
        return content[:cut]


class Terminal:
    """A program on a terminal of its own, as the leader of its own session.

    `env` is the program's whole environment but for TERM and COLORTERM. `chunks` is all that it wrote, read by read, `modes` the
    private modes that are on, `pressed` how many keys were sent, `drawn_at` when the bytes came that made the screen what it is.
    Nothing is read unless somebody waits, and the screen goes on frame by frame, so that a wait sees every state in its order, also
    one that stood for a moment only.
    """

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str], *, size: tuple[int, int] = (80, 24), term: str = "xterm-256color"
    ) -> None:
        self.chunks: list[Chunk] = []
        self.modes = set(_ON_AT_FIRST)
        self.pressed = 0
        self._frames: list[Chunk] = []  # read and not yet drawn
        self._heard, self._drawable = _Whole(), _Whole()
        self._over = False
        self._status: int | None = None
        self._pyte = _Screen(*size)
        self._stream = _Stream(self._pyte)
        self._master, slave = os.openpty()
        self.resize(*size)
        tty = os.ttyname(slave)
        self.started = self.drawn_at = time.perf_counter()
        self.pid = self._start(argv, {**env, "TERM": term, "COLORTERM": "truecolor"}, tty)
        self._pidfd = os.pidfd_open(self.pid)
        os.close(slave)

    def _start(self, argv: Sequence[str], env: Mapping[str, str], tty: str) -> int:
        """Start the program; returns its process id. Another way to start one overrides this and `_reap`."""
        # The child opens the terminal after it has become the leader of a session, so that it is the controlling one.
        opened = [(os.POSIX_SPAWN_OPEN, 0, tty, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        usual = (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE, signal.SIGTERM)
        return os.posix_spawn(argv[0], argv, env, file_actions=opened, setsid=True, setsigdef=usual)

    def _reap(self) -> int:
        """How the program, which has ended, ended: its exit code, negative for a signal."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        """Take the terminal away, which ends the program; kill it where that is not enough."""
        self.hang_up()
        if self._status is None and not select.select([self._pidfd], [], [], 5)[0]:
            self.kill(signal.SIGKILL)
        self.exit_code()
        os.close(self._pidfd)

    # ---- what a person does

    def press(self, *keys: str) -> None:
        """Press keys: `down`, `ctrl+q`, `a`."""
        for key in keys:
            self.pressed += 1
            os.write(self._master, _encode(key, application=1 in self.modes))

    def think(self) -> None:
        """Let pass what a person lets pass before an answer; what comes closer to a run of keys is none."""
        self.silence(0.5)

    def type(self, text: str) -> None:
        """Type letters."""
        self.press(*text)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._pyte.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the window: the program hears SIGHUP."""
        if self._master >= 0:
            os.close(self._master)
        self._master, self._over = -1, True

    def children(self) -> set[int]:
        """The processes that any thread of it started and that have not ended."""
        return {int(one) for task in Path(f"/proc/{self.pid}/task").iterdir() for one in (task / "children").read_text().split()}

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        signal.pidfd_send_signal(self._pidfd, number)

    # ---- what a person sees

    def screen(self) -> str:
        """The screen as text, a line a row, with all that was read up to now."""
        while self.draw():
            pass
        return self.shown()

    def wait(self, *texts: str, without: str = "", patience: float = PATIENCE) -> str:
        """Wait until the screen shows all of `texts` and not `without`; returns the screen. Raises Missing."""

        def there(screen: str) -> bool:
            return all(text in screen for text in texts) and not (without and without in screen)

        return self.until(there, f"{texts}{f' without {without!r}' if without else ''}", patience)

    def until(self, there: Callable[[str], bool], what: str, patience: float = PATIENCE) -> str:
        """Wait until `there` is true of the screen; returns the screen. Raises Missing, which says `what` was waited for."""
        deadline = time.perf_counter() + patience
        while not there(screen := self.shown()):
            if self.draw() or self.read(0.2):
                continue
            if self._over or time.perf_counter() > deadline:
                raise Missing(f"{'ended before' if self._over else 'no'} {what}:\n{screen}")
        return screen

    def silence(self, seconds: float, patience: float = PATIENCE) -> None:
        """Read until nothing has come for `seconds`, at most for `patience`."""
        last = time.perf_counter()
        deadline = last + patience
        while (now := time.perf_counter()) < min(last + seconds, deadline):
            if self.read(last + seconds - now):
                last = self.chunks[-1].at

    def exit_code(self, patience: float = PATIENCE) -> int:
        """Wait for the end; returns the exit code, negative for a signal. Raises Missing."""
        deadline = time.perf_counter() + patience
        while self._status is None:
            self.read(0.05)
            if select.select([self._pidfd], [], [], 0.05 if self._over else 0)[0]:
                self._status = self._reap()
            elif time.perf_counter() > deadline:
                raise Missing(f"no end within {patience} s:\n{self.screen()}")
        while self.read(0):
            pass
        return self._status

    def shown(self) -> str:
        """The screen as it stands at the last frame that was drawn."""
        screen = self._pyte  # its own `display` cannot be read while half of a wide letter is written over
        lines = ("".join(screen.buffer[y][x].data for x in range(screen.columns)) for y in range(screen.lines))
        return "\n".join(line.rstrip() for line in lines)

    # ---- bytes

    def read(self, patience: float) -> bool:
        """Read once, waiting up to `patience` seconds; false when nothing came."""
        if self._over or not select.select([self._master], [], [], patience)[0]:
            return False
        try:
            content = self._take(self._master)
        except OSError:  # EIO: the last program on the terminal has gone
            content = b""
        if not content:
            self._over = True
            return False
        chunk = Chunk(time.perf_counter(), content)
        self.chunks.append(chunk)
        *whole, rest = content.split(_FRAME_END)
        self._frames += [Chunk(chunk.at, part) for part in [*(part + _FRAME_END for part in whole), rest] if part]
        self._listen(self._heard.feed(content))
        return True

    def _take(self, master: int) -> bytes:
        """Take what has come over the line. A slower one overrides this."""
        return os.read(master, 65536)

    def draw(self) -> bool:
        """Draw one more frame of what was read; false when all is drawn."""
        if not self._frames:
            return False
        frame = self._frames.pop(0)
        self._stream.feed(_UNKNOWN.sub(b"", self._drawable.feed(frame.content)))
        self.drawn_at = frame.at
        return True

    def _listen(self, content: bytes) -> None:
        """Note the modes that are switched, and answer what programs ask of a terminal, as one that can bracket frames."""
        for numbers, switch in _PRIVATE.findall(content):
            modes = {int(n) for n in numbers.split(b";") if n} - _NO_SWITCH
            self.modes = self.modes | modes if switch == b"h" else self.modes - modes
        for tried, asked in _ASKED.findall(content):
            os.write(self._master, _REPEATED if tried else _ANSWER.get(asked, _ATTRIBUTES))

    @property
    def modes_left(self) -> set[int]:
        """The private modes that stand otherwise than a terminal begins with."""
        return self.modes ^ _ON_AT_FIRST


def _encode(key: str, *, application: bool) -> bytes:
    """What xterm sends; arrows, Home and End differ while mode 1 (application cursor keys) is on."""
    if key in _KEYS:
        code = _KEYS[key]
        return (code.replace("[", "O") if application and len(code) == 3 else code).encode()
    held, _, base = key.rpartition("+")
    if held == "ctrl" and len(base) == 1:
        return bytes([ord(base.upper()) & 0x1F])
    if held == "alt" and len(base) == 1:
        return b"\x1b" + base.encode()
    if len(key) == 1:
        return key.encode()
    raise ValueError(f"unknown key {key!r}")
