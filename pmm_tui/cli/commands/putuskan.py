"""`pmm-tui putuskan`: the head approves plans, sends them back, or opens an approved one again."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.commands.antrean import chosen_rows, row_json
from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError, UsageError
from pmm_tui.services.decision_words import DECISION_WORDS
from pmm_tui.services.decisions import Decided, decide
from pmm_tui.services.in_force import InForce
from pmm_tui.services.roles import known_roles
from pmm_tui.skp.wire import Keputusan

_WORDS = {
    "antre": "diputuskan, akan dikirim saat ada jaringan",
    "dapat": "dapat diputuskan",
    "tetap": "tidak berubah",
    "ditolak": "belum dapat diputuskan",
}
_NOT_HEAD = (
    "Token di komputer ini bukan token kepala sekolah, jadi tidak ada yang diputuskan;"
    " pakai token kepala_sekolah, lalu jalankan: pmm-tui tarik."
)


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Seal decisions; exit code 1 when one was refused."""
    keputusan: Keputusan = args.keputusan
    with context.open_store() as store:
        if "kepala_sekolah" not in known_roles(store):
            raise InputError(_NOT_HEAD)
        in_force = context.in_force(store)
        expectations, note = _expectations(args.ekspektasi, in_force), _note(args, in_force)
        rows, refused = chosen_rows(store, in_force, args.id)
        at = context.now()
        results = [
            decide(store, in_force, row, keputusan, at, note=note, expectations=expectations, dry_run=args.uji_coba) for row in rows
        ]
    for sentence in (*in_force.notes, *refused):
        context.out.say(sentence)
    if args.json:
        plans = [_as_json(done) for done in results]
        told = {"periode": in_force.periode, "uji_coba": args.uji_coba, "keputusan": keputusan}
        context.out.document({**told, "rencana": plans, "ditolak": refused})
    else:
        for done in results:
            p = done.row.pegawai
            context.out.line(f"{p.id} {p.nama}: {_WORDS[done.result]}. {done.reason}".rstrip())
    _tell_sum(results, context, keputusan, dry_run=args.uji_coba)
    return int(bool(refused) or any(done.result == "ditolak" for done in results))


def _note(args: argparse.Namespace, in_force: InForce) -> str:
    """The note, with the ready reasons before what was written; raises UsageError for a reason that there is not."""
    known = {reason.id: reason.label for reason in in_force.katalog.alasan_kembali}
    for name in args.alasan:
        if name not in known:
            raise UsageError(f"--alasan {name}: tidak ada. Yang ada: {', '.join(known) or 'tidak satu pun'}.")
    ready = [f"{known[name]}." for name in args.alasan]
    return "\n".join((*ready, *([args.catatan] if args.catatan else [])))


def _expectations(given: list[str], in_force: InForce) -> dict[str, str] | None:
    """What is expected by perilaku; None where nothing was said. Raises UsageError."""
    texts = {}
    known = [perilaku.id for perilaku in in_force.katalog.perilaku]
    for one in given:
        name, is_there, text = one.partition("=")
        if not is_there or name.strip() not in known:
            raise UsageError(f"--ekspektasi {one}: tulis PERILAKU=TEKS; perilakunya: {', '.join(known)}.")
        texts[name.strip()] = text.strip()
    return texts if given else None


def _as_json(done: Decided) -> dict[str, Any]:
    return {**row_json(done.row), "hasil": done.result, "sebab": done.reason}


def _tell_sum(results: list[Decided], context: RunContext, keputusan: Keputusan, *, dry_run: bool) -> None:
    word = DECISION_WORDS[keputusan]
    if dry_run:
        ready = sum(done.result == "dapat" for done in results)
        context.out.say(f"{ready} rencana dapat diputuskan ({word}). Uji coba: tidak ada yang diputuskan.")
        return
    sealed = sum(done.result == "antre" for done in results)
    context.out.say(f"{sealed} keputusan ({word}) masuk Kotak Kirim." + (" Kirim dengan: pmm-tui kirim" if sealed else ""))
