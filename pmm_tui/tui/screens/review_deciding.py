"""What is decided of the plan that is being gone through: data right, the teacher's word, submitting; and taken back again."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from pmm_tui.errors import InputError, PmmError
from pmm_tui.services.plan_review import (
    CHANGED,
    DATA_RIGHT,
    RAPOR_READ,
    ReviewSheet,
    person_lines,
    rapor_lines,
    record,
    with_data_right,
)
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.review_run import Decision, ReviewRun
from pmm_tui.services.status_words import APPROVED_THERE, QUEUED
from pmm_tui.skp.model import Rangkuman, RencanaKinerja
from pmm_tui.skp.rangkuman import confirmation_words
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.screens.confirm_band import ConfirmScreen
from pmm_tui.tui.screens.dialog import DialogLine
from pmm_tui.tui.screens.plan_dialogs import ask_submit
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.review_page import ReviewPage

HELD = "Tombol yang ditahan, atau yang datang bersama tombol lain, tidak memutuskan; tekan sekali lagi"
_WORD = "konfirmasi guru"
READ_FIRST = "Baca dulu sampai akhirnya; End membawa ke sana"


class ReviewDeciding(PmmScreen):
    """A part of the screen, which owns the page and the run."""

    _run: ReviewRun
    _ids: tuple[int, ...]

    def __init__(self) -> None:
        super().__init__()
        self._sheet: ReviewSheet | None = None
        self._deciding = False  # what is being saved is shown when it is, not before

    @property
    def _page(self) -> ReviewPage:
        """The page."""
        raise NotImplementedError

    def _say(self, sentence: str, style: StyleName = "") -> None:
        """Say something in the status line."""
        raise NotImplementedError

    def _state_words(self) -> str:
        """What can be done now."""
        raise NotImplementedError

    def _load(self, *, anew: bool = False) -> None:
        """Read the plan as it stands now."""
        raise NotImplementedError

    def _shown_again(self) -> None:
        """Show the same plan with what was just decided of it."""
        raise NotImplementedError

    def _go_on(self) -> None:
        """Show the next teacher."""
        raise NotImplementedError

    def _go_to(self, at: int) -> None:
        """Show a teacher."""
        raise NotImplementedError

    # ---- what a decision takes

    def _may_decide(self) -> bool:
        """Whether the key was pressed by itself, and the plan was read to its end; else says why not."""
        if not self._page.ended:
            self._say(READ_FIRST, "warning")
        elif not self._page.decides():
            self._say(HELD, "warning")
        else:
            return True
        return False

    async def _decide(self, after: RencanaKinerja, words: str) -> bool:
        """Save what was decided of the plan that is shown; false where it could not be, which is said."""
        sheet, shell = self._sheet, self.shell
        if sheet is None or sheet.rencana is None:
            return False
        self._deciding = True
        try:
            arguments = (shell.store, shell.in_force, sheet, after, shell.services.now())
            edit = await shell.store.database.ask(record, *arguments)
        except PmmError as error:
            self._load(anew=isinstance(error, InputError))
            self._say(error.sentence, "error")
            return False
        finally:
            self._deciding = False
        self._sheet = structs.replace(sheet, rencana=after, edit=edit)
        self._run.note(Decision(sheet.pegawai.id, sheet.rencana, edit, words))
        return True

    # ---- data right

    async def action_data_sesuai(self) -> None:
        """Say that this teacher's data are right and the rapor read, and go on; one that is locked or not whole is passed over."""
        sheet = self._sheet
        if sheet is None or sheet.refusal:
            self._skip()
        elif self._may_decide():
            if sheet.rencana is not None and not sheet.data_right:
                if not await self._decide(self._declared(sheet, sheet.rencana), sheet.declares):
                    return
                self._run.right.add(sheet.pegawai.id)
            self._go_on()

    def _skip(self) -> None:
        """Go on from a plan of which nothing can be decided, read to its end or not."""
        if not self._page.passes():
            self._say(HELD, "warning")
            return
        if self._sheet is not None:
            self._run.skipped.add(self._sheet.pegawai.id)
        self._go_on()

    def _declared(self, sheet: ReviewSheet, rencana: RencanaKinerja) -> RencanaKinerja:
        return with_data_right(rencana, sheet.pegawai, self.shell.in_force.katalog.for_jenis_ptk(sheet.pegawai.jenis_ptk))

    # ---- the teacher's word

    def _usual_word(self) -> Rangkuman | None:
        """How and when it was said last, today."""
        last = self.shell.last_word
        return last[0] if last and last[1] == self.shell.services.today() else None

    async def action_sudah_konfirmasi(self) -> None:
        """Note the teacher's word as it was noted for the one before, asked how and when the first time; or take it back."""
        sheet = self._sheet
        if sheet is None or not self._may_decide():
            return
        if sheet.refusal:
            self._say(f"Belum dapat dikonfirmasi: {sheet.refusal}", "warning")
        elif sheet.confirmed:
            await self._note_word(sheet, Rangkuman())
        elif word := self._usual_word():
            await self._note_word(sheet, word)
        else:
            self._ask_word(sheet)

    async def action_cara_konfirmasi(self) -> None:
        """Ask how and when this teacher has confirmed; the same is taken for those who follow."""
        sheet = self._sheet
        if sheet is None or not self._may_decide():
            return
        if sheet.refusal:
            self._say(f"Belum dapat dikonfirmasi: {sheet.refusal}", "warning")
        else:
            self._ask_word(sheet)

    def _ask_word(self, sheet: ReviewSheet) -> None:
        async def answered(word: Rangkuman | None) -> None:
            if word is not None and self._sheet is not None and self._sheet.edit == sheet.edit:
                self.shell.last_word = (word, self.shell.services.today())
                await self._note_word(sheet, word)

        usual = self.shell.last_word
        cara = sheet.rencana.rangkuman.cara if sheet.rencana and sheet.confirmed else usual[0].cara if usual else "layar"
        lines: list[DialogLine] = [(f"{sheet.pegawai.nama} sudah membaca dan mengonfirmasi rencana ini.", "")]
        lines.append(("Cara dan tanggal ini dipakai untuk guru berikutnya, dengan satu tombol.", "dim"))
        today = self.shell.services.today()
        self.app.push_screen(ConfirmScreen("Konfirmasi guru", lines, "Tandai", today, cara=cara or "layar"), answered)

    async def _note_word(self, sheet: ReviewSheet, word: Rangkuman) -> None:
        if sheet.rencana is None or not await self._decide(sheet.rencana.with_section(word), _WORD):
            return
        here = {sheet.pegawai.id}
        self._run.confirmed = self._run.confirmed | here if word.dikonfirmasi_guru else self._run.confirmed - here
        self._shown_again()
        said = f"Dikonfirmasi: {confirmation_words(word)}" if word.dikonfirmasi_guru else "Konfirmasinya ditarik lagi"
        self._say(f"{said}; {keys_of('urung', self.shell.keymap)[0]} mengurungkan")

    # ---- submitting

    async def action_ajukan(self) -> None:
        """Submit this plan after the usual question, and go on."""
        sheet, shell = self._sheet, self.shell
        if sheet is None or sheet.rencana is None:
            return
        if not self._page.ended:
            self._say(READ_FIRST, "warning")
        elif sheet.refusal:
            self._say(f"Belum dapat diajukan: {sheet.refusal}", "warning")
        elif not sheet.confirmed:
            self._say("Guru belum mengonfirmasi; bila sudah, tandai dengan Spasi", "warning")
        else:
            session = PlanSession(shell.services, shell.in_force, sheet.pegawai, _heard, _heard)
            if session.rencana != sheet.rencana:  # what is asked about is what was read
                self._load(anew=True)
                self._say(CHANGED, "warning")
                return
            held = await session.compare()
            if held is not None and held.plan.status == "disetujui":
                self._say(APPROVED_THERE, "warning")
                return
            also = self._also(sheet)

            async def answered(button: str | None) -> None:
                if button == "ya":
                    await self._submit(session, sheet)

            self.app.push_screen(ask_submit(session.view(), held, shell.look, also), answered)

    def _also(self, sheet: ReviewSheet) -> str:
        """What a yes declares besides, with what it is declared of; empty where all was declared."""
        data = "; ".join(line.text for line in person_lines(sheet, self.shell.in_force))
        rapor = "; ".join(rapor_lines(sheet, self.shell.in_force))
        words = {DATA_RIGHT: f"data dirinya sesuai ({data})", RAPOR_READ: f"Rapor Pendidikan sudah dibaca ({rapor})"}
        told = "; ".join(words[one] for one in sheet.undeclared)
        return f"Sekaligus dinyatakan: {told}." if told else ""

    async def _submit(self, session: PlanSession, sheet: ReviewSheet) -> None:
        """Seal what was shown; where the data were not said to be right yet they are now."""
        pegawai_id, shell = sheet.pegawai.id, self.shell
        if not sheet.data_right and sheet.rencana is not None:
            if not await self._decide(self._declared(sheet, sheet.rencana), sheet.declares):
                return
            self._run.right.add(pegawai_id)
            session.refresh(shell.in_force)
        try:
            if blocking := session.line.first_blocking:
                raise InputError(f"Belum dapat diajukan: {blocking.pesan}")
            await session.seal()
        except PmmError as error:
            self._shown_again()
            self._say(error.sentence, "error")
            return
        self._run.submitted.add(pegawai_id)
        self._say(QUEUED)
        self._go_on()
        shell.background.send(forced=True)

    # ---- taking back

    async def action_urung(self) -> None:
        """Take the last decision of this run back, and show whose it was."""
        last, shell = self._run.last, self.shell
        if last is None:
            self._say("Tidak ada keputusan di sini yang dapat diurungkan")
            return
        self._go_to(self._ids.index(last.pegawai_id))
        if self._sheet is None:
            return
        try:
            arguments = (shell.store, shell.in_force, self._sheet, shell.services.now())
            await shell.store.database.ask(self._run.take_back, *arguments)
        except PmmError as error:
            self._say(error.sentence, "warning")
            return
        back = {last.pegawai_id}
        if last.words != _WORD:
            self._run.right -= back
        else:
            self._run.confirmed = (
                self._run.confirmed - back if not last.before.rangkuman.dikonfirmasi_guru else (self._run.confirmed | back)
            )
        self._load(anew=True)
        self._say(f"Diurungkan: {last.words}, {self._sheet.pegawai.nama}")


def _heard(told: datetime | str) -> None:
    """What a session tells of its saving: nothing is edited in this one."""
