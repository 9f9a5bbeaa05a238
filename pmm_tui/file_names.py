"""File names made of outside text: only what every system takes as a name, and never a path (CWE-22)."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(10))}


def slug(text: str, limit: int = 40) -> str:
    """Return `text` as lower-case ASCII letters and digits with single hyphens, at most `limit` long; `tanpa-nama` when none is.

    A name that Windows keeps for a device (`con`, `com1`) gets an underscore behind it.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    plain_name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].strip("-") or "tanpa-nama"
    return f"{plain_name}_" if plain_name in _RESERVED else plain_name
