"""Many at once: one row and one receipt for identical envelopes, also over two server processes; a crowd is let in by turns."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.server import inbox
from pmm_tui.server.limits import Limits
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.wire import digest
from tests.faults.conftest import Banyak
from tests.faults.server.conftest import BuatProses, BuatSekolah, BuatServer
from tests.faults.server.server_kit import Berkas, Sambungan, minta
from tests.faults.server.values import nilai
from tests.faults.wire.wire_kit import buat_sekolah, guru
from tests.server.sample_school import amplop

SEREMPAK = 32


def _cara(number: int, token: str, line: bytes) -> bytes:
    """The same envelope in one of the ways in which it can travel."""
    way = number % 5
    if way == 1:
        return minta("POST", "/v1/rencana", token, gzip.compress(line), "Content-Encoding: gzip")
    if way == 2:
        chunks = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in (line[:99], line[99:], b"\n"))
        return minta("POST", "/v1/rencana", token, None, "Transfer-Encoding: chunked") + chunks + b"0\r\n\r\n"
    if way == 3:
        return minta("POST", "/v1/rencana", token, line + b"\n" + line + b"\n")
    return minta("POST", "/v1/rencana", token, line + b"\n" * way)


def _amplop_ronde(count: int, ids: dict[str, str]) -> Iterator[bytes]:
    """One new envelope a round: a new teacher by NIP or by NUPTK, the next revision of one who is known, by number or by id."""
    for number in range(count):
        ronde, kind = divmod(number, 4)
        nip = guru(100 + ronde).nip
        nuptk = f"{1234567890120000 + ronde}"
        if kind == 0:
            yield amplop({"nip": nip, "nama": f"Guru {ronde}"})
        elif kind == 1:
            yield amplop({"nip": nip, "nuptk": nuptk, "nama": f"Guru {ronde}"}, 2, 1)
        elif kind == 2:
            yield amplop({"nuptk": nuptk}, 5, 2)
        else:
            yield amplop({"id": ids["Guru Ke-01"]}, ronde + 1, ronde)


@pytest.mark.parametrize("processes", [1, 2])
def test_identical_envelopes(buat_proses: BuatProses, folder: Path, banyak: Banyak, processes: int) -> None:
    """Of 32 connections that send one envelope at the same moment one stores it, and all get its one receipt; round after round."""
    database = folder / "s.db"
    ports = [buat_proses(database).port for _ in range(processes)]
    sekolahan = buat_sekolah(database, 1)
    with Sambungan(ports[0]) as line:
        ids = {one["nama"]: one["id"] for one in nilai(line.tanya(minta("GET", "/v1/pegawai", sekolahan.token)))["pegawai"]}
    lines = list(_amplop_ronde(banyak(20, 1_000), ids))
    start = threading.Barrier(SEREMPAK)

    def client(number: int) -> list[list[dict[str, Any]]]:
        answers = []
        with Sambungan(ports[number % processes]) as connection:
            for sent in lines:
                request = _cara(number, sekolahan.token, sent)
                start.wait(30)
                answers.append(nilai(connection.tanya(request), request)["hasil"])
        return answers

    with ThreadPoolExecutor(SEREMPAK) as threads:
        told = list(threads.map(client, range(SEREMPAK)))
    receipts = []
    for sent, answers in zip(lines, zip(*told, strict=True), strict=True):
        hasil = [one for answer in answers for one in answer]
        assert Counter(one["keadaan"] for one in hasil) == {"tersimpan": 1, "sudah-ada": len(hasil) - 1}, hasil
        ((receipt, _),) = {(one["tanda_terima"], one["waktu"]) for one in hasil}
        receipts.append((digest(sent), receipt))
    berkas = Berkas(database)
    assert sorted(berkas.rows("SELECT sha256, tanda_terima FROM amplop")) == sorted(receipts)
    assert len({receipt for _, receipt in receipts}) == len(lines)
    assert berkas.sound()


def test_a_crowd_is_let_in_by_turns(
    buat_server: BuatServer, buat_sekolah: BuatSekolah, banyak: Banyak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crowd at a server of 8 places is stored, each plan once: who is refused gets a turn; those who read are never refused."""
    server = buat_server(Limits(write_places=8, read_places=1_000, login_burst=1_000_000))
    sekolah = buat_sekolah(server)

    def slow(*args: Any, **options: Any) -> Any:
        time.sleep(0.005)
        return periksa(*args, **options)

    monkeypatch.setattr(inbox, "periksa", slow)
    crowd = banyak(80, 600)
    start, refused = threading.Barrier(crowd), []

    def client(number: int) -> int:
        request = minta("POST", "/v1/rencana", sekolah.token, amplop({"nip": guru(number).nip, "nama": f"Guru {number}"}))
        with Sambungan(server.port) as line:
            start.wait(30)
            for tries in range(1, 60):
                answer = line.tanya(request)
                told = nilai(answer, request)
                assert answer is not None
                if answer.status == 200:
                    assert told["hasil"][0]["keadaan"] == "tersimpan"
                    return tries
                assert told["type"] == "/problems/penuh"
                refused.append(int(answer.header("retry-after")))
                time.sleep(0.05 * refused[-1])  # seconds are twenty times as short here
                assert nilai(line.tanya(minta("GET", "/v1/sekolah", sekolah.token)))["npsn"] == sekolah.npsn
        raise AssertionError("never let in")

    with ThreadPoolExecutor(crowd) as threads:
        tries = list(threads.map(client, range(crowd)))
    assert refused
    assert max(tries) < 60
    berkas = Berkas(server.database)
    assert berkas.rows("SELECT count(*), count(DISTINCT sha256) FROM amplop") == [(crowd, crowd)]
    assert sum(" 503 " in line for line in server.lines) == len(refused)


def test_full_costs_one_line_and_no_body(buat_server: BuatServer, buat_sekolah: BuatSekolah) -> None:
    """A server without a place refuses from the head alone, right token or wrong, and takes no part of the body into account."""
    server = buat_server(Limits(write_places=0))
    sekolah = buat_sekolah(server)
    with ExitStack() as stack:
        for token in (sekolah.token, "salah"):
            line = stack.enter_context(Sambungan(server.port))
            head = minta("POST", "/v1/rencana", token, None, "Content-Length: 1000000")
            told = nilai(line.tanya(head), head)
            assert told["type"] == "/problems/penuh"
    assert {line.split(" ms ")[1] for line in server.lines if " 503 " in line} == {f"0 B {len(_body(server.port))} B"}


def _body(port: int) -> bytes:
    with Sambungan(port) as line:
        answer = line.tanya(minta("POST", "/v1/rencana", "", b""))
    assert answer is not None
    return answer.body
