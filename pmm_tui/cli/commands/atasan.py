"""`pmm-tui atasan`: who rates the kepala sekolah's own plan, mostly the kepala dinas; asked once for a school."""

from __future__ import annotations

import argparse

from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.skp.nip import digits, grouped, parse_nip
from pmm_tui.text import clean

_FIELDS = {"nama": "Nama", "nip": "NIP", "pangkat": "Pangkat", "jabatan": "Jabatan", "unit_kerja": "Unit kerja"}
_MAX = 300  # characters of one of them, as the configuration takes


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Show who it is, or keep what was typed in the configuration; exit code 1 for what cannot be kept."""
    typed = {name: " ".join(clean(text).split()) for name in _FIELDS if (text := getattr(args, name)) is not None}
    if "nip" in typed:
        typed["nip"] = digits(typed["nip"])
    _refuse(typed)
    config = context.file_config()
    before = config.sekolah.atasan
    after = structs.replace(before, **typed)
    if after != before and not args.uji_coba:
        context.save_config(structs.replace(config, sekolah=structs.replace(config.sekolah, atasan=after)))
    if args.json:
        document = {name: getattr(after, name) for name in _FIELDS}
        context.out.document({"uji_coba": args.uji_coba, "berubah": after != before, "atasan": document})
        return 0
    for name, label in _FIELDS.items():
        value = getattr(after, name)
        context.out.line(f"{label:<11}: {(grouped(value) if name == 'nip' else value) or '-'}")
    if after != before:
        context.out.say("Uji coba: tidak ada yang disimpan." if args.uji_coba else f"Tersimpan di {context.config_file}.")
    elif not after.nama:
        context.out.say("Belum diisi di sini; isi dengan: pmm-tui atasan --nama NAMA (biasanya kepala dinas).")
    return 0


def _refuse(typed: dict[str, str]) -> None:
    """Raise InputError for the first value that cannot be kept."""
    if typed.get("nip") and parse_nip(typed["nip"]) is None:
        raise InputError("NIP atasan harus 18 angka; periksa lalu ulangi.")
    for name, value in typed.items():
        if len(value) > _MAX:
            raise InputError(f"{_FIELDS[name]} atasan paling panjang {_MAX} huruf.")
