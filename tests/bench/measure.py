"""What a person at a terminal waits for, measured: times from the bytes as they are read, sizes from the bytes alone."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.terminal import Missing, Terminal

BPS = 9600

Figures = dict[str, float]
"""Measured numbers by name; the last word of a name is its unit."""


class Measure(Terminal):
    """A terminal with a stopwatch. Drawing waits until nothing more comes, so that it does not disturb what is measured.

    `silent` seconds without a byte end the answer to a key; its first byte is waited for `waiting` seconds (Esc takes 0.11).
    """

    silent, waiting = 0.1, 0.4

    def start(self, ready: str, patience: float = 60.0) -> Figures:
        """Measure the start: to the first byte, to `ready` (a regular expression) on the screen, and to 0.3 s of silence."""
        wanted, deadline = re.compile(ready, re.M | re.S), time.perf_counter() + patience
        while not wanted.search(self.shown()):
            while self.read(0.01):
                pass
            if not self.draw() and time.perf_counter() > deadline:
                raise Missing(f"no {ready!r}:\n{self.shown()}")
        at, cpu = self.drawn_at, self.cpu()
        self.silence(0.3)
        settled = self.chunks[-1].at - self.started
        return {
            "first byte ms": (self.chunks[0].at - self.started) * 1000,
            "ready ms": (at - self.started) * 1000,
            "ready CPU ms": cpu * 1000,
            "settled ms": settled * 1000,
            "start bytes": self._size(0),
            "start MB": self.peak(),
        }

    def key(self, name: str, key: str) -> Figures:
        """Press a key and measure its answer: bytes, and milliseconds to its last byte (0 without an answer)."""
        first, begun = len(self.chunks), time.perf_counter()
        self.press(key)
        if self.read(self.waiting):
            self.silence(self.silent)
        self.screen()
        last = (self.chunks[-1].at - begun) * 1000 if len(self.chunks) > first else 0.0
        return {f"{name} bytes": self._size(first), f"{name} ms": last}

    def idle(self, name: str, seconds: float) -> Figures:
        """Watch for a while without touching anything."""
        self.silence(0.5)
        first, cpu, woken, begun = len(self.chunks), self.cpu(), self._wakeups(), time.perf_counter()
        while (left := begun + seconds - time.perf_counter()) > 0:
            self.read(left)
        return {
            f"{name} bytes/s": self._size(first) / seconds,
            f"{name} CPU %": (self.cpu() - cpu) / seconds * 100,
            f"{name} wakeups/s": (self._wakeups() - woken) / seconds,
        }

    def leave(self, key: str) -> Figures:
        """Press the key that ends the program, and wait for the end."""
        peak, begun = self.peak(), time.perf_counter()
        self.press(key)
        code = self.exit_code()
        spent = (time.perf_counter() - begun) * 1000
        if code:
            raise Missing(f"exit code {code}:\n{self.screen()}")
        return {"exit ms": spent, "modes left": float(len(self.modes_left)), "peak MB": peak}

    def _size(self, first: int) -> float:
        return float(sum(len(chunk.content) for chunk in self.chunks[first:]))

    # ---- of the program itself; its children are not counted

    def cpu(self) -> float:
        """Seconds of processor time of all its threads."""
        return time.clock_gettime((~self.pid << 3) | 2)  # the clock of another process, as clock_getcpuclockid(3) makes it

    def peak(self) -> float:
        """The most memory it has had, in MB."""
        return _field(Path(f"/proc/{self.pid}/status"), "VmHWM") / 1024

    def _wakeups(self) -> float:
        tasks = Path(f"/proc/{self.pid}/task")
        return sum(_field(tasks / name / "status", "voluntary_ctxt_switches") for name in os.listdir(tasks))


class Slow(Measure):
    """The terminal behind a line of 9600 bit/s, 8 bits a byte; what it has not taken waits in the kernel, then in the program."""

    def _take(self, master: int) -> bytes:
        content = os.read(master, 12)
        time.sleep(len(content) * 8 / BPS)
        return content

    def held(self, key: str, times: int, each: float) -> float:
        """Hold a key that repeats so many times, each so many seconds; how many ms after the last of them the last byte comes."""
        begun = time.perf_counter()
        for n in range(times):
            while (left := begun + n * each - time.perf_counter()) > 0:
                self.read(left)
            self.press(key)
        last = time.perf_counter()
        self.silence(0.5)
        return (self.chunks[-1].at - last) * 1000


def several(t: Measure, name: str, keys: Sequence[str]) -> Figures:
    """Press several keys, each by itself; the median of their answers, and the largest."""
    each = [t.key("", key) for key in keys]
    found = {f"{name}{unit}": median(one[unit] for one in each) for unit in (" bytes", " ms")}
    return found | {f"{name}, at most bytes": max(one[" bytes"] for one in each)}


def _field(path: Path, name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+)", path.read_text("ascii"), re.M)
    return float(found[1]) if found else 0.0
