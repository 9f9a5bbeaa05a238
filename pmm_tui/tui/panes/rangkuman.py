"""5 Rangkuman: the whole plan on one page, every problem as a line that leads to its field, then Lanjut and Ajukan."""

from __future__ import annotations

from msgspec import structs
from textual.message import Message

from pmm_tui.services.plan_view import PlanView
from pmm_tui.services.status_words import LOCKED
from pmm_tui.skp.model import CONFIRMED_BY, Masalah, Rangkuman
from pmm_tui.skp.overview import REPEATS_RETURNED
from pmm_tui.skp.rangkuman import confirmation_words
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.panes.rangkuman_content import CaraRow, ProblemRow, SectionRow, content_rows, noted, part_rows, problem_rows
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.widgets.rows import Button, Buttons, Choice, Field, Gap, Heading, Row, RowId, Text

_CONFIRMATION = "/rangkuman/dikonfirmasi_guru"
"""The pointer of the one problem that is this pane's own."""
HELD = "Spasi yang ditahan, atau yang datang bersama tombol lain, tidak menandai; tekan Spasi sekali lagi"
_RETURNED = "Dikembalikan kepala sekolah untuk diperbaiki"
TICK_FIRST = "Guru belum mengonfirmasi; bila sudah, tandai dengan Spasi"


