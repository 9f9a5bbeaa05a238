"""What the screens ask of the outside, answered from configuration, store and network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.in_force import Berlaku
from pmm_tui.config import Config
from pmm_tui.errors import ConfigError, StorageError
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.nip import digits
from pmm_tui.store import Store
from pmm_tui.tui.ports import Acuan, HasilKirim, HasilTarik, Pengaturan

if TYPE_CHECKING:
    from pmm_tui.roster.model import BarisBanding
    from pmm_tui.sync.http.client import Client

TARIK = "tarik"
"""The memo of the last fetch: its time and period."""
_BASI = timedelta(hours=24)
_RAPAT = 60.0  # seconds until the next look when something waits and nobody said when


class LayananLayar:
    """See `tui.bekal.Layanan`."""

    def __init__(self, konteks: Konteks, store: Store, *, latihan: bool = False) -> None:
        self._konteks = konteks
        self.store = store
        self.latihan = latihan
        self._periode = ""

    # ---- reference data

    def _berlaku(self) -> Berlaku:
        return self._konteks.berlaku(self.store, self._periode)

    def acuan(self) -> Acuan:
        """Read the reference data in force anew."""
        b = self._berlaku()
        return Acuan(katalog=b.katalog, periode=b.periode.id, sekolah=b.sekolah, rapor=b.rapor)

    def periode(self) -> tuple[tuple[Periode, str], ...]:
        """All periods of the catalogue that the configuration names, or of the bundled one, with their schemes' labels."""
        katalog = self._konteks.katalog_penuh()
        return tuple((periode, katalog.skema_periode(periode.id).label) for periode in katalog.periode)

    def ganti_periode(self, periode: str) -> None:
        """Work on another period, and begin with it next time."""
        self._periode = periode
        self._konteks.save_config(structs.replace(self._konteks.file_config(), periode=periode))

    def sekarang(self) -> datetime:
        """The time, aware."""
        return self._konteks.now()

    def hari_ini(self) -> date:
        """The day."""
        return self._konteks.today()

    async def jaga(self) -> str:
        """Check the records and make today's copy; a sentence when something is damaged. Raises StorageError."""
        found = await self.store.database.ask(self.store.guard, self.hari_ini())
        return f"{found.keluhan}. Tutup program, lalu jalankan: pmm-tui pulihkan." if found.keluhan else ""

    # ---- network

    def server(self) -> str:
        """The server's address without its scheme, or nothing."""
        return self._konteks.config.server.url.rstrip("/").rpartition("://")[2]

    def perlu_tarik(self) -> bool:
        """Whether a server is set and its data are missing, of another period, or older than a day."""
        if not self.server():
            return False
        try:
            last = msgspec.json.decode(self.store.reference.memo(TARIK) or "null")
            age = self.sekarang() - datetime.fromisoformat(last["waktu"])
            same = (last["periode"], last["server"]) == (self._berlaku().periode.id, self.server())
            return not same or not timedelta(0) <= age < _BASI
        except (TypeError, ValueError, KeyError, msgspec.DecodeError):
            return True

    async def kirim(self, berhenti: Callable[[], bool], maju: Callable[[int, int], None], paksa: bool) -> HasilKirim:
        """Send what waits; raises PmmError."""
        if not self.server():
            return HasilKirim(kalimat="Server belum diatur (F7); rencana aman di komputer ini.", beres=False)
        from pmm_tui.cli.commands.kirim import kalimat_ringkasan  # lazy, with the sender

        await _import("pmm_tui.sync.http.client")
        sender = await _import("pmm_tui.sync.sender")
        ringkasan = await sender.send_due(
            self.store,
            self._client,
            now=self.sekarang,
            is_cancelled=berhenti,
            on_progress=lambda k: maju(k.selesai, k.semua),
            forced=paksa,
            limits=self._konteks.batas_kirim(),
        )
        tunggu = None
        if ringkasan.waiting:
            from pmm_tui.sync.batching import kept_backoff  # lazy, with the sender

            wait = (await self.store.database.ask(kept_backoff, self.store)).remaining(self.sekarang())
            tunggu = wait or _RAPAT
        return HasilKirim(kalimat=kalimat_ringkasan(ringkasan), beres=ringkasan.stop is None, tunggu=tunggu)

    async def tarik(self) -> HasilTarik:
        """Fetch reference data; raises PmmError."""
        if not self.server():
            return HasilTarik(kalimat="Server belum diatur; isi di Pengaturan (F7).", beres=False)
        await _import("pmm_tui.sync.http.client")
        reference = await _import("pmm_tui.sync.pull")
        periode = self._berlaku().periode.id
        async with self._client() as client:
            tarikan = await reference.pull(self.store, client, periode, self.sekarang)
        if tarikan.stop is None:
            memo = msgspec.json.encode({"waktu": self.sekarang().isoformat(), "periode": periode, "server": self.server()}).decode()
            await self.store.database.ask(self.store.reference.set_memo, TARIK, memo)
        from pmm_tui.cli.commands.tarik import kalimat_tarikan  # lazy, with the network

        return HasilTarik(kalimat=kalimat_tarikan(tarikan), beres=tarikan.stop is None)

    def _client(self) -> Client:
        if not self._konteks.has_token:
            raise ConfigError("Token server belum ada; isi di Pengaturan (F7).", "token")
        client: Client = self._konteks.client()
        return client

    # ---- settings

    def pengaturan(self) -> Pengaturan:
        """The settings in force, without the token."""
        c = self._konteks.config
        kepala = c.sekolah.kepala_sekolah
        return Pengaturan(
            url=c.server.url,
            npsn=c.sekolah.npsn,
            nama=c.sekolah.nama,
            jenjang=c.sekolah.jenjang,
            kepala=kepala.nama,
            kepala_nip=kepala.nip,
            plt=kepala.plt,
        )

    def _config(self, p: Pengaturan) -> Config:
        c = self._konteks.file_config()
        kepala = structs.replace(c.sekolah.kepala_sekolah, nama=p.kepala.strip(), nip=digits(p.kepala_nip), plt=p.plt)
        sekolah = structs.replace(
            c.sekolah, npsn=p.npsn.strip().upper(), nama=p.nama.strip(), jenjang=p.jenjang, kepala_sekolah=kepala
        )
        return structs.replace(c, server=structs.replace(c.server, url=p.url.strip()), sekolah=sekolah)

    async def uji(self, pengaturan: Pengaturan) -> HasilTarik:
        """Try a connection with these settings, and say in words what is wrong."""
        config = self._config(pengaturan)
        if not config.server.url:
            raise ConfigError("Alamat server belum diisi.", "server.url")
        if not (pengaturan.token.strip() or self._konteks.has_token):
            raise ConfigError("Token server belum diisi; minta kepada pengelola server.", "token")
        await _import("pmm_tui.sync.http.client")
        uji = await _import("pmm_tui.cli.check_server")
        kalimat, beres = await uji.uji_server(self._konteks.client_for(config, pengaturan.token.strip()), config.sekolah.npsn)
        return HasilTarik(kalimat=kalimat, beres=beres)

    def simpan(self, pengaturan: Pengaturan) -> None:
        """Write the configuration, and the token to its own file; raises PmmError."""
        self._konteks.save_config(self._config(pengaturan))
        if pengaturan.token.strip():
            self._konteks.save_token(pengaturan.token)

    # ---- files

    def baca_guru(self, path: Path) -> tuple[tuple[BarisBanding, ...], str]:
        """Read a roster file against what is stored; raises InputError."""
        from pmm_tui.roster.compare import compare
        from pmm_tui.roster.read import read_roster  # lazy: with the first import

        bacaan = read_roster(path, self._berlaku().katalog, self.hari_ini())
        return compare(bacaan, self.store.roster.all()), f"{bacaan.berkas}: {bacaan.asal}."

    def simpan_darurat(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        """Write a plan to a file of its own; raises StorageError."""
        from pmm_tui.private_file import write_private  # lazy, all: storage trouble is rare
        from pmm_tui.skp.plan_file import tulis_berkas

        b = self._berlaku()
        text = tulis_berkas(pegawai, periode, rencana, b.katalog, b.sekolah.jenjang)
        name = f"darurat-{pegawai.id}-{periode}-{self.sekarang():%Y%m%d-%H%M%S}.toml"
        for folder in (self._konteks.locations.export_folder, Path.home()):
            try:
                write_private(folder / name, text.encode())
            except StorageError:
                continue
            return folder / name
        raise StorageError("Berkas darurat pun tidak dapat ditulis; kosongkan ruang disk, program tetap menyimpan isian di layar.")

    def laporan_galat(self, error: BaseException) -> Path | None:
        """Write a report without values or locals."""
        from pmm_tui.crash_report import write_report  # lazy: so are bugs

        try:
            return write_report(error, self._konteks.locations.report_folder)
        except (StorageError, OSError):
            return None


async def _import(name: str) -> Any:
    """Import in a thread, so that the screen answers meanwhile."""
    return await asyncio.to_thread(import_module, name)
