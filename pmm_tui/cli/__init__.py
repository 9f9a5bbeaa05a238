"""The command line: what can be typed, who runs it, and the only reader of the configuration."""

from typing import Any, Final

DEFAULTS: Final[dict[str, Any]] = {"module": "layar", "action": "", "config": None, "sekolah": "", "periode": "",
    "json": False}  # fmt: skip
"""What a command line means that says nothing: the screen, with the usual configuration and the period in force."""
INTERRUPTED: Final = 130
"""The exit code of what was stopped by Ctrl+C."""
