"""How an envelope identifies its teacher: by one number where the server is known to have it.

The server's id and both numbers are 43 characters that do not compress, in every envelope and again in its receipt.
"""

from __future__ import annotations

import sqlite3

import msgspec
from msgspec import Struct

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.nip import nuptk_fault, parse_nip


class _Row(Struct, frozen=True):
    id: str
    nip: str = ""
    nuptk: str = ""


class _Roster(Struct, frozen=True):
    pegawai: tuple[_Row, ...]


def named(connection: sqlite3.Connection, pegawai: Pegawai) -> Pegawai:
    """The teacher with the identifying members that an envelope needs.

    Where the server's roster, as last fetched, has the teacher with our number, that number is enough: the id is left out, and so
    is a second number that the server has too. A second number that it does not have is sent. In every other case all members are
    sent. In the database's thread.
    """
    told = _told(connection, pegawai.id_server) if pegawai.id_server else None
    if told is None:
        return pegawai
    if parse_nip(pegawai.nip) and told.nip == pegawai.nip:
        return msgspec.structs.replace(pegawai, id_server="", nuptk="" if told.nuptk == pegawai.nuptk else pegawai.nuptk)
    if not pegawai.nip and pegawai.nuptk and not nuptk_fault(pegawai.nuptk) and told.nuptk == pegawai.nuptk:
        return msgspec.structs.replace(pegawai, id_server="")
    return pegawai


def _told(connection: sqlite3.Connection, id_server: str) -> _Row | None:
    """What the server said of a teacher; None when it did not, or said the same number of somebody else too."""
    row = connection.execute("SELECT body FROM rujukan WHERE nama = 'pegawai'").fetchone()
    try:
        roster = msgspec.json.decode(bytes(row[0]), type=_Roster).pegawai if row else ()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    told = next((one for one in roster if one.id == id_server), None)
    if told is None:
        return None
    others = [one for one in roster if one is not told]
    shared = any((told.nip and one.nip == told.nip) or (told.nuptk and one.nuptk == told.nuptk) for one in others)
    return None if shared else told
