"""Death, or a refusal, at a chosen call: strace counts the calls of each kind and thread and meddles with the `AT`th.

So a victim whose k-th call of a kind is to be the one first makes `AT` - k of them that do nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

AT = 250
_NOWHERE = 1_000_000  # no file has that number
DEAD = f"signal=KILL:when={AT}"
"""The fault of victims that die."""
CALLS = ",".join(
    f"?{name}"
    for name in (
        "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "link", "linkat", "unlink",
        "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmodat", "sendfile", "copy_file_range",
    )
)  # fmt: skip
KINDS: dict[str, Callable[[], object]] = {
    "write": lambda: os.write(_NOWHERE, b""),
    "pwrite": lambda: os.pwrite(_NOWHERE, b"", 0),
    "fsync": lambda: os.fsync(_NOWHERE),
    "fdatasync": lambda: os.fdatasync(_NOWHERE),
    "ftruncate": lambda: os.ftruncate(_NOWHERE, 0),
    "rename": lambda: os.rename("", ""),
    "link": lambda: os.link("", ""),
    "unlink": lambda: os.unlink(""),
    "unlinkat": lambda: os.unlink("", dir_fd=_NOWHERE),
    "rmdir": lambda: os.rmdir("", dir_fd=_NOWHERE),
    "mkdir": lambda: os.mkdir(""),
    "chmod": lambda: os.chmod("", 0),
    "sendfile": lambda: os.sendfile(_NOWHERE, _NOWHERE, 0, 1),
}
"""Every kind of call that changes a file or says something (but for opening one: the next of these follows at once), undone."""

Call = tuple[str, int]
"""A kind of call, and which of them, from 1 on."""


def die_at(kind: str, number: int, *, in_database_thread: bool) -> None:
    """Make so many calls that do nothing that the `number`th which follows is the deadly one."""
    from pmm_tui.store import database

    burn = partial(_burn, KINDS[kind], AT - number)
    if in_database_thread:
        executor: Callable[..., object] = partial(ThreadPoolExecutor, initializer=burn)
    else:
        executor = _Inline
        vars(database)["threading"] = _Inline
        burn()
    vars(database)["ThreadPoolExecutor"] = executor


def _burn(call: Callable[[], object], count: int) -> None:
    for _ in range(count):
        with suppress(OSError):
            call()


class _Inline:
    """An executor without a thread, so that strace counts all storage calls in one row; who asks it for one is told another."""

    _depth = 0

    def __init__(self, **_: Any) -> None:
        self._open = True

    @classmethod
    def get_ident(cls) -> int:
        """Whether this is the executor's work: its thread, so to say."""
        return min(cls._depth, 1)

    def submit(self, work: Any) -> Future[Any]:
        if not self._open:
            raise RuntimeError
        done: Future[Any] = Future()
        _Inline._depth += 1
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)
        finally:
            _Inline._depth -= 1
        return done

    def shutdown(self) -> None:
        self._open = False
