"""`pmm-tui kirim`: send what waits in the outbox."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.server_settings import exit_code
from pmm_tui.store import Kiriman, Store
from pmm_tui.store.outbox_entry import OPEN_STATES
from pmm_tui.sync.results import Kemajuan, Ringkasan
from pmm_tui.sync.sender import send_due

_KATA = {
    "queued": "antre",
    "sending": "antre",
    "unknown": "antre, belum tentu sampai; dikirim lagi",
    "sent": "terkirim",
    "rejected": "ditolak server",
    "conflict": "bentrok dengan isi di server",
    "superseded": "diganti revisi yang lebih baru",
}


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Send; exit code 1 when the server refused one, 5 when it could not be reached."""
    with konteks.open_store() as store:
        waiting = [kiriman for kiriman in reversed(store.outbox.all()) if kiriman.keadaan in OPEN_STATES]
        if args.uji_coba:
            found = Ringkasan(waiting=len(waiting))
        else:
            found = asyncio.run(
                send_due(
                    store,
                    konteks.client,
                    now=konteks.now,
                    on_progress=lambda maju: _progress(maju, konteks),
                    forced=not args.sabar,
                    limits=konteks.batas_kirim(),
                )
            )
        results = _results(store, waiting)
    if args.json:
        konteks.out.document({"uji_coba": args.uji_coba, **_as_json(found), "rencana": results})
    else:
        for result in results:
            _tell(result, konteks)
    konteks.out.say(kalimat_ringkasan(found) + (" Uji coba: tidak ada yang dikirim." if args.uji_coba else ""))
    if found.stop:
        return exit_code(found.stop)
    return int(found.rejected + found.conflict + found.deferred > 0)


def kalimat_ringkasan(found: Ringkasan) -> str:
    """What a run came to, in sentences: what was settled, what ended it early, what still waits."""
    counts = (
        (found.sent, "terkirim"),
        (found.rejected, "ditolak"),
        (found.conflict, "bentrok"),
        (found.deferred, "tertunda"),
    )
    settled = ", ".join(f"{banyak} {kata}" for banyak, kata in counts if banyak)
    waiting = f"{found.waiting} menunggu" if found.waiting and not found.stop else ""
    parts = ", ".join(part for part in (settled, waiting) if part)
    said = f"{parts}." if parts else "" if found.stop else "Kotak Kirim kosong."
    return f"{said} {found.stop.karena if found.stop else ''}".strip()


def _progress(maju: Kemajuan, konteks: Konteks) -> None:
    if maju.semua > 1:
        konteks.out.say(f"{maju.selesai} dari {maju.semua} ...")


def _results(store: Store, waiting: list[Kiriman]) -> list[dict[str, Any]]:
    """What has become of the envelopes that waited, in the order in which they were sealed."""
    now = {kiriman.id: kiriman for kiriman in store.outbox.all()}
    names = {pegawai.id: pegawai.nama for pegawai in store.roster.all()}
    return [_result(now[kiriman.id], names.get(kiriman.pegawai_id, "")) for kiriman in waiting]


def _result(kiriman: Kiriman, nama: str) -> dict[str, Any]:
    return {
        "id": kiriman.pegawai_id,
        "nama": nama,
        "periode": kiriman.periode,
        "revisi": kiriman.revisi,
        "keadaan": _KATA[kiriman.keadaan],
        "tanda_terima": kiriman.tanda_terima,
        "waktu_server": kiriman.waktu_server,
        "catatan": kiriman.catatan,
        "masalah": [{"kode": m.kode, "pesan": m.pesan, "pointer": m.pointer} for m in kiriman.masalah],
    }


def _tell(result: dict[str, Any], konteks: Konteks) -> None:
    receipt = f", tanda terima {result['tanda_terima']}" if result["tanda_terima"] else ""
    konteks.out.line(f"{result['id']} {result['nama']}, {result['periode']}: {result['keadaan']}{receipt}")
    for masalah in result["masalah"]:
        konteks.out.line(f"  ! {masalah['pesan']}")


def _as_json(found: Ringkasan) -> dict[str, Any]:
    return {
        "terkirim": found.sent,
        "ditolak": found.rejected,
        "bentrok": found.conflict,
        "tertunda": found.deferred,
        "menunggu": found.waiting,
        "sebab": found.stop.karena if found.stop else "",
    }
