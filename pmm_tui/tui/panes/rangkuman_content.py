"""What a plan says, section by section, as the Rangkuman shows it."""

from __future__ import annotations

from msgspec import Struct

from pmm_tui.dates import long_date, parse_date
from pmm_tui.services.plan_view import PlanView
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.rangkuman import poin_rhk, points_range, praktik_sentence, rhk_sentence, satuan_rhk, total_poin, tugas_sentence
from pmm_tui.tui.widgets.rows import Gap, Item, Row, Text


class SectionRow(Struct, frozen=True):
    """The heading of a section, which leads to its pane."""

    section: str

    def __str__(self) -> str:
        return f"ke:{self.section}"


def content_rows(view: PlanView) -> list[Row]:
    """Return the four sections that were filled in, each under its name, which leads to its pane."""
    r = view.rencana
    practice = view.skema.step_label("praktik_pembelajaran", "Praktik Pembelajaran")
    rows: list[Row] = [Gap(), Item(SectionRow("praktik_pembelajaran"), practice, style="strong")]
    rows += [Text(praktik_sentence(i, view.katalog), indent=2) for i in r.praktik_pembelajaran.indikator] or [_empty()]
    total = f" · {total_poin(r, view.katalog)} poin (dianjurkan {points_range(view.skema)})" if view.skema.poin_dipakai else ""
    rows.append(Item(SectionRow("pengembangan_kompetensi"), f"Pengembangan Kompetensi{total}", style="strong"))
    for number, rhk in enumerate(r.pengembangan_kompetensi.rhk, 1):
        poin = f" · {poin_rhk(rhk, view.katalog)} poin" if view.skema.poin_dipakai else ""
        outside = "" if rhk.kompetensi else " [di luar katalog]"
        target = f"{rhk.target} {satuan_rhk(rhk, view.katalog)}".strip()
        rows.append(Text(f"{number}. {rhk_sentence(rhk, view.katalog)}{outside} · {target}{poin}", indent=2))
    if not r.pengembangan_kompetensi.rhk:
        rows.append(_empty())
    rows.append(Item(SectionRow("tugas_tambahan"), "Tugas Tambahan", style="strong"))
    rows += _tugas(view)
    rows.append(Item(SectionRow("perilaku_kerja"), "Perilaku Kerja", style="strong"))
    found = [view.katalog.find_perilaku(p) for p in r.perilaku_kerja.indikator]
    rows += [Text(f"{f[0].label}: {f[1].label}", indent=2) for f in found if f] or [_empty()]
    return rows


def _tugas(view: PlanView) -> list[Row]:
    section = view.rencana.tugas_tambahan
    if section.tidak_ada or not (section.tugas or asks_duties(view.katalog)):
        return [Text("Tidak ada tugas tambahan", indent=2)]
    rows: list[Row] = []
    for tugas in section.tugas:
        jenis = view.katalog.find_tugas(tugas.tugas)
        day = parse_date(tugas.tanggal_sk)
        sk = " ".join(t for t in (tugas.nomor_sk, long_date(day) if day else tugas.tanggal_sk) if t)
        rows.append(Text((tugas_sentence(jenis, view.katalog) if jenis else tugas.tugas) + (f" · SK {sk}" if sk else ""), indent=2))
    return rows or [_empty()]


def _empty() -> Row:
    return Text("belum diisi", "dim", 2)
