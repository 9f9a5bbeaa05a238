"""`pmm-tui periksa --prasyarat`: Pra-perencanaan, what has to be mended before entry, by the system where that is done."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import groupby

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import command_words
from pmm_tui.services.prerequisites import Prerequisites, again_words, finding_json, prerequisites, tick
from pmm_tui.skp.finding import Finding
from pmm_tui.skp.mending import System
from pmm_tui.store import Store
from pmm_tui.text import quoted

_SCHOOL = "sekolah"
"""Stands in place of a teacher's number where the whole school is meant."""
_SIGNS = {"menghalangi": "!", "peringatan": "-", "perlu dicek": "?"}


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List what was found, after ticking. Exit code 1 while something unticked stops a teacher, or a tick was refused."""
    changes = bool(args.tick or args.untick)
    with context.open_store(beside=not changes or args.uji_coba) as store:
        in_force = context.in_force(store)
        found = prerequisites(store, in_force, context.today())
        wanted, refused = _wanted(store, found, args.tick)
        unwanted, others = _wanted(store, found, args.untick)
        refused += others
        if changes and not args.uji_coba:
            tick(store, wanted, context.now())
            tick(store, unwanted, context.now(), ticked=False)
            found = prerequisites(store, in_force, context.today())
    for sentence in (*in_force.notes, *refused):
        context.out.say(sentence)
    if args.json:
        context.out.document(
            {
                "periode": in_force.periode,
                "uji_coba": args.uji_coba,
                "perlu_diperbaiki": found.to_mend,
                "menghalangi": len(found.blocking),
                "temuan": [finding_json(one) for one in found.findings],
                "dicentang": [_key(one) for one in wanted],
                "dilepas": [_key(one) for one in unwanted],
                "ditolak": refused,
            }
        )
    else:
        for line in _lines(found):
            context.out.line(line)
        context.out.say(_summary(found, in_force.label))
        if changes:
            done = f"{len(wanted)} dicentang, {len(unwanted)} dilepas."
            context.out.say(f"Uji coba: {done} Tidak ada yang disimpan." if args.uji_coba else done)
    return int(bool(found.blocking or refused))


def _wanted(store: Store, found: Prerequisites, keys: Iterable[str]) -> tuple[list[Finding], list[str]]:
    """What the keys name, each once, and a sentence for each that names nothing."""
    chosen: dict[tuple[int, str], Finding] = {}
    refused = []
    for key in keys:
        whose, _, code = key.strip().rpartition(":")
        number = 0
        if whose.casefold() != _SCHOOL:
            teachers = store.roster.find(whose)
            number = teachers[0].id if len(teachers) == 1 else -1
        if one := found.find((number, code)):
            chosen[one.key] = one
        else:
            refused.append(f"{quoted(key)} tidak ada di daftar ini; tulis seperti 12:nip-beda atau sekolah:unor.")
    return list(chosen.values()), refused


def _key(one: Finding) -> str:
    return f"{one.pegawai.id if one.pegawai else _SCHOOL}:{one.kode}"


def _lines(found: Prerequisites) -> Iterable[str]:
    """By system and kind of fault: what it is and the step, said once, then whom it is about."""
    for system in System:
        here = found.of(system)
        if not here:
            continue
        ticked = sum(not one.is_open for one in here)
        yield f"{system.label} ({len(here)}{f', {ticked} dicentang' if ticked else ''})"
        for (code, step), several in groupby(sorted(here, key=_by_kind), key=lambda one: (one.kode, one.next_step)):
            group = list(several)
            yield f"  {_SIGNS[group[0].kind]} {code}, {group[0].kind}. {group[0].mending.who}: {step}{command_words(code)}"
            for one in group:
                again = f"; {again_words(one)}" if one.again_at else ""
                whose = f"{one.pegawai.id} {one.pegawai.nama}: " if one.pegawai else ""
                yield f"    [{' ' if one.is_open else 'x'}] {whose}{one.sentence.rstrip('.')}{again}"


def _by_kind(one: Finding) -> tuple[int, str, str]:
    return list(_SIGNS).index(one.kind), one.kode, one.next_step


def _summary(found: Prerequisites, label: str) -> str:
    checks = sum(one.is_open and not one.mending.certain for one in found.findings)
    ticked = sum(not one.is_open for one in found.findings)
    stops = f", {len(found.blocking)} di antaranya menghalangi" if found.blocking else ""
    return f"Pra-perencanaan {label}: {found.to_mend} perlu diperbaiki{stops}, {checks} perlu dicek, {ticked} sudah dicentang."
