"""The tables for what one operator does for a whole school: steps over many plans, templates, and what was ticked off."""

from __future__ import annotations

OPERATOR = (
    # A step changed the drafts of several teachers at once, and is taken back at once: `sebelum` is empty where there was no draft,
    # `sesudah` the edit that the step made. `diurungkan` is empty until it was taken back.
    """
    CREATE TABLE langkah (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        jenis TEXT NOT NULL CHECK (jenis IN ('salin', 'templat', 'bawa', 'konfirmasi')),
        keterangan TEXT NOT NULL,
        periode TEXT NOT NULL,
        dibuat TEXT NOT NULL,
        diurungkan TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE langkah_guru (
        langkah_id INTEGER NOT NULL REFERENCES langkah (id) ON DELETE CASCADE,
        pegawai_id INTEGER NOT NULL REFERENCES pegawai (id),
        sebelum BLOB NOT NULL,
        sesudah INTEGER NOT NULL,
        PRIMARY KEY (langkah_id, pegawai_id)
    ) STRICT
    """,
    # A plan without a teacher; `kunci` is the name without its case. `sasaran` is whom the catalogue's items are for (empty:
    # teachers); an empty `rencana` was removed.
    """
    CREATE TABLE templat (
        kunci TEXT PRIMARY KEY,
        nama TEXT NOT NULL,
        periode TEXT NOT NULL,
        sasaran TEXT NOT NULL,
        rencana BLOB NOT NULL,
        ditandai TEXT NOT NULL
    ) STRICT
    """,
    # What of the list of things to mend was ticked off: `tanda` tells what was wrong, so that another fault of the kind is open.
    # Without a teacher it is about the whole school. A tick that was taken back stays as a 0 with its time.
    """
    CREATE TABLE centang (
        pegawai_id INTEGER REFERENCES pegawai (id),
        kode TEXT NOT NULL,
        tanda TEXT NOT NULL,
        dicentang INTEGER NOT NULL CHECK (dicentang IN (0, 1)),
        ditandai TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX centang_tentang ON centang (ifnull(pegawai_id, 0), kode)",
)
