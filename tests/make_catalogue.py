"""Writes the tables of `docs/catalogue.md` from the bundled catalogue: `python -m tests.make_catalogue`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmm_tui.skp.katalog_parts import Source
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_report import SURENESS, Entry, entries
from pmm_tui.skp.katalog_tables import Periode
from tests.make_architecture import ROOT

PAGE = ROOT / "docs" / "catalogue.md"
BEGIN, END = "<!-- tables: written by `python -m tests.make_catalogue` -->", "<!-- end of tables -->"
KATALOG = bundled()


def page() -> str:
    """The page as it should stand."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n" + "\n".join(_tables()) + f"\n{END}{after}"


def _tables() -> Iterator[str]:
    every = list(entries(KATALOG))
    counts = ", ".join(f"{sum(entry.keyakinan == word for entry in every)} `{word}`" for word in SURENESS)
    yield f"Version `{KATALOG.versi}`: {len(every)} entries, {counts}.\n"
    yield "### Periods and stages\n"
    for periode in KATALOG.periode:
        yield from _periode(periode)
    yield "### Tugas tambahan\n"
    most = KATALOG.tugas_tambahan_umum.jp_lain_maks
    yield f"Of the group `lain` at most {most} hours a week count together: a warning, from 2026 on.\n"
    yield "| id | label | JP | group | schools | before 2026 |"
    yield "|---|---|---|---|---|---|"
    for tugas in KATALOG.tugas_tambahan:
        before = ", ".join(f"{one.label}{f', {one.jp} JP' if one.jp else ''}" for one in tugas.dahulu)
        before = before or ("not offered" if tugas.mulai else "the same")
        hours = f"{tugas.jp or ''}{f' ({tugas.catatan})' if tugas.catatan else ''}".strip()
        yield f"| `{tugas.id}` | {tugas.label} | {hours or '-'} | {tugas.kelompok} | {', '.join(tugas.jenjang)} | {before} |"
    yield "\n### What is unsure\n"
    yield from _sureness(entry for entry in every if not entry.sure)
    yield "\n### What was found\n"
    yield from _sureness(entry for entry in every if entry.sure)
    yield "\n### Sources\n"
    yield from (f"* `{source.id}`: {_linked(source)}" for source in KATALOG.rujukan)


def _periode(periode: Periode) -> Iterator[str]:
    scheme = KATALOG.skema_periode(periode.id)
    window = f"{periode.rencana_mulai} to {periode.rencana_batas}"
    yield f"`{periode.id}`, {periode.label} ({periode.keyakinan}), scheme `{scheme.id}`; plans are made {window}.\n"
    yield "| stage | from | to | sure |"
    yield "|---|---|---|---|"
    for tahap in periode.tahap:
        part = " (part of perencanaan)" if tahap.di_dalam else ""
        yield f"| {tahap.label}{part} | {tahap.mulai} | {tahap.batas} | {tahap.keyakinan} |"
    yield ""


def _sureness(chosen: Iterable[Entry]) -> Iterator[str]:
    yield "| place | entry | sure | found at |"
    yield "|---|---|---|---|"
    known = {source.id for source in KATALOG.rujukan}
    for entry in chosen:
        found = ", ".join(f"`{name}`" if name in known else name for name in entry.sources)
        yield f"| `{entry.key}` | {entry.label} | {entry.keyakinan} | {found} |"


def _linked(source: Source) -> str:
    return f"{source.judul}{f', <{source.alamat}>' if source.alamat.startswith('http') and ' ' not in source.alamat else ''}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
