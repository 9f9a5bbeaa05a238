"""Adding or correcting a teacher by hand: a form judged as a list is, with nobody replaced or doubled unseen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from pmm_tui.dates import field_date
from pmm_tui.errors import PmmError
from pmm_tui.services.roster_edit import FIELDS_TO_TYPE, FieldProblem, Proposal, propose, write
from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.messages import TeacherStored
from pmm_tui.tui.screens.dialog import Dialog
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Buttons, Field, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

_LABELS: dict[str, tuple[str, int, str]] = {
    "nama": ("Nama dan gelar", 44, ""),
    "nip": ("NIP", 20, "18 angka"),
    "nuptk": ("NUPTK", 18, "16 angka"),
    "tanggal_lahir": ("Tanggal lahir", 12, "hh-bb-tttt"),
    "jk": ("Jenis kelamin", 6, "L / P"),
    "status_kepegawaian": ("Status kepegawaian", 30, "PNS, PPPK, Guru Honor Sekolah"),
    "golongan": ("Golongan", 10, "III/c, IX"),
    "jenis_ptk": ("Jenis PTK", 30, "Guru Mapel, Guru BK …"),
    "jenjang_jabatan": ("Jenjang jabatan", 24, "Ahli Pertama …"),
    "tugas_tambahan": ("Tugas tambahan", 44, "menurut Dapodik"),
}
"""Of each field its label, its cells and the hint in it while it is empty; in the order of the form."""


class TeacherSheet(Sheet):
    """The fields, each with what is wrong beside or below it once it was left."""

    class Left(Message):
        """A field was left, so that what was typed can be judged."""

    class Pressed(Message):
        """A button was pressed."""

        def __init__(self, button: str) -> None:
            super().__init__()
            self.button = button

    def __init__(self, old: Pegawai | None) -> None:
        super().__init__(id="guru")
        self._old = old
        self.said: dict[str, str] = {}
        self.visited: set[RowId] = set()
        self.proposal: Proposal | None = None

    def on_mount(self) -> None:
        self.rebuild("nama")

    def value(self, field: str) -> str:
        """What stands in a field: what was typed, else what is stored."""
        stored = getattr(self._old, field) if self._old else ""
        return self.said.get(field, field_date(stored) if field == "tanggal_lahir" else stored)

    def _problem(self, field: str) -> FieldProblem | None:
        found = [p for p in self.proposal.problems if p.field == field] if self.proposal and field in self.visited else []
        return next((p for p in found if p.halang), found[0] if found else None)

    def build_rows(self) -> tuple[Row, ...]:
        """Return the fields, what is to be known, and the buttons."""
        rows: list[Row] = [Heading("Data guru", "sumber resmi tetap Dapodik"), Gap()]
        for field, (label, width, hint) in _LABELS.items():
            problem = self._problem(field) if field != self.cursor else None
            note = problem.message if problem else ""
            style: StyleName = "dim" if problem is None else "error" if problem.halang else "warning"
            value = self.value(field)
            rows.append(Field(field, label, value, width=width, limit=200, hint=hint, note=note, note_style=style))
        notes = self.proposal.notes if self.proposal else ()
        rows += [Gap(), *(Text(note, "dim") for note in notes)]
        rows.append(Buttons((Button("simpan_guru", "Simpan", right="F9", main=True), Button("kembali", "Batal", right="Esc"))))
        return tuple(rows)

    def typed(self, row_id: RowId, value: str) -> None:
        """Keep what was typed."""
        self.said[str(row_id)] = value

    def press(self, row_id: RowId, advance: bool) -> None:
        """Tell which button was pressed."""
        self.post_message(self.Pressed(str(row_id)))

    def edge(self, direction: int) -> None:
        """Stay in the form."""

    def moved(self, origin: RowId, to: RowId) -> None:
        """Judge what was typed once a field is left."""
        self.visited.add(origin)
        self.post_message(self.Left())


class TeacherScreen(PmmScreen):
    """One teacher, `old`, or a new one."""

    PLACE = "guru"
    FOOTER: ClassVar = ("bantuan", "simpan_guru", "kembali")
    HELP = (
        "Tambah atau perbaiki seorang guru dengan tangan. Aturannya sama dengan impor dari Dapodik, dan yang diketik di sini tidak "
        "diganti diam-diam oleh impor berikutnya: perbedaannya ditanyakan."
    )

    def __init__(self, old: Pegawai | None = None) -> None:
        super().__init__()
        self._old = old

    def compose_body(self) -> ComposeResult:
        """Yield the form."""
        yield TeacherSheet(self._old)

    async def on_mount(self) -> None:
        await super().on_mount()
        self.set_title("Perbaiki guru" if self._old else "Tambah guru", self._old.nama if self._old else "")

    async def action_kembali(self) -> None:
        """Go back; what was typed is given up only after a question."""
        if not any(self._sheet.said.values()):
            self.app.pop_screen()
            return

        def answered(button: str | None) -> None:
            if button == "buang":
                self.app.pop_screen()

        buttons = [("tidak", "Tetap di sini"), ("buang", "Buang isian")]
        self.app.push_screen(Dialog("Buang yang diketik?", [("Isian guru ini belum disimpan.", "")], buttons), answered)

    @property
    def _sheet(self) -> TeacherSheet:
        return self.query_one(TeacherSheet)

    def _propose(self) -> Proposal | None:
        shell = self.shell
        typed = dict(self._sheet.said) if self._old else dict.fromkeys(FIELDS_TO_TYPE, "") | self._sheet.said
        try:
            return propose(shell.store, shell.in_force.katalog, shell.services.today(), typed, self._old.id if self._old else 0)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return None

    @on(TeacherSheet.Left)
    def _judge(self) -> None:
        self._sheet.proposal = self._propose()
        self._sheet.rebuild()

    @on(TeacherSheet.Pressed)
    async def _pressed(self, event: TeacherSheet.Pressed) -> None:
        await self.run_action(event.button)

    def action_simpan_guru(self) -> None:
        """Store the teacher; what stops it is said at its field, and who may be somebody else is asked about."""
        sheet = self._sheet
        sheet.visited |= set(_LABELS)
        proposal = sheet.proposal = self._propose()
        if proposal is None:
            return
        if proposal.blocking:
            first = proposal.blocking[0]
            sheet.rebuild()
            sheet.go_to(first.field)
            self.set_status(first.message, style="error")
        elif proposal.question is not None:
            self._ask(proposal)
        else:
            self._store(proposal, answered=False)

    def _ask(self, proposal: Proposal) -> None:
        assert proposal.question is not None
        question = proposal.question

        def answered(button: str | None) -> None:
            if button == "ya":
                self._store(proposal, answered=True)
            elif button == "buka":
                self.app.switch_screen(TeacherScreen(question.teacher))

        same = question.kind == "sudah-ada"
        buttons = [("tidak", "Periksa lagi")]
        buttons += (
            [("buka", f"Ubah {question.teacher.nama}"), ("ya", "Orang lain: simpan")] if same else [("ya", "Orang yang sama")]
        )
        self.app.push_screen(Dialog("Orang yang sama?", [(question.sentence, "")], buttons), answered)

    def _store(self, proposal: Proposal, *, answered: bool) -> None:
        try:
            stored = write(self.shell.store, proposal, self.shell.services.now(), answered=answered)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        self.shell.last_opened = stored.id
        self.app.pop_screen()
        self.app.post_message(TeacherStored(f"{stored.nama} {'diperbaiki' if self._old else 'ditambahkan'}"))
