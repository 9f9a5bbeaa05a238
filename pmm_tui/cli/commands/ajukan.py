"""`pmm-tui ajukan`: seal complete plans into the outbox."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.listing import BarisGuru, ids_or_all, masalah_json, masalah_lines, pilih, semua_baris
from pmm_tui.skp.plan_state import Keadaan
from pmm_tui.store import Store

_SIAP = (Keadaan.LENGKAP, Keadaan.BERUBAH)


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Seal the chosen plans; exit code 1 when one was refused."""
    ids_or_all(args.id, args.semua, "--semua-lengkap")
    with konteks.open_store() as store:
        berlaku = konteks.berlaku(store)
        rows = semua_baris(store, berlaku, konteks.today())
        chosen, refused = pilih(store, rows, args.id)
        if args.semua:
            chosen = [row for row in rows if row.keadaan in _SIAP and not row.halangan]
        results = [_seal(row, store, konteks, berlaku.periode.id, dry=args.uji_coba) for row in chosen]
    for sentence in (*berlaku.catatan, *refused):
        konteks.out.say(sentence)
    if berlaku.sekolah.kepala_sekolah.plt and any(r["hasil"] in ("antre", "akan-antre") for r in results):
        konteks.out.say("Kepala sekolah hanya Plt.: rencana langsung disetujui begitu diterima server.")
    if args.json:
        konteks.out.document({"periode": berlaku.periode.id, "uji_coba": args.uji_coba, "rencana": results, "ditolak": refused})
    else:
        _tell(chosen, results, konteks)
    return int(bool(refused) or any(r["hasil"] == "ditolak" for r in results))


def _seal(row: BarisGuru, store: Store, konteks: Konteks, periode: str, *, dry: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"id": row.pegawai.id, "nama": row.pegawai.nama, "masalah": masalah_json(row.halangan)}
    if row.rencana is None:
        return found | {"hasil": "ditolak", "sebab": "Rencananya belum dimulai."}
    if row.keadaan.is_submitted:
        return found | {"hasil": "tetap", "sebab": f"Sudah {row.keadaan.kata} dan tidak berubah."}
    if row.halangan:
        return found | {"hasil": "ditolak", "sebab": f"{len(row.halangan)} masalah harus diselesaikan dulu."}
    if dry:
        return found | {"hasil": "akan-antre", "sebab": ""}
    kiriman = store.outbox.seal(row.pegawai, periode, row.rencana, row.suntingan, konteks.now())
    return found | {"hasil": "antre", "sebab": "", "revisi": kiriman.revisi}


_KATA = {
    "antre": "antre, akan dikirim saat ada jaringan",
    "akan-antre": "dapat diajukan",
    "tetap": "tidak perlu diajukan lagi",
    "ditolak": "belum dapat diajukan",
}


def _tell(chosen: list[BarisGuru], results: list[dict[str, Any]], konteks: Konteks) -> None:
    for row, result in zip(chosen, results, strict=True):
        konteks.out.line(f"{result['id']} {result['nama']}: {_KATA[result['hasil']]}. {result['sebab']}".rstrip())
        if result["hasil"] == "ditolak":
            for line in masalah_lines(row.halangan):
                konteks.out.line(line)
    queued = sum(r["hasil"] == "antre" for r in results)
    konteks.out.say(f"{queued} rencana masuk Kotak Kirim." + (" Kirim dengan: pmm-tui kirim" if queued else ""))
