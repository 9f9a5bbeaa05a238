"""`pmm-tui sekolah`: the schools of this computer, each with its own records, token and outbox."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.school_changes import add, remove
from pmm_tui.cli.school_lines import school_lines
from pmm_tui.services.schools import SchoolLine


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List, begin or take away; raises UsageError for what cannot be, ConfigError, StorageError."""
    match args.action:
        case "tambah":
            return _add(args, context)
        case "hapus":
            npsn = remove(context, args.npsn)
            if args.json:
                context.out.document({"npsn": npsn, "dihapus": True})
            context.out.say(f"Sekolah NPSN {npsn} yang masih kosong dihapus dari komputer ini.")
        case _:
            _list(args, context)
    return 0


def _add(args: argparse.Namespace, context: RunContext) -> int:
    npsn, first = add(context, args.npsn, args.nama, trial=args.uji_coba)
    home = context.locations.first or context.locations
    places = home if first else home.for_school(npsn)
    if args.json:
        context.out.document(
            {
                "uji_coba": args.uji_coba,
                "npsn": npsn,
                "pertama": first,
                "data": str(places.data_folder),
                "konfigurasi": str(places.config_file),
            }
        )
    else:
        context.out.line(str(places.data_folder))
    if args.uji_coba:
        context.out.say(f"Uji coba: sekolah NPSN {npsn} dapat ditambah; tidak ada yang diubah.")
    elif first:
        context.out.say(f"Sekolah NPSN {npsn} menjadi sekolah pertama di komputer ini. Buka dengan: pmm-tui.")
    else:
        context.out.say(
            f"Sekolah NPSN {npsn} ditambah, masih kosong. Buka dengan: pmm-tui --sekolah {npsn}."
            " Sejak sekarang perintah yang mengubah data harus menyebut sekolahnya."
        )
    return 0


def _list(args: argparse.Namespace, context: RunContext) -> None:
    lines = school_lines(context)
    if args.json:
        context.out.document({"sekolah": [_as_json(line, context) for line in lines]})
        return
    head = ("NPSN", "Sekolah", "Keadaan", "")
    rows = [(line.npsn or "-", line.name or "-", line.words, "(yang pertama)" if line.first else "") for line in lines]
    context.out.table(head, rows)


def _as_json(line: SchoolLine, context: RunContext) -> dict[str, Any]:
    home = context.locations.first or context.locations
    places, progress = home if line.first else home.for_school(line.npsn), line.progress
    return {
        "npsn": line.npsn,
        "nama": line.name,
        "pertama": line.first,
        "periode": line.periode,
        "guru": line.teachers,
        "selesai": progress.done if progress else None,
        "antre": progress.waiting if progress else None,
        "perlu_anda": progress.needs_you if progress else None,
        "data": str(places.data_folder),
        "konfigurasi": str(places.config_file),
        "sebab": line.why,
    }
