"""Where configuration, records, logs and exports live: pure functions, nothing is made or read here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from pmm_tui.errors import UsageError
from pmm_tui.text import clean, shorten

APP_NAME = "pmm-tui"
SYNC_MESSAGES = "pesan-sinkron.toml"
"""The file beside the configuration in which a school may add messages of e-Kinerja to the program's own."""
SCHOOLS = "sekolah"
"""The folder, inside those of configuration and data, with a folder for each school after the first."""
_LONGEST = 2_000  # characters of a path


class Locations(Struct, frozen=True, kw_only=True):
    """Every place that the program reads or writes by itself; all absolute.

    `first` are those of the first school of this computer, where these are another school's.
    """

    config_folder: Path
    data_folder: Path
    log_folder: Path
    export_folder: Path
    first: Locations | None = None

    @property
    def config_file(self) -> Path:
        """The configuration, where no other was named."""
        return self.config_folder / "config.toml"

    @property
    def token_file(self) -> Path:
        """The server token, where the configuration names no other file."""
        return self.config_folder / "token"

    @property
    def database(self) -> Path:
        """The teachers, drafts and outbox."""
        return self.data_folder / "pmm-tui.db"

    @property
    def server_database(self) -> Path:
        """The reference server's database, where no other was named."""
        return (self.first or self).data_folder / "server.db"

    @property
    def report_folder(self) -> Path:
        """Crash reports, which hold no personal data."""
        return (self.first or self).data_folder / "laporan"

    @property
    def schools_folder(self) -> Path:
        """The folder with one folder for each school after the first."""
        return (self.first or self).data_folder / SCHOOLS

    def for_school(self, npsn: str) -> Locations:
        """The places of a school after the first: its own configuration, token, records, copies and exports; `npsn` is checked."""
        first = self.first or self
        return Locations(
            config_folder=first.config_folder / SCHOOLS / npsn,
            data_folder=first.data_folder / SCHOOLS / npsn,
            log_folder=first.log_folder,
            export_folder=first.export_folder / npsn,
            first=first,
        )

    def for_practice(self, *, head: bool = False) -> Locations:
        """The places of the practice mode: all in one folder of its own, so that the user's own records stay untouched.

        Who practises as the `head` sits at another computer: a folder inside it.
        """
        root = (self.first or self).data_folder / "latihan"
        root = root / "kepala" if head else root
        return Locations(config_folder=root, data_folder=root, log_folder=root / "log", export_folder=root / "ekspor")


def locate(env: Mapping[str, str]) -> Locations:
    """Find the places of this user on this platform.

    `PMM_TUI_DATA` moves records, logs and exports, not the configuration. Raises UsageError when the user has no home folder.
    """
    import platformdirs  # lazy: `--help` needs no folders

    config = platformdirs.user_config_path(APP_NAME, appauthor=False)
    chosen = env.get("PMM_TUI_DATA", "").strip()
    if chosen:
        data = expanded(chosen)
        places = Locations(config_folder=config, data_folder=data, log_folder=data / "log", export_folder=data / "ekspor")
    else:
        places = Locations(
            config_folder=config,
            data_folder=platformdirs.user_data_path(APP_NAME, appauthor=False),
            log_folder=platformdirs.user_log_path(APP_NAME, appauthor=False),
            export_folder=platformdirs.user_documents_path() / APP_NAME,
        )
    for place in (places.config_folder, places.data_folder):
        if not place.is_absolute():
            raise UsageError("Folder rumah pengguna tidak ditemukan; isi HOME, atau PMM_TUI_DATA dengan folder data.")
    return places


def expanded(text: str) -> Path:
    """A path that somebody wrote, absolute, `~` being the home folder; raises UsageError for one that no system takes."""
    if len(text) > _LONGEST:
        raise UsageError(f"{shorten(clean(text), 60)}: jalurnya terlalu panjang; pakai yang lebih pendek.")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise UsageError(f"{text}: pengguna itu tidak ada di komputer ini; tulis jalur lengkapnya.") from None


def with_home(path: Path, env: Mapping[str, str]) -> str:
    """`path` with the user's home folder written `~`, so that a report can be passed on without the user's name."""
    try:
        return f"~{os.sep}{path.relative_to(_home(env))}"
    except ValueError:
        return str(path)


def without_home(sentence: str, env: Mapping[str, str]) -> str:
    """`sentence` with the user's home folder written `~` in every path that it names."""
    home = _home(env).rstrip("/\\")
    return sentence.replace(home + os.sep, f"~{os.sep}") if home else sentence


def _home(env: Mapping[str, str]) -> str:
    return env.get("HOME") or env.get("USERPROFILE") or str(Path("~").expanduser())
