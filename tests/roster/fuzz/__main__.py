"""Reads many invented lists and says what was not read as meant: `python -m tests.roster.fuzz [--files N] [--from SEED]`."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from itertools import count

from tests.roster.fuzz.draw import all_features, draw, shrink
from tests.roster.fuzz.gaps import KNOWN_GAPS
from tests.roster.fuzz.judge import Finding, examine
from tests.roster.fuzz.shapes import Recipe, make
from tests.roster.fuzz.writers import write


def report(recipe: Recipe, finding: Finding) -> str:
    """A failing list in words: how to make it again, and its cells."""
    lines = [f"{finding.kind} {finding.field}: {finding.told}", f"  {recipe}"]
    for sheet in make(recipe).sheets:
        lines += [f"  {sheet.name} {at}: {line.cells}" for at, line in enumerate(sheet.lines, 1)]
    return "\n".join(lines)


def smallest(recipe: Recipe, finding: Finding) -> str:
    """The smallest list with a finding of that kind, in words."""

    def fails(tried: Recipe) -> bool:
        return any(found.sort == finding.sort for found in examine(make(tried)).findings)

    small = shrink(recipe, fails)
    return report(small, next(found for found in examine(make(small)).findings if found.sort == finding.sort))


def each(people: int = 4) -> None:
    """Every feature alone, in a plain list: which of them are not read."""
    for feature in sorted(set(all_features()) - KNOWN_GAPS.keys()):
        bad: Counter[str] = Counter()
        for seed in range(6):
            verdict = examine(make(Recipe(seed, tuple(range(people)), frozenset((feature,)))))
            bad.update({f"{f.kind} {f.field}": 1 for f in verdict.findings})
            told = verdict.findings[0].told if verdict.findings else ""
            if told:
                last = told
        if bad:
            print(f"{feature!r:50} {dict(bad)}\n      {last[:300]}")


def main() -> None:
    """Run, and print what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--from", type=int, default=0, dest="start")
    parser.add_argument("--show", type=int, default=12, help="how many kinds are shown with their smallest list")
    parser.add_argument("--each", action="store_true", help="every feature alone instead")
    asked = parser.parse_args()
    if asked.each:
        return each()
    began, teachers, right = time.monotonic(), 0, 0
    kinds: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[Recipe, Finding]] = {}
    for seed in range(asked.start, asked.start + asked.files):
        recipe = draw(seed)
        verdict = examine(make(recipe))
        teachers += verdict.teachers
        right += verdict.right
        for finding in verdict.findings:
            kinds[finding.sort] += 1
            if finding.sort not in first or len(recipe.features) < len(first[finding.sort][0].features):
                first[finding.sort] = recipe, finding
    print(
        f"{asked.files} lists, {teachers} teachers, {right} read rightly ({right / teachers:.2%}), {time.monotonic() - began:.1f} s"
    )
    for at, (sort, number) in zip(
        count(), sorted(kinds.items(), key=lambda k: (k[0][0] in ("wrong", "noise"), -k[1])), strict=False
    ):
        print(f"{number:6} {' '.join(sort)}")
        if at < asked.show:
            print(smallest(*first[sort]))
    return None


if __name__ == "__main__":
    assert write
    main()