class RangkumanPane(SectionPane[Rangkuman]):
    """The operator reads the plan, notes that the teacher has confirmed it, presses Lanjut, then Ajukan."""

    SECTION = "rangkuman"
    LABEL = "5 Rangkuman"
    SHORT_LABEL = "5 Rangkuman"
    FOOTER = ("bantuan", "bagian_sebelum", "urung", "ajukan", "kembali")
    HELP = (
        "Enter pada masalah membawa ke bidangnya. Spasi menandai konfirmasi guru; pilih caranya dan tanggalnya, lalu F9. "
        "Perubahan sesudahnya meminta konfirmasi lagi."
    )

    class JumpRequested(Message):
        """The operator wants to go where a pointer says."""

        def __init__(self, pointer: str) -> None:
            super().__init__()
            self.pointer = pointer

    class SubmitRequested(Message):
        """The operator wants to submit the plan."""

    class CompareRequested(Message):
        """The operator wants to see what differs from what was sent."""

    class NextRequested(Message):
        """The operator goes on to the next teacher who is not done."""

    class LeaveRequested(Message):
        """The operator goes back to the list of teachers."""

    def __init__(self, context: PlanView) -> None:
        super().__init__(context)
        self._went_on = False
        self.then = ""  # the next teacher who is not done, for a plan that is

    def _problems(self) -> list[tuple[ProblemRow, Masalah]]:
        found = [m for m in self.context.masalah if m.pointer != _CONFIRMATION]
        return [(ProblemRow(m.pointer, number), m) for number, m in enumerate(found)]

    def first_row(self) -> RowId:
        """Begin at the first problem that stops the plan, or at what is to be done.

        Until something is mended of what the head has sent back it is the top, where the head's note stands.
        """
        if self.context.returned and any(m.kode == REPEATS_RETURNED for m in self.context.masalah):
            return next((row_id for row_id, _ in self._problems()), SectionRow("praktik_pembelajaran"))
        for row_id, masalah in self._problems():
            if masalah.halang:
                return row_id
        if self.context.submitted:
            return "berikut" if self.then and not self.look.thrifty else "daftar"
        onward = "lanjut" if self.look.thrifty else "ajukan"
        return onward if self._section.dikonfirmasi_guru else "dikonfirmasi_guru"

    def section_rows(self) -> tuple[Row, ...]:
        """Return status, problems, the plan, the confirmation and the button."""
        return self._thrifty_rows() if self.look.thrifty else self._full_rows()

    def _full_rows(self) -> tuple[Row, ...]:
        """The head's note comes first, then what is wrong, the five parts, the teacher's word, and what is to be done."""
        view, width = self.context, self.size.width or 80
        rows: list[Row] = []
        if view.returned:
            rows += noted(
                self.look.signs,
                width,
                ", ".join(t for t in ("Dikembalikan kepala sekolah untuk diperbaiki", view.decided) if t),
                f"“{view.note}”" if view.note else "Tanpa catatan.",
            )
        elif view.approved:
            rows += noted(self.look.signs, width, f"Disetujui kepala sekolah {view.decided}".rstrip(), LOCKED)
        elif view.newest and view.newest.keadaan in ("rejected", "conflict") and view.status:
            rows += noted(self.look.signs, width, view.status, style="error")
        elif view.status and not view.submitted:
            rows += [Gap(), Text(view.status, "warning")]
        if not view.submitted and (found := problem_rows(self._problems(), self._section)):
            rows += [Gap(), *found]
        rows += [Gap(), *part_rows(view, self.look.signs, width)]
        rows += [Gap(), Heading("Konfirmasi guru"), *self._asked_anew(), *self._confirmation(), Gap()]
        return (*rows, *self._buttons())

    def _asked_anew(self) -> list[Row]:
        """That the teacher is asked again, where the head has sent the plan back."""
        again = self.context.returned and not self._section.dikonfirmasi_guru
        return [Text("Sesudah diperbaiki, guru perlu mengonfirmasi lagi.", "warning")] if again else []

    def _buttons(self) -> list[Row]:
        view = self.context
        if view.submitted:
            back = Button("daftar", "Kembali ke Daftar Guru", right=self.key("kembali"), main=not self.then)
            onward = Button(
                "berikut", f"Lanjut ke guru berikutnya yang belum: {self.then}", right=self.key("guru_belum"), main=True
            )
            return [Text(view.status, "accent"), *([onward] if self.then else []), back]  # where the cursor is: in sight
        again = f"Ajukan revisi {view.revision}" if view.revision > 1 else "Ajukan"
        buttons = [Button("ajukan", again, right=self.key("ajukan"), main=True)]
        if view.newest:
            buttons.append(Button("beda", "Lihat bedanya", right=self.key("beda")))
        rater = view.rater.removesuffix(" (Plt.)") or view.rater_post
        whom = Text(f"kepada {rater}, lewat {view.server or 'server (belum diatur)'}", "dim")
        return [Buttons(tuple(buttons)), whom]

    def _thrifty_rows(self) -> tuple[Row, ...]:
        view = self.context
        rows: list[Row] = [Heading("Rangkuman")]  # whose and of which period is in the title line
        if view.returned:
            note = f"Catatan: {view.note}" if view.note else "Tidak ada catatan darinya."
            rows.append(Text(f"{_RETURNED}. {note}", "warning"))
            rows += self._asked_anew()
        elif view.status and not view.submitted:
            rows.append(Text(view.status, "warning"))
        rows += problem_rows(self._problems(), self._section)
        rows += content_rows(view)
        rows += [Gap(), *self._confirmation()]
        if view.submitted:
            rows.append(Text(view.status, "accent"))
            if view.approved:
                rows.append(Text(LOCKED, "warning"))
            rows += [Button("daftar", "Kembali ke Daftar Guru")]
        elif self._went_on and not any(m.halang for m in view.masalah):
            rater = view.rater.removesuffix(" (Plt.)") or view.rater_post
            rows.append(Button("ajukan", "Ajukan", note=f"kepada {rater}, lewat {view.server or 'server (belum diatur)'}"))
        else:
            rows.append(Button("lanjut", "Lanjut"))
        return tuple(rows)

    def _confirmation(self) -> list[Row]:
        """The tick, and once it is set how and when; what was ticked before these were asked for shows none."""
        said = self._section
        tick = Choice("dikonfirmasi_guru", "Sudah dikonfirmasi guru", said.dikonfirmasi_guru, tick=True)
        if not said.dikonfirmasi_guru:
            how = "Spasi menandai" if self.look.thrifty else "Spasi, bukan Enter"
            return [structs.replace(tick, right=how, right_style="dim")]
        if not said.cara and not said.tanggal:
            return [structs.replace(tick, right=confirmation_words(said), right_style="dim")]
        complaint, style = self.complaint("tanggal")
        day = self._date_text("tanggal", said.tanggal)
        field = Field("tanggal", "Tanggal", day, width=18, limit=20, indent=4, note=complaint, note_style=style or "dim")
        ways = [Choice(CaraRow(cara), words, cara == said.cara) for cara, words in CONFIRMED_BY.items()]
        return [tick, *ways, field]

    def adapt(self, context: PlanView) -> None:
        """Ask for Lanjut again when the plan changed: it has to be read again before Ajukan."""
        if context.rencana != self.context.rencana and not context.rencana.rangkuman.dikonfirmasi_guru:
            self._went_on = False
        super().adapt(context)

    def row_of(self, pointer: str) -> RowId:
        """Lead to the confirmation, or to how and when it was given."""
        field = pointer.removeprefix(f"/{self.SECTION}/")
        if field == "cara" and self._section.dikonfirmasi_guru:
            return CaraRow(self._section.cara if self._section.cara in CONFIRMED_BY else next(iter(CONFIRMED_BY)))
        return field if field in self._row_ids() else "dikonfirmasi_guru"

    def typed(self, row_id: RowId, value: str) -> None:
        """Take the day of the confirmation as it is typed."""
        self.take_typed(structs.replace(self._section, tanggal=self._take_date(row_id, value)))

    def press(self, row_id: RowId, advance: bool) -> None:
        """Lead to a field, take the confirmation, go on, or submit."""
        match row_id:
            case ProblemRow():
                self.post_message(self.JumpRequested(row_id.pointer))
            case SectionRow():
                self.post_message(self.JumpRequested(f"/{row_id.section}"))
            case "dikonfirmasi_guru" if advance:
                self._go_on()
            case "dikonfirmasi_guru":
                self._tick()
            case CaraRow():
                said = structs.replace(self._section, cara=row_id.cara, tanggal=self._section.tanggal or self._today)
                if self.replace(said, row_id) and advance:
                    self._go_on()
            case "lanjut" | "ajukan":
                self._advance(row_id)
            case "beda":
                self.post_message(self.CompareRequested())
            case "berikut":
                self.post_message(self.NextRequested())
            case "daftar":
                self.post_message(self.LeaveRequested())

    def asks(self, key: str) -> bool:
        """The tick is the teacher's word."""
        return key == "space" and self.cursor == "dikonfirmasi_guru"

    @property
    def _today(self) -> str:
        return self.context.today.isoformat()

    def _tick(self) -> None:
        """Take the teacher's word, or take it back: only by a Space that was pressed by itself."""
        if not is_deliberate(self.app):
            self.post_message(self.Said(HELD))
        elif self._section.dikonfirmasi_guru:
            self.replace(Rangkuman())
        else:
            self.replace(Rangkuman(dikonfirmasi_guru=True, cara=next(iter(CONFIRMED_BY)), tanggal=self._today))
            self._lay_out(self.size.width)
            self.scroll_lines(len(CONFIRMED_BY) + 2)  # how and when stand below it

    def _go_on(self) -> None:
        """Go on from the confirmation to the button below, past how and when."""
        self.go_to(next(row_id for row_id in ("ajukan", "lanjut", "berikut", "daftar") if row_id in self._row_ids()))

    def _advance(self, button: str) -> None:
        """Go on to Ajukan, or submit; or go to the first problem that stops the plan."""
        blocking = [m for m in self.context.masalah if m.halang]
        if blocking:
            self.post_message(self.Said(TICK_FIRST if blocking[0].pointer == _CONFIRMATION else blocking[0].pesan.rstrip(".")))
            found = (row_id for row_id, m in self._problems() if m.halang)
            self.go_to(next(found, "dikonfirmasi_guru"))
            return
        if button == "ajukan":
            self.post_message(self.SubmitRequested())
            return
        self._went_on = True
        self.rebuild("ajukan")

    def edge(self, direction: int) -> None:
        """Leave the pane at its beginning only: after it comes no other."""
        if direction < 0:
            super().edge(direction)
