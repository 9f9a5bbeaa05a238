"""Undo and redo over whole plans; letters typed into one field are one step."""

from __future__ import annotations

from pmm_tui.skp.model import RencanaKinerja

LIMIT = 200
"""Steps that can be undone; plans share their unchanged sections, so that a step is small."""


class UndoHistory:
    """The plans before and after the current one."""

    def __init__(self) -> None:
        self._past: list[RencanaKinerja] = []
        self._future: list[RencanaKinerja] = []
        self._group = ""

    def record(self, before: RencanaKinerja, group: str) -> None:
        """Remember the plan before an edit; edits with the same non-empty `group` in a row are one step."""
        if not (group and group == self._group):
            self._past.append(before)
            del self._past[:-LIMIT]
        self._future.clear()
        self._group = group

    def clear(self) -> None:
        """Forget everything: what was submitted is not undone by a slip of the finger."""
        self._past.clear()
        self._future.clear()
        self._group = ""

    def undo(self, current: RencanaKinerja) -> RencanaKinerja | None:
        """Return the plan before; None when there is none."""
        return self._step(self._past, self._future, current)

    def redo(self, current: RencanaKinerja) -> RencanaKinerja | None:
        """Return the plan that was undone; None when there is none."""
        return self._step(self._future, self._past, current)

    def _step(self, source: list[RencanaKinerja], target: list[RencanaKinerja], current: RencanaKinerja) -> RencanaKinerja | None:
        self._group = ""
        if not source:
            return None
        target.append(current)
        return source.pop()
