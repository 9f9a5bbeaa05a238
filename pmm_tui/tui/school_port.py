"""What the screens ask about the schools that this computer keeps."""

from __future__ import annotations

from typing import Protocol

from pmm_tui.services.schools import SchoolLine

SCHOOL = "sekolah:"
"""What the app returns, before the NPSN, when the operator chose another school."""


class Schools(Protocol):
    """The schools of this computer; the one that is open is one of them."""

    @property
    def school(self) -> str:
        """The NPSN of the school that is open, where this computer keeps several; else empty."""

    def schools(self) -> tuple[SchoolLine, ...]:
        """All of them with how far each is; reads their records, so it runs outside the loop. Raises PmmError."""

    def add_school(self, npsn: str, name: str) -> str:
        """Begin one more, and return its NPSN; runs outside the loop. Raises PmmError."""
