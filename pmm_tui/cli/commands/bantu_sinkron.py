"""`pmm-tui bantu-sinkron`: what a message of e-Kinerja or its Sinkron button means, and who mends it where."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import SYNC_MESSAGES
from pmm_tui.services.sync_help import NOT_LISTED, SyncHelp, help_for
from pmm_tui.skp.sync_messages import SyncMessage

_MOST = 3
"""Messages that are told in full; of more only the titles, as a search that finds many has said little."""


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Look a message up; exit code 1 when it is not in the list."""
    asked = help_for(" ".join(args.teks), context.config_file.with_name(SYNC_MESSAGES))
    if args.json:
        document = {
            "dicari": asked.query,
            "ada_di_daftar": bool(asked.found),
            "pesan": [_as_json(one, asked) for one in asked.found],
        }
        context.out.document(document)
    elif len(asked.found) > _MOST:
        for one in asked.found:
            context.out.line(f"{one.pesan}: {one.pelaku}, di {one.sistem}")
        context.out.say("Tulis lebih banyak dari pesannya untuk melihat sebab dan langkahnya.")
    else:
        for at, one in enumerate(asked.found):
            _tell(one, asked, context, first=at == 0)
    if not asked.found:
        context.out.say(NOT_LISTED)
    return int(not asked.found)


def _tell(one: SyncMessage, asked: SyncHelp, context: RunContext, *, first: bool) -> None:
    if not first:
        context.out.line()
    context.out.line(one.pesan)
    for label, text in (("Sebab", one.sebab), ("Di", one.sistem), ("Oleh", one.pelaku)):
        context.out.line(f"  {label:<6}: {text}")
    for number, step in enumerate(one.langkah, 1):
        context.out.line(f"  {number}. {step}")
    if sources := asked.sources_of(one):
        titles = "; ".join(title for title, _ in sources)
        context.out.line(f"  Sumber: {titles}" + (f" ({one.keyakinan})" if one.keyakinan else ""))


def _as_json(one: SyncMessage, asked: SyncHelp) -> dict[str, Any]:
    return {
        "id": one.id,
        "pesan": one.pesan,
        "sebab": one.sebab,
        "sistem": one.sistem,
        "pelaku": one.pelaku,
        "langkah": list(one.langkah),
        "keyakinan": one.keyakinan,
        "sumber": [{"judul": title, "alamat": address} for title, address in asked.sources_of(one)],
    }
