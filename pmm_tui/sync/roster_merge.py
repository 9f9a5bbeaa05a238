"""The server's roster put together with ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.column_values import why_kept, why_typed_kept
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.nip import digits, is_placeholder, nuptk_fault, parse_nip
from pmm_tui.skp.person import name_key, other_person, surely_other_person
from pmm_tui.store import ReferenceDocument
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
    """What a merge asks for: the teachers to write (id 0 for new ones), and a sentence for each that was left out.

    `undecided` tells that some were, so that the server's roster has to be looked at again.
    """

    to_write: tuple[Pegawai, ...] = ()
    sentences: tuple[str, ...] = ()
    undecided: bool = False


def merge(
    server: Iterable[ServerPegawai],
    before: Iterable[ServerPegawai],
    ours: Iterable[Pegawai],
    katalog: Callable[[], Katalog] | None = None,
    typed: Mapping[int, Mapping[str, str]] | None = None,
) -> MergePlan:
    """Put the server's roster into ours; nobody is ever removed.

    A teacher is found by the server's id, else NIP, else NUPTK; one of ours without any number by name and birth date. What we have
    stands, as a fresh Dapodik file may be newer than the server; the server's word counts where we have nothing, and where it
    changed since we last asked (`before`), unless it is foreign to its field by the catalogue, which is asked for when it matters,
    or ours was typed by hand (`typed`, by our id and field).
    A number that leads to somebody whose name and birth date both differ replaces nothing: both are told.
    """
    ours, server = tuple(ours), tuple(map(_tidy, server))
    index = {name: {value: p for p in ours if (value := getattr(p, name))} for name in ("id_server", "nip", "nuptk")}
    words = _Words(server, katalog, typed or {})
    unnumbered, names = _without_number(ours), Counter(name_key(row.nama) for row in server)
    told = {row.id: _tidy(row) for row in before}
    to_write: list[Pegawai] = []
    sentences: list[str] = []
    undecided = False
    taken: set[int] = set()
    numbers: set[tuple[str, str]] = set()
    for row in server:
        keys = {("id_server", row.id), ("nip", row.nip), ("nuptk", row.nuptk)}
        keys = {(name, value) for name, value in keys if value}
        ours_by_id = {p.id: p for name, value in keys if (p := index[name].get(value))} or _moved(row, ours, server)
        if not row.id or not row.nama or keys & numbers or len(ours_by_id) > 1 or taken & ours_by_id.keys():
            sentences.append(
                f"{shorten(row.nama, 60) or 'Guru tanpa nama'}: nomornya di server cocok dengan guru lain; periksa di Dapodik."
            )
            continue
        numbers |= keys
        taken |= ours_by_id.keys()
        mine = next(iter(ours_by_id.values()), None)
        if (
            mine is None
            and (alike := unnumbered.get(name_key(row.nama)))
            and alike.id not in taken
            and names[name_key(row.nama)] == 1
        ):
            if alike.tanggal_lahir and alike.tanggal_lahir == row.tanggal_lahir:
                mine = alike
                taken.add(alike.id)
            elif not alike.tanggal_lahir or not row.tanggal_lahir:
                sentences.append(_perhaps(alike))
                undecided = True
                continue
        if mine is not None and _differ(mine, row):
            sentences.append(_undecided(mine, row))
            undecided = True
            continue
        merged, kept = _merged(mine, row, told.get(row.id), words)
        sentences += [f"{shorten(row.nama, 60)}: {field.replace('_', ' ')} dari server {reason}" for field, reason in kept]
        if merged != mine:
            to_write.append(merged)
    return MergePlan(to_write=tuple(to_write), sentences=tuple(sentences), undecided=undecided)


def _moved(row: ServerPegawai, ours: Iterable[Pegawai], server: Iterable[ServerPegawai]) -> dict[int, Pegawai]:
    """Our teacher without a number whom another server knows by another id: the only one of that name and birth date."""
    if row.nip or row.nuptk or not row.nama:
        return {}
    ids = {one.id for one in server}
    same = [
        p
        for p in ours
        if not (p.nip or p.nuptk)
        and p.id_server
        and p.id_server not in ids
        and (name_key(p.nama), p.tanggal_lahir) == (name_key(row.nama), row.tanggal_lahir)
    ]
    return {same[0].id: same[0]} if len(same) == 1 else {}


def _without_number(ours: Iterable[Pegawai]) -> dict[str, Pegawai]:
    """Our teachers without any number, by their name where only one has it."""
    by_name: dict[str, list[Pegawai]] = {}
    for pegawai in ours:
        by_name.setdefault(name_key(pegawai.nama), []).append(pegawai)
    alone = {name: people[0] for name, people in by_name.items() if len(people) == 1}
    return {name: p for name, p in alone.items() if not (p.id_server or p.nip or p.nuptk)}


def _perhaps(mine: Pegawai) -> str:
    return (
        f"{shorten(mine.nama, 60)} di server mungkin guru yang sama dengan yang tanpa nomor di komputer ini; belum ditambahkan. "
        "Lengkapi NIP, NUPTK atau tanggal lahirnya di Daftar Guru, impor, lalu tarik lagi."
    )


class _Words:
    """What may replace what, by the catalogue and by the words that the server itself uses."""

    def __init__(
        self, server: Iterable[ServerPegawai], katalog: Callable[[], Katalog] | None, typed: Mapping[int, Mapping[str, str]]
    ) -> None:
        self._server, self._asked, self._typed = tuple(server), katalog, typed
        self._katalog: Katalog | None = None

    def why_kept(self, field: str, pegawai: Pegawai, theirs: str) -> str:
        """Why the server's word must not replace ours, as the end of a sentence; empty when it may."""
        mine = getattr(pegawai, field)
        if not mine or field not in TEACHER_FIELDS:
            return ""
        if self._katalog is None and self._asked is not None:
            self._katalog = self._asked()
        reason = why_kept(field, mine, theirs, self._katalog, {getattr(row, field) for row in self._server})
        return reason or why_typed_kept(mine, theirs, self._typed.get(pegawai.id, {}).get(field))


