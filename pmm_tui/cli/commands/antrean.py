"""`pmm-tui antrean`: what waits for the head, and one plan on one page."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

import msgspec

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.server_settings import exit_code
from pmm_tui.errors import InputError, UsageError
from pmm_tui.services.decision_words import DECISION_WORDS, QueueState, history_lines
from pmm_tui.services.decisions import QueueRow, default_expectations, queue
from pmm_tui.services.delivery_words import state_words
from pmm_tui.services.in_force import InForce
from pmm_tui.services.plan_reading import ReadingSheet, mark_opened, open_plan, page
from pmm_tui.services.stages import stage_json, stage_sentence
from pmm_tui.services.status_words import time_words
from pmm_tui.store import Store
from pmm_tui.sync.plan_history import fetch_history
from pmm_tui.sync.results import Stop


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List what waits, or lay one plan open, which counts as read; exit code 1 when there is no such plan, 5 without the server."""
    if args.riwayat and not args.id:
        raise UsageError("--riwayat menampilkan satu rencana; sebut nomor gurunya (ID).")
    with context.open_store(beside=not args.id or args.riwayat) as store:
        in_force = context.in_force(store)
        for note in in_force.notes:
            context.out.say(note)
        if args.riwayat:
            return _past(args, context, store, in_force)
        return _one(args, context, store, in_force) if args.id else _list(args, context, store, in_force)


def chosen_rows(store: Store, in_force: InForce, keys: list[str]) -> tuple[list[QueueRow], list[str]]:
    """The rows that `keys` name (number in the list, NIP or NUPTK), each once, and a sentence for each other key."""
    rows = {row.pegawai.id: row for row in queue(store, in_force)}
    chosen: dict[int, QueueRow] = {}
    refused = []
    for key in keys:
        found = [p for p in store.roster.find(key) if p.id in rows]
        if len(found) == 1:
            chosen[found[0].id] = rows[found[0].id]
        else:
            why = "tidak ada di antrean" if not found else "menunjuk lebih dari satu guru"
            refused.append(f'Guru "{key}" {why}; lihat nomornya dengan pmm-tui antrean --semua.')
    return list(chosen.values()), refused


def _list(args: argparse.Namespace, context: RunContext, store: Store, in_force: InForce) -> int:
    every = queue(store, in_force)
    rows = [row for row in every if args.semua or row.state is QueueState.WAITING or row.trouble]
    counts = {state: sum(row.state is state for row in every) for state in QueueState}
    if args.json:
        context.out.document(
            {
                "periode": in_force.periode,
                "tahap": stage_json(in_force, context.today()),
                "jumlah": {state.key: count for state, count in counts.items()},
                "menunggu_dikirim": store.decisions.waiting(),
                "alasan": [{"id": a.id, "label": a.label, "bagian": a.bagian} for a in in_force.katalog.alasan_kembali],
                "ekspektasi": default_expectations(store),
                "rencana": [row_json(row) for row in rows],
            }
        )
        return 0
    if rows:
        context.out.table(("ID", "Nama", "Keadaan", "Revisi", "Diajukan", "Dibaca"), (_cells(row) for row in rows))
    for row in rows:
        if row.trouble:
            context.out.line(f"  ! {row.pegawai.id} {row.pegawai.nama}: {row.trouble}")
    told = ", ".join(f"{count} {state.word}" for state, count in counts.items() if count)
    context.out.say(f"{told or 'Belum ada guru; ambil dengan: pmm-tui tarik'}, {in_force.label}.")
    if stage := stage_sentence(in_force, context.today()):
        context.out.say(stage)
    return 0


def _one(args: argparse.Namespace, context: RunContext, store: Store, in_force: InForce) -> int:
    sheet = open_plan(store, in_force, _chosen(args, store, in_force), context.today())
    if args.json:
        context.out.document({**row_json(sheet.row), "halaman": _page_json(sheet, in_force)})
    else:
        if sheet.row.trouble:
            context.out.line(f"! {sheet.row.trouble}")
        for part in page(sheet, in_force):
            context.out.line(part.heading)
            for line in part.lines:
                context.out.line(f"  {line}")
    mark_opened(store, sheet, context.now())  # after the last line: a page that could not be shown was not read
    step = f"pmm-tui putuskan {sheet.pegawai.id}{in_force.option} --setujui, atau --kembalikan --catatan TEKS"
    context.out.say(f"Revisi {sheet.plan.revisi} tercatat sudah dibaca. Putuskan dengan: {step}.")
    return 0


def _chosen(args: argparse.Namespace, store: Store, in_force: InForce) -> QueueRow:
    chosen, refused = chosen_rows(store, in_force, [args.id])
    if refused:
        raise InputError(refused[0])
    return chosen[0]


def _past(args: argparse.Namespace, context: RunContext, store: Store, in_force: InForce) -> int:
    """Tell all that became of one plan, by the server's word."""
    row = _chosen(args, store, in_force)
    if not row.pegawai.id_server:
        raise InputError(f"{row.pegawai.nama} belum dikenal server; ambil dulu dengan: pmm-tui tarik.")
    found = asyncio.run(fetch_history(context.client(), in_force.periode, row.pegawai.id_server))
    if isinstance(found, Stop):
        if found.status == 404:
            raise InputError(f"{row.pegawai.nama}: server tidak memegang rencana ini.")
        context.out.say(found.reason)
        return exit_code(found)
    if args.json:
        told = msgspec.to_builtins(found)
        context.out.document({"id": row.pegawai.id, "nama": row.pegawai.nama, "periode": in_force.periode, **told})
        return 0
    for line in history_lines(found):
        context.out.line(line)
    return 0


def row_json(row: QueueRow) -> dict[str, Any]:
    """A row of the desk, for a JSON document."""
    plan, decision = row.plan, row.decision
    return {
        "id": row.pegawai.id,
        "nama": row.pegawai.nama,
        "nip": row.pegawai.nip,
        "nuptk": row.pegawai.nuptk,
        "keadaan": row.state.key,
        "revisi": plan.revisi if plan else 0,
        "diajukan": plan.sent_at if plan else "",
        "oleh": plan.by if plan else "",
        "dibaca": row.opened,
        "dibaca_sebelumnya": plan.read_before if plan else 0,
        "catatan": row.note,
        "diputuskan": plan.waktu if plan else "",
        "ekspektasi": plan.ekspektasi if plan else {},
        "keputusan": {
            "keputusan": decision.keputusan,
            "keadaan": state_words(decision.keadaan, decision.catatan).full,
            "tanda_terima": decision.tanda_terima,
            "masalah": row.trouble,
        }
        if decision
        else None,
    }


def _page_json(sheet: ReadingSheet, in_force: InForce) -> dict[str, Any]:
    return {
        "bagian": [{"judul": part.heading, "isi": list(part.lines)} for part in page(sheet, in_force)],
        "berubah": [{"bagian": one.section, "nama": one.label, "dulu": one.theirs, "sekarang": one.mine} for one in sheet.changes],
        "peringatan": [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer} for m in sheet.masalah],
    }


def _cells(row: QueueRow) -> tuple[str, ...]:
    plan = row.plan
    waits = f", {DECISION_WORDS[row.decision.keputusan]} antre" if row.decision and row.pending else ""
    read = "belum" if plan else "-"
    if row.opened:
        read = "dibaca"
    elif plan and plan.read_before:
        read = f"baru, dulu {plan.read_before}"
    sent = time_words(plan.sent_at) if plan and plan.sent_at else "-"
    return str(row.pegawai.id), row.pegawai.nama, f"{row.state.word}{waits}", str(plan.revisi) if plan else "-", sent, read
