"""What screens ask of the app, and the facts that the app and its screens hear."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from pmm_tui.services.in_force import InForce
from pmm_tui.services.roles import Role
from pmm_tui.skp.model import Pegawai

# ---- what a screen asks for


class Told(Message):
    """Something was done, and `sentence` says what."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class PlanRequested(Message):
    """Open a teacher's plan: at a `section`, a `row` of it, or where a problem's `pointer` leads; `look`: at the look at both.

    `instead`: in the place of the plan that is open, which is saved.
    """

    def __init__(
        self,
        pegawai: Pegawai,
        *,
        section: str = "",
        row: str = "",
        pointer: str = "",
        look: bool = False,
        instead: bool = False,
    ) -> None:
        super().__init__()
        self.pegawai = pegawai
        self.section = section
        self.row = row
        self.pointer = pointer
        self.look = look
        self.instead = instead


class ReadingRequested(Message):
    """Open a teacher's plan as the head reads it."""

    def __init__(self, pegawai: Pegawai) -> None:
        super().__init__()
        self.pegawai = pegawai


class ReviewRequested(Message):
    """Go through the plans of these teachers one by one, in this order; `words` are said on the first page."""

    def __init__(self, ids: Sequence[int], words: str = "") -> None:
        super().__init__()
        self.ids = tuple(ids)
        self.words = words


class RoleRequested(Message):
    """Work on as the head, or as the operator."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.role = role


class HelpRequested(Message):
    """Explain a place: what it is for, the keys of its actions (`place` names it) and those that are no actions, its signs.

    A line of the legend is a sign, what it means and the name of its style; without a sign it heads those that follow.
    """

    def __init__(
        self,
        place: str,
        explanation: str,
        *,
        title: str = "",
        legend: Sequence[tuple[str, ...]] = (),
        keys: Sequence[tuple[str, str]] = (),
        example: str = "",
    ) -> None:
        super().__init__()
        self.place = place
        self.explanation = explanation
        self.title = title
        self.legend = legend
        self.keys = keys
        self.example = example


class PaletteRequested(Message):
    """Open the palette over the screen that has the keys."""


class TeacherRequested(Message):
    """Correct a teacher by hand, or add one (None)."""

    def __init__(self, pegawai: Pegawai | None) -> None:
        super().__init__()
        self.pegawai = pegawai


class TeacherStored(Told):
    """A teacher was added or corrected by hand; `sentence` says it."""


class PaperRequested(Message):
    """Print or export: of the teacher `here` (their ids, here and below), the `marked` ones, or all that are `listed`.

    `every` is what all of them are called, `what` the kind of document that is chosen at first.
    """

    def __init__(
        self,
        here: int | None,
        *,
        marked: Sequence[int] = (),
        listed: Sequence[int] = (),
        every: str = "Semua yang tersaring",
        what: str = "skp",
    ) -> None:
        super().__init__()
        self.here = here
        self.marked = tuple(marked)
        self.listed = tuple(listed)
        self.every = every
        self.what = what


class CopyRequested(Message):
    """Copy onto the plans of the teachers with these `ids`, after a look at what changes for whom.

    `source` is what is copied, as `screens.copy_choices` names it.
    """

    def __init__(self, ids: Sequence[int], source: str) -> None:
        super().__init__()
        self.ids = tuple(ids)
        self.source = source


class RaporRequested(Message):
    """Type in the school's levels of Rapor Pendidikan."""


class SyncHelpRequested(Message):
    """Look up a message of e-Kinerja."""


class PrerequisitesRequested(Message):
    """Open Pra-perencanaan, what has to be mended before entry."""


class OutboxRequested(Message):
    """Open the outbox."""


class SettingsRequested(Message):
    """Open the settings, at a `field` of theirs."""

    def __init__(self, field: str = "") -> None:
        super().__init__()
        self.field = field


class ImportRequested(Message):
    """Open the import of a roster file."""


class PeriodRequested(Message):
    """Work on another period from now on."""

    def __init__(self, periode: str) -> None:
        super().__init__()
        self.periode = periode


class SchoolRequested(Message):
    """Save and close, and open another school of this computer."""

    def __init__(self, npsn: str) -> None:
        super().__init__()
        self.npsn = npsn


# ---- facts


class RosterImported(Message):
    """Teachers were imported: so many rows were `written`, so many `refused`, and so many are `undecided` and were left alone."""

    def __init__(self, written: int, refused: int, undecided: int = 0) -> None:
        super().__init__()
        self.written = written
        self.refused = refused
        self.undecided = undecided


class PlansCopied(Told):
    """The plans of several teachers were filled in one step; `sentence` says it."""


class RaporTyped(Told):
    """Levels of Rapor Pendidikan were typed in and stored; `sentence` says it."""


class SettingsSaved(Message):
    """The settings were written."""


class StatusChanged(Told):
    """Something behind the screens has a sentence for the status line; not `ok`: it is a warning."""

    def __init__(self, sentence: str, ok: bool) -> None:
        super().__init__(sentence)
        self.ok = ok


class SendProgressed(Message):
    """A batch was answered: `done` of `total` envelopes are done."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total


class SendFinished(Told):
    """A run of sending ended, and the outbox may have changed; `sentence` is empty when there is nothing to say."""

    def __init__(self, sentence: str, ok: bool) -> None:
        super().__init__(sentence)
        self.ok = ok


class FetchFinished(Told):
    """Reference data were fetched; `in_force` is what is in force now."""

    def __init__(self, in_force: InForce, sentence: str, ok: bool) -> None:
        super().__init__(sentence)
        self.in_force = in_force
        self.ok = ok
