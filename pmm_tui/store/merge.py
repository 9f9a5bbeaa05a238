"""Adding to a database what a damaged one still said and what the recovery log holds; what stands there stays."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pmm_tui.errors import PmmError
from pmm_tui.skp.decode import decode_json
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.skp.wire import PegawaiTerkirim, digest, open_envelope
from pmm_tui.store.database import Database
from pmm_tui.store.journal import Entry
from pmm_tui.store.salvage import Wreck

_NUMBERS = ("id_server", "nip", "nuptk")
_SENT = ("keadaan", "tanda_terima", "waktu_server", "status_server", "catatan")
_PEGAWAI = ("nama", "nip", "nuptk", "jk", "tanggal_lahir", "status_kepegawaian", "jenis_ptk", "tugas_tambahan", "golongan",
            "jenjang_jabatan", "id_server")  # fmt: skip


def merge(database: Database, wrecks: Iterable[Wreck], entries: Iterable[Entry]) -> tuple[int, int, int]:
    """Add what is missing; returns how many teachers, drafts and envelopes there are then. In the database's thread.

    An envelope that comes back counts as `unknown`, which is always safe to send again, unless its receipt came back with it.
    """
    with database.transaction() as connection:
        for wreck in wrecks:
            ids = {row.get("id"): _teacher(connection, row) for row in wreck.pegawai if row.get("nama")}
            for row in wreck.draf:
                _draft(connection, ids.get(row.get("pegawai_id")), row)
            for row in wreck.kiriman:
                with contextlib.suppress(PmmError, KeyError, TypeError, sqlite3.IntegrityError):
                    _envelope(
                        connection, bytes(row["line"]), str(row["dibuat"]), int(row["suntingan"]), row, ids.get(row["pegawai_id"])
                    )
        for entry in entries:
            with contextlib.suppress(PmmError, sqlite3.IntegrityError):
                _envelope(connection, entry.line, entry.waktu, entry.suntingan, {}, None)
        _supersede(connection)
        counts = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("pegawai", "draf", "kiriman")]  # noqa: S608
    return counts[0], counts[1], counts[2]


def _teacher(connection: sqlite3.Connection, row: Mapping[str, Any]) -> int | None:
    """The id of a teacher here, added when no number and no name with birth date is known."""
    for name in _NUMBERS:
        value = row.get(name)
        if isinstance(value, str) and value:
            found = connection.execute(f"SELECT id FROM pegawai WHERE {name} = ?", (value,)).fetchone()  # noqa: S608
            if found:
                return int(found[0])
    found = connection.execute(
        "SELECT id FROM pegawai WHERE nama = ? AND tanggal_lahir = ?", (str(row.get("nama", "")), str(row.get("tanggal_lahir", "")))
    ).fetchone()
    if found:
        return int(found[0])
    values = [row.get(name) if isinstance(row.get(name), str) else "" for name in _PEGAWAI]
    try:
        marks = ", ".join("?" * len(_PEGAWAI))
        added = connection.execute(f"INSERT INTO pegawai ({', '.join(_PEGAWAI)}) VALUES ({marks})", values)  # noqa: S608
    except sqlite3.IntegrityError:
        return None
    return added.lastrowid


def _draft(connection: sqlite3.Connection, pegawai_id: int | None, row: Mapping[str, Any]) -> None:
    """A draft that is whole, where none that is newer stands."""
    with contextlib.suppress(PmmError, KeyError, TypeError, sqlite3.Error):
        decode_json(bytes(row["rencana"]), RencanaKinerja, "Draf")
        if pegawai_id is not None:
            connection.execute(
                "INSERT INTO draf VALUES (?, ?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
                " rencana = excluded.rencana, suntingan = excluded.suntingan, disimpan = excluded.disimpan"
                " WHERE excluded.disimpan > draf.disimpan",
                (pegawai_id, row["periode"], row["rencana"], row["suntingan"], row["disimpan"]),
            )


def _envelope(
    connection: sqlite3.Connection, line: bytes, dibuat: str, suntingan: int, known: Mapping[str, Any], pegawai_id: int | None
) -> None:
    """An envelope whose bytes are whole; raises PmmError for one that is not."""
    sha256 = digest(line)
    if known and known.get("sha256") != sha256:
        return
    envelope = open_envelope(line)
    id = pegawai_id or _teacher(connection, _as_row(envelope.pegawai))
    if id is None:
        return
    sent = known.get("keadaan") == "sent" and bool(known.get("tanda_terima"))
    state = {name: str(known.get(name) or "") for name in _SENT} if sent else dict.fromkeys(_SENT, "") | {"keadaan": "unknown"}
    there = connection.execute(
        "SELECT keadaan FROM kiriman WHERE pegawai_id = ? AND periode = ? AND revisi = ?", (id, envelope.periode, envelope.revisi)
    ).fetchone()
    if there is None:
        connection.execute(
            "INSERT INTO kiriman (pegawai_id, periode, revisi, dasar, sha256, line, kunci, suntingan, dibuat, mungkin_tiba,"
            " keadaan, tanda_terima, waktu_server, status_server, catatan) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
            (
                id,
                envelope.periode,
                envelope.revisi,
                envelope.dasar,
                sha256,
                line,
                msgspec.json.encode(envelope.pegawai.kunci()).decode(),
                suntingan,
                dibuat,
                *state.values(),
            ),
        )
    connection.execute(
        "INSERT INTO draf VALUES (?, ?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO NOTHING",
        (id, envelope.periode, msgspec.json.encode(envelope.rencana), suntingan, dibuat),
    )


def _as_row(pegawai: PegawaiTerkirim) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.structs.asdict(pegawai)
    return row | {"id_server": row.pop("id")}


def _supersede(connection: sqlite3.Connection) -> None:
    """Of envelopes on one base only the newest was meant to be sent: the others were replaced before they left."""
    connection.execute(
        "UPDATE kiriman SET keadaan = 'superseded', catatan = 'Diganti revisi yang lebih baru sebelum dikirim.'"
        " WHERE keadaan = 'unknown' AND EXISTS (SELECT 1 FROM kiriman AS newer WHERE newer.pegawai_id = kiriman.pegawai_id"
        " AND newer.periode = kiriman.periode AND newer.dasar = kiriman.dasar AND newer.revisi > kiriman.revisi)"
    )
