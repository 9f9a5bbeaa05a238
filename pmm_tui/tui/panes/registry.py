"""The panes in the order of the form."""

from __future__ import annotations

from collections.abc import Container

from pmm_tui.services.plan_session import PlanSession
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.tui.panes.data_diri import DataDiriPane
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from pmm_tui.tui.panes.perilaku_kerja import PerilakuKerjaPane
from pmm_tui.tui.panes.praktik_pembelajaran import PraktikPembelajaranPane
from pmm_tui.tui.panes.rangkuman import RangkumanPane
from pmm_tui.tui.panes.rapor_pendidikan import RaporPendidikanPane
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.tugas_tambahan import TugasTambahanPane
from pmm_tui.tui.widgets.bars import Tab

_SEMUA: tuple[type[SectionPane], ...] = (
    DataDiriPane,
    RaporPendidikanPane,
    PraktikPembelajaranPane,
    PengembanganKompetensiPane,
    TugasTambahanPane,
    PerilakuKerjaPane,
    RangkumanPane,
)
PANE: dict[str, type[SectionPane]] = {pane.BAGIAN: pane for pane in _SEMUA}
URUTAN: tuple[str, ...] = tuple(PANE)
AWAL = ("data_diri", "rapor_pendidikan")
"""The steps before the five tabs."""


def tab_rencana(session: PlanSession, bagian: str, dibuka: Container[str]) -> tuple[Tab, ...]:
    """The tabs to show while `bagian` is open, with a mark on those that are right or have been left with problems."""
    awal = bagian in AWAL
    tabs = [Tab(n, PANE[n].LABEL, PANE[n].PENDEK, _tanda(session, n, bagian, dibuka)) for n in (AWAL if awal else URUTAN[2:])]
    if awal:
        tabs.append(Tab("", "lalu lima bagian rencana", "lalu lima bagian rencana"))
    return tuple(tabs)


def _tanda(session: PlanSession, nama: str, bagian: str, dibuka: Container[str]) -> str:
    if not any(m.halang and m.bagian == nama for m in session.masalah):
        return "beres"
    touched = nama in dibuka or getattr(session.rencana, nama) != getattr(RencanaKinerja(), nama)
    return "masalah" if touched and nama != bagian else ""
