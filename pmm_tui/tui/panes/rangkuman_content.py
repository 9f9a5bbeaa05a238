"""What the Rangkuman shows: the plan section by section, what is wrong with it, the head's words."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pmm_tui.dates import long_date, parse_date
from pmm_tui.services.plan_view import PlanView
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.model import Masalah, Rangkuman, RencanaKinerja
from pmm_tui.skp.rangkuman import poin_rhk, points_range, praktik_sentence, rhk_sentence, satuan_rhk, total_poin, tugas_sentence
from pmm_tui.tui.widgets.line_text import wrap
from pmm_tui.tui.widgets.look import Signs, StyleName
from pmm_tui.tui.widgets.rows import Gap, Item, Row, Text, problem_row


class SectionRow(Struct, frozen=True):
    """The heading of a section, which leads to its pane."""

    section: str

    def __str__(self) -> str:
        return f"ke:{self.section}"


class ProblemRow(Struct, frozen=True):
    """A problem; the number tells two of one pointer apart."""

    pointer: str
    number: int

    def __str__(self) -> str:
        return f"masalah:{self.pointer}:{self.number}"


class CaraRow(Struct, frozen=True):
    """One way in which the teacher may have confirmed."""

    cara: str

    def __str__(self) -> str:
        return f"cara/{self.cara}"


def noted(signs: Signs, width: int, *words: str, style: StyleName = "warning") -> list[Row]:
    """Words of the head or of the server behind a bar at the page's edge."""
    return [Gap(), *(Text(f"{signs.side} {line}", style, -1) for text in words for line in wrap(text, width - 5))]


def problem_rows(problems: list[tuple[ProblemRow, Masalah]], said: Rangkuman) -> list[Row]:
    """What is left to do in a sentence, then each problem as a way to its field; mostly nothing."""
    if not problems:
        return []
    heavy = sum(m.halang for _, m in problems)
    left = "periksa peringatan" if said.dikonfirmasi_guru else "periksa peringatan, lalu minta konfirmasi guru"
    then = "" if said.dikonfirmasi_guru else ", lalu konfirmasi guru"
    word = f"{heavy} masalah (!) harus diselesaikan{then}" if heavy else f"Lengkap; {left}"
    return [Text(word, "error" if heavy else "warning"), *(problem_row(row_id, m.pesan, m.halang) for row_id, m in problems)]


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


def _tugas(view: PlanView, *, short: bool = False) -> list[Row]:
    """The duties; `short`: by their names, not by their sentences."""
    section = view.rencana.tugas_tambahan
    if section.tidak_ada or not (section.tugas or asks_duties(view.katalog)):
        return [Text("Tidak ada tugas tambahan", indent=2)]
    rows: list[Row] = []
    for tugas in section.tugas:
        jenis = view.katalog.find_tugas(tugas.tugas)
        day = parse_date(tugas.tanggal_sk)
        sk = " ".join(t for t in (tugas.nomor_sk, long_date(day) if day else tugas.tanggal_sk) if t)
        name = tugas.tugas if not jenis else jenis.label if short else tugas_sentence(jenis, view.katalog)
        rows.append(Text(name + (f" · SK {sk}" if sk else ""), indent=2))
    return rows or [_empty()]


_NAMES = {
    "praktik_pembelajaran": "1 Praktik",
    "pengembangan_kompetensi": "2 Kompetensi",
    "tugas_tambahan": "3 Tugas",
    "perilaku_kerja": "4 Perilaku",
}
_NAME_WIDTH = 15
"""Cells of a part's short name, as it stands in its tab."""


def part_rows(view: PlanView, signs: Signs, width: int) -> list[Row]:
    """Return the four parts that are filled in, each with its mark at the right end; the first line of each leads to its pane."""
    rows: list[Row] = []
    for section, name in _NAMES.items():
        begun = getattr(view.rencana, section) != getattr(RencanaKinerja(), section)
        for number, (text, at) in enumerate(_part(section, view) or [("belum diisi", f"/{section}")]):
            bad = any(m.halang and f"{m.pointer}/".startswith(f"{at}/") for m in view.masalah)
            mark, style = _mark(signs, begun, bad)
            first, *more = wrap(text, width - _NAME_WIDTH - 5)
            if number:
                rows.append(Text(first, "", _NAME_WIDTH, mark, style))
            else:
                rows.append(Item(SectionRow(section), f"{name:<{_NAME_WIDTH}}{first}", "", mark, "", style))
            rows += [Text(line, "", _NAME_WIDTH + 3) for line in more]
    return rows


def _mark(signs: Signs, begun: bool, bad: bool) -> tuple[str, StyleName]:
    if not bad:
        return signs.ok, "good"
    return (signs.problem, "error") if begun else (signs.open, "dim")


def _part(section: str, view: PlanView) -> list[tuple[str, str]]:
    """The lines of a part, each with the pointer that its problems have."""
    r, katalog = view.rencana, view.katalog
    match section:
        case "praktik_pembelajaran":
            target = f" · {katalog.praktik.target} {katalog.praktik.satuan}" if katalog.praktik.target else ""
            known = [(katalog.find_indikator(i), i) for i in r.praktik_pembelajaran.indikator]
            return [(f"{found.label if found else i}{target}", f"/{section}") for found, i in known]
        case "pengembangan_kompetensi":
            return list(_rhk_lines(view))
        case "tugas_tambahan":
            texts = [row.text for row in _tugas(view, short=True) if isinstance(row, Text)]
            return [(text, f"/{section}") for text in texts]
    filled = len({p.partition("/")[0] for p in r.perilaku_kerja.indikator})
    return [(f"{filled} dari {len(katalog.perilaku)} nilai terisi", f"/{section}")]


def _rhk_lines(view: PlanView) -> Iterator[tuple[str, str]]:
    r, at = view.rencana, "/pengembangan_kompetensi"
    for number, rhk in enumerate(r.pengembangan_kompetensi.rhk):
        kompetensi = view.katalog.find_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
        what = kompetensi.peran if kompetensi else f"{rhk_sentence(rhk, view.katalog)} [di luar katalog]"
        target = f"{rhk.target} {satuan_rhk(rhk, view.katalog)}".strip()
        poin = f" · {poin_rhk(rhk, view.katalog)} poin" if view.skema.poin_dipakai else ""
        yield f"{number + 1}. {what} · {target}{poin}", f"{at}/rhk/{number}"
    if view.skema.poin_dipakai and r.pengembangan_kompetensi.rhk:
        yield f"{total_poin(r, view.katalog)} poin (dianjurkan {points_range(view.skema)})", f"{at}/rhk"


def _empty() -> Row:
    return Text("belum diisi", "dim", 2)
