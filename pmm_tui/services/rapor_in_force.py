"""The Rapor Pendidikan in force: what was typed counts before the school's download, that before the server's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct, structs

from pmm_tui.dates import long_date
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Rapor
from pmm_tui.skp.rapor_levels import own_rapor


class OwnEntry(Protocol):
    """What this module needs of a stored level of the school's own; of one item the later entry counts."""

    @property
    def item(self) -> str:
        """`komponen/ID` or `indikator/ID`."""

    @property
    def level(self) -> str:
        """The id of the level."""

    @property
    def score(self) -> str:
        """The score as the file writes it."""

    @property
    def origin(self) -> str:
        """`berkas` or `tangan`."""

    @property
    def file(self) -> str:
        """The file's name."""

    @property
    def at(self) -> datetime:
        """Since when."""


class RaporSource(Struct, frozen=True, kw_only=True):
    """Where the levels in force come from: `server`, `berkas`, `tangan`, several of them, or nothing."""

    kinds: tuple[str, ...] = ()
    file: str = ""
    at: datetime | None = None

    @property
    def own(self) -> bool:
        """Whether the school itself says something."""
        return "berkas" in self.kinds or "tangan" in self.kinds

    @property
    def words(self) -> str:
        """For people: `unduhan RAPOR-PBD.xlsx, diimpor 30 November 2026; sebagian diisi sendiri`; empty where there is none."""
        day = f", diimpor {long_date(self.at.astimezone().date())}" if self.at else ""
        told = {"berkas": f"unduhan {self.file}{day}", "tangan": "diisi sendiri", "server": "dari server"}
        first, *others = [words for kind, words in told.items() if kind in self.kinds] or [""]
        return "; ".join((first, *(f"sebagian {words}" for words in others)))


def put_together(own: Sequence[OwnEntry], served: Rapor | None, katalog: Katalog) -> tuple[Rapor, RaporSource]:
    """The levels in force and where they come from; `own` is in the order in which the later one counts."""
    by_item = {entry.item: entry for entry in own}
    server = served or Rapor()
    if not by_item:
        return server, RaporSource(kinds=("server",) if served and served != Rapor() else ())
    ours = own_rapor(by_item, katalog)
    coarse = (one for one in server.menurut_komponen if one not in ours.capaian)
    rapor = structs.replace(ours, capaian=server.capaian | ours.capaian, menurut_komponen=(*ours.menurut_komponen, *coarse))
    files = [entry for entry in by_item.values() if entry.origin == "berkas"]
    newest = max(files, key=lambda entry: entry.at, default=None)
    used = {entry.origin for entry in by_item.values()}
    if server.capaian.keys() - ours.capaian.keys():
        used.add("server")
    kinds = tuple(kind for kind in ("berkas", "tangan", "server") if kind in used)
    return rapor, RaporSource(kinds=kinds, file=newest.file if newest else "", at=newest.at if newest else None)
