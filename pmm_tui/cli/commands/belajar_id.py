"""`pmm-tui belajar-id`: the belajar.id account of each teacher, from the operator's list or marked by hand."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.locations import expanded
from pmm_tui.services import account_import
from pmm_tui.services.account_import import AccountImport, TakenRow
from pmm_tui.services.account_states import STATES, account_json, state_of, without_account
from pmm_tui.skp.account import AccountState
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.store.accounts import Account
from pmm_tui.text import quoted

_DELETE = "Berkas ini berisi sandi awal guru; hapus berkasnya sesudah dipakai, juga dari Unduhan dan Tempat Sampah."


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Do what was asked; exit code 1 when something was refused or has to be decided."""
    if args.action == "impor":
        return _take(args, context)
    return _mark(args, context) if args.action == "tandai" else _show(args, context)


def _take(args: argparse.Namespace, context: RunContext) -> int:
    with context.open_store() as store:
        jenjang = context.in_force(store).sekolah.jenjang
        found = account_import.propose_file(
            store,
            expanded(args.berkas),
            jenjang,
            context.now(),
            context.today(),
            state=args.keadaan,
            replace=args.timpa,
        )
        if not args.uji_coba:
            account_import.keep(store, found.rows)
    if args.json:
        context.out.document(_import_json(found, tried=args.uji_coba))
    else:
        for row in found.rows:
            if row.result != "sama" or row.note:
                context.out.line(_row_words(row))
    counts = found.counts
    told = ", ".join(f"{count} {word.replace('-', ' ')}" for word, count in sorted(counts.items()))
    context.out.say(f"{found.file.name}: {told}.{' Uji coba: tidak ada yang disimpan.' if args.uji_coba else ''}")
    if found.missing:
        what = f"{len(found.missing)} guru belum diketahui akunnya; bila memang tidak ada: pmm-tui belajar-id tandai ID..."
        context.out.say(f"{what} --keadaan tidak-ada.")
    if found.file.dropped:
        context.out.say(f"Dibuang tanpa dibaca: {', '.join(map(quoted, found.file.dropped))}. {_DELETE}")
    return int(bool(counts["ditolak"] or counts["perlu-diputuskan"]))


def _row_words(row: TakenRow) -> str:
    address = f" {row.account.address}" if row.account and row.account.address else ""
    state = f" ({STATES[row.account.state].label})" if row.account else ""
    name = row.pegawai.nama if row.pegawai else row.name or "(tanpa nama)"
    return f"baris {row.row} {name}: {row.result.replace('-', ' ')}{address}{state}{f'; {row.note}' if row.note else ''}"


def _import_json(found: AccountImport, *, tried: bool) -> dict[str, Any]:
    return {
        "uji_coba": tried,
        "berkas": found.file.name,
        "dibuang": list(found.file.dropped),
        "baris": [
            {
                "baris": row.row,
                "id": row.pegawai.id if row.pegawai else None,
                "nama": row.pegawai.nama if row.pegawai else row.name,
                "hasil": row.result,
                "akun": row.account.address if row.account else "",
                "keadaan": row.account.state if row.account else "",
                "catatan": row.note,
            }
            for row in found.rows
        ],
        "belum_diketahui": [{"id": p.id, "nama": p.nama} for p in found.missing],
    }


def _mark(args: argparse.Namespace, context: RunContext) -> int:
    with context.open_store() as store:
        teachers, refused = _teachers(store, args.id)
        made = account_import.mark(store, teachers, args.keadaan, context.now(), context.today(), address=args.akun)
        if made and not args.uji_coba:
            store.accounts.write(made)
    for sentence in refused:
        context.out.say(sentence)
    pairs = list(zip(teachers, made, strict=True))
    if args.json:
        document = {"uji_coba": args.uji_coba, "guru": [_as_json(p, a) for p, a in pairs], "ditolak": refused}
        context.out.document(document)
    else:
        for pegawai, account in pairs:
            context.out.line(f"{pegawai.id} {pegawai.nama}: {_state_words(account)}")
        if args.uji_coba:
            context.out.say("Uji coba: tidak ada yang disimpan.")
    return int(bool(refused))


def _teachers(store: Store, keys: list[str]) -> tuple[list[Pegawai], list[str]]:
    chosen: dict[int, Pegawai] = {}
    refused = []
    for key in keys:
        try:
            found = store.roster.find(key)
            if len(found) != 1:
                why = "tidak ada" if not found else "menunjuk lebih dari satu guru"
                raise InputError(f"Guru {quoted(key)} {why}; lihat nomornya dengan pmm-tui daftar.")
            chosen[found[0].id] = found[0]
        except InputError as error:
            refused.append(error.sentence)
    return list(chosen.values()), refused


def _show(args: argparse.Namespace, context: RunContext) -> int:
    with context.open_store(beside=True) as store:
        known = store.accounts.all()
        listed = without_account(store) if args.belum_punya else store.roster.all()
        unchecked = sum(state_of(known, p.id) is AccountState.UNCHECKED for p in store.roster.all())
    if args.json:
        context.out.document({"guru": [_as_json(p, known.get(p.id)) for p in listed], "belum_dicek": unchecked})
        return 0
    if listed:
        context.out.table(("ID", "Nama", "Akun", "Keadaan"), (_cells(p, known.get(p.id)) for p in listed))
    if args.belum_punya:
        context.out.say(f"{len(listed)} guru belum punya akun. {AccountState.NONE.step if listed else ''}".rstrip())
    if unchecked:
        context.out.say(f"{unchecked} guru belum dicek. {AccountState.UNCHECKED.step}")
    return 0


def _cells(pegawai: Pegawai, account: Account | None) -> tuple[str, ...]:
    return str(pegawai.id), pegawai.nama, account.address if account and account.address else "-", _state_words(account)


def _state_words(account: Account | None) -> str:
    if account is None:
        return AccountState.UNCHECKED.label
    checked = f", dicek {account.checked_on}" if account.checked_on else ""
    return f"{STATES[account.state].label}{checked}"


def _as_json(pegawai: Pegawai, account: Account | None) -> dict[str, Any]:
    return {"id": pegawai.id, "nama": pegawai.nama, "belajar_id": account_json(account)}
