"""Random sessions end with server and clients of one opinion."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.conftest import Banyak
from tests.faults.wire.proxy import Perantara
from tests.faults.wire.server_process import Induk, Peladen
from tests.faults.wire.session import GURU, Dunia, Sesi
from tests.faults.wire.wire_kit import buat_sekolah, isi_toko, setelan


def test_sessions_end_equal(induk: Induk, folder: Path, banyak: Banyak) -> None:
    """Whatever two clients of one school, one of another, the server and the line do, in the end all that was sealed is settled and
    named, the server holds each envelope once, and what was refused goes through after another edit.
    """
    peladen = Peladen(induk, folder / "server.db")
    perantara = Perantara(peladen.port)
    try:
        sekolah = [buat_sekolah(peladen.database, GURU) for _ in range(2)]
        toko = [folder / "toko-0.db", folder / "toko-1.db"]
        for path, milik in zip(toko, sekolah, strict=True):
            isi_toko(path, setelan(perantara.url, milik.token), 0)
        Sesi.dunia = Dunia(folder, peladen, perantara, sekolah, toko)
        run_state_machine_as_test(
            Sesi,
            settings=settings(
                max_examples=banyak(12, 1000),
                stateful_step_count=banyak(20, 40),
                deadline=None,
                database=None,
                derandomize=banyak(1, 0) == 1,
                suppress_health_check=list(HealthCheck),
            ),
        )
        print(f"{Sesi.dunia.sesi} sessions, {Sesi.dunia.langkah} steps, {Sesi.dunia.kirim} runs of the sender")
    finally:
        perantara.stop()
        peladen.kill()
