"""What the screens ask of the outside, answered from memory and a real store; every call is noted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from pmm_tui.practice import school
from pmm_tui.roster.model import BarisBanding
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import KepalaSekolah, Pegawai, Rapor, RencanaKinerja, Sekolah
from pmm_tui.skp.wire import MasalahTerkirim
from pmm_tui.store import Kiriman, Store
from pmm_tui.store.outbox_entry import Outcome, Rejected, Sent
from pmm_tui.tui.ports import HasilKirim, HasilTarik, Pengaturan

SAAT = datetime.fromisoformat("2026-01-10T10:42").astimezone()
"""The fixed clock; local time, so that the screen says 10.42 everywhere."""

KEPALA = KepalaSekolah(nama="Dra. Nur'aini Batubara, M.Pd.", nip="196903121994032001", pangkat="IV/c")
"""The head's name is shorter than the practice school's: that is what the snapshots show."""
SEKOLAH = structs.replace(school.SEKOLAH, kepala_sekolah=KEPALA)
RAPOR = school.RAPOR
LURING = HasilKirim(kalimat="Server tidak terjangkau; dicoba lagi nanti.", beres=False)
BERES = HasilKirim(kalimat="Tidak ada lagi yang menunggu.", beres=True)


class LayananUji:
    """A `Layanan` without network, files or a clock of its own.

    `catatan` holds (name, arguments) of every call in order. `kirim` and `tarik` give `hasil_kirim` and `hasil_tarik` (an
    exception there is raised), after `gerbang` was opened when there is one. `jawab` says what the server makes of an envelope
    that is due, None for a server that is not reached.
    """

    def __init__(
        self,
        store: Store,
        *,
        periode: str = "2026",
        sekolah: Sekolah = SEKOLAH,
        rapor: Rapor = RAPOR,
        gerbang: bool = False,
        hasil_jaga: str = "",
    ) -> None:
        self.store = store
        self.katalog: Katalog = bundled()
        self.periode_kini, self.sekolah, self.rapor = periode, sekolah, rapor
        self.alamat = "pmm.dinas-contoh.go.id"
        self.tarik_dahulu = False
        self.catatan: list[tuple[str, Any]] = []
        self.hasil_kirim: HasilKirim | Exception | None = None
        self.hasil_tarik: HasilTarik | Exception = HasilTarik(kalimat="Data sudah terbaru.", beres=True)
        self.hasil_uji: HasilTarik | Exception = HasilTarik(kalimat="Server menjawab; token diterima.", beres=True)
        self.hasil_baca: tuple[tuple[BarisBanding, ...], str] | Exception = ((), "kosong.csv: CSV.")
        self.galat: dict[str, Exception] = {}
        self.gerbang = asyncio.Event() if gerbang else None
        self.jawab: Callable[[Kiriman], Outcome] | None = None
        self.hasil_jaga = hasil_jaga
        self.latihan = False
        self.setelan = Pengaturan()
        self.darurat = Path("darurat.toml")
        self.laporan: list[BaseException] = []

    def dipanggil(self, nama: str) -> list[Any]:
        """The arguments of each call of that name."""
        return [isi for dari, isi in self.catatan if dari == nama]

    def _catat(self, nama: str, isi: Any = None) -> None:
        self.catatan.append((nama, isi))
        if nama in self.galat:
            raise self.galat[nama]

    # ---- the protocol

    def acuan(self) -> InForce:
        return InForce(katalog=self.katalog, periode=self.periode_kini, sekolah=self.sekolah, rapor=self.rapor)

    def ganti_periode(self, periode: str) -> None:
        self._catat("ganti_periode", periode)
        self.periode_kini = periode

    def periode(self) -> tuple[tuple[Periode, str], ...]:
        return tuple((p, self.katalog.skema_periode(p.id).label) for p in self.katalog.periode)

    def sekarang(self) -> datetime:
        return SAAT

    def hari_ini(self) -> date:
        return SAAT.date()

    def server(self) -> str:
        return self.alamat

    latihan = False

    def perlu_tarik(self) -> bool:
        return self.tarik_dahulu

    async def jaga(self) -> str:
        self._catat("jaga")
        return self.hasil_jaga

    async def kirim(self, berhenti: Callable[[], bool], maju: Callable[[int, int], None], paksa: bool) -> HasilKirim:
        self._catat("kirim", paksa)
        due = self.store.outbox.due(100)
        if self.gerbang is not None and not due:
            await self.gerbang.wait()
        if self.jawab is not None:
            self.store.outbox.mark_sending([k.id for k in due])
        for selesai, kiriman in enumerate(due):
            maju(selesai, len(due))
            if self.gerbang is not None:
                await self.gerbang.wait()
            if berhenti():
                return HasilKirim(kalimat="Pengiriman dihentikan.", beres=True)
            if self.jawab is not None:
                self.store.outbox.record_all({kiriman.id: self.jawab(kiriman)})
        if isinstance(self.hasil_kirim, Exception):
            raise self.hasil_kirim
        return self.hasil_kirim or (LURING if self.store.outbox.due(1) else BERES)

    async def tarik(self) -> HasilTarik:
        self._catat("tarik")
        if self.gerbang is not None:
            await self.gerbang.wait()
        if isinstance(self.hasil_tarik, Exception):
            raise self.hasil_tarik
        return self.hasil_tarik

    def pengaturan(self) -> Pengaturan:
        return self.setelan

    async def uji(self, pengaturan: Pengaturan) -> HasilTarik:
        self._catat("uji", pengaturan)
        if isinstance(self.hasil_uji, Exception):
            raise self.hasil_uji
        return self.hasil_uji

    def simpan(self, pengaturan: Pengaturan) -> None:
        self._catat("simpan", pengaturan)

    def simpan_darurat(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        self._catat("simpan_darurat", (pegawai.id, periode, rencana))
        return self.darurat

    def baca_guru(self, path: Path) -> tuple[tuple[BarisBanding, ...], str]:
        self._catat("baca_guru", path)
        if isinstance(self.hasil_baca, Exception):
            raise self.hasil_baca
        return self.hasil_baca

    def laporan_galat(self, error: BaseException) -> Path | None:
        self.laporan.append(error)
        return None


def diterima(kiriman: Kiriman) -> Outcome:
    """A server that takes everything, with a receipt."""
    return Sent(tanda_terima=f"TT-{kiriman.id:04}", waktu=SAAT.isoformat(), status="diajukan")


def ditolak(pointer: str, pesan: str = "Server menolak isian ini.") -> Callable[[Kiriman], Outcome]:
    """A server that refuses everything because of one field."""
    return lambda kiriman: Rejected((MasalahTerkirim(pointer, "uji", pesan),))
