"""The part of the list of teachers that goes through plans, notes the teachers' word for several, and takes the last act back."""

from __future__ import annotations

from pmm_tui.errors import PmmError
from pmm_tui.skp.model import Rangkuman
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import ReviewRequested
from pmm_tui.tui.screens.roster_marks import RosterMarks, left_out_lines, name_lines


class RosterConfirming(RosterMarks):
    """A list of teachers with marks."""

    # ---- going through

    def action_tinjau(self) -> None:
        """Go through the marked plans, else those of the shown ones that wait for a decision, else the one under the cursor."""
        from pmm_tui.services.plan_review import reviewable  # only when asked for

        if self._marked:
            ids = tuple(line.pegawai.id for line in self._meant)
        else:
            ids = reviewable(self._shown) or tuple(line.pegawai.id for line in self._meant)
        if ids:
            self.post_message(ReviewRequested(ids))
        else:
            self.set_status("Tidak ada guru di daftar ini untuk ditinjau", style="warning")

    # ---- the teachers' word

    def action_konfirmasi_bertanda(self) -> None:
        """Note that the marked teachers have confirmed, as on one signed list: asked once how and on which day."""
        from pmm_tui.services.bulk_confirm import confirm_all, day_notes, try_confirming  # only when asked for
        from pmm_tui.tui.screens.confirm_band import ConfirmScreen

        shell = self.shell
        store, in_force, today = shell.store, shell.in_force, shell.services.today()
        try:
            trial = try_confirming(store, in_force, today, {line.pegawai.id for line in self._meant})
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        left = [(one.row.pegawai.nama, one.why) for one in trial.left_out]
        if not trial.ready:
            first = f" {left[0][0]}: {left[0][1]}." if left else ""
            self.set_status(f"Tidak ada yang dapat dikonfirmasi.{first}", style="warning")
            return

        def noted(word: Rangkuman | None) -> None:
            if word is None:
                return
            try:
                done = confirm_all(store, in_force, trial, word, shell.services.now())
            except PmmError as error:
                self.set_status(error.sentence, style="error")
                return
            self._load()
            more = f"; {done.left_out[0].row.pegawai.nama}: {done.left_out[0].why}" if done.left_out else ""
            undo = f"; {keys_of('urung_guru', shell.keymap)[0]} mengurungkan" if done.step else ""
            self.set_status(f"Konfirmasi {len(done.done)} guru dicatat{more}{undo}", style="warning" if more else "")

        lines = [("Sudah mengonfirmasi rencananya:", ""), *name_lines(row.pegawai.nama for row in trial.ready)]
        lines += left_out_lines(left)
        count = len(trial.ready)
        self.app.push_screen(
            ConfirmScreen(
                "Catat konfirmasi guru",
                lines,
                f"Catat {count} guru",
                today,
                cara="kertas",
                notes=lambda day: day_notes(day, in_force, trial.ready),
                detail=f"{count} guru",
            ),
            noted,
        )

    # ---- taking back

    def action_urung_guru(self) -> None:
        """Take back the newest of: a step over several plans, a bulk submission, a teacher typed by hand."""
        from pmm_tui.services.take_back import NOTHING, newest, sentence, take_back  # only when asked for

        shell = self.shell
        store, in_force = shell.store, shell.in_force
        try:
            meant = newest(store, in_force)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        if meant is None:
            self.set_status(NOTHING, style="warning")
            return

        def undo() -> None:
            try:
                done = take_back(store, in_force, meant, shell.services.now())
            except PmmError as error:
                self.set_status(error.sentence, style="warning")
                return
            self._load()
            self.set_status(sentence(done), style="warning" if done.kept else "")

        if meant.kind == "guru":
            undo()
            return
        what = "Ditarik dari Kotak Kirim, isinya tetap sebagai rencana yang lengkap:" if meant.kind == "ajukan" else meant.words
        lines = [(what, ""), *name_lines(meant.back)]
        lines += left_out_lines([(name, meant.why_kept) for name in meant.kept])
        title = "Tarik kembali pengajuan?" if meant.kind == "ajukan" else "Urungkan langkah terakhir?"
        yes = f"Tarik {len(meant.back)} rencana" if meant.kind == "ajukan" else f"Urungkan untuk {len(meant.back)} guru"
        self._ask(title, lines, yes, undo)
