"""What the import screen asks of Dapodik's web service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import structs

from pmm_tui.address import dapodik_url
from pmm_tui.cli.context import RunContext
from pmm_tui.errors import ConfigError, InputError
from pmm_tui.services.in_force import InForce
from pmm_tui.store import Store
from pmm_tui.tui.dapodik_port import DapodikWish

if TYPE_CHECKING:
    from pmm_tui.roster.dapodik_web import WebHead
    from pmm_tui.services.roster_import import RosterRead
    from pmm_tui.sync.http.dapodik_line import Dapodik


class ScreenDapodik:
    """A part of `ScreenServices`."""

    store: Store
    today: Callable[[], date]
    practice: bool
    _context: RunContext

    def in_force(self) -> InForce:
        """What is in force."""
        raise NotImplementedError

    def dapodik_wish(self) -> DapodikWish:
        """What is known already of where and for whom to ask."""
        from pmm_tui.cli.dapodik_settings import has_token  # lazy, here and below: with the first import

        npsn = self.in_force().sekolah.npsn
        url = dapodik_url(self._context.config.dapodik.url)
        return DapodikWish(url=url, npsn=npsn, stored=has_token(self._context), fixed=bool(npsn))

    async def read_dapodik(self, wish: DapodikWish, on_progress: Callable[[str], None]) -> RosterRead:
        """Ask for the roster, and preview it; a token and an address that led to it are kept. Raises PmmError."""
        if self.practice:
            raise InputError("Latihan memakai sekolah khayalan; ambil dari Dapodik di luar latihan.")
        from pmm_tui.services.dapodik_import import fetch, new_head, preview_web, proposal_notes
        from pmm_tui.services.roster_import import RosterRead

        in_force = self.in_force()
        line = await asyncio.to_thread(self._line, wish, in_force)
        async with line:
            answers = await fetch(line, line.settings.npsn, on_progress)
        on_progress("Membandingkan dengan yang tersimpan …")
        found, proposals = await asyncio.to_thread(preview_web, self.store, answers, in_force.katalog, self.today())
        self._keep(wish)
        reading, kepala = found.reading, in_force.sekolah.kepala_sekolah
        notes = (*reading.notes, *proposal_notes(proposals))
        sentence = f"{reading.origin}."
        return RosterRead(found.rows, sentence, notes, reading.tables, reading, proposals, new_head(proposals, kepala))

    def _line(self, wish: DapodikWish, in_force: InForce) -> Dapodik:
        from pmm_tui.cli.dapodik_settings import dapodik_settings, has_token
        from pmm_tui.sync.http.dapodik_line import Dapodik

        if not (wish.token.strip() or has_token(self._context)):
            raise ConfigError("Token belum diisi; salin dari Dapodik.", "token")
        return Dapodik(dapodik_settings(self._context, in_force, url=wish.url, npsn=wish.npsn, token=wish.token))

    def _keep(self, wish: DapodikWish) -> None:
        """Keep what has led to the roster, so that it is not asked for again."""
        from pmm_tui.cli.dapodik_settings import write_token

        if wish.token.strip():
            write_token(self._context, wish.token)
        if dapodik_url(wish.url) != dapodik_url(self._context.config.dapodik.url):
            config = self._context.file_config()
            self._context.save_config(structs.replace(config, dapodik=structs.replace(config.dapodik, url=dapodik_url(wish.url))))

    def keep_head(self, head: WebHead) -> None:
        """Put the head that Dapodik names into the settings; raises PmmError."""
        if self.practice:
            raise ConfigError("Latihan memakai sekolah khayalan; kepala sekolahnya tidak diganti.")
        from pmm_tui.cli.dapodik_settings import keep_head

        keep_head(self._context, head)
