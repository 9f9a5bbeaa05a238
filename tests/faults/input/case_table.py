"""The whole table of bad input, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.faults.input import config_cases, file_cases, katalog_cases, random_cases, state_cases
from tests.faults.input.cases import Case

SOURCES: dict[str, Callable[[], Iterator[Case]]] = {
    "berkas": file_cases.every,
    "katalog": katalog_cases.every,
    "konfigurasi": config_cases.every,
    "keadaan": state_cases.every,
    "acak": random_cases.every,
}


def table(*parts: str) -> dict[str, Case]:
    """The cases of these parts, or of all."""
    found: dict[str, Case] = {}
    for part in parts or SOURCES:
        for case in SOURCES[part]():
            assert case.name not in found, case.name
            found[case.name] = case
    return found
