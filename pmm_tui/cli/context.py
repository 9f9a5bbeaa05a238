"""What every command and the screen start from: configuration, places, clock, streams, and how to open the rest."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from pmm_tui.cli.at_school import AtSchool
from pmm_tui.config import Config, read_config, read_token, token_path, with_environment, write_config, write_token
from pmm_tui.errors import AlreadyOpenError, ConfigError, StorageError
from pmm_tui.private_file import there

if TYPE_CHECKING:
    from pmm_tui.services.clock_check import ClockCheck
    from pmm_tui.services.in_force import InForce
    from pmm_tui.skp.katalog import Katalog
    from pmm_tui.store import Store
    from pmm_tui.sync.http.client import Client
    from pmm_tui.sync.http.line import Limits
    from pmm_tui.sync.server_time import ServerTime


class RunContext(AtSchool):
    """The surroundings of one run; everything in it is read when first asked for.

    `env` is the environment, `config` a configuration file named on the command line, `periode` a period named there, `now` the
    clock (aware, UTC). `school` is the NPSN whose places these are, empty where this computer keeps only one. `answer` is when the
    server last answered, known once a store was looked at.
    """

    answer: ServerTime | None = None
    _clock_told = False

    @property
    def configured(self) -> bool:
        """Whether there is a configuration, or a server named by the environment; the first-run wizard asks this."""
        return there(self.config_file) or bool(self.env.get("PMM_TUI_SERVER", "").strip())

    @cached_property
    def config(self) -> Config:
        """The configuration with the environment over it; the defaults when there is no file. Raises ConfigError."""
        if self._named and not there(self.config_file):
            raise ConfigError(f"{self.config_file}: konfigurasi yang ditunjuk tidak ada; periksa --config atau PMM_TUI_CONFIG.")
        return self.of_school(with_environment(self.file_config(), self.env))

    def file_config(self) -> Config:
        """What the configuration file alone says, which is what a change is written over; raises ConfigError."""
        return read_config(self.config_file) if there(self.config_file) else Config()

    def today(self) -> date:
        """The day that rules and periods are judged by: the computer's, unless its clock cannot be right."""
        return self._clock().day

    def _clock(self) -> ClockCheck:
        from pmm_tui.services.clock_check import check_clock  # lazy: only for commands that depend on the day

        return check_clock(self.now(), self.answer)

    @property
    def has_token(self) -> bool:
        """Whether a token is there, in the environment or in its file."""
        return bool(self.env.get("PMM_TUI_TOKEN", "").strip()) or there(token_path(self.config, self.config_file))

    def token(self) -> str:
        """The server token; raises ConfigError."""
        return read_token(self.config, self.config_file, self.env)

    def save_config(self, config: Config) -> None:
        """Write the configuration and go on with it; raises ConfigError for another school's, StorageError."""
        new = self.of_school(with_environment(config, self.env))
        write_config(self.config_file, config)
        self.config = new

    def save_token(self, token: str) -> Path:
        """Write the token into its file and return where; raises ConfigError, StorageError."""
        return write_token(self.config, self.config_file, token)

    def open_store(self, *, guard: bool = True, beside: bool = False) -> Store:
        """Open the database, checked and copied for today; damage is said. Raises ConfigError, AlreadyOpenError, StorageError.

        The screen guards it later, when the first picture stands. With `beside` it is only to be read, also while another window
        holds it: then what that one has saved is there.
        """
        from pmm_tui.store import Store  # lazy: SQLite only for commands that need it

        _ = self.config  # a fault of the configuration is told before the database is touched
        try:
            store = Store.open(self.locations.database)
        except AlreadyOpenError:
            if not beside:
                raise
            store = Store.beside(self.locations.database)
            self.out.say("Program sedang terbuka di jendela lain; yang dibaca adalah yang sudah tersimpan.")
            self.check_owner(store)
            return store
        self.check_owner(store)
        if guard:
            with suppress(StorageError):  # no room for a copy must not stop the work
                if complaint := store.guard(self.now().astimezone().date()).complaint:
                    self.out.say(f"{complaint}; jalankan: pmm-tui pulihkan.")
        return store

    def in_force(self, store: Store, periode: str = "", *, tell: bool = True) -> InForce:
        """What is in force now, or for a certain period; raises ConfigError.

        A clock that cannot be right is told once, and the period that a right one chose is remembered for it.
        """
        from pmm_tui.cli.own_katalog import configured_in_force  # lazy, all: only for commands that need the catalogue
        from pmm_tui.services.clock_check import keep_in_force, last_in_force
        from pmm_tui.sync.known_school import moved_sentence
        from pmm_tui.sync.server_time import recall

        self.answer = recall(store)
        clock = self._clock()
        last = last_in_force(store) if clock.behind else ""
        chosen = periode or self.periode
        reference, rapor = store.reference.get, store.own_rapor.all
        found = configured_in_force(self.config, self.config_file, reference, clock.day, chosen, last, rapor)
        if not (clock.sentence or chosen or self.config.periode):
            keep_in_force(store, found.periode)
        if clock.sentence and tell and not self._clock_told:
            self._clock_told = True
            self.out.say(clock.sentence)
        moved = moved_sentence(store, self.config.server.url)
        if self.school_name and not found.sekolah.nama:
            found = structs.replace(found, sekolah=structs.replace(found.sekolah, nama=self.school_name))
        return structs.replace(
            found, asked=bool(chosen), clock=clock.sentence, notes=(*found.notes, moved) if moved else found.notes
        )

    def full_katalog(self) -> Katalog:
        """The catalogue with all its periods: the operator's file, else the bundled one. Raises ConfigError."""
        from pmm_tui.cli.own_katalog import own_katalog  # lazy, with the catalogue
        from pmm_tui.skp.katalog_reader import bundled

        return own_katalog(self.config, self.config_file) or bundled()

    def client(self) -> Client:
        """A client of the server in force, with its token; raises ConfigError."""
        return self.client_for(self.config)

    def client_for(self, config: Config, token: str = "") -> Client:
        """A client of the server of another configuration; without `token` it has the stored one. Raises ConfigError."""
        from pmm_tui.cli.server_settings import server_settings  # lazy: httpx only for what talks to the server
        from pmm_tui.sync.http.client import Client

        needed = token or self.token() if config.server.url else ""  # a missing address is told before a missing token
        return Client(server_settings(config, self.config_file, needed))

    def batch_limits(self) -> Limits:
        """How much goes into one batch at first."""
        from pmm_tui.cli.server_settings import limits  # lazy, with the sender

        return limits(self.config)

    def for_practice(self, *, head: bool = False) -> RunContext:
        """The same run in the practice mode's own places: the user's configuration, token and records stay out of it."""
        env = {name: value for name, value in self.env.items() if not name.startswith("PMM_TUI_")}
        return RunContext(
            env=env, locations=self.locations.for_practice(head=head), out=self.out, periode=self.periode, now=self.now
        )
