"""Request and answer of a forty-plan batch are cut at every byte (quick: every 97th and all borders)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle
from pathlib import Path
from typing import Literal

import pytest

from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.http.tls import context_for
from tests.faults.conftest import Banyak
from tests.faults.wire.conftest import MakeKlien, Panggung
from tests.faults.wire.disturbances import Gangguan, Lintasan
from tests.faults.wire.exhaustive import SEKALIGUS, rantai
from tests.faults.wire.listener import TLS
from tests.faults.wire.proxy import Perantara
from tests.faults.wire.server_process import Induk, Peladen
from tests.faults.wire.wire_kit import Klien, Saksi, buat_sekolah, isi_toko, salin

Cara = Literal["akhir", "reset", "diam"]


def potongan(total: int, head: int, step: int) -> list[int]:
    """Offsets from nothing to everything: each `step`-th, and those around the beginning, the head's end and the end."""
    borders = {0, 1, 2, *(head + off for off in (-5, -4, -2, -1, 0, 1, 10)), *(total - off for off in (9, 8, 2, 1, 0))}
    return sorted(at for at in borders | set(range(0, total, step)) if 0 <= at <= total)


@pytest.fixture
def lintasan(panggung: Panggung, buat_klien: MakeKlien) -> Lintasan:
    """What passes when nothing goes wrong."""
    assert buat_klien().kirim().sent == 40
    panggung.perantara.tenang()
    return panggung.perantara.riwayat[-1]


def _with_manners(offsets: Iterable[int], manners: tuple[Cara, ...], both: bool, naik: bool) -> list[Gangguan]:
    """Each offset with one manner by turns, or with each of them."""
    turns = cycle(manners)
    pairs = [(at, cara) for at in offsets for cara in (manners if both else (next(turns),))]
    return [Gangguan(potong_naik=at, cara=cara) if naik else Gangguan(potong_turun=at, cara=cara) for at, cara in pairs]


def test_request_cut_at_every_byte(panggung: Panggung, buat_klien: MakeKlien, lintasan: Lintasan, banyak: Banyak) -> None:
    """However much of the request arrives, the plans arrive once in the end and none is called sent before."""
    offsets = potongan(lintasan.naik, lintasan.kepala_naik, banyak(97, 1))
    faults = _with_manners(offsets, ("akhir", "reset"), both=banyak(0, 1) > 0, naik=True)
    assert len(faults) >= banyak(40, 2 * lintasan.naik)
    assert rantai(panggung, buat_klien, faults, panjang=banyak(20, 50)) == len(faults)


def test_answer_cut_at_every_byte(panggung: Panggung, buat_klien: MakeKlien, lintasan: Lintasan, banyak: Banyak) -> None:
    """However much of the answer arrives, what the server stored is stored once and called sent only by a whole receipt."""
    offsets = potongan(lintasan.turun, lintasan.kepala_turun, banyak(97, 1))
    faults = _with_manners(offsets, ("akhir", "reset"), both=banyak(0, 1) > 0, naik=False)
    assert len(faults) >= banyak(30, 2 * lintasan.turun)
    assert rantai(panggung, buat_klien, faults, panjang=banyak(12, 50)) == len(faults)


def test_uncompressed_request_cut(panggung: Panggung, buat_klien: MakeKlien, banyak: Banyak) -> None:
    """The same without compression, where a cut can fall between two plans: half a batch is no batch."""
    klien = buat_klien(gzip=False)
    assert klien.kirim(SEKALIGUS).sent == 40
    panggung.perantara.tenang()
    passed = panggung.perantara.riwayat[-1]
    line_ends = [passed.kepala_naik + sum(len(k.line) + 1 for k in reversed(klien.store.outbox.all()[-n:])) for n in range(1, 41)]
    assert line_ends[-1] == passed.naik
    around = [at + off for at in line_ends[:: banyak(8, 1)] for off in (-1, 0, 1) if at + off < passed.naik]
    offsets = sorted({*around, *potongan(passed.naik, passed.kepala_naik, banyak(2003, 13))})
    faults = _with_manners(offsets, ("akhir", "reset"), both=False, naik=True)
    rantai(panggung, buat_klien, faults, panjang=50, gzip=False)


def test_tls_cut_at_every_byte(induk: Induk, folder: Path, banyak: Banyak) -> None:
    """The same inside TLS, from the first byte of the handshake on."""
    peladen = Peladen(induk, folder / "server.db", TLS / "sound.pem")
    perantara = Perantara(peladen.port)
    try:
        sekolah, saksi = buat_sekolah(peladen.database, 40), Saksi(peladen.database)
        settings = ServerSettings(url=f"https://localhost:{perantara.port}", token=sekolah.token, total=5.0, ca_file=TLS / "ca.pem")
        isi_toko(folder / "toko.db", settings, 40)
        panggung = Panggung(peladen, perantara, sekolah, saksi, {40: folder / "toko.db"})
        cut = _TlsCuts(panggung, settings, folder)
        passed = cut.whole()
        step = banyak(149, 1)
        up = [Gangguan(potong_naik=at, cara="reset" if at % 2 else "akhir") for at in range(0, passed.naik - 1, step)]
        down = [Gangguan(potong_turun=at, cara="reset" if at % 2 else "akhir") for at in range(0, passed.turun - 1, step)]
        assert rantai(panggung, cut.make, up + down, panjang=25) >= 25
    finally:
        perantara.stop()
        peladen.kill()


class _TlsCuts:
    """Makes the clients of the TLS test; each is a program anew, without the sessions of the one before."""

    def __init__(self, panggung: Panggung, settings: ServerSettings, folder: Path) -> None:
        self._panggung, self._settings, self._folder = panggung, settings, folder
        self._open: Klien | None = None

    def make(self, banyak: int = 40, *, total: float = 5.0, gzip: bool = True) -> Klien:
        if self._open is not None:
            self._open.tutup()
        context_for.cache_clear()
        self._panggung.perantara.bersih()
        self._panggung.perantara.tenang()
        self._panggung.saksi.kosongkan()
        self._open = Klien(salin(self._panggung.toko[banyak], self._folder / "klien.db"), self._settings, gzip=gzip)
        return self._open

    def whole(self) -> Lintasan:
        """What passes when nothing goes wrong."""
        assert self.make().kirim(SEKALIGUS).sent == 40
        self._panggung.perantara.tenang()
        return self._panggung.perantara.riwayat[-1]


def test_line_falls_silent(panggung: Panggung, buat_klien: MakeKlien, lintasan: Lintasan, banyak: Banyak) -> None:
    """A line that says nothing more, in the middle of request or answer, costs the deadline and nothing else."""
    step, every = banyak(1500, 29), banyak(5, 1)
    up = [Gangguan(potong_naik=at, cara="diam") for at in potongan(lintasan.naik, lintasan.kepala_naik, step)[::every]]
    down = [Gangguan(potong_turun=at, cara="diam") for at in potongan(lintasan.turun, lintasan.kepala_turun, step)[::every]]
    rantai(panggung, buat_klien, up, total=0.15)
    rantai(panggung, buat_klien, down, total=0.5)
