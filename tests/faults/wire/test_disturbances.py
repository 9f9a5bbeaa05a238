"""What else a line does: bytes that change, come late, in drops, twice or in another order; and answers lost after the commit."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.faults.conftest import Banyak
from tests.faults.wire.conftest import MakeKlien, Panggung
from tests.faults.wire.disturbances import Gangguan
from tests.faults.wire.exhaustive import SEKALIGUS, rantai
from tests.faults.wire.proxy import Perantara
from tests.faults.wire.server_process import Induk, Peladen
from tests.faults.wire.wire_kit import Klien, Saksi, buat_sekolah, isi_toko, setelan

JENIS = {
    "ditutup": Gangguan(potong_naik=0),
    "ditolak": Gangguan(potong_naik=0, cara="reset"),
    "bisu": Gangguan(potong_naik=0, cara="diam"),
    "terlambat": Gangguan(tunda=0.1),
    "terlambat-sekali": Gangguan(tunda=0.5),
    "menetes-naik": Gangguan(tetes_naik=40, jeda=0.002),
    "menetes-turun": Gangguan(tetes_turun=40, jeda=0.002),
    "menetes-terlalu-lambat-naik": Gangguan(tetes_naik=1, jeda=0.05),
    "menetes-terlalu-lambat-turun": Gangguan(tetes_turun=1, jeda=0.05),
    "dua-jalur": Gangguan(ganda="jalur"),
    "dua-kali-di-satu-jalur": Gangguan(ganda="susul"),
    "dua-jalur-jawaban-hilang": Gangguan(ganda="jalur", potong_turun=0, cara="reset"),
    "dua-kali-jawaban-terpotong": Gangguan(ganda="susul", potong_turun=1500),
    "tertahan": Gangguan(tahan=True),
}


@pytest.mark.parametrize("jenis", JENIS)
def test_each_kind_of_bad_line(panggung: Panggung, buat_klien: MakeKlien, jenis: str) -> None:
    """Whatever the line does, three times in a row, the plans arrive once."""
    slow = JENIS[jenis].cara == "diam" or "terlalu" in jenis or jenis in ("tertahan", "terlambat-sekali")
    rantai(panggung, buat_klien, [JENIS[jenis]] * 3, banyak=12, total=0.3 if slow else 5.0)
    panggung.perantara.lepaskan()


JAWABAN = {
    "kosong": b"",
    "html": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
    "alih": b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n",
    "401": b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
    "400": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "408": b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
    "409": b"HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n",
    "413": b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "415": b"HTTP/1.1 415 Unsupported Media Type\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "422": b"HTTP/1.1 422 Unprocessable Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "429": b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n",
    "500": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "502": b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\noops",
    "503": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: tomorrow\r\nContent-Length: 0\r\n\r\n",
    "504": b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n",
    "200-kosong": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"hasil\":[]}",
    "201": b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"hasil\":[]}",
    "204": b"HTTP/1.1 204 No Content\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("simpan", [False, True], ids=["tak-sampai", "tersimpan"])
def test_answer_of_somebody_else(panggung: Panggung, buat_klien: MakeKlien, simpan: bool, banyak: Banyak) -> None:
    """A gateway's answer in place of the server's, before or after the server has stored everything: once in the end."""
    faults = [Gangguan(palsu=answer, simpan=simpan) for answer in JAWABAN.values()]
    rantai(panggung, buat_klien, faults * banyak(1, 20), banyak=3)
    rantai(panggung, buat_klien, faults[:: banyak(4, 1)], banyak=40)


def _changed(total: int, step: int, naik: bool) -> list[Gangguan]:
    """A byte changed at each `step`-th offset, in different ways."""
    turns = itertools.cycle((0x01, 0x20, 0x80, 0xFF))
    return [Gangguan(**{"ubah_naik" if naik else "ubah_turun": at}, xor=next(turns)) for at in range(step // 2, total, step)]


def test_changed_bytes(panggung: Panggung, buat_klien: MakeKlien, banyak: Banyak) -> None:
    """A byte changed on its way, in the request or in the answer, loses nothing, doubles nothing and makes nothing `sent`."""
    klien = buat_klien()
    assert klien.kirim(SEKALIGUS).sent == 40
    panggung.perantara.tenang()
    passed = panggung.perantara.riwayat[-1]
    rantai(panggung, buat_klien, _changed(passed.naik, banyak(211, 1), naik=True), total=0.6)
    rantai(panggung, buat_klien, _changed(passed.turun, banyak(211, 1), naik=False), total=0.6)


def test_changed_bytes_without_compression(panggung: Panggung, buat_klien: MakeKlien, banyak: Banyak) -> None:
    """Where no compression guards the bytes, a changed plan is still not stored as if it were ours."""
    klien = buat_klien(3, gzip=False)
    assert klien.kirim().sent == 3
    panggung.perantara.tenang()
    passed = panggung.perantara.riwayat[-1]
    options = {"banyak": 3, "gzip": False, "total": 1.0, "tanda_terima": False}
    rantai(panggung, buat_klien, _changed(passed.naik, banyak(61, 1), naik=True), **options)
    rantai(panggung, buat_klien, _changed(passed.turun, banyak(61, 1), naik=False), **options)


@pytest.mark.parametrize("terbalik", [False, True])
@pytest.mark.parametrize("kapan", ["sebelum", "sesudah"])
def test_requests_in_another_order(panggung: Panggung, buat_klien: MakeKlien, terbalik: bool, kapan: str) -> None:
    """Requests that were held up arrive late, in either order, before or after those sent later: nothing changes."""
    klien = buat_klien(40, total=0.3)
    for size in (40, 7, 1):
        panggung.perantara.pasang(Gangguan(tahan=True))
        klien.store.reference.set_memo("kirim/batas", f"[{size},65536]")
        assert klien.kirim().stop
        klien.jam.maju(hours=8)
    panggung.perantara.tenang()
    assert len(panggung.perantara.ditahan) == 3
    klien.settings = setelan(panggung.perantara.url, panggung.sekolah.token)
    if kapan == "sebelum":
        assert panggung.perantara.lepaskan(terbalik=terbalik) == 3
    klien.sampai_tuntas()
    receipts = {k.sha256: k.tanda_terima for k in klien.store.outbox.all()}
    if kapan == "sesudah":
        assert panggung.perantara.lepaskan(terbalik=terbalik) == 3
    held = panggung.saksi.amplop(panggung.sekolah.npsn)
    assert {a.sha256: a.tanda_terima for a in held} == receipts
    assert len(held) == len(receipts) == 40
    assert all(k.keadaan == "sent" for k in klien.store.outbox.all())


def test_server_killed_at_any_moment(induk: Induk, folder: Path, banyak: Banyak) -> None:
    """SIGKILL of the server while it answers, again and again: what it gave a receipt for is there, the rest is sent again."""
    peladen = Peladen(induk, folder / "server.db")
    perantara = Perantara(peladen.port)
    sekolah, saksi = buat_sekolah(peladen.database, 12), Saksi(peladen.database)
    isi_toko(folder / "klien.db", setelan(perantara.url, sekolah.token), 12)
    klien = Klien(folder / "klien.db", setelan(perantara.url, sekolah.token))
    try:
        for turn in range(banyak(12, 600)):
            if not klien.menunggu:
                klien.ajukan_semua(turn)  # the next revision of each
            perantara.pasang(Gangguan(jeda=0.001, tetes_naik=400))
            with peladen.killed_after(0.003 * (turn * 7 % 40)):
                klien.kirim()
            perantara.tenang()
            klien.jam.maju(hours=8)
            assert saksi.palsu(klien, sekolah.npsn) == []
            peladen.start()
            perantara.tujuan = peladen.port
        klien.sampai_tuntas()
        assert saksi.palsu(klien, sekolah.npsn) == []
        assert len({a.nip for a in saksi.amplop(sekolah.npsn)}) == saksi.guru(sekolah.npsn) == 12
    finally:
        klien.tutup()
        perantara.stop()
        peladen.kill()
