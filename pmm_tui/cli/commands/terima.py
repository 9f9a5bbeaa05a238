"""`pmm-tui terima`: take the receipts and decisions that a transfer file brought back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.passphrase import get_passphrase
from pmm_tui.errors import ConfigError
from pmm_tui.services.delivery_words import STATE_WORDS
from pmm_tui.services.transfer import Taken, take_file
from pmm_tui.services.transfer_words import taken_sentence
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Conflict, Outcome, Rejected, Sent, State


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Take a file in; exit code 1 when something in it was refused, is in conflict, or is not of these records."""
    path = Path(args.berkas).expanduser()
    passphrase = get_passphrase(context, args.sandi_berkas, new=False)
    with context.open_store() as store:
        taken = take_file(store, path, passphrase, _npsn(store, context), dry_run=args.uji_coba)
        results = _results(store, taken)
    refused, conflicts = taken.count(Rejected), taken.count(Conflict)
    undecided = taken.count(Rejected, of="decisions") + taken.count(Conflict, of="decisions")
    if args.json:
        context.out.document(
            {
                "uji_coba": args.uji_coba,
                "berkas": str(path),
                "terkirim": taken.count(Sent),
                "ditolak": refused,
                "bentrok": conflicts,
                "keputusan_terkirim": taken.count(Sent, of="decisions"),
                "keputusan_perlu_dilihat": undecided,
                "kabar": taken.decided,
                "sudah_tercatat": taken.again,
                "belum_dikirim": taken.unanswered,
                "bukan_dari_sini": taken.foreign,
                "tidak_cocok": taken.doubtful,
                "rencana": results,
            }
        )
    else:
        for result in results:
            _tell(result, context)
    context.out.say(taken_sentence(taken, dry_run=args.uji_coba) + (" Uji coba: tidak ada yang dicatat." if args.uji_coba else ""))
    return int(refused + conflicts + undecided + taken.foreign + taken.doubtful > 0)


def _npsn(store: Store, context: RunContext) -> str:
    """The school of these records; a catalogue that cannot be read keeps no receipt away."""
    try:
        return context.in_force(store).sekolah.npsn
    except ConfigError:
        return context.config.sekolah.npsn


def _results(store: Store, taken: Taken) -> list[dict[str, Any]]:
    """The plans whose state the file settles, and those that it tells of, each once."""
    names = {pegawai.id: pegawai.nama for pegawai in store.roster.all()}
    entries = store.outbox.some(taken.plans)
    settled = [
        {
            "id": entry.pegawai_id,
            "nama": names.get(entry.pegawai_id, ""),
            "periode": entry.periode,
            "revisi": entry.revisi,
            "keadaan": STATE_WORDS[_state(outcome)].full,
            "tanda_terima": outcome.receipt if isinstance(outcome, Sent) else "",
            "masalah": [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer} for m in getattr(outcome, "masalah", ())],
            "catatan": "",
        }
        for number, outcome in taken.plans.items()
        if (entry := entries.get(number))
    ]
    known = {(one["id"], one["periode"], one["revisi"]) for one in settled}
    told = [
        {
            "id": pegawai_id,
            "nama": names.get(pegawai_id, ""),
            "periode": news.periode,
            "revisi": news.revisi,
            "keadaan": news.status,
            "tanda_terima": "",
            "masalah": [],
            "catatan": news.catatan,
        }
        for pegawai_id, news in taken.news
        if (pegawai_id, news.periode, news.revisi) not in known or news.status != "diajukan"
    ]
    return [*settled, *told]


def _state(outcome: Outcome) -> State:
    return "sent" if isinstance(outcome, Sent) else "rejected" if isinstance(outcome, Rejected) else "conflict"


def _tell(result: dict[str, Any], context: RunContext) -> None:
    receipt = f", tanda terima {result['tanda_terima']}" if result["tanda_terima"] else ""
    note = f": {result['catatan']}" if result["catatan"] else ""
    context.out.line(f"{result['id']} {result['nama']}, {result['periode']}: {result['keadaan']}{receipt}{note}")
    for masalah in result["masalah"]:
        context.out.line(f"  ! {masalah['pesan']}")
