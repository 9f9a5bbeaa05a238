"""Fetching what the server lends is cut at every byte: the next fetch ends where one that was never cut does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import Banyak
from tests.faults.wire.conftest import Panggung
from tests.faults.wire.disturbances import Gangguan
from tests.faults.wire.wire_kit import PERIODE, Klien, buat_sekolah, isi_toko, rencana, salin, setelan
from tests.store.samples import held

GURU = 4


@pytest.fixture
def kosong(panggung: Panggung, folder: Path) -> tuple[Path, str]:
    """A store that has fetched nothing but its roster, while another computer of the school has sent plans; and the token."""
    panggung.perantara.bersih()
    sekolah = buat_sekolah(panggung.peladen.database, GURU)
    settings = setelan(panggung.perantara.url, sekolah.token)
    isi_toko(folder / "kosong.db", settings, 0)
    other = Klien(salin(folder / "kosong.db", folder / "lain.db"), settings)
    for revisi in range(2):
        for nomor, pegawai in enumerate(other.store.roster.all()[:3]):
            other.store.outbox.seal(pegawai, PERIODE, rencana(10 * revisi + nomor), 1, other.jam())
        assert other.kirim().sent == 3
    other.tutup()
    return folder / "kosong.db", sekolah.token


def _opinion(klien: Klien) -> Any:
    """All that a client knows after fetching."""
    store = klien.store
    plans = {k.sha256: (k.kunci["nip"], k.revisi, k.keadaan, k.tanda_terima, k.status_server) for k in store.outbox.all()}
    roster = store.roster.all()
    return roster, plans, store.drafts.all(PERIODE).keys(), [held(store, p.id, PERIODE) for p in roster]


def test_fetch_cut_at_every_byte(panggung: Panggung, kosong: tuple[Path, str], folder: Path, banyak: Banyak) -> None:
    """Wherever a fetch breaks off, nothing of it is taken by halves, and the next one brings all that is missing."""
    path, token = kosong
    proxy, settings = panggung.perantara, setelan(panggung.perantara.url, token)
    whole = Klien(salin(path, folder / "utuh.db"), settings)
    assert whole.tarik().stop is None
    wanted = _opinion(whole)
    whole.tutup()
    proxy.tenang()
    passed, step = proxy.riwayat[-1], banyak(149, 1)
    assert len(wanted[1]) == 3
    faults = [Gangguan(potong_naik=at, cara="reset") for at in range(0, passed.naik, step)]
    faults += [Gangguan(potong_turun=at) for at in range(0, passed.turun, step)]
    for fault in faults:
        klien = Klien(salin(path, folder / "terputus.db"), settings)
        proxy.pasang(fault)
        klien.tarik()
        proxy.bersih()
        after = klien.tarik()
        assert after.stop is None, (fault, after)
        assert _opinion(klien) == wanted, fault
        klien.tutup()
