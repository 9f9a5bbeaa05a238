"""What must hold after every fault and at the end of a chain of them: nothing lost, nothing twice, nothing falsely called sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pmm_tui.sync.http.line import Limits
from tests.faults.wire.conftest import MakeKlien, Panggung
from tests.faults.wire.disturbances import Gangguan
from tests.faults.wire.sentences import cela
from tests.faults.wire.wire_kit import PERIODE, Klien

SEKALIGUS = Limits(amplop=40, bytes=64 * 1024)


def rantai(
    panggung: Panggung,
    buat_klien: MakeKlien,
    semua: Iterable[Gangguan],
    *,
    panjang: int = 10,
    banyak: int = 40,
    total: float = 5.0,
    gzip: bool = True,
    tanda_terima: bool = True,
) -> int:
    """Meet one fault after another with the same unsettled envelopes, `panjang` at a time; then send until quiet and compare.

    `tanda_terima` says whether the receipts must be the server's, too: a line that changes bytes may change theirs where nothing
    guards the answer. Returns how many faults were met.
    """
    met = 0
    for group in _groups(semua, panjang):
        klien = buat_klien(banyak, total=total, gzip=gzip)
        for gangguan in group:
            if not klien.menunggu:
                _complete(panggung, klien, banyak, tanda_terima)
                klien = buat_klien(banyak, total=total, gzip=gzip)
            temui(panggung, klien, gangguan, tanda_terima=tanda_terima)
            met += 1
        panggung.perantara.bersih()
        klien.sampai_tuntas()
        _complete(panggung, klien, banyak, tanda_terima)
    return met


def temui(panggung: Panggung, klien: Klien, gangguan: Gangguan, *, tanda_terima: bool = True) -> None:
    """Send once while the line does this; what the client then says must be true."""
    panggung.perantara.bersih()
    panggung.perantara.pasang(gangguan)
    klien.store.reference.set_memo("kirim/batas", "")  # a time-out before has halved the batch: begin with a whole one again
    hasil = klien.kirim(SEKALIGUS)
    panggung.perantara.tenang()
    klien.jam.maju(hours=8)
    wrong = panggung.saksi.palsu(klien, panggung.sekolah.npsn, tanda_terima=tanda_terima)
    assert not wrong, (gangguan, wrong)
    assert hasil.sent + hasil.rejected + hasil.conflict + hasil.waiting >= len(klien.store.outbox.due(1000)), gangguan
    if hasil.stop is not None:
        assert not cela(hasil.stop.karena), (gangguan, cela(hasil.stop.karena), hasil.stop)


def _complete(panggung: Panggung, klien: Klien, banyak: int, tanda_terima: bool) -> None:
    """Every sealed plan is sent, and the server holds these and nothing else, once each."""
    npsn = panggung.sekolah.npsn
    sealed = klien.store.outbox.all(PERIODE)
    others = [(k.keadaan, k.catatan, k.masalah) for k in sealed if k.keadaan != "sent"]
    assert (len(sealed), others) == (banyak, []), others
    assert panggung.saksi.palsu(klien, npsn, tanda_terima=tanda_terima) == []
    held = panggung.saksi.amplop(npsn)
    assert sorted((a.nip, a.revisi, a.sha256) for a in held) == sorted((k.kunci["nip"], k.revisi, k.sha256) for k in sealed)
    assert panggung.saksi.isi(npsn) == {k.line for k in sealed}
    assert panggung.saksi.guru(npsn) == 40


def _groups(semua: Iterable[Gangguan], size: int) -> Iterator[tuple[Gangguan, ...]]:
    rest = iter(semua)
    while group := tuple(islice(rest, size)):
        yield group
