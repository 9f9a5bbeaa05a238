"""What all panes of the form share: a section in, an edited section out."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.message import Message

from pmm_tui.services.plan_session import PlanView
from pmm_tui.skp.model import Section
from pmm_tui.tui.widgets.rows import NamaGaya
from pmm_tui.tui.widgets.sheet import Lembar


class SectionPane(Lembar):
    """A pane of one section. Its own rows are the truth while it is edited: `read` never asks anyone else.

    An edit is painted when the screen has heard of it (`lepas`), so that no letter ever stands beside a status line which still
    calls everything saved.
    """

    BAGIAN: ClassVar[str]
    LABEL: ClassVar[str]
    PENDEK: ClassVar[str]
    BANTUAN: ClassVar[str] = ""
    TOMBOL: ClassVar[tuple[str, ...]] = ("bantuan", "bagian_berikut", "urung", "ajukan", "bagian_sebelum", "kembali")

    class Changed(Message):
        """The operator changed this section; edits of one `kelompok` (letters typed into one field) are one step to undo."""

        def __init__(self, pane: SectionPane, section: Section, kelompok: str = "") -> None:
            super().__init__()
            self.pane = pane
            self.section = section
            self.kelompok = kelompok

    class StepRequested(Message):
        """The operator goes on (1) or back (-1) from this pane."""

        def __init__(self, pane: SectionPane, arah: int) -> None:
            super().__init__()
            self.pane = pane
            self.arah = arah

    class ActionRequested(Message):
        """The operator pressed something that the screen has to do: `apa` names it, `nilai` says to what."""

        def __init__(self, pane: SectionPane, apa: str, nilai: str = "") -> None:
            super().__init__()
            self.pane = pane
            self.apa = apa
            self.nilai = nilai

    def __init__(self, konteks: PlanView) -> None:
        super().__init__(id=self.BAGIAN.replace("_", "-"))
        self.konteks = konteks
        self._section: Any = getattr(konteks.rencana, self.BAGIAN)
        self._dilihat: set[str] = set()
        self._ditahan = False

    def on_mount(self) -> None:
        self.muat_ulang(self.kursor or self.kursor_awal())

    # ---- the section

    def read(self) -> Section:
        """Return the section as it stands in this pane now."""
        section: Section = self._section
        return section

    def show(self, section: Section) -> None:
        """Show another section (loading, undo); an equal one changes nothing, so that typing never echoes."""
        if section != self._section:
            self._section = section
            self.muat_ulang(segar=True)

    def ganti(self, section: Section, kursor: str | None = None) -> None:
        """Take an edit: show it, and tell the screen if it changes anything."""
        changed = section != self._section
        self._section = section
        self._ditahan = self._ditahan or changed
        self.muat_ulang(kursor, segar=True)
        if changed:
            self.post_message(self.Changed(self, section))

    def terketik(self, section: Section) -> None:
        """Take an edit that was typed, without building the rows over the one that is typed in."""
        if section != self._section:
            self._section = section
            self._ditahan = True
            self.post_message(self.Changed(self, section, f"{self.BAGIAN}:{self.kursor}"))

    def susun_ulang(self) -> None:
        """The screen answers each edit with all that is new around it; the rows are built then, once."""
        if not self._ditahan:
            super().susun_ulang()

    def lepas(self) -> None:
        """Paint what was edited."""
        self._ditahan = False
        self.perbarui()

    def perbarui(self) -> None:
        """Paint again, unless the screen has not heard yet of what would be painted."""
        if not self._ditahan:
            super().perbarui()

    def sesuaikan(self, konteks: PlanView) -> None:
        """Take what is new around the section: problems, totals, status."""
        self.konteks = konteks
        if self.is_attached and self.display:
            self.muat_ulang()

    # ---- cursor

    def kursor_awal(self) -> str:
        """Return the row where a first visit begins."""
        return ""

    def kursor_pointer(self, pointer: str) -> str:
        """Return the row that a problem's pointer means."""
        return pointer.removeprefix(f"/{self.BAGIAN}/")

    def ke_pointer(self, pointer: str) -> None:
        """Put the cursor where a problem is; the pane's start when the row is not there."""
        if not self.ke(self.kursor_pointer(pointer)):
            self.ke(self.kursor_awal())

    def pindah(self, dari: str, ke: str) -> None:
        """Remember which fields were visited: only those are complained about, and only once they are left."""
        self._dilihat.add(dari)
        self.baris = self.susun_baris()

    def keluhan(self, id: str, pointer: str = "") -> tuple[str, NamaGaya]:
        """Return the sentence under a field that was visited and left with a problem, and its style; empty for none."""
        if id == self.kursor or id not in self._dilihat:
            return "", ""
        pointer = pointer or f"/{self.BAGIAN}/{id}"
        found = next((m for m in self.konteks.masalah if m.pointer == pointer), None)
        return (found.pesan, "salah" if found.halang else "awas") if found else ("", "")

    def ujung(self, arah: int) -> None:
        """Leave the pane."""
        self.post_message(self.StepRequested(self, arah))

    def minta(self, apa: str, nilai: str = "") -> None:
        """Ask the screen to do something."""
        self.post_message(self.ActionRequested(self, apa, nilai))
