"""The part of the list of teachers that fills plans from others: the last teacher's, a template, the period before."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from textual import events, on

from pmm_tui.errors import PmmError
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.plan_state import State
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import CopyRequested, ReviewRequested
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.screens.roster_preview import RosterPreview

CARRY_MEMO = "bawa:"
"""What the memo of a period begins with that was not to be asked about again."""


class RosterCopying(RosterPreview):
    """A list of teachers whose plans can be filled from another."""

    def __init__(self) -> None:
        super().__init__()
        self._offered: set[str] = set()  # the periods that were asked about, or had nothing to ask about

    # ---- like the last teacher's

    async def action_salin(self) -> None:
        """Fill an untouched plan like the last teacher's at once; for others ask from where, and show what changes first.

        One that is done with is told so: nothing could come of asking.
        """
        meant = self._meant
        if not meant:
            return
        here = meant[0]
        if not self._marked and (here.state.is_submitted or here.state is State.NOT_NEEDED):
            onward = keys_of("yang_belum", self.shell.keymap)[0]
            said = f"{here.pegawai.nama}: {here.state.word}, jadi tidak diisi; {onward} ke guru berikutnya yang belum"
            self.set_status(said, style="warning")
            return
        if not self._marked and here.state is State.NOT_STARTED and await self._filled_like_last(here.pegawai):
            return
        from pmm_tui.tui.screens.copy_choices import ask_source  # only when asked for

        ids = [line.pegawai.id for line in meant]

        def chosen(source: str) -> None:
            self.app.post_message(CopyRequested(ids, source))

        ask_source(self, ids, chosen)

    async def _filled_like_last(self, pegawai: Pegawai) -> bool:
        """Fill this plan as one step, and open it to be looked at; false where there is no last teacher."""
        from pmm_tui.services.copy_sources import source_of_teacher  # only when asked for
        from pmm_tui.services.copying import do_copy, try_copy
        from pmm_tui.services.repeating import last_plan, left_words

        shell = self.shell
        store, in_force, services = shell.store, shell.in_force, shell.services
        worked = shell.worked.of(in_force.periode)
        try:
            last = last_plan(store, in_force, pegawai.jenis_ptk, worked, besides=pegawai.id)
            if last is None:
                return False
            source = source_of_teacher(store, in_force, last.pegawai.id)
            trial = await asyncio.to_thread(try_copy, store, in_force, services.today(), source, (pegawai.id,))
            step = await asyncio.to_thread(do_copy, store, in_force, trial, services.now())
        except PmmError as error:
            self.set_status(error.sentence, style="error")
            return True
        row = trial.rows[0]
        left = left_words(row.left)
        if step is None:
            self.set_status(f"{pegawai.nama}: {row.why}{f'; tidak disalin: {left}' if left else ''}", style="warning")
            return True
        shell.worked.note(in_force.periode, last.pegawai.id)  # the next one is filled from the same plan, not from a copy of it
        self._load()
        undo = keys_of("urung_guru", shell.keymap)[0]
        words = f"Diisi seperti {last.pegawai.nama}; {undo} mengurungkan{f'; tidak disalin: {left}' if left else ''}"
        self.set_status(words)
        self.app.post_message(ReviewRequested((pegawai.id,), words))
        return True

    # ---- from the period before

    def palette_entries(self) -> tuple[Entry, ...]:
        """Return what can be done with the marked teachers, and what there is of templates and of the period before."""
        from pmm_tui.tui.screens.copy_choices import carried_source  # only with the palette
        from pmm_tui.tui.screens.template_band import template_entries

        entries = list(super().palette_entries())
        shell, here = self.shell, self._here
        if self._marked:
            key = keys_of("salin", shell.keymap)[0]
            scope = f"{len(self._marked)} bertanda"
            act = self.action_salin
            label = "Salin atau pakai templat …"
            entries.insert(-1, Entry(id="salin:bertanda", label=label, run=act, scope=scope, key=key, first=True))
        with suppress(PmmError):  # told where it is asked for
            draft = shell.store.drafts.get(here.pegawai.id, shell.in_force.periode) if here else None
            entries += template_entries(self, here.pegawai if here else None, draft.rencana if draft else None)
            source, label = carried_source(shell)
            if source:
                words = "bawa salin rencana periode lalu"
                entries.append(
                    Entry(id="bawa", label=f"Bawa rencana dari {label} …", words=words, run=lambda: self._carry_over(source))
                )
        return tuple(entries)

    def _carry_over(self, source: str) -> None:
        """Show what carrying over would do for the marked teachers, else for all."""
        ids = [line.pegawai.id for line in (self._meant if self._marked else self._lines)]
        self.app.post_message(CopyRequested(ids, source))

    @on(events.ScreenResume)
    def look_for_offer(self) -> None:
        """Ask once for a period in which nothing was begun whether the plans of the one before are to come over."""
        begun = any(line.saved_at for line in self._lines)  # then it costs no statement
        if self.app.screen is self and self.shell.in_force.periode not in self._offered and self._lines and not begun:
            work: Any = self._offer  # not yet running: a screen that closes before it begins leaves nothing behind
            self.run_worker(work, group="bawa", exclusive=True, exit_on_error=False)

    async def _offer(self) -> None:
        from pmm_tui.services.carry_over import offers  # once in a period, behind the list
        from pmm_tui.tui.screens.copy_choices import carried_source
        from pmm_tui.tui.screens.dialog import Dialog

        shell = self.shell
        in_force, store = shell.in_force, shell.store
        memo = f"{CARRY_MEMO}{in_force.periode}"
        try:
            there = carried_source(shell)[0] and not store.reference.memo(memo)
            found = await store.database.ask(offers, store, in_force) if there else None
        except PmmError:
            return  # nobody has asked for it
        if found and (self.app.screen is not self or shell.in_force is not in_force):
            return  # once one is back
        self._offered.add(in_force.periode)
        if not found:
            return

        def answered(button: str | None) -> None:
            if button == "ya":
                self._carry_over(f"bawa:{found.periode}")
                return
            with suppress(PmmError):
                store.reference.set_memo(memo, "nanti")
            key = keys_of("palet", shell.keymap)[0]
            self.set_status(f'Nanti dapat dibawa lewat {key}: ketik "bawa".')

        self.app.push_screen(
            Dialog(
                f"Bawa {found.count} rencana dari {found.label}?",
                [
                    (f"Di {in_force.label} belum ada rencana. Sebelum ada yang diubah, tampil pratinjaunya.", ""),
                    ("Data diri, SK, konfirmasi guru dan Rapor Pendidikan tidak ikut; yang tidak cocok disebut.", "dim"),
                ],
                [("nanti", "Nanti"), ("ya", "Lihat pratinjaunya")],
            ),
            answered,
        )
