"""The commands: one module each, with `run(args, konteks) -> int`; imported by `pmm_tui.cli` only when asked for."""

from typing import Any, Final

BAWAAN: Final[dict[str, Any]] = {"modul": "layar", "aksi": "", "config": None, "periode": "", "json": False}
"""What a command line means that says nothing: the screen, with the usual configuration and the period in force."""
