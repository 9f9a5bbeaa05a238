"""pmm-tui: fill in the Perencanaan Kinerja of a school's teachers by keyboard, offline."""

__version__ = "0.1.0"
RELEASED = "2026-11-28"
"""The day of that version: no computer's clock can rightly show an earlier one."""
