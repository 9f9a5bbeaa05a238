"""Teachers, plans and a store to try things on."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pmm_tui.skp.model import DataDiri, Pegawai, RencanaKinerja
from pmm_tui.store import OutboxEntry, Store

PERIODE = "2026"
MORNING = datetime(2026, 1, 8, 2, 11, 5, tzinfo=UTC)


def later(seconds: float) -> datetime:
    """The morning and some seconds."""
    return MORNING + timedelta(seconds=seconds)


def numbered_teacher(number: int) -> Pegawai:
    """The teacher of that number, not stored yet."""
    return Pegawai(nama=f"Guru {number:02}", nip=f"19850714201001{number:04}")


def newest_entries(store: Store, periode: str = PERIODE) -> dict[int, OutboxEntry]:
    """The newest envelope of each plan by the teacher's id, those aside that were superseded."""
    return {k.pegawai_id: k for k in reversed(store.outbox.all(periode)) if k.keadaan != "superseded"}


def held(store: Store, pegawai_id: int, periode: str) -> tuple[int, str]:
    """Revision and digest of the plan that the server is known to hold; 0 and empty for none."""
    return store.held.held(pegawai_id, periode)


def rencana(content: int | str) -> RencanaKinerja:
    """A plan that says `content`."""
    return RencanaKinerja(data_diri=DataDiri(golongan=str(content), sesuai=True))


def with_teachers(store: Store, count: int) -> tuple[Pegawai, ...]:
    """Put that many teachers into a store."""
    store.roster.write(numbered_teacher(number) for number in range(1, count + 1))
    return store.roster.all()


def seal(store: Store, pegawai: Pegawai, content: int | str = 1, edit: int = 1) -> OutboxEntry:
    """Seal a plan that says `content`."""
    return store.outbox.seal(pegawai, PERIODE, rencana(content), edit, MORNING)


def python(code: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start another Python that runs `code` with this package at hand."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
