"""What is said of a teacher, wherever it has to be spelled once more, is what `Pegawai` says."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from pmm_tui.roster.field_merge import FIELDS
from pmm_tui.server import tables
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.wire import EnvelopePegawai
from pmm_tui.store import schema
from pmm_tui.sync.roster_merge import ServerPegawai

LEFT_AT_HOME = {"jk", "tanggal_lahir", "tugas_tambahan"}


def test_a_teacher_is_what_is_said_of_them_between_two_ids() -> None:
    """Our own id, what is said, the server's id."""
    assert Pegawai.__struct_fields__ == ("id", *TEACHER_FIELDS, "id_server")


def test_the_store_has_a_column_for_each_field() -> None:
    """The table of the store has the fields of `Pegawai`, in their order."""
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.prepare(connection, 0, schema.STEPS)
        columns = tuple(row[1] for row in connection.execute("PRAGMA table_info(pegawai)"))
    assert columns == Pegawai.__struct_fields__


def test_the_reference_server_has_a_column_for_each_field() -> None:
    """Its table has what is said of a teacher, under the school and the server's own id."""
    assert tuple(column.name for column in tables.pegawai.columns) == ("sekolah_id", "id", *TEACHER_FIELDS)


def test_the_servers_roster_tells_each_field() -> None:
    """What a server tells of a teacher is its own id and every field."""
    assert ServerPegawai.__struct_fields__ == ("id", *TEACHER_FIELDS)


def test_an_envelope_names_its_teacher_in_fields_of_theirs() -> None:
    """An envelope has the server's id and the fields that the server has to have: birth date, sex and duties stay at home."""
    assert set(EnvelopePegawai.__struct_fields__) == {"id", *TEACHER_FIELDS} - LEFT_AT_HOME


def test_a_file_sets_every_field_but_the_career_level() -> None:
    """Dapodik has no column for the career level."""
    assert tuple(name for name in TEACHER_FIELDS if name != "jenjang_jabatan") == FIELDS
