"""The tour of the practice mode: steps that are done by doing them on the practice school, in any order that makes sense.

Nothing here acts or waits: a step is behind one when what it asks for is there, however it came to be there.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Literal

import msgspec
from msgspec import Struct, structs

from pmm_tui.errors import PmmError
from pmm_tui.services.printed import has_printed
from pmm_tui.services.tour_words import HINTS, TRIED
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.text import shorten

MEMO = "tur"
"""The name of the memo."""
COPIES = 5
"""For how many teachers a copy counts as one to several."""
_LONGEST = 26
"""Letters of a name that a sentence has room for."""

StepId = Literal["cari", "isi", "salin", "cetak", "ajukan", "perbaiki"]
TITLES: dict[StepId, str] = {
    "cari": "Cari guru",
    "isi": "Isi satu rencana",
    "salin": "Salin ke lima guru",
    "cetak": "Cetak lembarnya",
    "ajukan": "Ajukan",
    "perbaiki": "Perbaiki",
}
"""The steps in their order, and what each is called."""
NEEDS: dict[StepId, str] = {"salin": "salin"}
"""The action without which there is no such step."""


class TourMemo(
    Struct, frozen=True, kw_only=True, rename={"state": "keadaan", "done": "sudah", "skipped": "dilewati", "returned": "kembali"}
):
    """What is remembered of the tour: how it stands, the steps done and skipped, and whose plans the head was seen to send back."""

    state: Literal["", "ditawarkan", "jalan", "ditutup", "selesai"] = ""
    done: tuple[StepId, ...] = ()
    skipped: tuple[StepId, ...] = ()
    returned: tuple[int, ...] = ()


class Place(Struct, frozen=True):
    """Where the operator is: a screen's place, the section and the teacher (0: nobody) of a plan that is open.

    `sought`: the list shows only whom somebody has searched.
    """

    place: str = "daftar"
    section: str = ""
    teacher: int = 0
    sought: bool = False


class Facts(Struct, frozen=True, kw_only=True):
    """What is there: all plans, whose were `submitted` from here, for how many the newest copy was, whether a file was printed.

    `actions` are the ids of what the program can do.
    """

    lines: tuple[PlanLine, ...]
    at: Place = Place()
    actions: frozenset[str] = frozenset()
    submitted: frozenset[int] = frozenset()
    copied: int = 0
    printed: bool = False

    def line(self, pegawai_id: int) -> PlanLine | None:
        """The line of one teacher."""
        return next((line for line in self.lines if line.pegawai.id == pegawai_id), None)


class Told(Struct, frozen=True):
    """What the tour says now: the step (None: it is over), its number of how many, and a sentence with holes for keys."""

    step: StepId | None
    number: int
    of: int
    sentence: str


# ---- what is remembered


def read_memo(store: Store) -> TourMemo:
    """What is remembered; nothing where it cannot be read."""
    try:
        return msgspec.json.decode(store.reference.memo(MEMO) or "{}", type=TourMemo)
    except (msgspec.DecodeError, PmmError):
        return TourMemo()


def keep_memo(store: Store, memo: TourMemo) -> None:
    """Remember it; nobody waits for it to be written."""
    with suppress(PmmError):
        store.database.submit(store.reference.set_memo, MEMO, msgspec.json.encode(memo).decode())


# ---- what is there


def facts_of(store: Store, lines: tuple[PlanLine, ...], periode: str, at: Place, actions: frozenset[str]) -> Facts:
    """Look at what is there; raises StorageError."""
    step = store.steps.last(periode)
    return Facts(
        lines=lines,
        at=at,
        actions=actions,
        submitted=frozenset(_submitted(store, lines, periode)),
        copied=step.count if step and step.kind in ("salin", "templat") else 0,
        printed=has_printed(store),
    )


def _submitted(store: Store, lines: Iterable[PlanLine], periode: str) -> Iterable[int]:
    """The teachers whose newest envelope was sealed here."""
    for line in lines:
        if line.state.is_submitted or line.state in (State.TO_FIX, State.CONFLICT, State.CHANGED):
            entry = store.outbox.newest(line.pegawai.id, periode)
            if entry is not None and not entry.asal:
                yield line.pegawai.id


# ---- how far it is


def begin(memo: TourMemo) -> TourMemo:
    """Begin, or go on where it was closed; after its end it begins anew, and what is there already is passed over."""
    if memo.state == "selesai":
        memo = structs.replace(memo, done=())
    return structs.replace(memo, state="jalan", skipped=())


def advance(memo: TourMemo, facts: Facts) -> TourMemo:
    """Take notice of what is there; the tour is over when no step is left."""
    returned = {line.pegawai.id for line in facts.lines if line.state is State.RETURNED}
    memo = structs.replace(memo, returned=tuple(sorted({*memo.returned, *returned})))
    done = tuple(step for step in TITLES if step in memo.done or _met(step, memo, facts))
    memo = structs.replace(memo, done=done)
    return structs.replace(memo, state="selesai") if memo.state == "jalan" and _current(memo, facts) is None else memo


def skip(memo: TourMemo, facts: Facts) -> TourMemo:
    """Pass over the step at hand, undone."""
    step = _current(memo, facts)
    return advance(structs.replace(memo, skipped=(*memo.skipped, step)), facts) if step else memo


def tell(memo: TourMemo, facts: Facts) -> Told:
    """Say what to do next, or what has been done when the tour is over."""
    steps = _steps(facts)
    step = None if memo.state == "selesai" else _current(memo, facts)
    if step is None:
        tried = ", ".join(TRIED[one] for one in memo.done) or "belum ada"
        return Told(None, len(steps), len(steps), HINTS["selesai"][""].replace("{dicoba}", tried))
    return Told(step, steps.index(step) + 1, len(steps), _hint(step, memo, facts))


def _steps(facts: Facts) -> list[StepId]:
    return [step for step in TITLES if step not in NEEDS or NEEDS[step] in facts.actions]


def _current(memo: TourMemo, facts: Facts) -> StepId | None:
    for step in _steps(facts):
        nothing_to_mend = step == "perbaiki" and not memo.returned
        if step not in memo.done and step not in memo.skipped and not nothing_to_mend:
            return step
    return None


def _met(step: StepId, memo: TourMemo, facts: Facts) -> bool:
    if step == "cari":
        return facts.at.place == "rencana" or any(line.state in (State.DRAFT, State.COMPLETE) for line in facts.lines)
    if step == "isi":
        return bool(facts.submitted) or any(_is_filled(line) for line in facts.lines)
    if step == "salin":
        return facts.copied >= COPIES
    if step == "cetak":
        return facts.printed
    if step == "ajukan":
        return bool(facts.submitted - set(memo.returned))
    return bool(facts.submitted & set(memo.returned))


def _is_filled(line: PlanLine) -> bool:
    """Whether a plan of this computer needs nothing but the teacher's word."""
    missing = {masalah.kode for masalah in line.blocking}
    return line.state is State.COMPLETE or (line.state is State.DRAFT and missing == {"belum-dikonfirmasi"})


