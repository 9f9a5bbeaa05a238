"""The skeleton of a list for whoever reports one that was not read: as lines, as JSON, or in a file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pmm_tui.cli.output import Output
from pmm_tui.errors import UsageError
from pmm_tui.locations import expanded
from pmm_tui.private_file import write_once
from pmm_tui.roster.read import read_skeleton
from pmm_tui.text import quoted

_SENTENCE = "Kerangka ini memuat judul kolom, bentuk isi dan jumlahnya saja; baca dulu sebelum dikirim."


def write_skeleton(args: argparse.Namespace, out: Output) -> int:
    """Write the skeleton of the file to standard output, or as JSON to a new file that the option names."""
    found = read_skeleton(Path(args.berkas))
    if args.kerangka != "-":
        path = expanded(args.kerangka)
        content = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        try:
            write_once(path, content.encode())
        except FileExistsError:
            raise UsageError(f"--kerangka {quoted(str(path))}: sudah ada; pilih nama lain.") from None
        out.line(str(path))
    elif args.json:
        out.document(found)
    else:
        for line in _lines(found):
            out.line(line)
    out.say(_SENTENCE)
    return 0


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield "; ".join(f"{name.replace('_', ' ')} {found[name]}" for name in ("jenis", "pengodean", "pemisah") if found.get(name))
    for sheet in found["lembar"]:
        hidden = ", tersembunyi" if sheet.get("tersembunyi") else ""
        unseen = f", {count} baris tersembunyi" if (count := sheet.get("baris_tersembunyi")) else ""
        yield f'lembar "{sheet["nama"]}": {sheet["baris"]} baris, {sheet["kolom"]} kolom{hidden}{unseen}'
        for head in sheet["judul"]:
            yield f"  baris {head['baris']}: {' | '.join(head['sel'])}"
        for column in sheet["bentuk"]:
            shapes = ", ".join(f"{shape or '(kosong)'} x{count}" for shape, count in column["nilai"].items())
            yield f"  kolom {column['kolom']}: {shapes}"
        runs = ", ".join(f"{run['baris']}: {run['sel']}{' judul' if run['judul'] else ''}" for run in sheet["urutan"])
        yield f"  sel terisi menurut baris: {runs}"
