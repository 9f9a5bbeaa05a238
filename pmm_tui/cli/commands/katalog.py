"""`pmm-tui katalog`: the catalogue in force, its stages, and what of it is unsure; checks a catalogue's file."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.own_katalog import MAX_KATALOG
from pmm_tui.dates import long_date
from pmm_tui.errors import InputError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.stages import stage_advice, stage_json, stage_sentence, stages_of
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_file import check_katalog
from pmm_tui.skp.katalog_parts import Tahap
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_report import SURENESS, Entry, addresses, entries
from pmm_tui.skp.katalog_tables import Periode

_FROM = {"bawaan": "bawaan program", "berkas": "berkas menurut konfigurasi", "server": "dari server"}
_UNSAID = "tidak disebut"


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Report, always exit code 0; or check a file, exit code 1 when something is wrong in it."""
    if args.periksa:
        return _check(Path(args.periksa), context, as_json=args.json)
    with context.open_store(beside=True) as store:
        in_force = context.in_force(store)
    for note in in_force.notes:
        context.out.say(note)
    katalog = _of_the_period(in_force)
    every, titles = list(entries(katalog)), addresses(bundled()) | addresses(katalog)
    lent = {entry.key: entry for entry in entries(bundled().for_periode(in_force.periode))}  # the server sends no sources
    unsure = [_sourced(entry, lent) for entry in every if not entry.sure]
    if args.json:
        context.out.document(_as_json(in_force, katalog, every, unsure, titles, context))
    else:
        _tell(in_force, katalog, every, unsure, titles, context)
    return 0


# ---- the report


def _of_the_period(in_force: InForce) -> Katalog:
    """The catalogue with the period in force and its scheme alone, sources and all."""
    katalog, skema = in_force.katalog, in_force.katalog.skema_periode(in_force.periode)
    return structs.replace(katalog, periode=tuple(p for p in katalog.periode if p.id == in_force.periode), skema=(skema,))


def _sourced(entry: Entry, lent: dict[str, Entry]) -> Entry:
    """An entry with the sources of the bundled one that is the same, where it has none itself."""
    ours = lent.get(entry.key)
    same = ours is not None and (ours.label, ours.keyakinan) == (entry.label, entry.keyakinan)
    return structs.replace(entry, sources=ours.sources) if ours and same and not entry.sources else entry


def _counts(every: list[Entry]) -> dict[str, int]:
    counted = Counter(entry.keyakinan if entry.keyakinan in SURENESS else _UNSAID for entry in every)
    return {word: counted[word] for word in (*SURENESS, _UNSAID) if counted[word]}


def _tell(
    in_force: InForce, katalog: Katalog, every: list[Entry], unsure: list[Entry], titles: dict[str, str], context: RunContext
) -> None:
    out, (periode,), (skema,) = context.out, katalog.periode, katalog.skema
    out.line(f"Katalog {katalog.versi} ({_FROM[in_force.katalog_source]}), {periode.label}, {skema.label}.")
    out.line()
    out.table(("Tahap", "Mulai", "Sampai", "Keyakinan"), (_stage_cells(tahap) for tahap in stages_of(periode)))
    out.line()
    out.line(f"{len(every)} butir: {', '.join(f'{count} {word}' for word, count in _counts(every).items())}.")
    if unsure:
        out.line("Belum pasti, dapat diubah dengan berkas katalog sendiri:")
    for alike in _alike(unsure):
        first = alike[0]
        table, names = first.key.split(" ")[0], ", ".join(entry.label for entry in alike)
        out.line(f"  {table if len(alike) > 1 else first.key}: {names} ({first.keyakinan or _UNSAID})")
        for source in first.sources:
            out.line(f"    sumber: {titles.get(source, source)}")
    if stage := stage_sentence(in_force, context.today()):
        out.say(" ".join((stage, *stage_advice(in_force, context.today()))))


def _alike(unsure: list[Entry]) -> list[list[Entry]]:
    """The entries in their order, those of one table that are as sure and from the same sources together."""
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for entry in unsure:
        groups.setdefault((entry.key.split(" ")[0], entry.keyakinan, entry.sources), []).append(entry)
    return list(groups.values())


def _stage_cells(tahap: Tahap) -> tuple[str, ...]:
    name = f"- {tahap.label}" if tahap.di_dalam else tahap.label
    return name, long_date(tahap.mulai), long_date(tahap.batas), tahap.keyakinan or "-"


def _as_json(
    in_force: InForce, katalog: Katalog, every: list[Entry], unsure: list[Entry], titles: dict[str, str], context: RunContext
) -> dict[str, Any]:
    (periode,), (skema,) = katalog.periode, katalog.skema
    return {
        "versi": katalog.versi,
        "asal": in_force.katalog_source,
        "tahap": stage_json(in_force, context.today()),
        "periode": _periode_json(periode),
        "skema": {"id": skema.id, "label": skema.label, "keyakinan": skema.keyakinan},
        "jumlah": _counts(every),
        "belum_pasti": [
            {
                "tempat": entry.key,
                "label": entry.label,
                "keyakinan": entry.keyakinan,
                "sumber": [titles.get(source, source) for source in entry.sources],
            }
            for entry in unsure
        ],
    }


def _periode_json(periode: Periode) -> dict[str, Any]:
    dates = ("mulai", "selesai", "rencana_mulai", "rencana_batas")
    return {
        "id": periode.id,
        "label": periode.label,
        **{name: getattr(periode, name).isoformat() for name in dates},
        "keyakinan": periode.keyakinan,
        "tahap": [
            {
                "id": tahap.id,
                "label": tahap.label,
                "mulai": tahap.mulai.isoformat(),
                "sampai": tahap.batas.isoformat(),
                "di_dalam": tahap.di_dalam,
                "keyakinan": tahap.keyakinan,
            }
            for tahap in stages_of(periode)
        ],
    }


# ---- the check of a file


def _check(path: Path, context: RunContext, *, as_json: bool) -> int:
    text = read_text(
        path,
        MAX_KATALOG,
        InputError,
        unreadable=lambda why: f"{path}: katalog tidak dapat dibaca ({why}).",
        too_large=f"{path}: lebih besar dari {MAX_KATALOG // 1024 // 1024} MB; bukan katalog.",
        not_utf8=lambda line: f"{path}: baris {line} bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )
    found = check_katalog(text, path.name)
    if as_json:
        context.out.document({"berkas": str(path), "sah": not found.faults, "salah": found.faults, "catatan": found.hints})
    else:
        for sentence in (*found.faults, *found.hints):
            context.out.line(sentence)
    if found.faults:
        context.out.say(f"{len(found.faults)} kesalahan; betulkan, lalu periksa lagi.")
        return 1
    assert found.katalog is not None  # what cannot be read has a fault
    every = list(entries(found.katalog))
    unsure = sum(not entry.sure for entry in every)
    context.out.say(f"Berkas ini katalog yang sah: versi {found.katalog.versi}, {len(every)} butir, {unsure} belum pasti.")
    return 0
