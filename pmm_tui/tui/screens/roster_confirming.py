"""The part of the list of teachers that goes through plans, notes the teachers' word for several, and takes the last act back."""

from __future__ import annotations

from pmm_tui.errors import PmmError
from pmm_tui.skp.model import Rangkuman
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import ReviewRequested
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.screens.roster_marks import DialogLine, RosterMarks, left_out_lines, name_lines


class RosterConfirming(RosterMarks):
    """A list of teachers with marks."""

    def palette_entries(self) -> tuple[Entry, ...]:
        """Return what can be done with the marked teachers; their plans as files too, for which there is no key."""
        entries = super().palette_entries()
        if not entries:
            return ()
        scope = f"{len(self._marked)} bertanda"
        words = "ekspor berkas rencana toml salin simpan"
        export = Entry(
            id="ekspor_rencana:bertanda",
            label="Tulis berkas rencana (TOML) …",
            words=words,
            run=self._export,
            scope=scope,
            first=True,
        )
        return (*entries[:-1], export, entries[-1])

    def _export(self) -> None:
        """Write the marked teachers' plans as TOML files, after a question that says whose, where to, and whose not."""
        from pmm_tui.services.listing import all_rows  # only when asked for
        from pmm_tui.services.plan_export import export_plans
        from pmm_tui.services.print_choice import short_path

        shell = self.shell
        meant, in_force, today = {line.pegawai.id for line in self._meant}, shell.in_force, shell.services.today()
        folder = (shell.services.export_folder / f"{today}" / "rencana").expanduser()
        try:
            rows = [row for row in all_rows(shell.store, in_force, today) if row.pegawai.id in meant]
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        begun = [row for row in rows if row.rencana is not None]
        left = [(row.pegawai.nama, "rencananya belum dimulai") for row in rows if row.rencana is None]
        if not begun:
            self.set_status("Tidak ada rencana yang dapat ditulis; belum ada yang dimulai", style="warning")
            return

        def written() -> None:
            files = export_plans(begun, in_force, folder)
            there = [file.pegawai.nama for file in files if file.there]
            kept = f"; {len(there)} sudah ada di sana dan tidak diganti" if there else ""
            told = f"{len(files) - len(there)} berkas ditulis ke {short_path(folder)}{kept}"
            self.set_status(told, style="warning" if there else "")

        lines: list[DialogLine] = [(f"Ke folder {short_path(folder)}, hanya dapat dibaca oleh Anda:", "")]
        lines += [*name_lines(row.pegawai.nama for row in begun), *left_out_lines(left)]
        self._ask("Tulis berkas rencana?", lines, f"Tulis {len(begun)} berkas", written)

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

    async def action_konfirmasi_bertanda(self) -> None:
        """Note that the marked teachers have confirmed, as on one signed list: asked once how and on which day."""
        from pmm_tui.services.bulk_confirm import confirm_all, day_notes, try_confirming  # only when asked for
        from pmm_tui.tui.screens.confirm_band import ConfirmScreen

        shell = self.shell
        store, in_force, today = shell.store, shell.in_force, shell.services.today()
        try:
            meant = {line.pegawai.id for line in self._meant}
            trial = await store.database.ask(try_confirming, store, in_force, today, meant)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        left = [(one.row.pegawai.nama, one.why) for one in trial.left_out]
        if not trial.ready:
            first = f" {left[0][0]}: {left[0][1]}." if left else ""
            self.set_status(f"Tidak ada yang dapat dikonfirmasi.{first}", style="warning")
            return

        async def noted(word: Rangkuman | None) -> None:
            if word is None:
                return
            try:
                done = await store.database.ask(confirm_all, store, in_force, trial, word, shell.services.now())
            except PmmError as error:
                self.set_status(error.sentence, style="error")
                return
            self._load()
            more = f"; {done.left_out[0].row.pegawai.nama}: {done.left_out[0].why}" if done.left_out else ""
            undo = f"; {keys_of('urung_guru', shell.keymap)[0]} mengurungkan" if done.step else ""
            self.set_status(f"Konfirmasi {len(done.done)} guru dicatat{more}{undo}", style="warning" if more else "")

        lines: list[DialogLine] = [("Sudah mengonfirmasi rencananya:", ""), *name_lines(row.pegawai.nama for row in trial.ready)]
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

    async def action_urung_guru(self) -> None:
        """Take back the newest of: a step over several plans, a bulk submission, a teacher typed by hand."""
        from pmm_tui.services.take_back import gone_words, newest, nothing_words, sentence, take_back  # only when asked for

        shell = self.shell
        store, in_force = shell.store, shell.in_force
        try:
            meant = await store.database.ask(newest, store, in_force)
            gone = await store.database.ask(gone_words, store, in_force, meant)
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return
        if meant is None:
            self.set_status(nothing_words(store, in_force), style="warning")
            return

        async def undo() -> None:
            try:
                done = await store.database.ask(take_back, store, in_force, meant, shell.services.now())
            except PmmError as error:
                self.set_status(error.sentence, style="warning")
                return
            self._load()
            self.set_status(sentence(done), style="warning" if done.kept else "")

        if meant.kind == "guru" and not gone:
            await undo()
            return
        what = "Ditarik dari Kotak Kirim, isinya tetap sebagai rencana yang lengkap:" if meant.kind == "ajukan" else meant.words
        lines: list[DialogLine] = [(f"{gone}.", "warning"), ("Langkah sebelumnya masih dapat diurungkan:", "")] if gone else []
        lines += [(what, ""), *name_lines(meant.back)]
        lines += left_out_lines([(name, meant.why_kept) for name in meant.kept])
        title = "Tarik kembali pengajuan?" if meant.kind == "ajukan" else "Urungkan langkah terakhir?"
        yes = f"Tarik {len(meant.back)} rencana" if meant.kind == "ajukan" else f"Urungkan untuk {len(meant.back)} guru"
        self._ask(title, lines, yes, undo)
