"""Which roles a token has, as the server last told with the school."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import msgspec
from msgspec import Struct

from pmm_tui.store.reference import ReferenceDocument

Role = Literal["operator", "kepala_sekolah"]
_ROLES: tuple[Role, ...] = ("kepala_sekolah", "operator")


class _Told(Struct, frozen=True):
    peran: str = ""
    semua_peran: tuple[str, ...] = ()


def roles_in(school: ReferenceDocument | None) -> tuple[Role, ...]:
    """The roles that the kept answer to `GET /v1/sekolah` names, the head's first; none where it says nothing that is known."""
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        told = msgspec.json.decode(school.body if school else b"{}", type=_Told)
        named = {told.peran, *told.semua_peran}
        return tuple(role for role in _ROLES if role in named)
    return ()


def is_head(school: ReferenceDocument | None) -> bool:
    """Whether the token is a head's, whatever else it is."""
    return "kepala_sekolah" in roles_in(school)
