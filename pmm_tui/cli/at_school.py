"""A run at one of several schools: whose configuration and records may be used, and the way to another school's places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from msgspec import structs

from pmm_tui.cli.output import Output
from pmm_tui.config import Config, config_path
from pmm_tui.errors import ConfigError
from pmm_tui.locations import Locations

if TYPE_CHECKING:
    from pmm_tui.store import Store

_OF_ONE = ("PMM_TUI_CONFIG", "PMM_TUI_TOKEN", "PMM_TUI_DAPODIK_TOKEN", "PMM_TUI_SEKOLAH")
"""What of the environment is one school's; the server's address may be that of all."""


def _now() -> datetime:
    return datetime.now(UTC)


class AtSchool:
    """What a run stands on; see `RunContext`. `school` is the NPSN whose places these are, empty where nobody ever named one.

    `school_name` is what it is called until its configuration or its server says it. Its number binds where there are `several`
    schools; the only one of a computer may still be corrected.
    """

    def __init__(
        self,
        *,
        env: Mapping[str, str],
        locations: Locations,
        out: Output,
        config: str | None = None,
        periode: str = "",
        now: Callable[[], datetime] = _now,
        school: str = "",
        school_name: str = "",
        several: bool = False,
    ) -> None:
        self.env = env
        self.locations = locations
        self.out = out
        self.periode = periode
        self.now = now
        self.school, self.school_name, self.several = school, school_name, several
        self._config_option = config
        self.config_file, self._named = config_path(config, env, locations)

    @property
    def config_is_usual(self) -> bool:
        """Whether nobody named a configuration."""
        return not self._named

    def of_school(self, config: Config) -> Config:
        """A configuration with this school's number, whatever it leaves out; raises ConfigError for one of another school."""
        if not self.school:
            return config
        told = config.sekolah.npsn.upper()
        if told and not self.several:
            return config
        if told and told != self.school:
            raise ConfigError(
                f"sekolah.npsn: {told} bukan NPSN sekolah ini ({self.school}); sekolah lain punya tempat sendiri:"
                f" pmm-tui sekolah tambah NPSN. Konfigurasinya: {self.config_file}.",
                "sekolah.npsn",
            )
        return structs.replace(config, sekolah=structs.replace(config.sekolah, npsn=self.school))

    def check_owner(self, store: Store) -> None:
        """Refuse records that are another school's, as of a folder that was copied or renamed; those of nobody yet become ours.

        Raises ConfigError, with the store closed.
        """
        if not (self.school and self.several):
            return
        from pmm_tui.sync.known_school import make_for, owner_of  # lazy: only where several schools are kept

        owner = owner_of(store)
        if owner not in ("", self.school):
            store.close()
            raise ConfigError(
                f"{self.locations.database}: berisi data sekolah NPSN {owner}, bukan NPSN {self.school}; tidak ada yang dibuka."
                " Pindahkan berkas itu ke tempat sekolahnya (pmm-tui lokasi)."
            )
        if not store.database.read_only:
            make_for(store, self.school)

    def first_school(self) -> Self:
        """The same run at the first school of this computer, without what was named for this one."""
        return self if self.locations.first is None and self.config_is_usual else self.for_school("", first=True, anew=True)

    def for_school(self, npsn: str, *, first: bool = False, anew: bool = False, name: str = "", several: bool = True) -> Self:
        """The same run at the places of a school; `first`: it is the first of this computer, whose places are those of ever.

        `anew`: what the command line and the environment named, configuration and token, was for the one that is left.
        """
        home = self.locations.first or self.locations
        return type(self)(
            env={name: value for name, value in self.env.items() if not (anew and name in _OF_ONE)},
            locations=home if first else home.for_school(npsn),
            out=self.out,
            config=None if anew else self._config_option,
            periode=self.periode,
            now=self.now,
            school=npsn,
            school_name=name,
            several=several and bool(npsn),
        )
