"""Which sentence of the tour fits what is there and where the operator is, with the names that it speaks of."""

from __future__ import annotations

import re

from pmm_tui.services.tour_facts import Facts, is_filled
from pmm_tui.services.tour_words import HINTS, StepId
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State
from pmm_tui.text import shorten

_HOLE = re.compile(r"\{(?!cari_)(?!contoh|terisi|kembali_milik)(\w+)\}")
"""A hole for the key of an action; the others are for names."""
_LONGEST = 26
"""Letters of a name that a sentence has room for."""


def hint(step: StepId, facts: Facts) -> str:
    """Return the sentence, with holes for keys; of several that fit the first whose actions the program has."""
    at, here = facts.at, facts.line(facts.at.teacher)
    key = _of_plan(step, facts, here, at.section) if at.place == "rencana" and here else at.place
    many = sum(map(is_filled, facts.lines)) > 1
    keys = (
        f"{key}, dicari" if at.sought else "",
        f"{key}, banyak" if many else "",
        f"{key}, meninjau",
        key,
        f"{key.partition(':')[0]}:",
    )
    fitting = (HINTS[step][one] for one in keys if one and one in HINTS[step])
    known = (sentence for sentence in fitting if all(hole in facts.actions for hole in _HOLE.findall(sentence)))
    return _named(next(known, HINTS[step][""]), facts)


def _of_plan(step: StepId, facts: Facts, line: PlanLine, section: str) -> str:
    """Which of a step's sentences fits the plan that is open."""
    if step == "perbaiki":
        if line.pegawai.id not in facts.returned:
            return "orang lain"
        return f"{'dikembalikan' if line.state is State.RETURNED else 'diperbaiki'}:{_pane(section)}"
    if step == "isi":
        return section if line.state in (State.NOT_STARTED, State.DRAFT) else "orang lain"
    if step == "ajukan":
        if line.state is State.COMPLETE:
            return "lengkap"
        return f"konfirmasi:{_pane(section)}" if is_filled(line) else "orang lain"
    return "rencana"


def _pane(section: str) -> str:
    return section if section in ("rangkuman", "pengembangan_kompetensi") else ""


def _named(sentence: str, facts: Facts) -> str:
    """Put in the names that a sentence speaks of."""
    back = next((line for line in facts.lines if line.pegawai.id in facts.returned - facts.submitted), None)
    filled = max((line for line in facts.lines if is_filled(line)), key=_saved, default=None)
    for hole, line in (("kembali_milik", back), ("terisi", filled), ("contoh", _example(facts.lines))):
        name = shorten(line.pegawai.nama.partition(",")[0], _LONGEST) if line else "seorang guru"
        sentence = sentence.replace(f"{{{hole}}}", name).replace(f"{{cari_{hole}}}", _sought(line))
    return sentence


def _saved(line: PlanLine) -> float:
    """When a plan was saved last."""
    return line.saved_at.timestamp() if line.saved_at else 0.0


def _sought(line: PlanLine | None) -> str:
    """What one types to find a teacher."""
    word = _first_word(line).strip(".,").lower() if line else "a"
    return f'"{word}"'


def _first_word(line: PlanLine) -> str:
    return next(iter(line.pegawai.nama.split()), "")


def _example(lines: tuple[PlanLine, ...]) -> PlanLine | None:
    """A teacher to begin with: a plan not begun, in service with a NIP, without a duty that asks for an SK, found by one word."""
    first_words = [_first_word(line) for line in lines]

    def fits(line: PlanLine) -> bool:
        who = line.pegawai
        plain = bool(who.nip) and not who.tugas_tambahan and who.jenis_ptk != "Kepala Sekolah" and who.status_kepegawaian == "PPPK"
        word = _first_word(line)
        return line.state is State.NOT_STARTED and plain and word.isalpha() and first_words.count(word) == 1

    return next((line for line in reversed(lines) if fits(line)), None)
