"""A running server, schools on it, and plans to send: what the tests of the server share."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec

from pmm_tui.server.limits import Limits
from pmm_tui.server.sekolah import load_school
from pmm_tui.server.serve import serve
from pmm_tui.server.tokens import create_token
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    KepalaSekolah,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    Rapor,
    RaporPendidikan,
    RencanaKinerja,
    Sekolah,
    TugasTambahan,
)
from pmm_tui.skp.wire import digest

PERIODE = "2026"
NIP = "198507142010011012"
OTHER_NIP = "199001012019032007"
NUPTK = "1234767660300456"
OTHER_NUPTK = "6543210987654321"

_npsn = itertools.count(20_500_001)


def complete_plan(indikator: str = "penerapan-disiplin-positif") -> RencanaKinerja:
    """A plan of scheme `ruang-gtk` that nothing is wrong with."""
    choice = tuple(f"{value.id}/{value.indikator[0].id}" for value in bundled().perilaku)
    return RencanaKinerja(
        data_diri=DataDiri(sesuai=True),
        rapor_pendidikan=RaporPendidikan(dimengerti=True),
        praktik_pembelajaran=PraktikPembelajaran(indikator=(indikator,)),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(RHK(kompetensi="peserta-pelatihan-mandiri", target=2),)),
        tugas_tambahan=TugasTambahan(tidak_ada=True),
        perilaku_kerja=PerilakuKerja(indikator=choice),
        rangkuman=Rangkuman(dikonfirmasi_guru=True),
    )


def envelope(pegawai: dict[str, str], revisi: int = 1, dasar: int = 0, periode: str = PERIODE, **rencana: Any) -> bytes:
    """One sealed line. `rencana` replaces members of the complete plan, such as `rangkuman={}`."""
    content = msgspec.to_builtins(complete_plan()) | rencana
    return msgspec.json.encode({"pegawai": pegawai, "periode": periode, "revisi": revisi, "dasar": dasar, "rencana": content})


def sealed_decision(pegawai: dict[str, str], revisi: int, id: str, dibaca: str = "00000000", **more: Any) -> bytes:
    """One sealed decision: sent back, unless `more` says otherwise."""
    usual = {"keputusan": "kembalikan", "catatan": f"catatan {id}", "dasar": ""}
    return msgspec.json.encode(
        {"id": id, "pegawai": pegawai, "periode": PERIODE, "revisi": revisi, "dibaca": dibaca} | usual | more
    )


class RunningServer:
    """The real server on a free loopback port, in a thread of its own."""

    def __init__(self, folder: Path, limits: Limits | None = None, database: str = "", **more: Any) -> None:
        self.database = database or str(folder / "server.db")
        self.lines: list[str] = []
        self.url = ""
        self._stop = threading.Event()
        ready = threading.Event()

        def on_ready(url: str) -> None:
            self.url = url
            ready.set()

        def run() -> None:
            try:
                options = {"on_ready": on_ready, "stop": self._stop, "log": self.lines.append, "limits": limits} | more
                serve("127.0.0.1", 0, self.database, **options)
            finally:
                ready.set()

        self._thread = threading.Thread(target=run)
        self._thread.start()
        assert ready.wait(20)
        assert self.url

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.url.rsplit(":", 1)[1])

    def stop(self) -> None:
        """Stop it and wait until it has stopped."""
        self._stop.set()
        self._thread.join(20)
        assert not self._thread.is_alive()


class SampleSchool:
    """A school of its own on a server, its tokens, and calls with them."""

    def __init__(self, url: str, database: str, pegawai: tuple[Pegawai, ...] = (), plt: bool = False) -> None:
        self.npsn = str(next(_npsn))
        self.database = database
        kepala = KepalaSekolah(nama="Dra. Siti Nurhaliza, M.Pd.", nip="197001011995122001", pangkat="IV/b", plt=plt)
        self.sekolah = Sekolah(npsn=self.npsn, nama="SMP Negeri 3 Kota Baru", jenjang="SMP", kepala_sekolah=kepala)
        rapor = {PERIODE: Rapor(capaian={"penerapan-disiplin-positif": "kurang"}, rekomendasi=("penerapan-disiplin-positif",))}
        load_school(database, self.sekolah, pegawai, rapor)
        self.token = create_token(database, self.npsn, "operator", label="Laptop TU")
        self.token_kepala = create_token(database, self.npsn, "kepala_sekolah", label="Laptop kepala sekolah")
        self.http = _client(url, self.token)
        self.kepala = _client(url, self.token_kepala)

    def close(self) -> None:
        """Close the connections."""
        self.http.close()
        self.kepala.close()

    def post(self, *lines: bytes, **options: Any) -> list[dict[str, Any]]:
        """Send a batch and return its results."""
        answer = self.http.post("/v1/rencana", content=b"\n".join(lines) + b"\n", **options)
        assert answer.status_code == 200, answer.text
        return answer.json()["hasil"]

    def store(self, pegawai: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        """Send one plan that must be stored, and return its result."""
        line = envelope(pegawai or {"nip": NIP, "nama": "Budi Santoso"}, **more)
        (result,) = self.post(line)
        assert result["keadaan"] == "tersimpan", result
        assert result["sha256"] == digest(line)
        return result

    def ids(self) -> dict[str, str]:
        """The opaque ids of the roster by name."""
        return {teacher["nama"]: teacher["id"] for teacher in self.http.get("/v1/pegawai").json()["pegawai"]}

    def decide(self, id: str, revisi: int, keputusan: str, catatan: str = "", periode: str = PERIODE) -> httpx.Response:
        """Let the head decide."""
        content = {"revisi": revisi, "keputusan": keputusan, "catatan": catatan}
        return self.kepala.post(f"/v1/rencana/{periode}/{id}/keputusan", json=content)


MakeSekolah = Callable[..., SampleSchool]


def _client(url: str, token: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=20)
