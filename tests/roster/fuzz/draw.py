"""Draws recipes: which features a list has; and makes one that fails as small as it can be."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.roster.fuzz.faults import FAULTS, PAIRS
from tests.roster.fuzz.gaps import without_gaps
from tests.roster.fuzz.headings import FOREIGN, HEADINGS, LOOKALIKE, PRIVATE
from tests.roster.fuzz.shapes import OPTIONAL, Recipe
from tests.roster.fuzz.spellings import FAMILIES, NIP_NOTHINGS, NOTHINGS
from tests.roster.fuzz.writers import FORMS

_SHAPES = (
    "columns:shuffled", "columns:no-number", "columns:offset", "heads:upper", "heads:blanks", "heads:two-rows",
    "heads:two-rows-wide", "above:letterhead", "above:title", "above:info", "above:deep", "inside:column-numbers",
    "inside:groups", "inside:blank-rows", "inside:repeated-heads", "inside:subtotals", "below:total", "below:notes",
    "below:signature",
)  # fmt: skip
_CELLS = ("cells:name-nip", "cells:nip-nuptk", "cells:remark", "cells:month-first")
_BOOK = ("sheets:by-kind", "sheets:instructions", "sheets:empty", "sheets:archive", "rows:hidden")


def all_features() -> list[str]:
    """Every feature that there is."""
    found = [f"{family}:{name}" for family, names in FAMILIES.items() for name in names[1:]]
    found += [f"heading-{field}:{name}" for field, names in HEADINGS.items() for name in names[1:]]
    found += [f"without:{field}" for field in (*OPTIONAL, "nuptk")]
    found += [*_SHAPES, *_CELLS, *_BOOK, *(f"file:{form}" for form in FORMS[1:]), *(f"fault:{name}" for name in (*FAULTS, *PAIRS))]
    found += [
        f"{family}:{h}" for family, all_of in (("foreign", FOREIGN), ("private", PRIVATE), ("lookalike", LOOKALIKE)) for h in all_of
    ]
    return found + [f"nothing:{word}" for word in NOTHINGS] + [f"nothing-nip:{word}" for word in NIP_NOTHINGS]


def draw(seed: int, *, gaps: bool = False) -> Recipe:
    """The recipe of a seed; without what is known not to be read yet, unless asked for."""
    luck = Random(f"recipe:{seed}")
    features: set[str] = set()
    wild = luck.choice((0.1, 0.3, 0.6))

    def some(family: str, names: tuple[str, ...], most: int, chance: float) -> None:
        if luck.random() < chance:
            features.update(f"{family}:{name}" for name in luck.sample(names, luck.randint(1, min(most, len(names)))))

    for family, names in FAMILIES.items():
        some(family, names, 3, 0.2 + wild)
    for field, names in HEADINGS.items():
        some(f"heading-{field}", names, 1, wild)
    some("nothing", NOTHINGS, 3, 0.8)
    some("nothing-nip", NIP_NOTHINGS, 2, 0.2)
    some("without", (*OPTIONAL, "nuptk"), 3, 0.3)
    for family, names in (("foreign", FOREIGN), ("private", PRIVATE), ("lookalike", LOOKALIKE)):
        some(family, names, 5, wild)
    features |= {feature for feature in _SHAPES if luck.random() < 0.15}
    features |= {feature for feature in _CELLS if luck.random() < 0.05}
    some("fault", (*FAULTS, *PAIRS), 3, 0.5)
    form = luck.choice(("xlsx", "xlsx", "xlsx", *FORMS))
    if form == "xlsx":
        features |= {feature for feature in _BOOK if luck.random() < 0.1}
    else:
        features.add(f"file:{form}")
    if not gaps:
        features = without_gaps(features)
    count = luck.choice((1, 2, 3, 5, 8, 8, 12, 20))
    return Recipe(seed, tuple(range(min(count, 8) if form == "xls" else count)), frozenset(sound(features)))


def sound(features: set[str]) -> set[str]:
    """Without what cannot be together."""
    if "file:json" in features:
        features = _without(features, "above", "below", "inside", "heads", "columns", "heading-nama", "cells")
    if "fault:shifted" in features:
        # which cell is whose cannot be told when columns stand anywhere, or between others that may hold anything
        features = _without(features, "foreign", "private", "lookalike") - {"columns:shuffled"}
    if "heads:two-rows" in features:
        parts = ("golongan", "tanggal_lahir", "status_kepegawaian")  # one of them alone, below a heading, may be anything
        features = features - {"heads:two-rows-wide", *(f"without:{field}" for field in parts)}
    if features & {"cells:name-nip", "cells:nip-nuptk"}:  # faults look for a column of its own
        features = _without(features, "fault", "heading-nama", "heading-nip") - {"nama:line"}
        features = features - {"cells:nip-nuptk", "nama:degree-columns"} if "cells:name-nip" in features else features
    if "cells:month-first" in features:
        features = _without(features, "tanggal", "fault")  # a fault may take the one date by which it can be told
    if features & {"heads:two-rows", "heads:two-rows-wide"}:
        features = _without(features, "heading-golongan", "heading-tanggal_lahir", "heading-status_kepegawaian")
    if {"without:tanggal_lahir", "without:nuptk"} <= features:
        features = features - {"without:tanggal_lahir"}
    return features


def _without(features: set[str], *families: str) -> set[str]:
    return {feature for feature in features if feature.partition(":")[0] not in families}


def shrink(recipe: Recipe, fails: Callable[[Recipe], bool]) -> Recipe:
    """The smallest recipe that still fails: fewer people, then fewer features, until neither goes."""
    smaller = True
    while smaller:
        smaller = False
        for half in _fewer(recipe.people):
            if fails(shorter := Recipe(recipe.seed, half, recipe.features)):
                recipe, smaller = shorter, True
                break
        for feature in sorted(recipe.features):
            if fails(plainer := Recipe(recipe.seed, recipe.people, recipe.features - {feature})):
                recipe, smaller = plainer, True
    return recipe


def _fewer(people: tuple[int, ...]) -> list[tuple[int, ...]]:
    half = len(people) // 2
    found = [people[:half], people[half:]] if half else []
    return found + [people[:at] + people[at + 1 :] for at in range(len(people)) if len(people) > 1]
