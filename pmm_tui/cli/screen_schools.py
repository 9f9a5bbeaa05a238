"""What the screens ask about the schools of this computer."""

from __future__ import annotations

from functools import cached_property

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import UsageError
from pmm_tui.services.schools import SchoolLine
from pmm_tui.store import Store


class ScreenSchools:
    """A part of `ScreenServices`."""

    store: Store
    practice: bool
    _context: RunContext

    @cached_property
    def school(self) -> str:
        """The NPSN of the school that is open, where this computer keeps several; else empty."""
        if self.practice or not self._context.school:
            return ""
        from pmm_tui.cli.kept_schools import others  # lazy: only where several schools are kept

        return self._context.school if others(self._context.locations) else ""

    def schools(self) -> tuple[SchoolLine, ...]:
        """All of them with how far each is; raises PmmError."""
        from pmm_tui.cli.school_lines import school_lines  # lazy: when it is asked for

        return () if self.practice else school_lines(self._context, self.store)

    def add_school(self, npsn: str, name: str) -> str:
        """Begin one more, and return its NPSN; raises PmmError."""
        from pmm_tui.cli.school_changes import add  # lazy: when it is asked for

        if self.practice:
            raise UsageError("Latihan hanya punya satu sekolah khayalan; tutup latihan dulu.")
        first = self._context.locations.first is None
        return add(self._context, npsn, name, store=self.store if first else None)[0]
