"""`pmm-tui templat`: keep a plan under a name, and fill the plans of teachers like it."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.copy_output import do_and_tell, one_teacher, parts_of
from pmm_tui.cli.problem_text import ids_or_all
from pmm_tui.dates import date_and_time
from pmm_tui.services.copy_words import section_label
from pmm_tui.services.copying import NEVER, source_of_teacher, source_of_template, try_copy
from pmm_tui.services.listing import find_teachers
from pmm_tui.services.template_keeping import keep_template, remove_template
from pmm_tui.skp.plan_carry import filled_parts
from pmm_tui.store.templates import Template


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Do what was asked; exit code 1 when something was refused or left out."""
    match args.action:
        case "simpan":
            return _save(args, context)
        case "daftar":
            return _list(args, context)
        case "pakai":
            return _use(args, context)
        case _:
            return _remove(args, context)


def _save(args: argparse.Namespace, context: RunContext) -> int:
    with context.open_store() as store:
        in_force = context.in_force(store)
        source = source_of_teacher(store, in_force, one_teacher(store, args.dari).id)
        kept = keep_template(store, args.nama, source, context.now(), replace=args.timpa, dry_run=args.uji_coba)
        labels = ", ".join(section_label(part, in_force) for part in filled_parts(kept.template.rencana))
    for note in in_force.notes:
        context.out.say(note)
    result = "diganti" if kept.replaced else "disimpan"
    if args.json:
        context.out.document({"uji_coba": args.uji_coba, "hasil": result, "templat": _as_json(kept.template)})
        return 0
    context.out.line(f'Templat "{kept.template.name}": {labels}.')
    end = f"dapat {result}. Uji coba: tidak ada yang diubah." if args.uji_coba else f"{result}."
    context.out.say(f"Templat {end} {NEVER}")
    return 0


def _list(args: argparse.Namespace, context: RunContext) -> int:
    with context.open_store(beside=True) as store:
        in_force = context.in_force(store)
        templates = store.templates.all()
    if args.json:
        context.out.document({"templat": [_as_json(one) for one in templates]})
        return 0
    rows = [
        (
            one.name,
            one.periode,
            one.sasaran.replace("-", " ") or "guru",
            ", ".join(section_label(part, in_force) for part in filled_parts(one.rencana)),
            date_and_time(one.at),
        )
        for one in templates
    ]
    if rows:
        context.out.table(("NAMA", "PERIODE", "UNTUK", "BAGIAN", "DISIMPAN"), rows)
    else:
        context.out.say('Belum ada templat. Simpan satu dengan: pmm-tui templat simpan "NAMA" --dari ID')
    return 0


def _use(args: argparse.Namespace, context: RunContext) -> int:
    ids_or_all(args.id, args.semua, "--semua")
    with context.open_store() as store:
        in_force = context.in_force(store)
        source = source_of_template(store, args.nama)
        chosen, refused = find_teachers(store, args.id)
        ids = [one.id for one in (store.roster.all() if args.semua else chosen)]
        trial = try_copy(store, in_force, context.today(), source, ids, parts_of(args), replace=args.timpa)
        return do_and_tell(args, context, store, in_force, trial, refused)


def _remove(args: argparse.Namespace, context: RunContext) -> int:
    with context.open_store() as store:
        name = remove_template(store, args.nama, context.now(), dry_run=args.uji_coba)
    if args.json:
        context.out.document({"uji_coba": args.uji_coba, "hasil": "dihapus", "nama": name})
    else:
        end = "dapat dihapus. Uji coba: tidak ada yang diubah." if args.uji_coba else "dihapus; rencana yang sudah diisi tetap."
        context.out.say(f'Templat "{name}" {end}')
    return 0


def _as_json(template: Template) -> dict[str, Any]:
    return {
        "nama": template.name,
        "periode": template.periode,
        "sasaran": template.sasaran or "guru",
        "bagian": list(filled_parts(template.rencana)),
        "disimpan": template.at.isoformat(),
    }
