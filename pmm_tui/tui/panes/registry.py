"""The panes in the order of the form."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from pmm_tui.services.plan_session import PlanSession
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import Masalah, RencanaKinerja
from pmm_tui.tui.panes.data_diri import DataDiriPane
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from pmm_tui.tui.panes.perilaku_kerja import PerilakuKerjaPane
from pmm_tui.tui.panes.praktik_pembelajaran import PraktikPembelajaranPane
from pmm_tui.tui.panes.rangkuman import RangkumanPane
from pmm_tui.tui.panes.rapor_pendidikan import RaporPendidikanPane
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.skp_words import step_name
from pmm_tui.tui.panes.tugas_tambahan import TugasTambahanPane
from pmm_tui.tui.widgets.tab_bar import Tab, TabMark

_EVERY: tuple[type[SectionPane[Any]], ...] = (
    DataDiriPane,
    RaporPendidikanPane,
    PraktikPembelajaranPane,
    PengembanganKompetensiPane,
    TugasTambahanPane,
    PerilakuKerjaPane,
    RangkumanPane,
)
PANES: dict[str, type[SectionPane[Any]]] = {pane.SECTION: pane for pane in _EVERY}
ORDER: tuple[str, ...] = tuple(PANES)
FIRST_STEPS = ("data_diri", "rapor_pendidikan")
"""The steps before the five tabs."""


def first_section(masalah: Sequence[Masalah]) -> str:
    """Return where a plan goes on: the first step with something to do, else the Rangkuman."""
    for step in FIRST_STEPS:
        if any(m.section == step and m.kode in ("belum-sesuai", "rapor-belum") for m in masalah):
            return step
    return next((m.section for m in masalah if m.halang and m.section in ORDER[2:]), "rangkuman")


def pane_label(section: str, skema: Skema) -> str:
    """The label of a pane, in the words of the scheme: `1 Praktik Kinerja`."""
    return step_name(section, skema) if section not in FIRST_STEPS else PANES[section].LABEL


def plan_tabs(session: PlanSession, section: str, opened: Container[str], skema: Skema, *, thrifty: bool) -> tuple[Tab, ...]:
    """The tabs to show while `section` is open, with a mark on those that are right or have been left with problems."""
    start = section in FIRST_STEPS
    tabs = [
        Tab(n, pane_label(n, skema), PANES[n].SHORT_LABEL, _mark(session, n, section, opened, thrifty))
        for n in (FIRST_STEPS if start else ORDER[2:])
    ]
    if start:
        tabs.append(Tab("", "lalu lima bagian rencana", "lalu lima bagian rencana"))
    return tuple(tabs)


def _mark(session: PlanSession, name: str, section: str, opened: Container[str], thrifty: bool) -> TabMark:
    if not any(m.halang and m.section == name for m in session.line.masalah):
        return "ok"
    begun = getattr(session.rencana, name) != getattr(RencanaKinerja(), name)
    if name == section:
        return "problem" if begun and not thrifty else ""
    return "problem" if begun or name in opened else ""
