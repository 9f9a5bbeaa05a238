"""A screen over another that gives one answer."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Penanya(ModalScreen[T]):
    """Answers once: keys that were pressed ahead reach it still after the first answer, and must not close what lies below."""

    dijawab = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with the answer, the first time."""
        if self.dijawab:
            return AwaitComplete()
        self.dijawab = True
        return super().dismiss(result)
