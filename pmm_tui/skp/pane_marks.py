"""Which of a plan's five panes are done, have a problem, or are still to be filled in: the five marks of the list."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from pmm_tui.skp.model import (
    Masalah,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    RencanaKinerja,
    TugasTambahan,
)

PANES = ("praktik_pembelajaran", "pengembangan_kompetensi", "tugas_tambahan", "perilaku_kerja", "rangkuman")
"""The sections of the five numbered panes, in their order; data diri and rapor have no mark."""
_EMPTY = (PraktikPembelajaran(), PengembanganKompetensi(), TugasTambahan(), PerilakuKerja())


class PaneMark(Enum):
    """How a pane stands: its word, its sign (in WGL4), and the sign where there is only ASCII."""

    DONE = ("beres", "√", "v")
    PROBLEM = ("bermasalah", "!", "!")
    EMPTY = ("belum diisi", "·", ".")

    def __init__(self, word: str, sign: str, plain_sign: str) -> None:
        self.word = word
        self.sign = sign
        self.plain_sign = plain_sign


def pane_marks(rencana: RencanaKinerja | None, masalah: Iterable[Masalah]) -> tuple[PaneMark, ...]:
    """The marks of the panes, in the order of `PANES`; none for a plan that was never begun.

    `masalah` is what `periksa` found in the plan. A pane in which nothing was entered is empty, whatever is asked for there; one
    with something that stops the plan has a problem; the Rangkuman is done when the teacher's confirmation counts.
    """
    if rencana is None:
        return ()
    blocked = {m.section for m in masalah if m.halang}
    filled = [getattr(rencana, name) != empty for name, empty in zip(PANES, _EMPTY, strict=False)]
    filled.append(rencana.rangkuman.dikonfirmasi_guru)
    return tuple(
        PaneMark.EMPTY if not entered else PaneMark.PROBLEM if name in blocked else PaneMark.DONE
        for name, entered in zip(PANES, filled, strict=True)
    )
