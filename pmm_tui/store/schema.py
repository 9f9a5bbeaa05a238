"""The tables, as append-only steps: a step that was released is never edited, a later one changes what it made."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from pmm_tui.store.schema_desk import DESK
from pmm_tui.store.schema_operator import OPERATOR
from pmm_tui.store.schema_systems import SYSTEMS

APPLICATION_ID = 0x504D4D31
"""`PMM1` in the file's header: tells our database from any other."""

Steps = Sequence[Sequence[str]]

STEPS: Steps = (
    (
        """
        CREATE TABLE meta (
            satu INTEGER PRIMARY KEY CHECK (satu = 1),
            rapi INTEGER NOT NULL CHECK (rapi IN (0, 1))
        ) STRICT
        """,
        "INSERT INTO meta VALUES (1, 1)",
        """
        CREATE TABLE pegawai (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            nama TEXT NOT NULL,
            nip TEXT NOT NULL,
            nuptk TEXT NOT NULL,
            jk TEXT NOT NULL CHECK (jk IN ('', 'L', 'P')),
            tanggal_lahir TEXT NOT NULL,
            status_kepegawaian TEXT NOT NULL,
            jenis_ptk TEXT NOT NULL,
            tugas_tambahan TEXT NOT NULL,
            golongan TEXT NOT NULL,
            jenjang_jabatan TEXT NOT NULL,
            id_server TEXT NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX pegawai_nip ON pegawai (nip) WHERE nip <> ''",
        "CREATE UNIQUE INDEX pegawai_nuptk ON pegawai (nuptk) WHERE nuptk <> ''",
        "CREATE UNIQUE INDEX pegawai_id_server ON pegawai (id_server) WHERE id_server <> ''",
        """
        CREATE TABLE draf (
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            periode TEXT NOT NULL,
            rencana BLOB NOT NULL,
            suntingan INTEGER NOT NULL CHECK (suntingan >= 0),
            disimpan TEXT NOT NULL,
            PRIMARY KEY (pegawai_id, periode)
        ) STRICT
        """,
        """
        CREATE TABLE kiriman (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            periode TEXT NOT NULL,
            revisi INTEGER NOT NULL CHECK (revisi >= 1),
            dasar INTEGER NOT NULL CHECK (dasar >= 0 AND dasar < revisi),
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            line BLOB NOT NULL,
            kunci TEXT NOT NULL,
            suntingan INTEGER NOT NULL,
            dibuat TEXT NOT NULL,
            keadaan TEXT NOT NULL CHECK
                (keadaan IN ('queued', 'sending', 'unknown', 'sent', 'rejected', 'conflict', 'superseded')),
            mungkin_tiba INTEGER NOT NULL DEFAULT 0 CHECK (mungkin_tiba IN (0, 1)),
            percobaan INTEGER NOT NULL DEFAULT 0,
            tanda_terima TEXT NOT NULL DEFAULT '',
            waktu_server TEXT NOT NULL DEFAULT '',
            status_server TEXT NOT NULL DEFAULT '',
            masalah TEXT NOT NULL DEFAULT '[]',
            dipegang TEXT NOT NULL DEFAULT 'null',
            catatan TEXT NOT NULL DEFAULT '',
            UNIQUE (pegawai_id, periode, revisi),
            CHECK (keadaan <> 'queued' OR mungkin_tiba = 0)
        ) STRICT
        """,
        "CREATE INDEX kiriman_menunggu ON kiriman (id) WHERE keadaan IN ('queued', 'sending', 'unknown')",
        """
        CREATE TRIGGER kiriman_beku BEFORE UPDATE OF
            id, pegawai_id, periode, revisi, dasar, sha256, line, kunci, suntingan, dibuat ON kiriman
        BEGIN SELECT RAISE(ABORT, 'a sealed envelope never changes'); END
        """,
        """
        CREATE TRIGGER kiriman_sent BEFORE UPDATE OF keadaan ON kiriman
        WHEN OLD.keadaan IN ('sent', 'rejected', 'conflict', 'superseded') AND NEW.keadaan <> OLD.keadaan
        BEGIN SELECT RAISE(ABORT, 'a settled envelope stays settled'); END
        """,
        """
        CREATE TABLE dipegang (
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            periode TEXT NOT NULL,
            revisi INTEGER NOT NULL CHECK (revisi >= 0),
            sha256 TEXT NOT NULL,
            PRIMARY KEY (pegawai_id, periode)
        ) STRICT
        """,
        """
        CREATE TABLE rujukan (
            nama TEXT PRIMARY KEY,
            etag TEXT NOT NULL,
            body BLOB NOT NULL,
            diambil TEXT NOT NULL
        ) STRICT
        """,
        "CREATE TABLE memo (kunci TEXT PRIMARY KEY, nilai TEXT NOT NULL) STRICT",
    ),
    # The list and the outbox are read without the envelopes, which make the rows long.
    ("CREATE INDEX kiriman_daftar ON kiriman (periode, keadaan, pegawai_id, revisi)",),
    # What another computer sent stands beside what was sealed here, and `sent` is true of the server that is asked: a plan may
    # have two envelopes of one revision, and `sent` can become `unknown` again.
    (
        """
        CREATE TABLE kiriman_baru (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            periode TEXT NOT NULL,
            revisi INTEGER NOT NULL CHECK (revisi >= 1),
            dasar INTEGER NOT NULL CHECK (dasar >= 0 AND dasar < revisi),
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            line BLOB NOT NULL,
            kunci TEXT NOT NULL,
            suntingan INTEGER NOT NULL,
            dibuat TEXT NOT NULL,
            keadaan TEXT NOT NULL CHECK
                (keadaan IN ('queued', 'sending', 'unknown', 'sent', 'rejected', 'conflict', 'superseded')),
            mungkin_tiba INTEGER NOT NULL DEFAULT 0 CHECK (mungkin_tiba IN (0, 1)),
            percobaan INTEGER NOT NULL DEFAULT 0,
            tanda_terima TEXT NOT NULL DEFAULT '',
            waktu_server TEXT NOT NULL DEFAULT '',
            status_server TEXT NOT NULL DEFAULT '',
            masalah TEXT NOT NULL DEFAULT '[]',
            dipegang TEXT NOT NULL DEFAULT 'null',
            catatan TEXT NOT NULL DEFAULT '',
            asal TEXT NOT NULL DEFAULT '' CHECK (asal IN ('', 'lain')),
            oleh TEXT NOT NULL DEFAULT '',
            ditahan INTEGER NOT NULL DEFAULT 0 CHECK (ditahan IN (0, 1)),
            dilihat INTEGER NOT NULL DEFAULT 1 CHECK (dilihat IN (0, 1)),
            UNIQUE (pegawai_id, periode, revisi, sha256),
            CHECK (keadaan <> 'queued' OR mungkin_tiba = 0)
        ) STRICT
        """,
        """
        INSERT INTO kiriman_baru SELECT id, pegawai_id, periode, revisi, dasar, sha256, line, kunci, suntingan, dibuat, keadaan,
            mungkin_tiba, percobaan, tanda_terima, waktu_server, status_server, masalah, dipegang, catatan,
            iif(catatan = 'Diajukan dari komputer lain.', 'lain', ''), '', 0, 1 FROM kiriman
        """,
        "DROP TABLE kiriman",
        "ALTER TABLE kiriman_baru RENAME TO kiriman",
        "CREATE INDEX kiriman_menunggu ON kiriman (id) WHERE keadaan IN ('queued', 'sending', 'unknown')",
        "CREATE INDEX kiriman_daftar ON kiriman (periode, keadaan, pegawai_id, revisi)",
        """
        CREATE TRIGGER kiriman_beku BEFORE UPDATE OF
            id, pegawai_id, periode, revisi, dasar, sha256, line, kunci, suntingan, dibuat, asal ON kiriman
        BEGIN SELECT RAISE(ABORT, 'a sealed envelope never changes'); END
        """,
        """
        CREATE TRIGGER kiriman_sent BEFORE UPDATE OF keadaan ON kiriman
        WHEN OLD.keadaan IN ('sent', 'rejected', 'conflict', 'superseded') AND NEW.keadaan <> OLD.keadaan
            AND NOT (OLD.keadaan IN ('sent', 'conflict') AND NEW.keadaan = 'unknown')
            AND NOT (OLD.keadaan IN ('rejected', 'conflict') AND NEW.keadaan = 'superseded')
        BEGIN SELECT RAISE(ABORT, 'a settled envelope stays settled'); END
        """,
        # The newest plan that the server told of and that was not sealed here, until it is taken or replaced; `line` is empty
        # where it could not be read. `dilihat`: its content was shown here and the operator decided.
        """
        CREATE TABLE milik_server (
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            periode TEXT NOT NULL,
            revisi INTEGER NOT NULL CHECK (revisi >= 1),
            sha256 TEXT NOT NULL,
            line BLOB NOT NULL,
            tanda_terima TEXT NOT NULL,
            waktu TEXT NOT NULL,
            status TEXT NOT NULL,
            catatan TEXT NOT NULL,
            oleh TEXT NOT NULL,
            dilihat INTEGER NOT NULL DEFAULT 0 CHECK (dilihat IN (0, 1)),
            PRIMARY KEY (pegawai_id, periode)
        ) STRICT
        """,
        # The draft that gave way to the server's plan, so that taking it can be undone.
        """
        CREATE TABLE draf_lama (
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            periode TEXT NOT NULL,
            rencana BLOB NOT NULL,
            disimpan TEXT NOT NULL,
            PRIMARY KEY (pegawai_id, periode)
        ) STRICT
        """,
    ),
    # Words of this school alone: who needs no plan in a period (an empty `alasan`: that was taken back), and which values of a
    # teacher were typed by hand. Both have their time, so that the later word counts where two copies are put together.
    (
        """
        CREATE TABLE tidak_perlu (
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            periode TEXT NOT NULL,
            alasan TEXT NOT NULL,
            ditandai TEXT NOT NULL,
            PRIMARY KEY (pegawai_id, periode)
        ) STRICT
        """,
        """
        CREATE TABLE diketik (
            pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
            isian TEXT NOT NULL,
            nilai TEXT NOT NULL,
            ditandai TEXT NOT NULL,
            PRIMARY KEY (pegawai_id, isian)
        ) STRICT
        """,
    ),
    DESK,
    SYSTEMS,
    OPERATOR,
)


def prepare(connection: sqlite3.Connection, start: int, steps: Steps) -> None:
    """Apply the steps after version `start` and set the version, all in the transaction that is open."""
    for step in steps[start:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(steps)}")


def statements(connection: sqlite3.Connection) -> frozenset[str]:
    """What the tables, indexes and triggers of a database were made with."""
    return frozenset(text for (text,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))


def expected(steps: Steps) -> frozenset[str]:
    """What they have to be after all steps."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        prepare(connection, 0, steps)
        return statements(connection)
    finally:
        connection.close()
