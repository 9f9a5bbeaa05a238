"""Killed under load, again and again: every receipt and every decision that was given is still true."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.skp.wire import digest
from tests.faults.conftest import Banyak
from tests.faults.server.conftest import BuatProses
from tests.faults.server.server_kit import Berkas, Proses, Sambungan, minta
from tests.faults.server.values import nilai
from tests.faults.wire.wire_kit import Sekolahan, buat_sekolah, guru
from tests.server.sample_school import amplop

PENGIRIM = 6
SEKALI = 3  # envelopes a batch


class Kabar(Struct):
    """What one client was told: receipt and time by digest, the envelopes that were sent in order, and the last note that stood."""

    nip: str
    receipts: dict[str, tuple[str, str]]
    lines: list[bytes]
    answered: int = 0
    note: int = 0
    tried: int = 0


def _send(port: int, token: str, kabar: Kabar) -> None:
    """Send batch after batch of revisions of one teacher until the server is dead."""
    with Sambungan(port) as line:
        while True:
            kabar.lines += [
                amplop({"nip": kabar.nip, "nama": "Guru"}, revisi, revisi - 1)
                for revisi in range(len(kabar.lines) + 1, len(kabar.lines) + 1 + SEKALI)
            ]
            if not _ask(line, token, kabar, kabar.lines[-SEKALI:]):
                return


def _ask(line: Sambungan, token: str, kabar: Kabar, lines: list[bytes]) -> bool:
    request = minta("POST", "/v1/rencana", token, b"\n".join(lines))
    answer = line.tanya(request)
    if answer is None:
        return False
    for hasil in nilai(answer, request)["hasil"]:
        assert hasil["keadaan"] in ("tersimpan", "sudah-ada"), hasil
        told = (hasil["tanda_terima"], hasil["waktu"])
        assert kabar.receipts.setdefault(hasil["sha256"], told) == told
    kabar.answered += len(lines)
    return True


def _decide(port: int, token: str, id: str, kabar: Kabar) -> None:
    """Send one plan back with a new note each time until the server is dead."""
    with Sambungan(port) as line:
        while True:
            kabar.tried += 1
            body = msgspec.json.encode({"revisi": 1, "keputusan": "kembalikan", "catatan": str(kabar.tried)})
            answer = line.tanya(minta("POST", f"/v1/rencana/2026/{id}/keputusan", token, body))
            if answer is None:
                return
            kabar.note = int(nilai(answer)["catatan"])


def _round(proses: Proses, sekolahan: Sekolahan, id: str, clients: list[Kabar], head: Kabar, seconds: float) -> None:
    """Start, load, kill in the middle."""
    with ThreadPoolExecutor(PENGIRIM + 1) as threads:
        working = [threads.submit(_send, proses.port, sekolahan.token, kabar) for kabar in clients]
        working.append(threads.submit(_decide, proses.port, sekolahan.token_kepala, id, head))
        first = sum(kabar.answered for kabar in clients)
        while sum(kabar.answered for kabar in clients) == first and not any(one.done() for one in working):
            time.sleep(0.001)
        time.sleep(seconds)
        proses.kill()
        for one in working:
            one.result()


def _still_true(berkas: Berkas, clients: list[Kabar], head: Kabar, id: str) -> None:
    """The file holds every receipt that was given, nothing twice, and the last decision that was told or a later one."""
    held = {sha256: (receipt, waktu) for sha256, receipt, waktu in berkas.rows("SELECT sha256, tanda_terima, waktu FROM amplop")}
    given = {sha256: told for kabar in clients for sha256, told in kabar.receipts.items()}
    assert {sha256: held.get(sha256) for sha256 in given} == given
    ((note,),) = berkas.rows("SELECT catatan FROM amplop WHERE pegawai_id = ?", id)
    assert head.note <= int(note or 0) <= head.tried


def test_killed_under_load(buat_proses: BuatProses, folder: Path, banyak: Banyak) -> None:
    """SIGKILL while six clients send and a head decides: what was told is there, what was not is stored once when sent again."""
    proses = buat_proses(folder / "s.db")
    sekolahan = buat_sekolah(proses.database, 1)
    berkas, chance = Berkas(proses.database), random.Random(9)
    clients = [Kabar(guru(100 + number).nip, {}, []) for number in range(PENGIRIM)]
    head, first = Kabar(guru(1).nip, {}, []), amplop({"nip": guru(1).nip})
    with Sambungan(proses.port) as line:
        assert _ask(line, sekolahan.token, head, [first])
        id = str(nilai(line.tanya(minta("GET", "/v1/pegawai", sekolahan.token)))["pegawai"][0]["id"])
    cut: Counter[str] = Counter()
    for number in range(banyak(10, 500)):
        _round(proses, sekolahan, id, clients, head, chance.uniform(0, 0.06))
        _still_true(berkas, clients, head, id)
        assert number % 10 or berkas.sound()
        proses.start()
        stored = {sha256 for (sha256,) in berkas.rows("SELECT sha256 FROM amplop")}
        with Sambungan(proses.port) as line:
            for kabar in clients:
                last = kabar.lines[-2 * SEKALI :]  # one batch is on its way at a time
                open_ones = [one for one in last if digest(one) not in kabar.receipts]
                cut["stored, not told" if any(digest(one) in stored for one in open_ones) else "not stored"] += bool(open_ones)
                assert _ask(line, sekolahan.token, kabar, last)
    rows: list[tuple[Any, ...]] = berkas.rows("SELECT sha256 FROM amplop ORDER BY 1")
    assert all(digest(one) in kabar.receipts for kabar in clients for one in kabar.lines)
    assert berkas.sound()
    sent = [first, *(one for kabar in clients for one in kabar.lines)]
    assert rows == sorted((digest(one),) for one in sent)
    print(f"envelopes {len(sent)}, decisions {head.tried}, {dict(cut)}")
    assert cut["not stored"] + cut["stored, not told"] > 0
