"""Bad surroundings: what stands in the database's place, the environment, and the command line itself."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from tests.faults.input.cases import MATI, Kasus, Komputer, Siap
from tests.faults.input.config_cases import ALAMAT
from tests.roster.hostile_files import JAHAT

BASIS = "pmm/pmm-tui.db"
HTML = b"<!DOCTYPE html><html><body>Silakan login</body></html>" * 40


def semua() -> Iterator[Kasus]:
    """Every case."""
    for nama, ubah in _isi().items():
        yield Kasus(nama=f"basis/{nama}", siap=_basis(ubah), kode=(4,), sebut=("pmm-tui.db",), asli=BASIS)
    for nama, siap, kode in _tempat():
        yield Kasus(nama=f"basis/{nama}", siap=siap, kode=kode, sebut=("pmm-tui.db",), bukan_root="hanya-baca" in nama)
    for nama, siap, kode, sebut in (*_lingkungan(), *_perintah()):
        yield Kasus(nama=nama, siap=siap, kode=kode, sebut=sebut, bukan_root="hanya-baca" in nama)


def _basis(ubah: Callable[[bytearray], bytes]) -> Siap:
    """Something else in the database's place; nothing of the log is left."""

    def siap(k: Komputer) -> tuple[str, ...]:
        for rest in k.data.glob("pmm-tui.db-*"):
            rest.unlink()
        k.basis.write_bytes(ubah(bytearray(k.basis.read_bytes())))
        return ("daftar",)

    return siap


def _isi() -> dict[str, Callable[[bytearray], bytes]]:
    def acak(seed: int) -> Callable[[bytearray], bytes]:
        """The header whole, noise behind it."""
        return lambda isi: bytes(isi[:100]) + random.Random(seed).randbytes(len(isi) - 100)

    return {
        "html": lambda isi: HTML,
        "nol-panjang": lambda isi: b"",
        "teks": lambda isi: b"Nama;NIP\nBudi;1\n",
        "satu-byte": lambda isi: b"S",
        "kepala-saja": lambda isi: bytes(isi[:100]),
        "kepala-rusak": lambda isi: b"\0" * 16 + bytes(isi[16:]),
        "nol-semua": lambda isi: bytes(len(isi)),
        "acak": lambda isi: random.Random(7).randbytes(len(isi)),
        **{f"sampah-{seed}": acak(seed) for seed in range(4)},
        "zip": lambda isi: b"PK\x03\x04" + bytes(isi[4:]),
        "png": lambda isi: b"\x89PNG\r\n\x1a\n" + bytes(isi[8:]),
        "gzip": lambda isi: b"\x1f\x8b\x08" + bytes(isi[3:]),
        "halaman-aneh": lambda isi: bytes(isi[:16]) + b"\0\3" + bytes(isi[18:]),
        "versi-tulis-9": lambda isi: bytes(isi[:18]) + b"\x09\x09" + bytes(isi[20:]),
        "putus-1": lambda isi: bytes(isi[:4096]),
        "skema-nol": lambda isi: bytes(isi[:4096]).ljust(len(isi), b"\0"),
    }


def _tempat() -> Iterator[tuple[str, Siap, tuple[int, ...]]]:
    def sql(*statements: str) -> Siap:
        def siap(k: Komputer) -> tuple[str, ...]:
            with closing(sqlite3.connect(k.basis, isolation_level=None)) as basis:
                basis.execute("PRAGMA foreign_keys = OFF")
                for statement in statements:
                    basis.execute(statement)
            return ("daftar",)

        return siap

    def ganti(buat: Callable[[Path], object]) -> Siap:
        def siap(k: Komputer) -> tuple[str, ...]:
            for rest in k.data.glob("pmm-tui.db*"):
                rest.unlink()
            buat(k.basis)
            return ("daftar",)

        return siap

    yield "skema-baru", sql("PRAGMA user_version = 999"), (4,)
    yield "skema-0", sql("PRAGMA user_version = 0"), (4,)
    yield "skema-negatif", sql("PRAGMA user_version = -5"), (4,)
    yield "program-lain", sql("PRAGMA application_id = 1"), (4,)
    yield "tanpa-meta", sql("DROP TABLE meta"), (4,)
    yield "tanpa-pegawai", sql("PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema WHERE name = 'pegawai'"), (4,)
    yield "tanpa-memo", sql("DROP TABLE memo", "DROP TABLE rujukan", "DROP TABLE draf"), (4,)
    yield "map", ganti(Path.mkdir), (4,)
    yield "log-tanpa-basis", ganti(lambda path: path.with_name(path.name + "-wal").write_bytes(b"7" * 99)), (4,)
    if hasattr(os, "mkfifo"):
        yield "pipa", ganti(os.mkfifo), (4,)
        yield "perangkat", ganti(lambda path: path.symlink_to("/dev/zero")), (4,)
        yield "melingkar", ganti(lambda path: path.symlink_to(path)), (4,)
        yield "berkas-hanya-baca", lambda k: (k.basis.chmod(0o400), ("daftar",))[1], (4,)
        yield "folder-hanya-baca", lambda k: (k.data.chmod(0o500), ("daftar",))[1], (4,)
        yield "folder-baru-hanya-baca", lambda k: (ganti(lambda path: path.parent.chmod(0o500))(k), ("daftar",))[1], (4,)


