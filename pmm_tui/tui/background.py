"""What runs behind the screens: sending, fetching, and looking after the records. One run of each at a time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from textual.app import App
from textual.worker import Worker

from pmm_tui.errors import PmmError
from pmm_tui.services.roles import known_roles
from pmm_tui.tui.messages import FetchFinished, SendFinished, SendProgressed, StatusChanged
from pmm_tui.tui.ports import Services


class Background:
    """Starts workers of the `host`, and posts to it how they go."""

    def __init__(self, host: App[Any], services: Services) -> None:
        self._host = host
        self._services = services
        self._worker: Worker[None] | None = None
        self._cancelled = False
        self._failed = False
        self.next_try: datetime | None = None
        """When what waits is sent again by itself; None while nothing is planned."""
        self._asked_to_wait = False  # the operator was told so: the next press goes through

    @property
    def _busy(self) -> bool:
        return self._worker is not None and not self._worker.is_finished

    def _tell(self, sentence: str, ok: bool) -> None:
        self._host.post_message(StatusChanged(sentence, ok))

    # ---- sending

    def outbox_sentence(self) -> str:
        """Return what the status line says about the outbox."""
        outbox = self._services.store.outbox
        waiting = outbox.waiting()
        needing = outbox.needing()
        newer = self._services.store.held.newer_count()
        if newer and known_roles(self._services.store) == ("kepala_sekolah",):
            newer = 0  # to a head every plan comes from elsewhere
        decided, undecided = self._services.store.decisions.counts()
        parts = [
            f"{waiting} antre" if waiting else "",
            f"{needing} perlu perbaikan" if needing else "",
            f"{newer} baru di server" if newer else "",
            f"{undecided} keputusan perlu dilihat" if undecided else "",
            f"{decided} keputusan antre" if decided else "",
        ]
        return " · ".join(p for p in parts if p) or ("" if self._services.server() else "server belum diatur")

    def send(self, *, forced: bool) -> None:
        """Send what waits; `forced`: the operator asked."""
        if self._busy:
            return
        self._cancelled = False
        self.next_try = None
        insist, self._asked_to_wait = forced and self._asked_to_wait, False
        if forced and self._services.server():
            self._tell("Mengirim …", True)
        self._worker = self._host.run_worker(self._send(forced, insist), group="kirim", exit_on_error=False)

    def cancel(self) -> bool:
        """Stop the run; what was on its way stays unknown and is sent again. False when none runs."""
        self._cancelled = True
        if not self._busy:
            return False
        assert self._worker is not None  # _busy says so
        self._worker.cancel()
        return True

    async def _send(self, forced: bool, insist: bool) -> None:
        def on_progress(done: int, total: int) -> None:
            self._host.screen.post_message(SendProgressed(done, total))

        wait: float | None = None
        try:
            outcome = await self._services.send(lambda: self._cancelled, on_progress, forced, insist)
            wait, self._asked_to_wait = outcome.retry_in, forced and outcome.asked_to_wait
            worth_telling = forced or not outcome.ok or self._failed
            self._failed = not outcome.ok
            self._host.post_message(SendFinished(outcome.sentence if worth_telling else "", outcome.ok))
        except PmmError as error:
            self._failed = True
            self._host.post_message(SendFinished(error.sentence, False))
        except asyncio.CancelledError:
            self._host.post_message(SendFinished("Pengiriman dihentikan; yang belum pasti sampai dikirim lagi nanti.", True))
            raise
        if wait is not None:
            wait = max(wait, 1.0)
            self.next_try = self._services.now() + timedelta(seconds=wait)
            self._host.set_timer(wait, lambda: self.send(forced=False))

    # ---- fetching

    def fetch(self) -> None:
        """Fetch reference data."""
        self._host.run_worker(self._fetch(), group="tarik", exclusive=True, exit_on_error=False)

    async def _fetch(self) -> None:
        self._tell("Mengambil data dari server …", True)
        try:
            outcome = await self._services.pull()
            in_force = self._services.in_force()
        except PmmError as error:
            self._tell(error.sentence, False)
        else:
            self._host.post_message(FetchFinished(in_force, outcome.sentence, outcome.ok))

    # ---- the records

    def check_records(self) -> None:
        """Check the records and make today's copy."""
        self._host.run_worker(self._check_records(), group="jaga", exit_on_error=False)

    async def _check_records(self) -> None:
        try:
            sentence = await self._services.check_records()
        except PmmError as error:
            sentence = error.sentence
        if sentence:
            self._tell(sentence, False)