def _differ(mine: Pegawai, row: ServerPegawai) -> bool:
    """Whether the server's row is hardly our teacher; where it is the server's own id that leads here, a new name alone is none."""
    judge = surely_other_person if mine.id_server == row.id else other_person
    return judge(mine.nama, mine.tanggal_lahir, row.nama, row.tanggal_lahir)


def _undecided(mine: Pegawai, row: ServerPegawai) -> str:
    """Both people of one number, and what decides between them."""
    one, other = (
        f"{shorten(p.nama, 60)} ({f'lahir {shorten(p.tanggal_lahir, 20)}' if p.tanggal_lahir else 'tanpa tanggal lahir'})"
        for p in (row, mine)
    )
    return (
        f"{one} di server bernomor sama dengan {other} di komputer ini; perlu diputuskan, keduanya tidak diubah. "
        "Bila orang yang sama, impor Daftar Guru terbaru dan putuskan di sana; bila bukan, perbaiki nomornya di Dapodik."
    )


def _merged(
    mine: Pegawai | None, row: ServerPegawai, told: ServerPegawai | None, words: _Words
) -> tuple[Pegawai, list[tuple[str, str]]]:
    """The teacher to write, and the fields in which a foreign word of the server was not taken, each with the reason."""
    theirs = {name: value for name, value in msgspec.structs.asdict(row).items() if name not in _OURS and value}
    if mine is None:
        return Pegawai(id_server=row.id, **theirs), []
    news = {
        name: value
        for name, value in theirs.items()
        if not getattr(mine, name) or (told is not None and getattr(told, name) != value)
    }
    kept = [(name, reason) for name, value in news.items() if (reason := words.why_kept(name, mine, value))]
    for name, _ in kept:
        del news[name]
    cleared = {name: "" for name in ("nip", "nuptk") if name not in news and is_placeholder(getattr(mine, name))}
    return msgspec.structs.replace(mine, id_server=row.id, **{**news, **cleared}), kept


def _tidy(row: ServerPegawai) -> ServerPegawai:
    """Numbers as bare digits; one that cannot be a NIP or NUPTK, or names nobody, is left out, as is an unknown sex."""
    nip, nuptk = digits(row.nip), digits(row.nuptk)
    return msgspec.structs.replace(
        row,
        nama=shorten(row.nama, 200),
        nip=nip if parse_nip(nip) and not is_placeholder(nip) else "",
        nuptk="" if nuptk_fault(nuptk) or is_placeholder(nuptk) else nuptk,
        jk=row.jk if row.jk in ("L", "P") else "",
    )


def by_server_id(pegawai: Iterable[Pegawai], told: Iterable[ServerPegawai] = ()) -> Mapping[str, int]:
    """Our id of each teacher by the server's; without those whom the server's roster (`told`) now calls somebody else."""
    others = {row.id: row for row in told}
    return {p.id_server: p.id for p in pegawai if p.id_server and not (p.id_server in others and _differ(p, others[p.id_server]))}


def disputed(ours: Iterable[Pegawai], told: Iterable[ServerPegawai]) -> dict[int, str]:
    """Our teachers whose number or id is somebody else's in the server's roster, by our id; with the sentence that says so.

    Nothing of theirs may go before that is decided: the server would file it under the other name.
    """
    found: dict[int, str] = {}
    rows = tuple(map(_tidy, told))
    index = {name: {value: row for row in rows if (value := getattr(row, name))} for name in ("nip", "nuptk")}
    by_id = {row.id: row for row in rows}
    for mine in ours:
        row = index["nip"].get(mine.nip) or index["nuptk"].get(mine.nuptk) or by_id.get(mine.id_server)
        if row is not None and _differ(mine, row):
            found[mine.id] = _undecided(mine, row)
    return found


def told_roster(kept: ReferenceDocument | None) -> tuple[ServerPegawai, ...]:
    """The server's roster as we last fetched it; nothing when that can no longer be read."""
    if kept is None:
        return ()
    with suppress(ShapeError):
        return decode_json(kept.body, PegawaiPage, kept.name).pegawai
    return ()
