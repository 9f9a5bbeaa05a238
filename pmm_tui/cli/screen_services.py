"""What the screens ask of the outside, answered from configuration, store and network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.screen_dapodik import ScreenDapodik
from pmm_tui.cli.screen_folders import ScreenFolders
from pmm_tui.cli.screen_schools import ScreenSchools
from pmm_tui.cli.screen_settings import ScreenSettings
from pmm_tui.config import LookConfig
from pmm_tui.errors import ConfigError, StorageError
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.tui.ports import FetchOutcome, SendOutcome

if TYPE_CHECKING:
    from pmm_tui.services.roster_import import RosterRead
    from pmm_tui.sync.http.client import Client
    from pmm_tui.sync.pull import PullReport
    from pmm_tui.sync.results import SendReport

LAST_FETCH = "tarik"
"""The memo of the last fetch: its time and period."""
_STALE_AFTER = timedelta(hours=24)
_RETRY_SECONDS = 60.0  # until the next look when something waits and nobody said when
_log = logging.getLogger("pmm_tui.cli")


class ScreenServices(ScreenDapodik, ScreenSettings, ScreenSchools, ScreenFolders):
    """See `tui.ports.Services`."""

    def __init__(self, context: RunContext, store: Store, *, look: LookConfig | None = None) -> None:
        super().__init__(context, look)
        self.now, self.today = context.now, context.today
        self.store = store
        self.fault: BaseException | None = None
        self._periode = ""

    # ---- reference data

    def in_force(self) -> InForce:
        """Read the reference data in force anew."""
        return self._context.in_force(self.store, self._periode, tell=False)

    def in_force_of(self, periode: str) -> InForce:
        """Read the reference data of another period; raises ConfigError for one that no catalogue has."""
        return self._context.in_force(self.store, periode, tell=False)

    def periods(self) -> tuple[tuple[Periode, str], ...]:
        """All periods of the catalogue that the configuration names, or of the bundled one, with their schemes' labels.

        A period to come whose dates are unsure says so.
        """
        katalog, today = self._context.full_katalog(), self.today()
        return tuple(
            (
                periode,
                katalog.skema_periode(periode.id).label
                + (" · tanggalnya belum pasti" if periode.keyakinan == "ragu" and periode.selesai >= today else ""),
            )
            for periode in katalog.periode
        )

    def switch_period(self, periode: str) -> None:
        """Work on another period, and begin with it next time."""
        self._periode = periode
        self._context.save_config(structs.replace(self._context.file_config(), periode=periode))

    async def check_records(self) -> str:
        """Check the records and make today's copy; a sentence when something is damaged. Raises StorageError."""
        found = await self.store.database.ask(self.store.guard, self.now().astimezone().date())
        return f"{found.complaint}. Tutup program, lalu jalankan: pmm-tui pulihkan." if found.complaint else ""

    # ---- network

    def server(self) -> str:
        """The server's address without its scheme, or nothing."""
        return self._context.config.server.url.rstrip("/").rpartition("://")[2]

    def fetch_due(self) -> bool:
        """Whether a server is set and its data are missing, of another period, or older than a day."""
        if not self.server():
            return False
        try:
            last = msgspec.json.decode(self.store.reference.memo(LAST_FETCH) or "null")
            age = self.now() - datetime.fromisoformat(last["waktu"])
            same = (last["periode"], last["server"]) == (self.in_force().periode, self.server())
            return not same or not timedelta(0) <= age < _STALE_AFTER
        except (TypeError, ValueError, KeyError, msgspec.DecodeError):
            return True

    async def send(
        self, stop: Callable[[], bool], on_progress: Callable[[int, int], None], forced: bool, insist: bool = False
    ) -> SendOutcome:
        """Send what waits; `insist` goes through a wait that the server asked for. Raises PmmError."""
        if not self.server():
            return SendOutcome(sentence="Server belum diatur (F7); rencana aman di komputer ini.", ok=False)
        from pmm_tui.services.delivery_words import send_sentence  # lazy, with the sender

        send_due = await asyncio.to_thread(_sending)
        in_force = self.in_force()
        report = await send_due(
            self.store,
            self._client,
            now=self.now,
            is_cancelled=stop,
            on_progress=lambda progress: on_progress(progress.done, progress.total),
            forced=forced,
            insist=insist,
            limits=self._context.batch_limits(),
            npsn=in_force.sekolah.npsn,
            ended=in_force.ended(self.today()),
        )
        wait = None
        if report.waiting or report.decisions_waiting:
            from pmm_tui.sync.batching import kept_backoff  # lazy, with the sender

            backoff = await self.store.database.ask(kept_backoff, self.store)
            wait = backoff.remaining(self.now()) or _RETRY_SECONDS
        asked_to_wait = report.stop is not None and (report.stop.kind == "tunda" or report.stop.binding)
        sentence = send_sentence(report) + (" Tekan Kirim sekali lagi untuk mengirim sekarang." if asked_to_wait else "")
        return SendOutcome(sentence=sentence, ok=report.stop is None, retry_in=wait, asked_to_wait=asked_to_wait)

    async def send_file(
        self, path: Path, passphrase: str, stop: Callable[[], bool], on_progress: Callable[[int, int], None]
    ) -> SendOutcome:
        """Send what a transfer file holds; raises PmmError."""
        from pmm_tui.services.transfer import send_file  # lazy, both: few go by file
        from pmm_tui.services.transfer_words import carried_sentence

        await asyncio.to_thread(_sending)
        carried = await send_file(
            path,
            passphrase,
            self._client,
            is_cancelled=stop,
            on_progress=lambda progress: on_progress(progress.done, progress.total),
            limits=self._context.batch_limits(),
        )
        return SendOutcome(sentence=carried_sentence(carried, path), ok=carried.report.stop is None)

    async def pull(self) -> FetchOutcome:
        """Fetch reference data; raises PmmError."""
        if not self.server():
            return FetchOutcome(sentence="Server belum diatur; isi di Pengaturan (F7).", ok=False)
        from pmm_tui.services.delivery_words import not_fetched_sentence, pull_sentence  # lazy, both: with the network
        from pmm_tui.services.roles import known_roles

        pull = await asyncio.to_thread(_pulling)
        in_force = self.in_force()
        periode, npsn, ended = in_force.periode, in_force.sekolah.npsn, in_force.ended(self.today())
        async with self._client() as client:
            report = await pull(self.store, client, periode, self.now, npsn=npsn, ended=ended)
        if report.stop is None:
            memo = msgspec.json.encode({"waktu": self.now().isoformat(), "periode": periode, "server": self.server()}).decode()
            await self.store.database.ask(self.store.reference.set_memo, LAST_FETCH, memo)
        left_out = "" if self.practice else not_fetched_sentence(report, known_roles(self.store))
        return FetchOutcome(sentence=f"{pull_sentence(report)} {left_out}".strip(), ok=report.stop is None)

    def _client(self) -> Client:
        if not self._context.has_token:
            raise ConfigError("Token server belum ada; isi di Pengaturan (F7).", "token")
        return self._context.client()

    # ---- files

    def read_roster(self, path: Path, sheets: Sequence[str] = (), columns: Mapping[str, str] | None = None) -> RosterRead:
        """Read a roster file against what is stored; raises InputError, UsageError."""
        from pmm_tui.services.roster_import import RosterRead, preview  # lazy: with the first import

        found = preview(self.store, path, self.in_force().katalog, self.today(), sheets, columns)
        reading = found.reading
        return RosterRead(found.rows, f"{reading.file_name}: {reading.origin}.", reading.notes, reading.tables, reading)

    def save_emergency_copy(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        """Write a plan to a file of its own; raises StorageError."""
        from pmm_tui.private_file import write_private  # lazy, all: storage trouble is rare
        from pmm_tui.skp.plan_file import write_plan_file

        in_force = self.in_force()
        text = write_plan_file(pegawai, periode, rencana, in_force.katalog, in_force.sekolah.jenjang)
        name = f"darurat-{pegawai.id}-{periode}-{self.now():%Y%m%d-%H%M%S}.toml"
        for folder in (self._context.locations.export_folder, Path.home()):
            try:
                write_private(folder / name, text.encode())
            except StorageError:
                continue
            return folder / name
        raise StorageError("Berkas darurat pun tidak dapat ditulis; kosongkan ruang disk, program tetap menyimpan isian di layar.")

    def report_bug(self, error: BaseException) -> Path | None:
        """Write a report without values or locals."""
        _log.info("the screen broke", exc_info=error)
        self.fault = error
        from pmm_tui.crash_report import write_report  # lazy: so are bugs

        try:
            return write_report(error, self._context.locations.report_folder)
        except (StorageError, OSError):
            return None


# What brings the network is imported in a thread, so that the screen answers meanwhile.


def _sending() -> Callable[..., Awaitable[SendReport]]:
    from pmm_tui.sync.sender import send_due

    return send_due


def _pulling() -> Callable[..., Awaitable[PullReport]]:
    from pmm_tui.sync.pull import pull

    return pull