def _lingkungan() -> Iterator[tuple[str, Siap, tuple[int, ...], tuple[str, ...]]]:
    def env(*perintah: str, **isi: str) -> Siap:
        def siap(k: Komputer) -> tuple[str, ...]:
            k.env |= {nama: nilai.replace("RUMAH", str(k.home)) for nama, nilai in isi.items()}
            return perintah or ("daftar",)

        return siap

    def data(buat: Callable[[Komputer], object], nilai: str) -> Siap:
        def siap(k: Komputer) -> tuple[str, ...]:
            buat(k)
            k.env["PMM_TUI_DATA"] = nilai.replace("RUMAH", str(k.home))
            return ("daftar",)

        return siap

    for nama, url in ALAMAT.items():
        yield f"lingkungan/server-{nama}", env(PMM_TUI_SERVER=url), (2,), ("PMM_TUI_SERVER",)
    for nama, isi in {"spasi": "a b", "panjang": "a" * 600, "esc": "a\x1b[31m", "unicode": "tökén", "baris": "a\nb"}.items():
        yield f"lingkungan/token-{nama}", env("tarik", PMM_TUI_SERVER=MATI, PMM_TUI_TOKEN=isi), (2,), ("PMM_TUI_TOKEN",)
    mentah = os.fsdecode(b"tok\xff\xfe")
    yield "lingkungan/token-biner", env("tarik", PMM_TUI_SERVER=MATI, PMM_TUI_TOKEN=mentah), (2,), ("PMM_TUI_TOKEN",)
    yield "lingkungan/konfigurasi-tidak-ada", env(PMM_TUI_CONFIG="RUMAH/tak-ada.toml"), (2,), ("tak-ada.toml", "PMM_TUI_CONFIG")
    yield "lingkungan/konfigurasi-map", env(PMM_TUI_CONFIG="RUMAH/kerja"), (2,), ("kerja",)
    yield "lingkungan/konfigurasi-esc", env(PMM_TUI_CONFIG="RUMAH/\x1b[31m\u202e.toml"), (2,), (".toml",)
    yield "lingkungan/konfigurasi-baris", env(PMM_TUI_CONFIG="RUMAH/a\nb.toml"), (2,), ("b.toml",)
    yield "lingkungan/konfigurasi-biner", env(PMM_TUI_CONFIG=os.fsdecode(b"RUMAH/\xff.toml")), (2,), (".toml",)
    yield "lingkungan/konfigurasi-panjang", env(PMM_TUI_CONFIG="/" + "a" * 5000), (2,), ("terlalu panjang",)
    yield "lingkungan/konfigurasi-tilde", env(PMM_TUI_CONFIG="~tidakada/x.toml"), (2,), ("x.toml",)
    yield "lingkungan/data-berkas", data(lambda k: k.tulis("data", ""), "RUMAH/kerja/data"), (4,), ("kerja/data",)
    yield "lingkungan/data-di-bawah-berkas", data(lambda k: k.tulis("data", ""), "RUMAH/kerja/data/pmm"), (4,), ("data/pmm",)
    yield "lingkungan/data-panjang", env(PMM_TUI_DATA="/tmp/" + "a" * 300), (4,), ("pmm-tui.db",)
    yield "lingkungan/data-sangat-panjang", env(PMM_TUI_DATA="/" + "a/" * 3000), (2,), ("terlalu panjang",)
    for perintah in ("cadangan", "pulihkan", "periksa"):
        yield f"lingkungan/panjang-{perintah}", env(perintah, PMM_TUI_DATA="/tmp/" + "a" * 300), (4,), ("aaaa",)
    yield "lingkungan/data-tilde", env(PMM_TUI_DATA="~tidakada/x"), (2, 4), ()
    yield "lingkungan/data-proc", env(PMM_TUI_DATA="/proc/pmm"), (4,), ("/proc/pmm",)
    yield "lingkungan/data-null", env(PMM_TUI_DATA="/dev/null"), (4,), ("/dev/null",)
    yield "lingkungan/data-hanya-baca", data(lambda k: k.kerja.chmod(0o500), "RUMAH/kerja/pmm"), (4,), ("kerja/pmm",)
    for nama, proxy in {"huruf": ":::", "port": "http://x:abc", "socks": "socks5://10.0.0.1:1", "kosong": "http://"}.items():
        salah = env("tarik", PMM_TUI_SERVER="https://pmm.invalid", PMM_TUI_TOKEN="abc", HTTPS_PROXY=proxy)
        yield f"lingkungan/proxy-{nama}", salah, (2, 5), ()
    yield "lingkungan/ca-tidak-ada", env("tarik", PMM_TUI_SERVER=MATI, PMM_TUI_TOKEN="abc", SSL_CERT_FILE="/tak/ada"), (5,), ()


