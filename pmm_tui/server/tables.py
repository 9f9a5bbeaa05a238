"""The tables of the reference server, and their versions.

Invariant: every row belongs to one school, and the keys carry the school, so that no row can point into another school.
Times are UTC text such as `2026-01-08T02:11:05Z`, as they travel.
"""

from __future__ import annotations

import secrets

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
    text,
    update,
)

from pmm_tui.errors import NewerSchemaError

SCHEMA_VERSION = 3
MARK = 8
"""Letters of a change's mark."""

metadata = MetaData()

skema = Table("skema", metadata, Column("versi", Integer, nullable=False))

# `urut` counts the changes of the school's plans: taken under the lock on this row, so that numbers come in the order of commits.
sekolah = Table(
    "sekolah",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("npsn", String(8), nullable=False, unique=True),
    Column("nama", Text, nullable=False, default=""),
    Column("jenjang", Text, nullable=False, default=""),
    Column("kepala_nama", Text, nullable=False, default=""),
    Column("kepala_nip", Text, nullable=False, default=""),
    Column("kepala_pangkat", Text, nullable=False, default=""),
    Column("plt", Boolean, nullable=False, default=False),
    Column("urut", Integer, nullable=False, default=0),
)

# `sidik` is the SHA-256 of the token in hex; `awal` its first characters, which the index finds it by; `nama` what people call it.
token = Table(
    "token",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("sekolah_id", ForeignKey("sekolah.id"), nullable=False),
    Column("peran", String(20), nullable=False),
    Column("awal", String(8), nullable=False, index=True),
    Column("sidik", String(64), nullable=False, unique=True),
    Column("dibuat", String(20), nullable=False),
    Column("habis", String(20)),
    Column("dicabut", String(20)),
    Column("nama", Text, nullable=False, default="", server_default=""),
)

pegawai = Table(
    "pegawai",
    metadata,
    Column("sekolah_id", ForeignKey("sekolah.id"), nullable=False),
    Column("id", String(16), nullable=False, unique=True),
    Column("nama", Text, nullable=False),
    Column("nip", Text, nullable=False, default=""),
    Column("nuptk", Text, nullable=False, default=""),
    Column("jk", String(1), nullable=False, default=""),
    Column("tanggal_lahir", Text, nullable=False, default=""),
    Column("status_kepegawaian", Text, nullable=False, default=""),
    Column("jenis_ptk", Text, nullable=False, default=""),
    Column("tugas_tambahan", Text, nullable=False, default=""),
    Column("golongan", Text, nullable=False, default=""),
    Column("jenjang_jabatan", Text, nullable=False, default=""),
    PrimaryKeyConstraint("sekolah_id", "id"),
)

# Every number that ever named a teacher of the school: a corrected NIP leads to the same teacher as the one before.
identifiers = Table(
    "pengenal",
    metadata,
    Column("sekolah_id", String(16), nullable=False),
    Column("jenis", String(5), nullable=False),
    Column("nilai", String(40), nullable=False),
    Column("pegawai_id", String(16), nullable=False),
    PrimaryKeyConstraint("sekolah_id", "jenis", "nilai"),
    ForeignKeyConstraint(["sekolah_id", "pegawai_id"], ["pegawai.sekolah_id", "pegawai.id"]),
)

rapor = Table(
    "rapor",
    metadata,
    Column("sekolah_id", ForeignKey("sekolah.id"), nullable=False),
    Column("periode", String(80), nullable=False),
    Column("isi", LargeBinary, nullable=False),
    PrimaryKeyConstraint("sekolah_id", "periode"),
)

