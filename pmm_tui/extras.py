"""How to install what an extra needs: its packages by their own names.

Our own name is never part of it: whoever registered `pmm-tui` at an index would be installed in our place.
"""

from __future__ import annotations

import re

_OF_EXTRA = re.compile(r"""^(?P<package>[^;]+?)\s*;\s*extra\s*==\s*["'](?P<extra>[^"']+)["']$""")


def install_command(extra: str) -> str:
    """`pip install "starlette<2,>=1.0" ...`, as this installation's metadata name the packages of an extra."""
    from importlib import metadata  # lazy: only where something is missing

    try:
        required = metadata.requires("pmm-tui") or []
    except metadata.PackageNotFoundError:  # run from a folder that was never installed
        required = []
    found = [match["package"] for line in required if (match := _OF_EXTRA.match(line)) and match["extra"] == extra]
    quoted = [f'"{package}"' for package in found or (f".[{extra}]",)]
    return f"pip install {' '.join(quoted)}"
