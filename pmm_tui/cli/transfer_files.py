"""`kirim` by a file: what waits is written into one, or what another computer wrote is sent."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.passphrase import get_passphrase
from pmm_tui.cli.server_settings import exit_code
from pmm_tui.services import transfer
from pmm_tui.services.decision_words import DECISION_WORDS
from pmm_tui.services.delivery_words import STATE_WORDS
from pmm_tui.services.transfer_words import carried_sentence, parcel_sentence, write_sentence
from pmm_tui.skp.decision import open_decision
from pmm_tui.skp.wire import EnvelopeResult, open_envelope
from pmm_tui.store.outbox_entry import State
from pmm_tui.sync.results import SendReport
from pmm_tui.sync.transfer_file import Item, Parcel
from pmm_tui.sync.transfer_send import Carried

_STATES: dict[str, State] = {"tersimpan": "sent", "ditolak": "rejected", "bentrok": "conflict"}


def write(args: argparse.Namespace, context: RunContext) -> int:
    """`kirim --ke-berkas`: exit code 1 where the file may not be replaced."""
    transfer.transfer_path(args.ke_berkas, context.today())  # a stick that is not in is told before anything is asked
    passphrase = get_passphrase(context, args.sandi_berkas, new=True)
    with context.open_store() as store:
        if args.periode_lama and not args.uji_coba:
            store.outbox.release()
        setup = context.in_force(store)
        npsn, periode = setup.sekolah.npsn, setup.periode
        path = transfer.free_path(store, args.ke_berkas, context.today(), passphrase, npsn)
        try:
            report = transfer.write_file(
                store, path, passphrase, npsn, periode, context.now(), replace=args.timpa, dry_run=args.uji_coba
            )
        except transfer.WouldReplaceError as error:
            first = "Terima dulu isinya (pmm-tui terima), pakai nama lain," if error.takeable else "Pakai nama lain,"
            raise transfer.WouldReplaceError(f"{error.sentence} {first} atau ganti dengan --timpa.") from None
    if args.json:
        context.out.document(
            {
                "uji_coba": args.uji_coba,
                "berkas": str(path),
                "tertulis": report.size > 0,
                "ukuran": report.size,
                "rencana": report.plans,
                "keputusan": report.decisions,
                "ditanyakan": report.asked,
                "menyusul": report.later,
                "ditahan": list(report.held_back),
            }
        )
    context.out.say(write_sentence(report) + (" Uji coba: tidak ada yang ditulis." if args.uji_coba else ""))
    if report.size:
        context.out.say(
            "Berikutnya, di komputer yang terhubung: pmm-tui kirim --dari-berkas BERKAS, lalu di sini: pmm-tui terima BERKAS."
        )
    return int(bool(report.held_back))


def send(args: argparse.Namespace, context: RunContext) -> int:
    """`kirim --dari-berkas`: exit codes as of `kirim`; the records of this computer are not even opened."""
    path = Path(args.dari_berkas).expanduser()
    passphrase = get_passphrase(context, args.sandi_berkas, new=False)
    if args.uji_coba:
        parcel, _ = transfer.open_file(path, passphrase)
        found = Carried(parcel=parcel, report=_nothing(parcel))
    else:
        found = asyncio.run(
            transfer.send_file(
                path,
                passphrase,
                context.client,
                on_progress=lambda progress: (
                    context.out.say(f"{progress.done} dari {progress.total} ...") if progress.total > 1 else None
                ),
                limits=context.batch_limits(),
            )
        )
    results = [_result(item, decision=False) for item in found.parcel.plans if item.text]
    decisions = [_result(item, decision=True) for item in found.parcel.decisions if item.text]
    report = found.report
    if context.several:  # what comes next is done with the file's school, whichever this computer took
        context.out.school = found.parcel.npsn
    if args.json:
        context.out.document(
            {
                "uji_coba": args.uji_coba,
                "berkas": str(path),
                "npsn": found.parcel.npsn,
                "terkirim": report.sent,
                "ditolak": report.rejected,
                "bentrok": report.conflict,
                "tertunda": report.deferred,
                "menunggu": report.waiting,
                "keputusan_terkirim": report.decided,
                "keputusan_menunggu": report.decisions_waiting,
                "kabar": found.news,
                "sebab": report.stop.reason if report.stop else "",
                "rencana": results,
                "keputusan": decisions,
            }
        )
    else:
        for result in (*results, *decisions):
            _tell(result, context)
    if args.uji_coba:
        context.out.say(f"{parcel_sentence(found.parcel)} Uji coba: tidak ada yang dikirim.")
    else:
        context.out.say(carried_sentence(found, path))
    if report.stop:
        return exit_code(report.stop)
    return int(report.rejected + report.conflict + report.deferred + report.undecided + report.decisions_deferred > 0)


def _nothing(parcel: Parcel) -> SendReport:
    plans, decisions = parcel.waiting
    return SendReport(waiting=plans, decisions_waiting=decisions)


def _result(item: Item, *, decision: bool) -> dict[str, Any]:
    """What is known of a line, in the words that `kirim` has for it."""
    opened = open_decision(item.line) if decision else open_envelope(item.line)
    said = {"keputusan": opened.keputusan} if decision and hasattr(opened, "keputusan") else {}
    result = item.result or EnvelopeResult(periode=opened.periode, revisi=opened.revisi, sha256="", keadaan="galat")
    return {
        "nama": opened.pegawai.nama,
        "periode": opened.periode,
        "revisi": opened.revisi,
        **said,
        "keadaan": STATE_WORDS[_STATES.get(result.keadaan, "queued")].full,
        "tanda_terima": result.tanda_terima,
        "waktu_server": result.waktu,
        "masalah": [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer} for m in result.masalah],
    }


def _tell(result: dict[str, Any], context: RunContext) -> None:
    receipt = f", tanda terima {result['tanda_terima']}" if result["tanda_terima"] else ""
    what = f"{DECISION_WORDS[result['keputusan']]}, " if "keputusan" in result else ""
    context.out.line(f"{result['nama']}, {result['periode']}: {what}{result['keadaan']}{receipt}")
    for masalah in result["masalah"]:
        context.out.line(f"  ! {masalah['pesan']}")
