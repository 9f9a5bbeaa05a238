"""What is measured: each figure once as `pmm-tui` does it, and as somebody would who takes httpx as it comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import httpx
from msgspec import Struct

from pmm_tui.skp.wire import NDJSON
from tests.bench.wire_count import Hitungan, Penghitung
from tests.bench.wire_kit import Operator, forget_sessions, trust
from tests.bench.wire_plan import PERIODE

BANYAK = 40
_READ = ("/v1/sekolah", "/v1/pegawai", f"/v1/rapor/{PERIODE}", f"/v1/katalog/{PERIODE}", "/v1/rencana")

Kerja = Callable[[Operator, Penghitung], Awaitable[Hitungan]]


class Kasus(Struct, frozen=True, kw_only=True):
    """A figure: what is counted, the most it may be, and whose work is compared, ours last.

    `paling` is in bytes of IPv4. `tls` is the part of it that TLS may take, which can be counted anywhere: what is left are the
    headers of as many packets as a capture shows.
    """

    nama: str
    paling: int
    tls: int
    kerja: dict[str, Kerja]


KITA = "pmm-tui"


async def _all(counter: Penghitung) -> Hitungan:
    await counter.tenang()
    return counter.baca()


# ---- as pmm-tui does it


def kirim(count: int) -> Kerja:
    """Send so many plans in a process that has not talked to the server before."""

    async def work(operator: Operator, counter: Penghitung) -> Hitungan:
        await operator.know_teachers()
        operator.seal(count)
        await counter.tenang()
        counter.nol()
        await operator.send(count)
        return await _all(counter)

    return work


async def kirim_lagi(operator: Operator, counter: Penghitung) -> Hitungan:
    """Send one plan over a new connection, some time after another."""
    await operator.know_teachers()
    operator.seal(1)
    await operator.send(1)
    operator.seal(1, edit=1)
    await counter.tenang()
    counter.nol()
    await operator.send(1)
    return await _all(counter)


async def tarik_pertama(operator: Operator, counter: Penghitung) -> Hitungan:
    """Fetch school, roster, rapor, catalogue and changes for the first time."""
    forget_sessions()
    await counter.tenang()
    counter.nol()
    async with operator.client() as client:
        found = await operator.pull(client)
    assert (found.sekolah, found.pegawai_baru, found.rapor, found.katalog) == (True, len(operator.teachers), True, True)
    return await _all(counter)


async def tak_ada_baru(operator: Operator, counter: Penghitung) -> Hitungan:
    """Ask again on the connection that is open."""
    forget_sessions()
    async with operator.client() as client:
        await operator.pull(client)
        await counter.tenang(1)
        counter.nol()
        found = await operator.pull(client)
        await counter.tenang(1)
        count = counter.baca()
    assert (found.sekolah, found.pegawai_berubah, found.katalog, found.perubahan) == (False, 0, False, 0)
    return count


async def tak_ada_baru_lagi(operator: Operator, counter: Penghitung) -> Hitungan:
    """Ask again over a new connection."""
    await operator.know_teachers()
    async with operator.client() as client:
        await operator.pull(client)
    await counter.tenang()
    counter.nol()
    async with operator.client() as client:
        await operator.pull(client)
    return await _all(counter)


async def jabat_tangan(operator: Operator, counter: Penghitung) -> Hitungan:
    """The smallest exchange over a new connection: the probe."""
    forget_sessions()
    counter.nol()
    async with operator.client() as client:
        await client.status()
    return await _all(counter)


# ---- as it comes


def _naive(operator: Operator) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=operator.url, headers={"Authorization": f"Bearer {operator.token}"}, verify=trust())


async def _post(http: httpx.AsyncClient, line: bytes) -> None:
    answer = await http.post("/v1/rencana", content=line + b"\n", headers={"Content-Type": NDJSON})
    assert answer.json()["hasil"][0]["keadaan"] == "tersimpan", answer.text


async def _lines(operator: Operator, count: int, counter: Penghitung) -> Sequence[bytes]:
    await operator.know_teachers()
    lines = [kiriman.line for kiriman in operator.seal(count)]
    await counter.tenang()
    counter.nol()
    return lines


def satu_satu(count: int) -> Kerja:
    """A new client for every plan."""

    async def work(operator: Operator, counter: Penghitung) -> Hitungan:
        for line in await _lines(operator, count, counter):
            async with _naive(operator) as http:
                await _post(http, line)
        return await _all(counter)

    return work


def tetap_terbuka(count: int) -> Kerja:
    """One client, which keeps its connection, and a request for every plan."""

    async def work(operator: Operator, counter: Penghitung) -> Hitungan:
        lines = await _lines(operator, count, counter)
        async with _naive(operator) as http:
            for line in lines:
                await _post(http, line)
        return await _all(counter)

    return work


async def _read(http: httpx.AsyncClient) -> None:
    for path in _READ:
        (await http.get(path)).raise_for_status()


async def baca_semua(operator: Operator, counter: Penghitung) -> Hitungan:
    """Get every document."""
    counter.nol()
    async with _naive(operator) as http:
        await _read(http)
    return await _all(counter)


async def baca_ulang(operator: Operator, counter: Penghitung) -> Hitungan:
    """Get every document again on the connection that is open."""
    async with _naive(operator) as http:
        await _read(http)
        await counter.tenang(1)
        counter.nol()
        await _read(http)
        await counter.tenang(1)
        return counter.baca()


NAIF, NAIF_TETAP = "httpx as it comes", "httpx, kept alive"
EMPAT_PULUH = Kasus(
    nama=f"{BANYAK} plans",
    paling=BANYAK * 300,
    tls=10_580,
    kerja={NAIF: satu_satu(BANYAK), NAIF_TETAP: tetap_terbuka(BANYAK), KITA: kirim(BANYAK)},
)
SATU = Kasus(nama="1 plan, first connection", paling=6000, tls=4600, kerja={NAIF: satu_satu(1), KITA: kirim(1)})
SATU_LAGI = Kasus(nama="1 plan, session resumed", paling=3200, tls=2508, kerja={NAIF: satu_satu(1), KITA: kirim_lagi})
TAK_BARU = Kasus(nama="nothing new, open connection", paling=500, tls=344, kerja={NAIF_TETAP: baca_ulang, KITA: tak_ada_baru})
TAK_BARU_LAGI = Kasus(nama="nothing new, resumed", paling=5000, tls=1600, kerja={NAIF: baca_semua, KITA: tak_ada_baru_lagi})
RUJUKAN = Kasus(nama="first reference data", paling=30_000, tls=12_600, kerja={NAIF: baca_semua, KITA: tarik_pertama})
TANYA = Kasus(nama="probe, first connection", paling=5000, tls=3500, kerja={KITA: jabat_tangan})
KASUS = (EMPAT_PULUH, SATU, SATU_LAGI, TAK_BARU, TAK_BARU_LAGI, RUJUKAN, TANYA)
