"""How to install what an extra needs: its packages by their own names.

Our own name is never part of it: whoever registered `pmm-tui` at an index would be installed in our place.
"""

from __future__ import annotations

import re
import shlex
import sys

_OF_EXTRA = re.compile(r"""^(?P<package>[^;]+?)\s*;\s*extra\s*==\s*["'](?P<extra>[^"']+)["']$""")


def pip_install(*packages: str) -> str:
    """`/PATH/python -m pip install "a<2" ...`: the pip of the Python that runs here, as a plain `pip` may be another one's."""
    python = sys.executable or "python3"
    if sys.platform == "win32":
        start = f'& "{python}"' if " " in python else python  # as PowerShell runs it
    else:
        start = shlex.quote(python)
    quoted = [f'"{package}"' for package in packages]
    return f"{start} -m pip install {' '.join(quoted)}"


def install_command(extra: str) -> str:
    """`/PATH/python -m pip install "starlette<2,>=1.0" ...`, as this installation's metadata name the packages of an extra."""
    from importlib import metadata  # lazy: only where something is missing

    try:
        required = metadata.requires("pmm-tui") or []
    except metadata.PackageNotFoundError:  # run from a folder that was never installed
        required = []
    found = [match["package"] for line in required if (match := _OF_EXTRA.match(line)) and match["extra"] == extra]
    return pip_install(*(found or (f".[{extra}]",)))
