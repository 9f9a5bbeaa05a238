"""The step of the schema that makes the head's desk: decisions on their way, what stands on the server, what was read."""

from __future__ import annotations

DESK = (
    """
    CREATE TABLE keputusan (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
        periode TEXT NOT NULL,
        revisi INTEGER NOT NULL CHECK (revisi >= 1),
        sha256_rencana TEXT NOT NULL CHECK (length(sha256_rencana) = 64),
        nomor TEXT NOT NULL UNIQUE,
        dasar TEXT NOT NULL,
        keputusan TEXT NOT NULL CHECK (keputusan IN ('setujui', 'kembalikan', 'buka')),
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        line BLOB NOT NULL,
        kunci TEXT NOT NULL,
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
        CHECK (keadaan <> 'queued' OR mungkin_tiba = 0)
    ) STRICT
    """,
    "CREATE INDEX keputusan_menunggu ON keputusan (id) WHERE keadaan IN ('queued', 'sending', 'unknown')",
    "CREATE INDEX keputusan_rencana ON keputusan (periode, pegawai_id, id)",
    """
    CREATE TRIGGER keputusan_beku BEFORE UPDATE OF
        id, pegawai_id, periode, revisi, sha256_rencana, nomor, dasar, keputusan, sha256, line, kunci, dibuat ON keputusan
    BEGIN SELECT RAISE(ABORT, 'a sealed decision never changes'); END
    """,
    """
    CREATE TRIGGER keputusan_selesai BEFORE UPDATE OF keadaan ON keputusan
    WHEN OLD.keadaan IN ('sent', 'rejected', 'conflict', 'superseded') AND NEW.keadaan <> OLD.keadaan
        AND NOT (OLD.keadaan = 'sent' AND NEW.keadaan = 'unknown')
        AND NOT (OLD.keadaan IN ('rejected', 'conflict') AND NEW.keadaan = 'superseded')
    BEGIN SELECT RAISE(ABORT, 'a settled decision stays settled'); END
    """,
    # How the revision that the server holds stands, by the newest that was told: one row for a plan.
    """
    CREATE TABLE putusan (
        pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
        periode TEXT NOT NULL,
        revisi INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        status TEXT NOT NULL,
        catatan TEXT NOT NULL,
        waktu TEXT NOT NULL,
        nomor TEXT NOT NULL,
        ekspektasi TEXT NOT NULL,
        PRIMARY KEY (pegawai_id, periode)
    ) STRICT
    """,
    """
    INSERT INTO putusan SELECT d.pegawai_id, d.periode, d.revisi, d.sha256, k.status_server,
        iif(k.catatan = 'Diajukan dari komputer lain.', '', k.catatan), '', '', '{}'
    FROM dipegang AS d JOIN kiriman AS k USING (pegawai_id, periode, revisi, sha256)
    WHERE k.status_server IN ('disetujui', 'dikembalikan')
    """,
    # What a head has read to its end, with its content: what changed since can be shown.
    """
    CREATE TABLE dibaca (
        pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
        periode TEXT NOT NULL,
        revisi INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        line BLOB NOT NULL,
        pada TEXT NOT NULL,
        PRIMARY KEY (pegawai_id, periode, revisi, sha256)
    ) STRICT
    """,
)
