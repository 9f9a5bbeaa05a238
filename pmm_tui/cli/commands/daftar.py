"""`pmm-tui daftar`: every teacher and how their plan stands."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.services.decision_words import decision_json
from pmm_tui.services.delivery_words import STATE_WORDS
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.stages import stage_json, stage_sentence
from pmm_tui.services.status_words import held_words
from pmm_tui.skp.plan_state import count_done
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.store.outbox_told import Told, told

_HELD = ("revisi", "oleh", "waktu", "status", "catatan")


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List the teachers; always exit code 0."""
    with context.open_store(beside=True) as store:
        in_force = context.in_force(store)
        rows = all_rows(store, in_force, context.today())
        newest = told(store.database, in_force.periode) if args.json else {}
        decided = {plan.pegawai_id: decision_json(plan) for plan in store.decisions.desk(in_force.periode)} if args.json else {}
        newer = {pegawai_id: plan for (pegawai_id, _), plan in store.held.unseen(in_force.periode).items()}
    for note in in_force.notes:
        context.out.say(note)
    done, every = count_done(row.state for row in rows)
    if args.json:
        context.out.document(
            {
                "periode": in_force.periode,
                "tahap": stage_json(in_force, context.today()),
                "selesai": done,
                "semua": every,
                "guru": [
                    _as_json(row, newest.get(row.pegawai.id), newer.get(row.pegawai.id))
                    | {"keputusan": decided.get(row.pegawai.id)}
                    for row in rows
                ],
            }
        )
        return 0
    if rows:
        context.out.table(("ID", "Nama", "NIP", "Jenis PTK", "Keadaan", "Masalah"), (_cells(row) for row in rows))
    else:
        context.out.say("Belum ada guru; ambil dengan: pmm-tui impor BERKAS")
    for row in rows:
        if row.pegawai.id in newer:
            held = held_words(newer[row.pegawai.id])
            context.out.say(
                f"{row.pegawai.id} {row.pegawai.nama}: di server ada {held}; lihat: pmm-tui beda {row.pegawai.id}{in_force.option}."
            )
    context.out.say(f"{done} dari {every} selesai, {in_force.label}.")
    if stage := stage_sentence(in_force, context.today()):
        context.out.say(stage)
    return 0


def _cells(row: PlanRow) -> tuple[str, ...]:
    p = row.pegawai
    masalah = str(len(row.blocking)) if row.blocking else ""
    return str(p.id), p.nama, p.nip or p.nuptk or "-", p.jenis_ptk or "-", f"{row.state.plain_sign} {row.state.word}", masalah


def _as_json(row: PlanRow, newest: Told | None, newer: HeldPlan | None) -> dict[str, Any]:
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
        "keadaan_kiriman": STATE_WORDS[newest.keadaan].full if newest else "",
        "tanda_terima": newest.tanda_terima if newest else "",
        "waktu_server": newest.waktu_server if newest else "",
        "status_server": newest.status_server if newest else "",
        "catatan": newest.catatan if newest else "",
        "di_server": {name: getattr(newer, name) for name in _HELD} if newer else None,
    }
