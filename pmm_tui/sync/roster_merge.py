"""The server's roster put together with ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.nip import digits, nuptk_fault, parse_nip
from pmm_tui.text import shorten

_OURS = ("id", "id_server")


class ServerPegawai(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A teacher as the server tells them; `id` is its opaque id."""

    id: str
    nama: str
    nip: str = ""
    nuptk: str = ""
    jk: str = ""
    tanggal_lahir: str = ""
    status_kepegawaian: str = ""
    jenis_ptk: str = ""
    tugas_tambahan: str = ""
    golongan: str = ""
    jenjang_jabatan: str = ""


class PegawaiPage(Struct, frozen=True):
    """The answer to `GET /v1/pegawai`."""

    pegawai: tuple[ServerPegawai, ...]


class MergePlan(Struct, frozen=True, kw_only=True):
    """What a merge asks for: the teachers to write (id 0 for new ones), and a sentence for each that was left out."""

    to_write: tuple[Pegawai, ...] = ()
    sentences: tuple[str, ...] = ()


def merge(server: Iterable[ServerPegawai], before: Iterable[ServerPegawai], ours: Iterable[Pegawai]) -> MergePlan:
    """Put the server's roster into ours; nobody is ever removed.

    A teacher is found by the server's id, else NIP, else NUPTK. What we have stands, as a fresh Dapodik file may be newer than the
    server; the server's word counts where we have nothing, and where it changed since we last asked (`before`).
    """
    ours = tuple(ours)
    index = {name: {value: p for p in ours if (value := getattr(p, name))} for name in ("id_server", "nip", "nuptk")}
    told = {row.id: _tidy(row) for row in before}
    to_write: list[Pegawai] = []
    sentences: list[str] = []
    taken: set[int] = set()
    numbers: set[tuple[str, str]] = set()
    for row in map(_tidy, server):
        keys = {("id_server", row.id), ("nip", row.nip), ("nuptk", row.nuptk)}
        keys = {(name, value) for name, value in keys if value}
        ours_by_id = {p.id: p for name, value in keys if (p := index[name].get(value))}
        if not row.id or not row.nama or keys & numbers or len(ours_by_id) > 1 or taken & ours_by_id.keys():
            sentences.append(
                f"{shorten(row.nama, 60) or 'Guru tanpa nama'}: nomornya di server cocok dengan guru lain; periksa di Dapodik."
            )
            continue
        numbers |= keys
        taken |= ours_by_id.keys()
        mine = next(iter(ours_by_id.values()), None)
        merged = _merged(mine, row, told.get(row.id))
        if merged != mine:
            to_write.append(merged)
    return MergePlan(to_write=tuple(to_write), sentences=tuple(sentences))


def _merged(mine: Pegawai | None, row: ServerPegawai, told: ServerPegawai | None) -> Pegawai:
    theirs = {name: value for name, value in msgspec.structs.asdict(row).items() if name not in _OURS and value}
    if mine is None:
        return Pegawai(id_server=row.id, **theirs)
    news = {
        name: value
        for name, value in theirs.items()
        if not getattr(mine, name) or (told is not None and getattr(told, name) != value)
    }
    return msgspec.structs.replace(mine, id_server=row.id, **news)


def _tidy(row: ServerPegawai) -> ServerPegawai:
    """Numbers as bare digits; one that cannot be a NIP or NUPTK is left out, as is a sex that the form does not know."""
    nip, nuptk = digits(row.nip), digits(row.nuptk)
    return msgspec.structs.replace(
        row,
        nama=shorten(row.nama, 200),
        nip=nip if parse_nip(nip) else "",
        nuptk="" if nuptk_fault(nuptk) else nuptk,
        jk=row.jk if row.jk in ("L", "P") else "",
    )


def by_server_id(pegawai: Iterable[Pegawai]) -> Mapping[str, int]:
    """Our id of each teacher by the server's."""
    return {p.id_server: p.id for p in pegawai if p.id_server}
