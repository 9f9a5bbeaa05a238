"""Which of a plan's five panes are done, have a problem, or are still to be filled in: the five marks of the list."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from pmm_tui.skp.model import Masalah, RencanaKinerja

PANES = ("praktik_pembelajaran", "pengembangan_kompetensi", "tugas_tambahan", "perilaku_kerja", "rangkuman")
"""The sections of the five numbered panes, in their order; data diri and rapor have no mark."""


class PaneMark(Enum):
    """How a pane stands: its word, its sign (in WGL4), and the sign where there is only ASCII."""

    DONE = ("beres", "√", "v")
    PROBLEM = ("bermasalah", "!", "!")
    EMPTY = ("belum diisi", "·", ".")

    def __init__(self, word: str, sign: str, plain_sign: str) -> None:
        self.word = word
        self.sign = sign
        self.plain_sign = plain_sign


_ALL_DONE = (PaneMark.DONE,) * len(PANES)


def pane_marks(rencana: RencanaKinerja | None, masalah: Iterable[Masalah], *, duties_asked: bool = True) -> tuple[PaneMark, ...]:
    """The marks of the panes, in the order of `PANES`; none for a plan that was never begun.

    `masalah` is what `periksa` found in the plan. A pane in which nothing was entered is empty, whatever is asked for there; one
    with something that stops the plan has a problem; the Rangkuman is done when the teacher's confirmation counts. Where no
    duties are asked for (`duties_asked`), that pane is done.
    """
    if rencana is None:
        return ()
    duties = rencana.tugas_tambahan
    filled = (
        bool(rencana.praktik_pembelajaran.indikator),
        bool(rencana.pengembangan_kompetensi.rhk),
        bool(duties.tidak_ada or duties.tugas or not duties_asked),
        bool(rencana.perilaku_kerja.indikator),
        rencana.rangkuman.dikonfirmasi_guru,
    )
    blocked = {m.section for m in masalah if m.halang}
    if not blocked and all(filled):  # most plans of a school that is nearly through
        return _ALL_DONE
    return tuple(
        PaneMark.EMPTY if not entered else PaneMark.PROBLEM if name in blocked else PaneMark.DONE
        for name, entered in zip(PANES, filled, strict=True)
    )
