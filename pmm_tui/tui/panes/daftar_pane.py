"""The panes in the order of the form."""

from __future__ import annotations

from pmm_tui.tui.panes.data_diri import DataDiriPane
from pmm_tui.tui.panes.pengembangan_kompetensi import PengembanganKompetensiPane
from pmm_tui.tui.panes.perilaku_kerja import PerilakuKerjaPane
from pmm_tui.tui.panes.praktik_pembelajaran import PraktikPembelajaranPane
from pmm_tui.tui.panes.rangkuman import RangkumanPane
from pmm_tui.tui.panes.rapor_pendidikan import RaporPendidikanPane
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.panes.tugas_tambahan import TugasTambahanPane

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
