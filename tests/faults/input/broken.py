"""The program with a bug put into it: `python -m tests.faults.input.broken WHERE ARGUMENTS...`.

Each bug shows itself when Ctrl+Y is pressed, or on the way to where it is, as an error that holds a name, a NIP and a token.
"""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Callable
from typing import Any

NAME, NIP, TOKEN = "Kenari Rahasia", "198512312010012345", "token-kenari-7f3a9c"
"""Canaries: nobody else's name and number, and a token."""


def spellings(secret: str) -> set[bytes]:
    """A secret as it could be written."""
    plain = secret.encode()
    encoded = {
        base64.b64encode(plain).rstrip(b"="),
        plain.hex().encode(),
        secret.encode("utf-16-le"),
        secret.replace(" ", "%20").encode(),
    }
    return {plain, *encoded}


def holds(content: bytes, secret: str) -> bool:
    """Whether a secret stands in what was written or said, in any spelling."""
    return any(one in content for one in spellings(secret))


def explode(*_: object, **__: object) -> Any:
    """Raise, with what is secret in the message, the cause and the local variables."""
    nip, token = NIP, TOKEN
    try:
        raise KeyError(nip)
    except KeyError as cause:
        raise ValueError(f"{NAME} {nip} {token}") from cause


def _on_ctrl_y(act: Callable[[], object]) -> None:
    from pmm_tui.tui.screens.rencana import RencanaScreen

    RencanaScreen.action_ulang = lambda self: act()  # type: ignore[method-assign, assignment]


def on_mount() -> None:
    from pmm_tui.tui.panes.tugas_tambahan import TugasTambahanPane

    TugasTambahanPane.on_mount = explode  # type: ignore[method-assign]


def key() -> None:
    _on_ctrl_y(explode)


def worker() -> None:
    from pmm_tui.tui.screens.rencana import RencanaScreen

    async def work() -> None:
        await asyncio.sleep(0)
        explode()

    def redo(self: RencanaScreen) -> None:
        self.run_worker(work(), exit_on_error=False)

    RencanaScreen.action_ulang = redo  # type: ignore[method-assign]


def pull() -> None:
    from pmm_tui.cli.screen_services import ScreenServices

    ScreenServices.pull = explode  # type: ignore[method-assign]


def paint() -> None:
    from pmm_tui.tui.widgets.sheet import Sheet

    original = Sheet.paint

    def damaged() -> None:
        Sheet.paint = explode  # type: ignore[method-assign]

    assert original
    _on_ctrl_y(damaged)


def read() -> None:
    from pmm_tui.tui.posix_driver import PasteParser

    original = PasteParser.feed
    PasteParser.feed = lambda self, data: explode() if "\x19" in data else original(self, data)  # type: ignore[method-assign]


def save() -> None:
    from pmm_tui.store.drafts import Drafts

    Drafts.save = explode  # type: ignore[method-assign]


def schedule() -> None:
    _on_ctrl_y(lambda: asyncio.get_running_loop().call_later(0.01, explode))


def judge() -> None:
    from pmm_tui.services import plan_session

    def damaged() -> None:
        plan_session.judged = explode

    _on_ctrl_y(damaged)


def start() -> None:
    from pmm_tui.tui.app import PmmApp

    PmmApp.on_mount = explode  # type: ignore[method-assign]


def command() -> None:
    from pmm_tui.cli.commands import daftar as command_module

    command_module.all_lines = explode


BUG = {
    function.__name__: function for function in (on_mount, key, worker, pull, paint, read, save, schedule, judge, start, command)
}


if __name__ == "__main__":
    from pmm_tui.cli.main import main

    BUG[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
