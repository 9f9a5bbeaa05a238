"""The command line: what can be typed, who runs it, and the only reader of the configuration."""

from typing import Any, Final

BAWAAN: Final[dict[str, Any]] = {"modul": "layar", "aksi": "", "config": None, "periode": "", "json": False}
"""What a command line means that says nothing: the screen, with the usual configuration and the period in force."""
