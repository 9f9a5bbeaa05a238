"""What all panes of the form share: each is given a section of the plan, and tells of every edit of it."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct
from textual.message import Message

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Periode, Skema
from pmm_tui.skp.model import Masalah, Pegawai, Rapor, RencanaKinerja, Section, Sekolah
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import RowId
from pmm_tui.tui.widgets.sheet import Lembar

S = TypeVar("S", bound=Section)


class KonteksRencana(Struct, frozen=True, kw_only=True):
    """All that a pane knows besides its own section.

    `status` is what the outbox says of this plan, as a sentence; `diajukan`: the plan as it stands is sealed or sent.
    """

    pegawai: Pegawai
    sekolah: Sekolah
    katalog: Katalog
    skema: Skema
    periode: Periode
    rapor: Rapor
    rencana: RencanaKinerja
    masalah: tuple[Masalah, ...] = ()
    status: str = ""
    diajukan: bool = False
    server: str = ""


class SectionPane(Lembar, Generic[S]):
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

        def __init__(self, pane: SectionPane[Any], kelompok: str = "") -> None:
            super().__init__()
            self.pane = pane
            self.kelompok = kelompok

    class StepRequested(Message):
        """The operator goes on (1) or back (-1) from this pane."""

        def __init__(self, arah: int) -> None:
            super().__init__()
            self.arah = arah

    def __init__(self, konteks: KonteksRencana) -> None:
        super().__init__(id=self.BAGIAN.replace("_", "-"))
        self.konteks = konteks
        self._section: S = getattr(konteks.rencana, self.BAGIAN)
        self._dilihat: set[RowId] = set()
        self._ditahan = False

    def on_mount(self) -> None:
        self.muat_ulang(self.kursor or self.kursor_awal())

    # ---- the section

    def read(self) -> S:
        """Return the section as it stands in this pane now."""
        return self._section

    def show(self, section: S) -> None:
        """Show another section (loading, undo); an equal one changes nothing, so that typing never echoes."""
        if section != self._section:
            self._section = section
            self.muat_ulang(segar=True)

    def ganti(self, section: S, kursor: RowId | None = None) -> None:
        """Take an edit: show it, and tell the screen if it changes anything."""
        changed = section != self._section
        self._section = section
        self._ditahan = self._ditahan or changed
        self.muat_ulang(kursor, segar=True)
        if changed:
            self.post_message(self.Changed(self))

    def terketik(self, section: S) -> None:
        """Take an edit that was typed; the field that is typed in is not built anew."""
        if section != self._section:
            self._section = section
            self._ditahan = True
            self.post_message(self.Changed(self, f"{self.BAGIAN}:{self.kursor}"))

    def susun_ulang(self) -> None:
        """Build the rows anew, unless the screen will: it answers each edit with all that is new around it."""
        if not self._ditahan:
            super().susun_ulang()

    def lepas(self) -> None:
        """Paint what was edited: the screen has heard of it."""
        self._ditahan = False
        self.perbarui()

    def perbarui(self) -> None:
        """Paint again, unless the screen has not heard yet of what would be painted."""
        if not self._ditahan:
            super().perbarui()

    def sesuaikan(self, konteks: KonteksRencana) -> None:
        """Take what is new around the section: problems, totals, status."""
        self.konteks = konteks
        if self.is_attached and self.display:
            self.muat_ulang()

    # ---- cursor

    def kursor_awal(self) -> RowId:
        """Return the row where a first visit begins."""
        return ""

    def kursor_pointer(self, pointer: str) -> RowId:
        """Return the row that a problem's pointer means."""
        return pointer.removeprefix(f"/{self.BAGIAN}/")

    def go_to_place(self, remembered: str, pointer: str = "") -> None:
        """Put the cursor where a problem's pointer says (the pane's start when the row is not there), or on a row remembered."""
        if pointer:
            if not self.ke(self.kursor_pointer(pointer)):
                self.ke(self.kursor_awal())
            return
        found = next((row_id for row_id in self._row_ids() if str(row_id) == remembered), None)
        if found is not None:
            self.ke(found)

    def pindah(self, dari: RowId, ke: RowId) -> None:
        """Remember which fields were visited: only those are complained about, and only once they are left."""
        self._dilihat.add(dari)
        self.baris = self.susun_baris()

    def keluhan(self, row_id: RowId, pointer: str = "") -> tuple[str, StyleName]:
        """Return the sentence under a field that was visited and left with a problem, and its style; empty for none."""
        if row_id == self.kursor or row_id not in self._dilihat:
            return "", ""
        pointer = pointer or f"/{self.BAGIAN}/{row_id}"
        found = next((m for m in self.konteks.masalah if m.pointer == pointer), None)
        return (found.pesan, "error" if found.halang else "warning") if found else ("", "")

    def ujung(self, arah: int) -> None:
        """Leave the pane."""
        self.post_message(self.StepRequested(arah))
