"""The tables for what the other systems of a school tell: its own Rapor Pendidikan, and the belajar.id account of each teacher."""

from __future__ import annotations

SYSTEMS = (
    # The school's own results, from its download (`berkas`) or typed (`tangan`); `butir` is `komponen/ID` or `indikator/ID`. What
    # is typed counts before the download, and both before what the server lends. An empty `capaian` was taken back.
    """
    CREATE TABLE rapor_sekolah (
        periode TEXT NOT NULL,
        butir TEXT NOT NULL,
        capaian TEXT NOT NULL,
        skor TEXT NOT NULL,
        asal TEXT NOT NULL CHECK (asal IN ('berkas', 'tangan')),
        berkas TEXT NOT NULL,
        ditandai TEXT NOT NULL,
        PRIMARY KEY (periode, butir, asal)
    ) STRICT
    """,
    # `dicek` is the day on which the state was looked at; empty: never. No password is ever kept.
    """
    CREATE TABLE belajar_id (
        pegawai_id INTEGER PRIMARY KEY REFERENCES pegawai (id),
        alamat TEXT NOT NULL,
        keadaan TEXT NOT NULL CHECK (keadaan IN
            ('belum-dicek', 'tidak-ada', 'belum-aktif', 'aktif', 'lupa-sandi', 'bukan-induk')),
        dicek TEXT NOT NULL,
        asal TEXT NOT NULL CHECK (asal IN ('berkas', 'tangan')),
        ditandai TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX belajar_id_alamat ON belajar_id (alamat) WHERE alamat <> ''",
)
