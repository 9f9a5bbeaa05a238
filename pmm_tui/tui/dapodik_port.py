"""What the import screen asks of Dapodik's web service, by way of the command line's services."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from pmm_tui.roster.dapodik_web import WebHead
    from pmm_tui.services.roster_import import RosterRead


class DapodikWish(Struct, frozen=True, kw_only=True):
    """What asks Dapodik: where it is, for which school, and a new token; an empty one stands for the stored.

    `stored`: there is one; `fixed`: the school is known, and no other is asked for.
    """

    url: str
    npsn: str
    token: str = ""
    stored: bool = False
    fixed: bool = False


class DapodikServices(Protocol):
    """Asking Dapodik's web service, which brings the network only when it is called."""

    def dapodik_wish(self) -> DapodikWish:
        """What is known already of where and for whom to ask."""

    async def read_dapodik(self, wish: DapodikWish, on_progress: Callable[[str], None]) -> RosterRead:
        """Ask for the roster, and preview it; a token and an address that led to it are kept.

        Raises ConfigError (key `url`, `token` or `npsn`), PmmError.
        """

    def keep_head(self, head: WebHead) -> None:
        """Put the head that Dapodik names into the settings; raises PmmError."""
