"""`pmm-tui rapor`: the school's Rapor Pendidikan from its download, typed by hand, or the server's; and what is in force."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import expanded
from pmm_tui.services import rapor_edit
from pmm_tui.services.in_force import InForce
from pmm_tui.services.rapor_edit import RaporLine, RaporProposal
from pmm_tui.skp.rapor_levels import KOMPONEN

_ORIGIN = {"berkas": "unduhan", "tangan": "diisi sendiri", "server": "server", "komponen": "menurut komponen", "": ""}


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Do what was asked; exit code 1 when something waits for an answer or was left out."""
    showing = args.action == "tampil"
    with context.open_store(beside=showing) as store:
        in_force = context.in_force(store)
        if showing:
            return _show(rapor_edit.shown(store, in_force), in_force, args, context)
        if args.action == "impor":
            proposal = rapor_edit.propose_file(store, in_force, expanded(args.berkas), context.now())
        elif args.action == "isi":
            proposal = rapor_edit.propose_typed(store, in_force, args.capaian, context.now())
        else:
            proposal = rapor_edit.propose_server(store, in_force, context.now())
        waits = bool(proposal.asks) and not args.ya
        if not (waits or args.uji_coba):
            rapor_edit.keep(store, in_force, proposal)
    for note in in_force.notes:
        context.out.say(note)
    if args.json:
        context.out.document(_proposal_json(proposal, in_force, waits=waits, tried=args.uji_coba))
    else:
        _tell(proposal, in_force, context, waits=waits, tried=args.uji_coba)
    return int(waits)


def _tell(proposal: RaporProposal, in_force: InForce, context: RunContext, *, waits: bool, tried: bool) -> None:
    out = context.out
    if file := proposal.file:
        whose = " · ".join(part for part in (file.school, f"NPSN {file.npsn}" if file.npsn else "") if part)
        out.say(f'{file.name}: lembar "{file.sheet}", judul di baris {file.heading_row}{f", {whose}" if whose else ""}.')
    labels = _labels(in_force)
    for change in proposal.changes:
        before, after = (labels.get(level, level) or "(kosong)" for level in (change.before, change.after))
        out.line(f"{change.item.label}: {before} -> {after}")
    for note in proposal.notes:
        out.say(note)
    if proposal.stays:
        out.say(f"Isian sendiri tetap dipakai: {', '.join(item.label for item in proposal.stays)}.")
    if waits:
        out.say(proposal.asks)
    elif tried:
        out.say("Uji coba: tidak ada yang disimpan.")
    else:
        many = f"{len(proposal.changes)} indikator berubah" if proposal.changes else "Capaiannya sama seperti sebelumnya"
        out.say(f"{many}. Sumber: {proposal.source.words or 'belum ada'}. Periode {in_force.label}.")


def _proposal_json(proposal: RaporProposal, in_force: InForce, *, waits: bool, tried: bool) -> dict[str, Any]:
    file = proposal.file
    named = {"nama": file.name, "lembar": file.sheet, "npsn": file.npsn, "sekolah": file.school} if file else None
    return {
        "periode": in_force.periode,
        "uji_coba": tried,
        "disimpan": not (tried or waits),
        "berkas": named,
        "perubahan": [{"id": _id(c.item.name), "dari": c.before, "menjadi": c.after} for c in proposal.changes],
        "isian_sendiri_tetap": [_id(item.name) for item in proposal.stays],
        "catatan": list(proposal.notes),
        "pertanyaan": proposal.asks if waits else "",
        "sumber": list(proposal.source.kinds),
    }


def _show(lines: tuple[RaporLine, ...], in_force: InForce, args: argparse.Namespace, context: RunContext) -> int:
    for note in in_force.notes:
        context.out.say(note)
    source = in_force.rapor_source
    if args.json:
        when = source.at.isoformat() if source.at else ""
        document = {"periode": in_force.periode, "sumber": list(source.kinds), "berkas": source.file, "diimpor": when}
        context.out.document(document | {"butir": list(map(_line_json, lines))})
        return 0
    labels = _labels(in_force)
    context.out.table(("ID", "Butir", "Capaian", "Menurut", "Di server"), (_cells(line, labels) for line in lines))
    context.out.say(f"Sumber: {source.words or 'belum ada; ambil dengan pmm-tui tarik, rapor impor, atau rapor isi'}.")
    if any(line.at_server for line in lines):
        context.out.say("Server menyebut capaian lain; yang dipakai milik sekolah. Pakai milik server: pmm-tui rapor pakai-server.")
    return 0


def _cells(line: RaporLine, labels: dict[str, str]) -> tuple[str, ...]:
    heading = line.item.name.startswith(KOMPONEN)
    label = f"{line.item.label}:" if heading else f"  {'*' if line.advised else '-'} {line.item.label}"
    level = labels.get(line.level, line.level) + (f" ({line.score})" if line.score else "")
    return _id(line.item.name), label, level or "-", _ORIGIN[line.origin], labels.get(line.at_server, line.at_server)


def _line_json(line: RaporLine) -> dict[str, Any]:
    return {
        "id": _id(line.item.name),
        "jenis": line.item.name.partition("/")[0],
        "label": line.item.label,
        "capaian": line.level,
        "skor": line.score,
        "sumber": line.origin,
        "direkomendasikan": line.advised,
        "di_server": line.at_server,
    }


def _id(name: str) -> str:
    return name.partition("/")[2]


def _labels(in_force: InForce) -> dict[str, str]:
    return {c.id: c.label for c in in_force.katalog.rapor.capaian}
