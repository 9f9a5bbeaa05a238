"""Undo and redo over whole plans; letters typed into one field are one step."""

from __future__ import annotations

from pmm_tui.skp.model import RencanaKinerja

BATAS = 200
"""Steps that can be undone; plans share their unchanged sections, so that a step is small."""


class Riwayat:
    """The plans before and after the current one."""

    def __init__(self) -> None:
        self._lama: list[RencanaKinerja] = []
        self._baru: list[RencanaKinerja] = []
        self._kelompok = ""

    def catat(self, sebelum: RencanaKinerja, kelompok: str) -> None:
        """Remember the plan before an edit; edits with the same non-empty `kelompok` in a row are one step."""
        if not (kelompok and kelompok == self._kelompok):
            self._lama.append(sebelum)
            del self._lama[:-BATAS]
        self._baru.clear()
        self._kelompok = kelompok

    def bersih(self) -> None:
        """Forget everything: what was submitted is not undone by a slip of the finger."""
        self._lama.clear()
        self._baru.clear()
        self._kelompok = ""

    def urung(self, kini: RencanaKinerja) -> RencanaKinerja | None:
        """Return the plan before; None when there is none."""
        return self._langkah(self._lama, self._baru, kini)

    def ulang(self, kini: RencanaKinerja) -> RencanaKinerja | None:
        """Return the plan that was undone; None when there is none."""
        return self._langkah(self._baru, self._lama, kini)

    def _langkah(self, dari: list[RencanaKinerja], ke: list[RencanaKinerja], kini: RencanaKinerja) -> RencanaKinerja | None:
        self._kelompok = ""
        if not dari:
            return None
        ke.append(kini)
        return dari.pop()
