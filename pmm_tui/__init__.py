"""pmm-tui: fill in the Perencanaan Kinerja of a school's teachers by keyboard, offline."""

__version__ = "0.1.0"
