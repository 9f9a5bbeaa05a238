"""How many teachers a fetched roster brought, and how many of them were here already."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from pmm_tui.skp.model import Pegawai


def count_written(written: Iterable[Pegawai], before: Iterable[Pegawai]) -> tuple[int, int, int]:
    """Of the teachers to write: how many are new, were here with the same data but the server's id, and are changed."""
    ours = {pegawai.id: pegawai for pegawai in before}
    new = known = changed = 0
    for pegawai in written:
        mine = ours.get(pegawai.id)
        if mine is None:
            new += 1
        elif pegawai == structs.replace(mine, id_server=pegawai.id_server):
            known += 1
        else:
            changed += 1
    return new, known, changed
