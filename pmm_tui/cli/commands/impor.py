"""`pmm-tui impor`: the school's teachers from a file, or from Dapodik itself."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import UsageError
from pmm_tui.private_file import there
from pmm_tui.roster.column_choice import read_choices
from pmm_tui.roster.compare import count_by_outcome
from pmm_tui.roster.decide import decide, without_numbers
from pmm_tui.roster.model import ComparedRow, RosterReading, RowOutcome, outcome_words
from pmm_tui.roster.summary import summary
from pmm_tui.services.roster_import import keep_columns, preview, take, write_refused
from pmm_tui.text import quoted

_HOW = {
    "orang": "Yang perlu diputuskan belum disimpan; jalankan lagi dengan --putuskan BARIS=sama (orang yang sama, perbarui) atau "
    "--putuskan BARIS=lewati (orang lain; betulkan nomornya di Dapodik).",
    "keluar": "Guru yang menurut berkas sudah keluar belum disimpan; --putuskan BARIS=ambil bila masih mengajar di sini, "
    "--putuskan BARIS=lewati bila tidak.",
    "tanpa_nomor": "Guru yang benar-benar belum punya nomor: isi tanggal lahirnya, atau tambahkan dengan --putuskan BARIS=ambil "
    "(semua: --tanpa-nomor). Rencananya dapat diisi, dan dikirim sesudah NIP, NUPTK atau id servernya diketahui.",
}


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Read the file or ask Dapodik, tell what each row does, and store it unless only tried out.

    The exit code is 1 when a row was refused or waits for a decision.
    """
    _one_source(args)
    if args.kerangka is not None:
        from pmm_tui.cli.skeleton_text import write_skeleton  # late: it needs neither the data nor the catalogue

        return write_skeleton(args, context.out)
    target = _target(args.tolak_ke)
    proposals, head, away = None, None, list[int]()
    with context.open_store() as store:
        in_force = context.in_force(store)
        columns = read_choices(args.kolom, in_force.katalog)
        if args.dapodik is None:
            found = preview(store, Path(args.berkas), in_force.katalog, context.today(), args.lembar, columns)
        else:
            from pmm_tui.cli.dapodik_read import read_dapodik  # late: httpx only for what talks to Dapodik

            found, proposals, head = read_dapodik(store, in_force, context, url=args.dapodik, npsn=args.npsn)
        rows = decide(found.rows, args.putuskan)
        rows = without_numbers(rows) if args.tanpa_nomor else rows
        refused = write_refused(target, found.reading, rows) if target else 0
        if not args.uji_coba:
            take(store, rows, context.now())
            keep_columns(store, found.reading, columns)
        if proposals is not None:
            from pmm_tui.services.dapodik_import import not_home  # late, as above

            away = [line.pegawai.id for line in not_home(store, in_force, context.today(), rows, proposals)]
    counts = count_by_outcome(rows)
    if not args.json:
        _tell(found.reading, rows, counts, args.uji_coba, context)
        if target:
            written = f"{refused} baris yang ditolak ditulis ke {target}; perbaiki di sana, lalu impor berkas itu."
            context.out.say(written if refused else "Tidak ada baris yang ditolak; berkasnya tidak dibuat.")
    told = {"ditolak_ke": str(target) if target and refused else ""} if target else {}
    if proposals is not None:
        from pmm_tui.cli.dapodik_read import tell_proposals  # late, as above

        told |= tell_proposals(proposals, head, away, args, context)
    if args.json:
        context.out.document({"uji_coba": args.uji_coba, **summary(found.reading, rows), **told})
    return int(counts["ditolak"] + counts.get("perlu_diputuskan", 0) > 0)


def _one_source(args: argparse.Namespace) -> None:
    """Refuse a command line that names no source, or two, or asks one for what only the other has."""
    web = args.dapodik is not None
    if web and args.berkas:
        raise UsageError("Pilih satu: BERKAS, atau --dapodik.")
    if not (web or args.berkas):
        raise UsageError("Tulis BERKAS Daftar Guru, atau pakai --dapodik untuk mengambil langsung dari aplikasi Dapodik.")
    if web and (args.kerangka is not None or args.lembar or args.kolom):
        raise UsageError("--kerangka, --lembar dan --kolom hanya untuk berkas, bukan untuk --dapodik.")
    if not web and (args.npsn or args.ambil_kepala):
        raise UsageError("--npsn dan --ambil-kepala hanya bersama --dapodik.")


def _target(name: str | None) -> Path | None:
    """Where the refused rows go; asked before anything is read."""
    if name is None:
        return None
    path = Path(name).expanduser()
    if path.suffix.casefold() != ".xlsx":
        raise UsageError(f"--tolak-ke {quoted(name)}: nama berkasnya harus berakhiran .xlsx.")
    if there(path):
        raise UsageError(f"--tolak-ke {quoted(name)}: berkas itu sudah ada dan tidak ditimpa; pilih nama lain.")
    return path


def _tell(
    reading: RosterReading, rows: Sequence[ComparedRow], counts: Mapping[RowOutcome, int], tried: bool, context: RunContext
) -> None:
    """Tell how the file was read, and what each row does."""
    context.out.say(f"{reading.file_name}: {reading.origin}")
    for note in reading.notes:
        context.out.say(note)
    if reading.left_out:
        context.out.say('Untuk membaca yang lain, tambahkan --lembar "NAMA", atau --lembar semua.')
    if any(unread.column for unread in reading.left_unread):
        context.out.say('Bila isinya diperlukan, tambahkan --kolom "JUDUL=isian".')
    for row in rows:
        for line in _lines(row):
            context.out.line(line)
    told = ", ".join(f"{count} {outcome_words(state)}" for state, count in counts.items())
    context.out.say(f"{told}{' (uji coba: tidak ada yang disimpan)' if tried else ''}.")
    asked = {row.question for row in rows if row.outcome in ("perlu_diputuskan", "ditolak")}
    for question, way in _HOW.items():
        if question in asked:
            context.out.say(way)


def _lines(row: ComparedRow) -> list[str]:
    """What a row does, nothing for one that changes nothing and has no remark."""
    found = [f"  {note.column}: {note.message}" for note in (*row.reasons, *row.warnings)]
    if row.outcome == "sama" and not found:
        return []
    changes = "; ".join(f"{u.column}: {u.origin or '(kosong)'} -> {u.becomes or '(kosong)'}" for u in row.field_changes)
    if row.question == "orang":
        changes = f"bila orang yang sama: {changes}"
    return [f"{row.place} {outcome_words(row.outcome)}: {row.name}{f' ({changes})' if changes else ''}", *found]