def _perintah() -> Iterator[tuple[str, Siap, tuple[int, ...], tuple[str, ...]]]:
    def tulis(*argv: str) -> Siap:
        return lambda k: [part.replace("KERJA", str(k.kerja)).replace("BASIS", str(k.kerja / "s.db")) for part in argv]

    def dengan(isi: bytes, *argv: str) -> Siap:
        def siap(k: Komputer) -> list[str]:
            k.tulis("berkas", isi)
            return [part.replace("KERJA", str(k.kerja)).replace("BASIS", str(k.kerja / "s.db")) for part in argv]

        return siap

    server = ("server", "--port", "0", "--database", "BASIS")
    sekolah = ("server", "sekolah", "--npsn", "20512345", "--database", "BASIS")
    token = ("server", "token", "buat", "--database", "BASIS")
    for nama, argv, kode, sebut in (
        ("tak-dikenal", ("kirm",), (2,), ("kirim",)),
        ("jauh", ("zzzzzz",), (2,), ("zzzzzz",)),
        ("esc", ("\x1b[31mkirim",), (2,), ()),
        ("biner", (os.fsdecode(b"\xff\xfe"),), (2,), ()),
        ("pilihan", ("daftar", "--jsn"), (2,), ("--jsn",)),
        ("tanpa-berkas", ("impor",), (2,), ("BERKAS",)),
        ("dua-berkas", ("impor", "a", "b"), (2,), ("b",)),
        ("rencana-kosong", ("rencana",), (2,), ("PERINTAH",)),
        ("ekspor-tanpa-ke", ("rencana", "ekspor", "--semua"), (2,), ("--ke",)),
        ("ekspor-tanpa-siapa", ("rencana", "ekspor", "--ke", "KERJA"), (2,), ("ID",)),
        ("ekspor-keduanya", ("rencana", "ekspor", "1", "--semua", "--ke", "KERJA"), (2,), ("ID",)),
        ("ekspor-siapa", ("rencana", "ekspor", "999", "--ke", "KERJA"), (1,), ("999",)),
        ("ekspor-huruf", ("rencana", "ekspor", "\x1b]0;x\x07", "--ke", "KERJA"), (1,), ()),
        ("ekspor-null", ("rencana", "ekspor", "--semua", "--ke", "/dev/null"), (4,), ("/dev/null",)),
        ("ekspor-proc", ("rencana", "ekspor", "--semua", "--ke", "/proc/x"), (4,), ("/proc/x",)),
        ("ajukan-kosong", ("ajukan",), (2,), ("ID",)),
        ("ajukan-siapa", ("ajukan", "tidak-ada"), (1,), ("tidak-ada",)),
        ("periode", ("daftar", "--periode", "2099"), (2,), ("2099",)),
        ("periode-dekat", ("daftar", "--periode", "2062"), (2,), ("2026",)),
        ("periode-esc", ("daftar", "--periode", "\x1b[31m"), (2,), ()),
        ("config-tanpa", ("daftar", "--config"), (2,), ("--config",)),
        ("config-map", ("daftar", "--config", "KERJA"), (2,), ("KERJA",)),
        ("pelengkap", ("pelengkap", "qqq"), (2,), ("bash",)),
        ("port-huruf", ("server", "--port", "abc"), (2,), ("--port", "abc")),
        ("port-besar", ("server", "--port", "99999", "--database", "BASIS"), (2,), ("99999",)),
        ("port-negatif", ("server", "--port", "-1", "--database", "BASIS"), (2,), ("-1",)),
        ("alamat", (*server, "--alamat", "tidak ada"), (2,), ("tidak ada",)),
        ("alamat-lain", (*server, "--alamat", "203.0.113.7"), (2,), ("203.0.113.7",)),
        ("alamat-esc", (*server, "--alamat", "\x1b[31m"), (2,), ()),
        ("database-url", ("server", "--port", "0", "--database", "entah://x"), (4,), ("entah",)),
        ("database-memori", ("server", "--port", "0", "--database", "sqlite://"), (4,), ("memori",)),
        ("database-map", ("server", "--port", "0", "--database", "KERJA"), (4,), ()),
        ("database-terhalang", (*token[:3], "--npsn", "20512345", "--peran", "operator", "--database", "/dev/null/x"), (4,), ()),
        ("token-npsn", (*token, "--npsn", "12", "--peran", "operator"), (1,), ("NPSN",)),
        ("token-peran", (*token, "--npsn", "20512345", "--peran", "guru"), (2,), ("guru", "operator")),
        ("token-hari", (*token, "--npsn", "20512345", "--peran", "operator", "--berlaku", "-3"), (1,), ("1 hari",)),
        ("token-hari-besar", (*token, "--npsn", "20512345", "--peran", "operator", "--berlaku", "9" * 30), (1,), ("hari",)),
        ("token-cabut", ("server", "token", "cabut", "tidak-ada", "--database", "BASIS"), (1,), ()),
        ("profil-tidak-ada", (*sekolah, "--profil", "KERJA/tak.toml"), (1,), ("tak.toml",)),
        ("profil-map", (*sekolah, "--profil", "KERJA"), (1,), ("kerja",)),
        ("profil-perangkat", (*sekolah, "--profil", "/dev/zero"), (1,), ("/dev/zero",)),
        ("tls-sebelah", (*server, "--tls-sertifikat", "KERJA/a.pem"), (2,), ("--tls-kunci",)),
        ("tls-tidak-ada", (*server, "--tls-sertifikat", "KERJA/a.pem", "--tls-kunci", "KERJA/b.pem"), (2,), ("a.pem",)),
    ):  # fmt: skip
        yield f"perintah/{nama}", tulis(*argv), kode, tuple("kerja" if s == "KERJA" else s for s in sebut)
    for nama, isi, sebut in (
        ("html", HTML, "baris 1"),
        ("biner", bytes(range(128, 256)), "UTF-8"),
        ("kunci", b'nma = "SMP"\n', "nama"),
        ("jenis", b"[kepala_sekolah]\nplt = 7\n", "plt"),
        ("rapor", b'[rapor."2026"]\ncapaian = 7\n', "capaian"),
        ("dalam", b"a = " + b"[" * 9000, "dalam"),
        ("besar", b"#" * 300_000, "kB"),
    ):
        yield f"perintah/profil-{nama}", dengan(isi, *sekolah, "--profil", "KERJA/berkas"), (1,), ("berkas", sebut)
    for nama in ("html.xls", "sandi.xlsx", "entitas.xlsx", "kosong.xlsx", "pipa.xlsx"):
        buat = JAHAT[nama]
        yield (
            f"perintah/server-guru-{nama}",
            lambda k, nama=nama, buat=buat: (
                buat(k.kerja / nama),
                [*(part.replace("BASIS", str(k.kerja / "s.db")) for part in sekolah), "--guru", str(k.kerja / nama)],
            )[1],
            (1,),
            (nama,),
        )
    for nama, argv in (("sertifikat", ("--tls-sertifikat", "KERJA/berkas", "--tls-kunci", "KERJA/berkas")),):
        yield f"perintah/tls-{nama}-rusak", dengan(HTML, *server, *argv), (2,), ("PEM",)
    for nama, isi in {"html": HTML, "kosong": b"", "teks": b"Nama;NIP\n", "acak": random.Random(9).randbytes(9000)}.items():
        yield f"perintah/pulihkan-{nama}", dengan(isi, "pulihkan", "KERJA/berkas"), (1, 4), ("berkas",)
    yield "perintah/pulihkan-tidak-ada", tulis("pulihkan", "KERJA/tak-ada.db"), (1,), ("tak-ada.db",)
    yield "perintah/pulihkan-map", tulis("pulihkan", "KERJA"), (1,), ("kerja",)
    yield "perintah/cadangan-ada", dengan(b"x", "cadangan", "KERJA/berkas/x.db"), (4,), ("berkas",)
    yield "perintah/pulihkan-panjang", tulis("pulihkan", "/" + "a" * 400), (1,), ("aaaa",)
    yield "perintah/cadangan-null", tulis("cadangan", "/dev/null/x.db"), (4,), ("x.db",)
