"""`pmm-tui daftar`: every teacher and how their plan stands."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.services.account_states import account_json, holders
from pmm_tui.services.decision_words import decision_json
from pmm_tui.services.delivery_words import state_words
from pmm_tui.services.listing import all_lines
from pmm_tui.services.progress import progress_of
from pmm_tui.services.roster_filter import Column, Group, RosterFilter, select_lines, sort_lines
from pmm_tui.services.roster_search import SearchTexts
from pmm_tui.services.stages import stage_advice, stage_json, stage_sentence
from pmm_tui.services.status_words import held_words
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.pane_marks import PANES
from pmm_tui.skp.plan_state import State
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.store.outbox_told import Told, told

_HELD = ("revisi", "oleh", "waktu", "status", "catatan")


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List the teachers; always exit code 0."""
    with context.open_store(beside=True) as store:
        in_force = context.in_force(store)
        lines = all_lines(store, in_force, context.today())
        accounts = store.accounts.all()
        newest = told(store.database, in_force.periode) if args.json else {}
        decided = {plan.pegawai_id: decision_json(plan) for plan in store.decisions.desk(in_force.periode)} if args.json else {}
        newer = {pegawai_id: plan for (pegawai_id, _), plan in store.held.unseen(in_force.periode).items()}
    for note in in_force.notes:
        context.out.say(note)
    progress = progress_of(line.state for line in lines)
    wanted = _filter(args, holders(accounts, (line.pegawai for line in lines), args.belajar_id))
    shown = sort_lines(select_lines(lines, wanted, SearchTexts()), _column(args.urut), turned=args.terbalik)
    if args.json:
        context.out.document(
            {
                "periode": in_force.periode,
                "tahap": stage_json(in_force, context.today()),
                "selesai": progress.done,
                "semua": progress.total,
                "tidak_perlu": progress.not_needed,
                "guru": [
                    _as_json(line, newest.get(line.pegawai.id), newer.get(line.pegawai.id))
                    | {"keputusan": decided.get(line.pegawai.id), "belajar_id": account_json(accounts.get(line.pegawai.id))}
                    for line in shown
                ],
            }
        )
        return 0
    if shown:
        context.out.table(("ID", "Nama", "NIP", "Jenis PTK", "Keadaan", "Masalah"), map(_cells, shown))
    else:
        context.out.say("Tidak ada guru yang cocok." if lines else "Belum ada guru; ambil dengan: pmm-tui impor BERKAS")
    for line in shown:
        if line.pegawai.id in newer:
            p, held = line.pegawai, held_words(newer[line.pegawai.id])
            context.out.say(f"{p.id} {p.nama}: di server ada {held}; lihat: pmm-tui beda {p.id}{in_force.option}.")
    count = f"{len(shown)} guru ditampilkan; " if not wanted.is_empty else ""
    needless = f", {progress.not_needed} tidak perlu" if progress.not_needed else ""
    context.out.say(f"{count}{progress.done} dari {progress.total} selesai{needless}, {in_force.label}.")
    if stage := stage_sentence(in_force, context.today()):
        context.out.say(" ".join((stage, *stage_advice(in_force, context.today()))))
    return 0


def _filter(args: argparse.Namespace, with_account: frozenset[int]) -> RosterFilter:
    """What the options ask for together; within one option either is enough."""
    named = {group.word: group.states for group in Group} | {_word(state): (state,) for state in State}
    return RosterFilter(
        states=frozenset(state for word in args.status for state in named[word]),
        kepegawaian=frozenset(args.kepegawaian),
        jenis_ptk=frozenset(args.jenis),
        problems=frozenset(args.masalah),
        text=args.cari,
        belajar_id=frozenset(args.belajar_id),
        holders=with_account,
    )


def _word(state: State) -> str:
    return state.word.replace(" ", "-")


def _column(word: str) -> Column:
    return next(column for column in Column if column.word == word)


def _cells(row: PlanLine) -> tuple[str, ...]:
    p = row.pegawai
    masalah = str(len(row.blocking)) if row.blocking else ""
    return str(p.id), p.nama, p.nip or p.nuptk or "-", p.jenis_ptk or "-", f"{row.state.plain_sign} {row.state.word}", masalah


def _as_json(row: PlanLine, newest: Told | None, newer: HeldPlan | None) -> dict[str, Any]:
    """All that is known of a teacher and the plan; `newest` is its newest envelope, and empty words mean that there is none.

    `newer` is what the server holds and nobody here has seen.
    """
    p = row.pegawai
    return {
        "id": p.id,
        "nama": p.nama,
        "nip": p.nip,
        "nuptk": p.nuptk,
        "jenis_ptk": p.jenis_ptk,
        "keadaan": row.state.word,
        "selesai": row.state.done,
        "halangan": len(row.blocking),
        "peringatan": len(row.masalah) - len(row.blocking),
        "status_kepegawaian": p.status_kepegawaian,
        "tugas_tambahan": p.tugas_tambahan,
        "golongan": p.golongan,
        "jenjang_jabatan": p.jenjang_jabatan,
        "revisi": newest.revisi if newest else 0,
        "keadaan_kiriman": state_words(newest.keadaan, newest.catatan).full if newest else "",
        "tanda_terima": newest.tanda_terima if newest else "",
        "waktu_server": newest.waktu_server if newest else "",
        "status_server": newest.status_server if newest else "",
        "catatan": newest.catatan if newest else "",
        "tidak_perlu": row.not_needed,
        "bagian": {section: mark.word for section, mark in zip(PANES, row.marks, strict=False)},
        "di_server": {name: getattr(newer, name) for name in _HELD} if newer else None,
    }
