"""`pmm-tui kirim`: send what waits in the outbox."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.server_settings import exit_code
from pmm_tui.errors import ConfigError, UsageError
from pmm_tui.services.decision_words import DECISION_WORDS
from pmm_tui.services.delivery_words import send_sentence, state_words
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import OPEN_STATES
from pmm_tui.sync.results import Progress, SendReport
from pmm_tui.sync.sender import send_due


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Send plans and decisions; exit code 1 when the server refused one, 5 when it could not be reached."""
    if args.ke_berkas is not None or args.dari_berkas is not None:
        from pmm_tui.cli import transfer_files  # lazy: the scheduler's `kirim` goes without it

        return transfer_files.write(args, context) if args.dari_berkas is None else transfer_files.send(args, context)
    if args.timpa or args.sandi_berkas:
        raise UsageError("--timpa dan --sandi-berkas hanya bersama --ke-berkas atau --dari-berkas; tambahkan salah satunya.")
    with context.open_store() as store:
        before = {entry.id: entry for entry in store.outbox.all()}
        undecided = [entry for entry in store.decisions.all() if entry.is_open]
        waiting = [entry for entry in before.values() if entry.keadaan in OPEN_STATES and not entry.ditahan]
        if args.periode_lama:
            store.outbox.release()
        npsn, ended = _school(store, context)
        if args.uji_coba:
            found = SendReport(waiting=len(waiting), decisions_waiting=len(undecided))
        else:
            found = asyncio.run(
                send_due(
                    store,
                    context.client,
                    now=context.now,
                    on_progress=lambda progress: _tell_progress(progress, context),
                    forced=not args.sabar,
                    insist=args.paksa,
                    limits=context.batch_limits(),
                    npsn=npsn,
                    ended=ended,
                )
            )
        results = _results(store, before)
        decisions = _decisions(store, [entry.id for entry in undecided])
    if args.json:
        context.out.document({"uji_coba": args.uji_coba, **_as_json(found), "rencana": results, "keputusan": decisions})
    else:
        for result in (*results, *decisions):
            _tell(result, context)
    context.out.say(send_sentence(found) + (" Uji coba: tidak ada yang dikirim." if args.uji_coba else ""))
    if found.stop:
        return exit_code(found.stop)
    return int(found.rejected + found.conflict + found.deferred + found.undecided + found.decisions_deferred > 0)


def _school(store: Store, context: RunContext) -> tuple[str, Callable[[str], bool]]:
    """The school's number, and whether a period has ended; a catalogue that cannot be read keeps no plan from going."""
    try:
        in_force = context.in_force(store)
    except ConfigError:
        return context.config.sekolah.npsn, lambda _: False
    return in_force.sekolah.npsn, in_force.ended(context.today())


def _tell_progress(progress: Progress, context: RunContext) -> None:
    if progress.total > 1:
        context.out.say(f"{progress.done} dari {progress.total} ...")


def _results(store: Store, before: dict[int, OutboxEntry]) -> list[dict[str, Any]]:
    """What has become of the envelopes that waited or were sent again, in the order in which they were sealed."""
    names = {pegawai.id: pegawai.nama for pegawai in store.roster.all()}
    now = [entry for entry in reversed(store.outbox.all()) if entry.id in before]
    told = [entry for entry in now if before[entry.id].keadaan in OPEN_STATES or entry.percobaan > before[entry.id].percobaan]
    return [_result(entry, names.get(entry.pegawai_id, "")) for entry in told if not entry.ditahan]


def _result(entry: OutboxEntry, name: str) -> dict[str, Any]:
    return {
        "id": entry.pegawai_id,
        "nama": name,
        "periode": entry.periode,
        "revisi": entry.revisi,
        "keadaan": state_words(entry.keadaan, entry.catatan).full,
        "tanda_terima": entry.tanda_terima,
        "waktu_server": entry.waktu_server,
        "catatan": entry.catatan,
        "masalah": [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer} for m in entry.masalah],
    }


def _decisions(store: Store, ids: list[int]) -> list[dict[str, Any]]:
    """What has become of the decisions that waited, in the order in which they were sealed."""
    names = {pegawai.id: pegawai.nama for pegawai in store.roster.all()}
    return [
        {
            "id": entry.pegawai_id,
            "nama": names.get(entry.pegawai_id, ""),
            "periode": entry.periode,
            "revisi": entry.revisi,
            "keputusan": entry.keputusan,
            "keadaan": state_words(entry.keadaan, entry.catatan).full,
            "tanda_terima": entry.tanda_terima,
            "waktu_server": entry.waktu_server,
            "catatan": entry.catatan,
            "masalah": [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer} for m in entry.masalah],
        }
        for entry in reversed(store.decisions.all())
        if entry.id in ids
    ]


def _tell(result: dict[str, Any], context: RunContext) -> None:
    receipt = f", tanda terima {result['tanda_terima']}" if result["tanda_terima"] else ""
    what = f"{DECISION_WORDS[result['keputusan']]}, " if "keputusan" in result else ""
    context.out.line(f"{result['id']} {result['nama']}, {result['periode']}: {what}{result['keadaan']}{receipt}")
    for masalah in result["masalah"]:
        context.out.line(f"  ! {masalah['pesan']}")


def _as_json(found: SendReport) -> dict[str, Any]:
    return {
        "terkirim": found.sent,
        "ditolak": found.rejected,
        "bentrok": found.conflict,
        "tertunda": found.deferred,
        "menunggu": found.waiting,
        "sebab": found.stop.reason if found.stop else "",
    }
