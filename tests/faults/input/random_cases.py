"""Good files with damage at random places: each number always gives the same file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from tests.faults.input.cases import DEAD, Case, Computer, Ready, rencana_toml

MANY = 6_000
"""The most there are."""
_PIECES = (
    "[", "]", "[[", "=", '"', '"""', "'", "\\", "#", ".", ",", "{", "}", "\n", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\r",
    "1e999", "nan", "true", "2026-13-45", "\\u0000", "\\ud800", "9" * 40, "[" * 40, "a." * 12, "é", "\xff",
)  # fmt: skip
_CONFIG = f'periode = "2026"\n\n[server]\nurl = "{DEAD}"\nwaktu_baca = 9.5\n\n[sekolah]\nnama = "SMP"\n\n[tombol]\nkirim = "f9"\n'
_CSV = "Nama;NIP;NUPTK;Tanggal Lahir;Status Kepegawaian\nAni;198507142010012012;;1985-07-14;PNS\nBudi;;1234767660300456;;GTY/PTY\n"


def every() -> Iterator[Case]:
    """The cases, the four kinds in turn."""
    for number in range(MANY):
        create = (_rencana, _configuration, _katalog, _teacher)[number % 4]
        yield Case(name=f"acak/{number}", ready=create(number), codes=(0, 1, 2), language=False, whole=create is not _teacher)


def damage(content: bytes, number: int) -> bytes:
    """Damage a text at one to six places: bytes changed, cut out, doubled, or something put in."""
    pick = random.Random(number)
    for _ in range(pick.randint(1, 6)):
        at = pick.randrange(len(content) + 1)
        size = pick.choice((1, 1, 1, 5, 40, 400))
        match pick.randrange(4):
            case 0:
                content = content[:at] + bytes([pick.randrange(256)]) + content[at + 1 :]
            case 1:
                content = content[:at] + content[at + size :]
            case 2:
                content = content[:at] + content[at : at + size] + content[at:]
            case _:
                content = content[:at] + pick.choice(_PIECES).encode() + content[at:]
    return content


def _rencana(number: int) -> Ready:
    return lambda k: ["rencana", "impor", k.write(f"{number}.toml", damage(rencana_toml().encode(), number))]


def _configuration(number: int) -> Ready:
    def ready(k: Computer) -> list[str | Path]:
        k.configuration(damage(_CONFIG.encode(), number))
        return ["daftar", "--json"]

    return ready


def _katalog(number: int) -> Ready:
    def ready(k: Computer) -> list[str | Path]:
        k.configuration('katalog = "katalog.toml"\n')
        original = (resources.files("pmm_tui") / "katalog" / "katalog.toml").read_bytes()
        k.config.with_name("katalog.toml").write_bytes(damage(original, number))
        return ["periksa", "--json"]

    return ready


def _teacher(number: int) -> Ready:
    return lambda k: ["impor", k.write(f"{number}.csv", damage(_CSV.encode(), number))]