# ---- what is said


def _hint(step: StepId, memo: TourMemo, facts: Facts) -> str:
    hints, at, here = HINTS[step], facts.at, facts.line(facts.at.teacher)
    key = _of_plan(step, memo, here, at.section) if at.place == "rencana" and here else at.place
    if step == "salin" and key == "daftar" and at.sought:
        key = "daftar, dicari"
    elif step == "ajukan" and key == "daftar" and {"tinjau", "ajukan_bertanda"} <= facts.actions:
        key = "daftar, meninjau"
    sentence = hints.get(key) or hints.get(f"{key.partition(':')[0]}:") or hints[""]
    return _named(sentence, memo, facts)


def _of_plan(step: StepId, memo: TourMemo, line: PlanLine, section: str) -> str:
    """Which of a step's sentences fits the plan that is open."""
    returned = line.pegawai.id in memo.returned
    if step == "perbaiki":
        if not returned:
            return "orang lain"
        return f"{'dikembalikan' if line.state is State.RETURNED else 'diperbaiki'}:{_pane(section)}"
    if step == "isi":
        return section if line.state in (State.NOT_STARTED, State.DRAFT) else "orang lain"
    if step == "ajukan":
        if line.state is State.COMPLETE:
            return "lengkap"
        return f"konfirmasi:{_pane(section)}" if _is_filled(line) else "orang lain"
    return "rencana"


def _pane(section: str) -> str:
    return section if section in ("rangkuman", "pengembangan_kompetensi") else ""


def _named(sentence: str, memo: TourMemo, facts: Facts) -> str:
    """Put in the names that a sentence speaks of."""
    back = next((line for line in facts.lines if line.pegawai.id in memo.returned and line.pegawai.id not in facts.submitted), None)
    filled = next((line for line in facts.lines if _is_filled(line)), None)
    for hole, line in (("kembali_milik", back), ("terisi", filled), ("contoh", _example(facts.lines))):
        name = shorten(line.pegawai.nama.partition(",")[0], _LONGEST) if line else "seorang guru"
        sentence = sentence.replace(f"{{{hole}}}", name).replace(f"{{cari_{hole}}}", _sought(line))
    return sentence


def _sought(line: PlanLine | None) -> str:
    """What one types to find a teacher."""
    word = line.pegawai.nama.split()[0].strip(".,").lower() if line else "a"
    return f'"{word}"'


def _example(lines: tuple[PlanLine, ...]) -> PlanLine | None:
    """A teacher to begin with: a plan not begun, in service with a NIP, without a duty that asks for an SK, found by one word."""
    first_words = [line.pegawai.nama.split()[0] for line in lines]

    def fits(line: PlanLine) -> bool:
        who = line.pegawai
        plain = bool(who.nip) and not who.tugas_tambahan and who.jenis_ptk != "Kepala Sekolah" and who.status_kepegawaian == "PPPK"
        word = who.nama.split()[0]
        return line.state is State.NOT_STARTED and plain and word.isalpha() and first_words.count(word) == 1

    return next((line for line in reversed(lines) if fits(line)), None)
