"""`pmm-tui beda`: what differs between a plan here and the one that the server holds; also takes the server's."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.services.compare import Comparison, compare, take_theirs, undo_take
from pmm_tui.services.listing import PlanRow, all_rows, select
from pmm_tui.store import Store


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Show what differs; exit code 1 when there is no such teacher or the server's content is not here."""
    with context.open_store(beside=not (args.ambil or args.batal)) as store:  # without these it only reads
        in_force = context.in_force(store)
        chosen, refused = select(store, all_rows(store, in_force, context.today()), [args.id])
        if refused:
            raise InputError(refused[0])
        row, periode = chosen[0], in_force.periode
        found = compare(store, in_force, row.pegawai.id)
        if args.batal:
            return _undo(store, row, periode, context)
        if args.ambil and found is not None:
            take_theirs(store, found, context.now())
    for note in in_force.notes:
        context.out.say(note)
    if args.json:
        plan = None if found is None else comparison_json(found)
        document = {"id": row.pegawai.id, "nama": row.pegawai.nama, "periode": periode, "keadaan": row.state.word}
        context.out.document({**document, "diambil": bool(args.ambil and found), "server": plan})
    elif found is not None:
        for line in comparison_lines(found):
            context.out.line(line)
    context.out.say(_next_step(row, found, in_force.option, taken=args.ambil))
    return int(found is not None and found.revision > 0 and found.theirs is None)


def comparison_json(found: Comparison) -> dict[str, Any]:
    """What the server holds and what differs, for a JSON document."""
    plan = found.plan
    return {
        "revisi": plan.revisi,
        "sha256": plan.sha256,
        "oleh": plan.oleh,
        "waktu": plan.waktu,
        "status": plan.status,
        "catatan": plan.catatan,
        "tanda_terima": plan.tanda_terima,
        "sudah_dilihat": found.seen,
        "terbaca": found.theirs is not None,
        "beda": [
            {"bagian": one.section, "isian": one.place[1], "nama": one.label, "di_sini": one.mine, "di_server": one.theirs}
            for one in found.differences
        ],
    }


def comparison_lines(found: Comparison) -> list[str]:
    """What differs, as lines for people, by section."""
    lines: list[str] = []
    section = ""
    for one in found.differences:
        if one.section != section:
            section = one.section
            lines.append(one.heading)
        lines += [f"  {one.label}", f"    di sini   : {one.mine}", f"    di server : {one.theirs}"]
    return lines


def _undo(store: Store, row: PlanRow, periode: str, context: RunContext) -> int:
    if not undo_take(store, row.pegawai.id, periode, context.now()):
        raise InputError(f"{row.pegawai.nama}: tidak ada isi lama yang disimpan; belum pernah ada yang diambil dari server.")
    context.out.say(f"{row.pegawai.nama}: isi sebelum --ambil dikembalikan sebagai draf; --batal sekali lagi menukarnya kembali.")
    return 0


def _next_step(row: PlanRow, found: Comparison | None, option: str, *, taken: bool) -> str:
    """What is so, and what can be done about it; `option` names the period in the commands that are told."""
    name, number = row.pegawai.nama, f"{row.pegawai.id}{option}"
    if found is None:
        return f"{name}: server tidak diketahui memegang rencana ini; periksa dengan: pmm-tui tarik."
    if taken:
        return f"{name}: {found.whose} diambil sebagai isi di sini. Membatalkannya: pmm-tui beda {number} --batal."
    if not found.revision:
        return f"{name}: server tidak memegang rencana ini lagi. Kirim milik sini: pmm-tui ajukan {number} --gantikan 0."
    if found.theirs is None:
        why = "tidak terbaca" if found.unreadable else "belum ada di komputer ini; ambil dengan: pmm-tui tarik"
        return f"{name}: di server ada {found.whose}; isinya {why}."
    if found.seen:
        said = f"{len(found.differences)} isian berbeda" if found.differences else "isinya sama dengan di sini"
        return f"{name}: server memegang {found.whose}, yang sudah dikenal di sini; {said}."
    said = f"{len(found.differences)} isian berbeda." if found.differences else "Isinya sama."
    theirs, ours = f"pmm-tui beda {number} --ambil", f"pmm-tui ajukan {number} --gantikan {found.revision}"
    return f"{name}: di server ada {found.whose}. {said} Pakai milik server: {theirs}. Pakai milik sini: {ours}."
