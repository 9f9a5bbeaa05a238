"""What Pengaturan asks of the outside: the settings and the look in the configuration, and a try of the connection."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping

from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.config import Config, LookConfig
from pmm_tui.errors import ConfigError
from pmm_tui.skp.nip import digits
from pmm_tui.store import Store
from pmm_tui.tui import LookWish, is_remote, look_for_terminal, read_tier
from pmm_tui.tui.look_values import LookChoice, LookOptions
from pmm_tui.tui.ports import FetchOutcome, Settings


def look_options(chosen: LookConfig, env: Mapping[str, str], store: Store) -> LookOptions:
    """What of the configured look this terminal can show, and the tier that was chosen last on this kind of line."""
    wish = LookWish(
        tier=chosen.tingkat,
        theme=chosen.tema,
        sign=chosen.tanda,
        ascii=chosen.ascii,
        colour=chosen.warna,
        thrifty=chosen.hemat,
        lean=chosen.selisih,
        mouse=chosen.mouse,
    )
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    last = read_tier(store, remote=is_remote(env))
    options = look_for_terminal(wish, env, windows=sys.platform == "win32", encoding=encoding, last_tier=last)
    return structs.replace(options, preview=chosen.pratinjau)


class ScreenSettings:
    """A part of `ScreenServices`. `look` is the configuration's of work, in practice too."""

    store: Store

    practice = False
    tour = False

    def __init__(self, context: RunContext, look: LookConfig | None) -> None:
        self._context = context
        self._work_look = look
        self.now = context.now

    def settings(self) -> Settings:
        """The settings in force, without the token."""
        c = self._context.config
        kepala = c.sekolah.kepala_sekolah
        return Settings(
            url=c.server.url or self._offered_url(),
            npsn=c.sekolah.npsn,
            school_name=c.sekolah.nama,
            jenjang=c.sekolah.jenjang,
            kepala=kepala.nama,
            kepala_nip=kepala.nip,
            plt=kepala.plt,
            atasan=c.sekolah.atasan.nama,
            atasan_nip=c.sekolah.atasan.nip,
        )

    def _offered_url(self) -> str:
        """The first school's server, for a school that has none set yet: it mostly is the same."""
        if self._context.locations.first is None or self._context.configured:
            return ""
        try:
            return self._context.first_school().config.server.url
        except ConfigError:
            return ""

    def _config(self, new: Settings) -> Config:
        c = self._context.file_config()
        kepala = structs.replace(c.sekolah.kepala_sekolah, nama=new.kepala.strip(), nip=digits(new.kepala_nip), plt=new.plt)
        sekolah = structs.replace(
            c.sekolah,
            npsn=new.npsn.strip().upper(),
            nama=new.school_name.strip(),
            jenjang=new.jenjang,
            kepala_sekolah=kepala,
            atasan=structs.replace(c.sekolah.atasan, nama=new.atasan.strip(), nip=digits(new.atasan_nip)),
        )
        look = c.tampilan if self._context.configured else self._look
        server = structs.replace(c.server, url=new.url.strip())
        return self._context.of_school(structs.replace(c, tampilan=look, server=server, sekolah=sekolah))

    @property
    def _look(self) -> LookConfig:
        return self._work_look or self._context.config.tampilan

    def look(self) -> LookChoice:
        """The look that the configuration asks for."""
        c = self._look
        level = "hemat" if c.tingkat == "otomatis" and c.hemat else c.tingkat
        return LookChoice(tingkat=level, tema=c.tema, ascii=c.ascii, mouse=c.mouse, pratinjau=c.pratinjau)

    def save_look(self, choice: LookChoice) -> LookOptions:
        """Write another look into the configuration, and return what it comes to on this terminal; raises PmmError.

        In practice nothing is written: the look is that of work, and practice changes nothing of it.
        """
        new = structs.replace(self._look, **structs.asdict(choice), hemat=False)  # the level says it now
        home = self._context.first_school() if self._context.locations.first else self._context  # one look for all schools
        if not self.practice and home.configured:  # else the first run is not over: it is kept with the settings
            home.save_config(structs.replace(home.file_config(), tampilan=new))
        self._work_look = new
        return look_options(new, self._context.env, self.store)

    async def try_connection(self, settings: Settings) -> FetchOutcome:
        """Try a connection with these settings, and say in words what is wrong."""
        config = self._config(settings)
        if not config.server.url:
            raise ConfigError("Alamat server belum diisi.", "server.url")
        if not (settings.token.strip() or self._context.has_token):
            raise ConfigError("Token server belum diisi; minta kepada pengelola server.", "token")
        check_server = await asyncio.to_thread(_checking)
        client = self._context.client_for(config, settings.token.strip())
        sentence, ok, key = await check_server(client, config.sekolah.npsn, self.now)
        return FetchOutcome(sentence=sentence, ok=ok, key=key)

    def save(self, settings: Settings) -> None:
        """Write the configuration, and the token to its own file; raises PmmError."""
        self._context.save_config(self._config(settings))
        if settings.token.strip():
            self._context.save_token(settings.token)


def _checking() -> Callable[..., Awaitable[tuple[str, bool, str]]]:
    from pmm_tui.services.check_server import check_server
    from pmm_tui.sync import pull  # noqa: F401  what a check needs of the network

    return check_server