# Every envelope that was ever stored, with the exact bytes that came; `oleh` says whose token brought it, empty where nobody knows.
# `keputusan` is the id of the decision that stands on it, empty for none; `ekspektasi` what it expects, as JSON.
envelope = Table(
    "amplop",
    metadata,
    Column("sekolah_id", String(16), nullable=False),
    Column("pegawai_id", String(16), nullable=False),
    Column("periode", String(80), nullable=False),
    Column("revisi", Integer, nullable=False),
    Column("dasar", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("isi", LargeBinary, nullable=False),
    Column("tanda_terima", String(16), nullable=False, unique=True),
    Column("waktu", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("catatan", Text, nullable=False, default=""),
    Column("waktu_status", String(20), nullable=False),
    Column("oleh", Text, nullable=False, default="", server_default=""),
    Column("keputusan", Text, nullable=False, default="", server_default=""),
    Column("ekspektasi", Text, nullable=False, default="", server_default=""),
    PrimaryKeyConstraint("sekolah_id", "pegawai_id", "periode", "revisi"),
    ForeignKeyConstraint(["sekolah_id", "pegawai_id"], ["pegawai.sekolah_id", "pegawai.id"]),
)

# Every decision that was ever taken, with the exact bytes that came; `sidik` is their SHA-256. None is ever changed or deleted.
decision = Table(
    "keputusan",
    metadata,
    Column("sekolah_id", String(16), nullable=False),
    Column("id", String(40), nullable=False),
    Column("pegawai_id", String(16), nullable=False),
    Column("periode", String(80), nullable=False),
    Column("revisi", Integer, nullable=False),
    Column("keputusan", String(20), nullable=False),
    Column("catatan", Text, nullable=False),
    Column("ekspektasi", Text, nullable=False),
    Column("sidik", String(64), nullable=False),
    Column("isi", LargeBinary, nullable=False),
    Column("tanda_terima", String(16), nullable=False, unique=True),
    Column("waktu", String(20), nullable=False),
    Column("oleh", Text, nullable=False),
    Column("urut", Integer, nullable=False),
    PrimaryKeyConstraint("sekolah_id", "id"),
    ForeignKeyConstraint(
        ["sekolah_id", "pegawai_id", "periode", "revisi"],
        ["amplop.sekolah_id", "amplop.pegawai_id", "amplop.periode", "amplop.revisi"],
    ),
)

# Which envelope of a plan stands, and when in the school's row of changes it last changed.
rencana = Table(
    "rencana",
    metadata,
    Column("sekolah_id", String(16), nullable=False),
    Column("pegawai_id", String(16), nullable=False),
    Column("periode", String(80), nullable=False),
    Column("revisi", Integer, nullable=False),
    Column("urut", Integer, nullable=False),
    PrimaryKeyConstraint("sekolah_id", "pegawai_id", "periode"),
    ForeignKeyConstraint(
        ["sekolah_id", "pegawai_id", "periode", "revisi"],
        ["amplop.sekolah_id", "amplop.pegawai_id", "amplop.periode", "amplop.revisi"],
    ),
    UniqueConstraint("sekolah_id", "urut"),
)

# What chance gave each change of a school: two servers that were one have the same marks up to where they parted.
change_marks = Table(
    "perubahan",
    metadata,
    Column("sekolah_id", ForeignKey("sekolah.id"), nullable=False),
    Column("urut", Integer, nullable=False),
    Column("tanda", String(MARK), nullable=False),
    PrimaryKeyConstraint("sekolah_id", "urut"),
)

Index("pegawai_nama", pegawai.c.sekolah_id, pegawai.c.nama)
Index("keputusan_rencana", decision.c.sekolah_id, decision.c.pegawai_id, decision.c.periode)


def prepare(conn: Connection) -> None:
    """Make the tables that are missing, and bring old ones up to date; raises NewerSchemaError when a newer program made them.

    `conn` is in a transaction that can write.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(20512345)"))  # two servers that start at once
    metadata.create_all(conn)
    version = conn.execute(select(skema.c.versi)).scalar()
    if version is None:
        conn.execute(skema.insert().values(versi=SCHEMA_VERSION))
    elif version > SCHEMA_VERSION:
        raise NewerSchemaError(
            f"Basis data server dibuat oleh pmm-tui yang lebih baru (versi {version}, yang dikenal {SCHEMA_VERSION}); "
            "perbarui pmm-tui."
        )
    else:
        for step in _STEPS[version - 1 :]:
            step(conn)
        conn.execute(update(skema).values(versi=SCHEMA_VERSION))


def _from_version_1(conn: Connection) -> None:
    """Version 1 knew neither who sent a plan nor marks. What it changed last gets marks now; its cursors are refused once."""
    for table, column in (("token", "nama"), ("amplop", "oleh")):
        conn.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"))
    known = conn.execute(select(rencana.c.sekolah_id, rencana.c.urut)).all()
    if known:
        marks = [{"sekolah_id": one.sekolah_id, "urut": one.urut, "tanda": secrets.token_hex(MARK // 2)} for one in known]
        conn.execute(change_marks.insert(), marks)


def _from_version_2(conn: Connection) -> None:
    """Version 2 kept of a decision only how the plan stands by it: such a plan has a status, a note and no decision."""
    for column in ("keputusan", "ekspektasi"):
        conn.execute(text(f"ALTER TABLE amplop ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"))


_STEPS = (_from_version_1, _from_version_2)
"""What brings a database from one version to the next."""
