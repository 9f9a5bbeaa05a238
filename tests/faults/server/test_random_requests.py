"""Random requests never make a server error but 503, never tell of the inside or of another school, and never change its rows."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmm_tui.skp.model import Pegawai
from tests.faults.conftest import Banyak
from tests.faults.server.conftest import BuatSekolah, BuatServer
from tests.faults.server.random_requests import Bahan, Permintaan, permintaan
from tests.faults.server.server_kit import Berkas, Sambungan
from tests.faults.server.values import log_rapi, nilai
from tests.server.sample_school import NIP, NIP_LAIN, NUPTK

ORANG = Pegawai(nama="Kanari Orang Lain", nip=NIP, nuptk=NUPTK)


def test_random_requests(buat_server: BuatServer, buat_sekolah: BuatSekolah, banyak: Banyak) -> None:
    """Whatever is asked, each answer is one of the page's; what is stored has its receipt; the log stays a log."""
    server = buat_server()
    kita, sebelah = buat_sekolah(server, Pegawai(nama="Guru Kita", nip=NIP_LAIN)), buat_sekolah(server, ORANG)
    hasil = sebelah.store({"nip": NIP})
    (id,), (ours,) = sebelah.ids().values(), kita.ids().values()
    rahasia = (ORANG.nama, hasil["sha256"], hasil["tanda_terima"])  # what no request of ours ever says
    bahan = Bahan((kita.token, kita.token_kepala), (ours, NIP_LAIN, id, NIP, NUPTK, sebelah.npsn, "2026", "1-00000000"))
    berkas = Berkas(server.database)
    before = berkas.milik(sebelah.npsn)
    server.lines.clear()
    seen: Counter[int] = Counter()
    lines = [Sambungan(server.port)]

    quick = bool(banyak(1, 0))  # the same requests each time: what is new is for the long form to find

    @settings(
        max_examples=400 if quick else 20_000,
        derandomize=quick,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        asked = data.draw(permintaan(bahan))
        seen[_one(lines, server.port, asked, rahasia)] += 1

    try:
        run()
    finally:
        lines[0].sock.close()
    assert berkas.milik(sebelah.npsn) == before
    assert berkas.sound()
    log_rapi(server.lines)
    print(dict(seen), berkas.rows("SELECT status, count(*) FROM amplop GROUP BY 1"))
    assert set(seen) >= {200, 400, 404, 405}
    assert seen[200] > 50
    assert berkas.rows("SELECT count(*) FROM amplop")[0][0] > 3


def _one(lines: list[Sambungan], port: int, asked: Permintaan, rahasia: tuple[str, ...]) -> int:
    """Ask, on a new connection where the old one has ended, and judge; returns the status."""
    answer = lines[0].tanya(asked.raw, asked.method)
    if answer is None:
        lines[0].sock.close()
        lines[0] = Sambungan(port)
        answer = lines[0].tanya(asked.raw, asked.method)
    told = nilai(answer, asked.raw + asked.body)
    assert answer is not None
    if answer.header("connection") == "close":
        lines[0].sock.close()
        lines[0] = Sambungan(port)
    text = str(answer.headers) + answer.isi.decode()
    assert [word for word in rahasia if word in text] == [], asked
    for one in told.get("hasil", ()) if isinstance(told, dict) else ():
        assert one["keadaan"] in ("tersimpan", "sudah-ada", "bentrok", "ditolak"), (one, asked)
        assert bool(one["tanda_terima"]) == (one["keadaan"] in ("tersimpan", "sudah-ada"))
    return answer.status
