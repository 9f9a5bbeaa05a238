"""The panes in the order of the form."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.tui.panes.data_diri import DataDiriPane
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from pmm_tui.tui.panes.perilaku_kerja import PerilakuKerjaPane
from pmm_tui.tui.panes.praktik_pembelajaran import PraktikPembelajaranPane
from pmm_tui.tui.panes.rangkuman import RangkumanPane
from pmm_tui.tui.panes.rapor_pendidikan import RaporPendidikanPane
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.tugas_tambahan import TugasTambahanPane
from pmm_tui.tui.plan_session import Meja
from pmm_tui.tui.widgets.bars import Tab, TabMark

_SEMUA: tuple[type[SectionPane[Any]], ...] = (
    DataDiriPane,
    RaporPendidikanPane,
    PraktikPembelajaranPane,
    PengembanganKompetensiPane,
    TugasTambahanPane,
    PerilakuKerjaPane,
    RangkumanPane,
)
PANE: dict[str, type[SectionPane[Any]]] = {pane.BAGIAN: pane for pane in _SEMUA}
URUTAN: tuple[str, ...] = tuple(PANE)
AWAL = ("data_diri", "rapor_pendidikan")
"""The steps before the five tabs."""


def tab_rencana(meja: Meja, bagian: str, dibuka: Container[str]) -> tuple[Tab, ...]:
    """The tabs to show while `bagian` is open, with a mark on those that are right or have been left with problems."""
    awal = bagian in AWAL
    tabs = [Tab(n, PANE[n].LABEL, PANE[n].PENDEK, _tanda(meja, n, bagian, dibuka)) for n in (AWAL if awal else URUTAN[2:])]
    if awal:
        tabs.append(Tab("", "lalu lima bagian rencana", "lalu lima bagian rencana"))
    return tuple(tabs)


def _tanda(meja: Meja, nama: str, bagian: str, dibuka: Container[str]) -> TabMark:
    if not any(m.halang and m.bagian == nama for m in meja.masalah):
        return "ok"
    touched = nama in dibuka or getattr(meja.rencana, nama) != getattr(RencanaKinerja(), nama)
    return "problem" if touched and nama != bagian else ""
