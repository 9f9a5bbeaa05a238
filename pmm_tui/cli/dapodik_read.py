"""`pmm-tui impor --dapodik`: asks Dapodik, and tells what it proposes beside the rows."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from pmm_tui.cli.ask import agreed
from pmm_tui.cli.context import RunContext
from pmm_tui.cli.dapodik_settings import dapodik_settings, keep_head
from pmm_tui.cli.output import is_terminal
from pmm_tui.roster.dapodik_web import WebHead, WebProposals
from pmm_tui.services.dapodik_import import AWAY, WebAnswers, fetch, head_words, new_head, preview_web, proposal_notes
from pmm_tui.services.in_force import InForce
from pmm_tui.services.roster_import import Preview
from pmm_tui.store import Store
from pmm_tui.sync.http.dapodik_line import Dapodik, DapodikSettings


def read_dapodik(
    store: Store, in_force: InForce, context: RunContext, *, url: str, npsn: str
) -> tuple[Preview, WebProposals, WebHead | None]:
    """The preview, what Dapodik proposes, and the head where it is another than the one in force.

    Raises ConfigError, InputError, ServerError, StorageError.
    """
    answers = asyncio.run(_fetched(dapodik_settings(context, in_force, url=url, npsn=npsn), context))
    found, proposals = preview_web(store, answers, in_force.katalog, context.today())
    return found, proposals, new_head(proposals, in_force.sekolah.kepala_sekolah)


async def _fetched(settings: DapodikSettings, context: RunContext) -> WebAnswers:
    async with Dapodik(settings) as line:
        return await fetch(line, settings.npsn, context.out.say)


def tell_proposals(
    proposals: WebProposals, head: WebHead | None, away: Sequence[int], args: argparse.Namespace, context: RunContext
) -> dict[str, Any]:
    """Tell the proposals, ask about the head, and return what of it belongs into the document.

    `away` are the ids of stored teachers whose own school is another one.
    """
    if not args.json:
        for note in proposal_notes(proposals):
            context.out.say(note)
        if away:
            ids = " ".join(map(str, away))
            context.out.say(f'Tandai tidak perlu dengan: pmm-tui guru tidak-perlu {ids} --alasan "{AWAY}"')
    taken = head is not None and not args.uji_coba and (args.ambil_kepala or (not args.json and _agreed(head, context)))
    if taken and head is not None:
        keep_head(context, head)
        context.out.say(f"Kepala sekolah di Pengaturan: {head_words(head)}.")
    elif head is not None and not args.json:
        context.out.say(f"Kepala sekolah menurut Dapodik: {head_words(head)}; untuk memakainya di Pengaturan: --ambil-kepala.")
    told = {"kepala_sekolah_baru": head is not None, "kepala_sekolah_diambil": taken, "id_bukan_induk": list(away)}
    return {"usulan": {**msgspec.to_builtins(proposals), **told}}


def _agreed(head: WebHead, context: RunContext) -> bool:
    """Whether the operator takes the head; nobody to ask is a no."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return False
    return agreed(f"Pakai {head_words(head)} sebagai kepala sekolah di Pengaturan?", "", context)
