"""Importing a roster file: preview, then taking it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.services.roster_import import preview, take
from pmm_tui.store import Store
from tests.services.conftest import IN_FORCE, NOW
from tests.tui.samples import ANI

HEAD = "Nama;NIP;NUPTK;JK;Status Kepegawaian;Jenis PTK\n"
ROWS = (
    "Zainal Baru;;1234567890123499;L;GTY/PTY;Guru Kelas\n"
    f"Ani Ganti;'{ANI.nip};;P;PNS;Guru Mapel\n"
    "Salah;'12;;P;PNS;Guru Mapel\n"
    "Yusuf Baru;;1234567890123498;L;GTY/PTY;Guru Kelas\n"
)


@pytest.mark.process
def test_nothing_is_written_before_it_is_taken(store: Store, tmp_path: Path) -> None:
    """A preview says what each row would do and writes nothing; taking it writes the new and the changed, in the file's order."""
    file = tmp_path / "guru.csv"
    file.write_text(HEAD + ROWS, "utf-8")
    before = store.roster.all()
    found = preview(store, file, IN_FORCE.katalog, NOW.date())
    assert (found.reading.file_name, [row.outcome for row in found.rows]) == ("guru.csv", ["baru", "diperbarui", "ditolak", "baru"])
    assert store.roster.all() == before
    assert take(store, reversed(found.rows)) == 3
    names = {p.id: p.nama for p in store.roster.all()}
    (ani,) = (p.id for p in before if p.nip == ANI.nip)
    assert names[ani] == "Ani Ganti"
    assert [names[number] for number in sorted(names)][-2:] == ["Zainal Baru", "Yusuf Baru"]
    again = preview(store, file, IN_FORCE.katalog, NOW.date())
    assert [row.outcome for row in again.rows] == ["sama", "sama", "ditolak", "sama"]
    assert take(store, again.rows) == 0
