"""What every call of the server works with: database, catalogue, limits, clock and chance; and who is calling."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct

from pmm_tui.server.engine import Database
from pmm_tui.server.limits import Limits
from pmm_tui.skp.katalog import Katalog

Role = Literal["operator", "kepala_sekolah"]
OPERATOR: Role = "operator"
KEPALA: Role = "kepala_sekolah"
BOTH = "keduanya"
"""What a token of both roles says in the database and on the command line."""

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: none that reads like another
ID_LENGTH = 12


def now_utc() -> datetime:
    """The time by the computer's clock."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """A time as it travels: `2026-01-08T02:11:05Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def random_text(length: int, chance: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """`length` random letters and digits, 5 bits each. `chance` gives that many random bytes."""
    return "".join(LETTERS[byte & 31] for byte in chance(length))


class Caller(Struct, frozen=True):
    """Whose token came: one school, `role` as the database has it; `token` is its id, `label` what colleagues know it by."""

    sekolah_id: str
    npsn: str
    role: str
    token: str
    label: str

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the token has; the head's first where it has both."""
        return (KEPALA, OPERATOR) if self.role == BOTH else (self.role,)


class Service(Struct, frozen=True, kw_only=True):
    """The parts that the calls share. `log` gets lines without personal data."""

    database: Database
    katalog: Katalog
    limits: Limits
    log: Callable[[str], None]
    now: Callable[[], datetime] = now_utc
    chance: Callable[[int], bytes] = secrets.token_bytes

    def stamp(self) -> str:
        """The time, as it travels."""
        return stamp(self.now())

    def new_id(self) -> str:
        """An opaque id that tells nothing."""
        return random_text(ID_LENGTH, self.chance)


class Call(Struct, frozen=True, kw_only=True):
    """One request of a known caller, its body read and inflated. `params` come from the path, `query` from behind the `?`."""

    service: Service
    caller: Caller
    params: dict[str, Any]
    query: dict[str, str]
    body: bytes = b""
