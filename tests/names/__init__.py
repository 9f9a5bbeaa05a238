"""How a name is split into words, and the Indonesian words that no name may hold (`indonesian.txt`)."""

from __future__ import annotations

import re


def split_words(name: str) -> list[str]:
    """`BacaanGuru`, `_bacaan_guru`, `BACAAN_GURU` -> `bacaan`, `guru`."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+", name)]
