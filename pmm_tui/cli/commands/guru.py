"""`pmm-tui guru`: add or correct a teacher by hand, take that back, and mark those who need no plan."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.services import roster_edit
from pmm_tui.services.listing import all_rows, select
from pmm_tui.services.needless import Marked, mark_not_needed, read_reason, unmark_not_needed
from pmm_tui.services.roster_edit import FIELDS_TO_TYPE, Proposal
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.text import quoted


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Do what was asked; exit code 1 when something was refused or has to be decided."""
    if args.action == "tidak-perlu":
        return _mark(args, context)
    return _undo(args, context) if args.action == "urungkan" else _edit(args, context)


def _edit(args: argparse.Namespace, context: RunContext) -> int:
    typed = {field: text for field in FIELDS_TO_TYPE if (text := getattr(args, field)) is not None}
    with context.open_store() as store:
        in_force = context.in_force(store)
        teacher_id = _one(store, args.id).id if args.action == "ubah" else 0
        proposal = roster_edit.propose(store, in_force.katalog, context.today(), typed, teacher_id)
        stored, result = proposal.pegawai, _result(proposal, answered=args.ya)
        if result in ("ditambahkan", "diubah") and not args.uji_coba:
            stored = roster_edit.write(store, proposal, context.now(), answered=args.ya)
    if args.json:
        context.out.document(_proposal_json(proposal, stored, result, tried=args.uji_coba))
    else:
        _tell(proposal, stored, result, args, context)
    return int(result in ("ditolak", "perlu-diputuskan"))


def _one(store: Store, key: str) -> Pegawai:
    found = store.roster.find(key)
    if len(found) != 1:
        why = "tidak ada" if not found else "menunjuk lebih dari satu guru"
        raise InputError(f"Guru {quoted(key)} {why}; lihat nomornya dengan pmm-tui daftar.")
    return found[0]


def _result(proposal: Proposal, *, answered: bool) -> str:
    if proposal.pegawai is None:
        return "ditolak"
    if not proposal.changes:
        return "tetap"
    if proposal.question is not None and not answered:
        return "perlu-diputuskan"
    return "diubah" if proposal.old else "ditambahkan"


def _tell(proposal: Proposal, stored: Pegawai | None, result: str, args: argparse.Namespace, context: RunContext) -> None:
    for problem in proposal.problems:
        context.out.say(f"{'!' if problem.halang else '-'} --{problem.field.replace('_', '-')}: {problem.message}")
    if proposal.question is not None and result in ("ditolak", "perlu-diputuskan"):
        number = proposal.question.teacher.id
        way = f" Ubah dengan: pmm-tui guru ubah {number}." if proposal.question.kind == "sudah-ada" else ""
        again = " Belum disimpan; bila sudah yakin, ulangi dengan --ya." if result != "ditolak" else ""
        context.out.say(f"{proposal.question.sentence}{way}{again}")
    for note in proposal.notes:
        context.out.say(note)
    if stored is None:
        context.out.say("Belum ada yang disimpan; betulkan isian bertanda ! lalu ulangi.")
    elif result == "tetap":
        context.out.say(f"{stored.nama}: tidak ada yang berubah.")
    elif result != "perlu-diputuskan":
        for change in proposal.changes:
            context.out.line(f"{change.column}: {change.origin or '(kosong)'} -> {change.becomes or '(kosong)'}")
        word = ("dapat diubah" if proposal.old else "dapat ditambahkan") if args.uji_coba else result
        told_id = f" (ID {stored.id})" if stored.id else ""
        end = "Uji coba: tidak ada yang disimpan." if args.uji_coba else "Urungkan dengan: pmm-tui guru urungkan."
        context.out.say(f"{stored.nama}{told_id} {word}. {end}")


def _proposal_json(proposal: Proposal, stored: Pegawai | None, result: str, *, tried: bool) -> dict[str, Any]:
    question = proposal.question
    return {
        "uji_coba": tried,
        "hasil": result,
        "guru": _teacher(stored) if stored else None,
        "perubahan": [msgspec.to_builtins(change) for change in proposal.changes],
        "masalah": [{"isian": p.field, "pesan": p.message, "halang": p.halang} for p in proposal.problems],
        "pertanyaan": {"jenis": question.kind, "id": question.teacher.id, "pesan": question.sentence} if question else None,
        "catatan": list(proposal.notes),
    }


def _teacher(pegawai: Pegawai) -> dict[str, Any]:
    return {"id": pegawai.id, **{field: getattr(pegawai, field) for field in FIELDS_TO_TYPE}}


def _undo(args: argparse.Namespace, context: RunContext) -> int:
    with context.open_store() as store:
        change = roster_edit.undo(store)
    if args.json:
        before = _teacher(change.before) if change.before else None
        context.out.document({"hasil": "diurungkan", "guru": before, "dihapus": None if before else change.after.id})
    else:
        what = "kembali seperti semula" if change.before else "tidak jadi ditambahkan"
        context.out.say(f"{(change.before or change.after).nama}: {what}.")
    return 0


def _mark(args: argparse.Namespace, context: RunContext) -> int:
    reason = "" if args.batal else read_reason(args.alasan)
    with context.open_store() as store:
        in_force = context.in_force(store)
        chosen, refused = select(store, all_rows(store, in_force, context.today()), args.id)
        lines, now = [row.line for row in chosen], context.now()
        if args.batal:
            results = unmark_not_needed(store, in_force, lines, now, dry_run=args.uji_coba)
        else:
            results = mark_not_needed(store, in_force, lines, reason, now, dry_run=args.uji_coba)
    for sentence in (*in_force.notes, *refused):
        context.out.say(sentence)
    if args.json:
        document = {"periode": in_force.periode, "uji_coba": args.uji_coba, "guru": list(map(_marked_json, results))}
        context.out.document(document | {"ditolak": refused})
    else:
        for marked in results:
            context.out.line(f"{marked.pegawai.id} {marked.pegawai.nama}: {_words(marked, reason)}. {marked.note}".rstrip())
        if args.uji_coba:
            context.out.say("Uji coba: tidak ada yang diubah.")
    return int(bool(refused) or any(marked.result == "ditolak" for marked in results))


def _marked_json(marked: Marked) -> dict[str, Any]:
    return {"id": marked.pegawai.id, "nama": marked.pegawai.nama, "hasil": marked.result, "sebab": marked.note}


def _words(marked: Marked, reason: str) -> str:
    words = {"ditandai": f"tidak perlu ({reason})", "dibatalkan": "perlu lagi", "tetap": "tetap", "ditolak": "tidak dapat ditandai"}
    return words[marked.result]
