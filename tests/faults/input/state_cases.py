"""Bad surroundings: what stands in the database's place, the environment, and the command line itself."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from tests.faults.input.cases import DEAD, Case, Computer, Ready
from tests.faults.input.config_cases import ADDRESSES
from tests.roster.hostile_files import HOSTILE

DATABASE = "pmm/pmm-tui.db"
HTML = b"<!DOCTYPE html><html><body>Silakan login</body></html>" * 40


def every() -> Iterator[Case]:
    """Every case."""
    for name, edit in _contents().items():
        yield Case(name=f"basis/{name}", ready=_in_its_place(edit), codes=(4,), named=("pmm-tui.db",), original=DATABASE)
    for name, ready, code in _places():
        yield Case(name=f"basis/{name}", ready=ready, codes=code, named=("pmm-tui.db",), not_root="hanya-baca" in name)
    for name, ready, code, named in (*_environment(), *_commands()):
        yield Case(name=name, ready=ready, codes=code, named=named, not_root="hanya-baca" in name)


def _in_its_place(edit: Callable[[bytearray], bytes]) -> Ready:
    """Something else in the database's place; nothing of the log is left."""

    def ready(k: Computer) -> tuple[str, ...]:
        for rest in k.data.glob("pmm-tui.db-*"):
            rest.unlink()
        k.database.write_bytes(edit(bytearray(k.database.read_bytes())))
        return ("daftar",)

    return ready


def _contents() -> dict[str, Callable[[bytearray], bytes]]:
    def noise(seed: int) -> Callable[[bytearray], bytes]:
        """The header whole, noise behind it."""
        return lambda content: bytes(content[:100]) + random.Random(seed).randbytes(len(content) - 100)

    return {
        "html": lambda content: HTML,
        "nol-panjang": lambda content: b"",
        "teks": lambda content: b"Nama;NIP\nBudi;1\n",
        "satu-byte": lambda content: b"S",
        "kepala-saja": lambda content: bytes(content[:100]),
        "kepala-rusak": lambda content: b"\0" * 16 + bytes(content[16:]),
        "nol-semua": lambda content: bytes(len(content)),
        "acak": lambda content: random.Random(7).randbytes(len(content)),
        **{f"sampah-{seed}": noise(seed) for seed in range(4)},
        "zip": lambda content: b"PK\x03\x04" + bytes(content[4:]),
        "png": lambda content: b"\x89PNG\r\n\x1a\n" + bytes(content[8:]),
        "gzip": lambda content: b"\x1f\x8b\x08" + bytes(content[3:]),
        "halaman-aneh": lambda content: bytes(content[:16]) + b"\0\3" + bytes(content[18:]),
        "versi-tulis-9": lambda content: bytes(content[:18]) + b"\x09\x09" + bytes(content[20:]),
        "putus-1": lambda content: bytes(content[:4096]),
        "skema-nol": lambda content: bytes(content[:4096]).ljust(len(content), b"\0"),
    }


def _places() -> Iterator[tuple[str, Ready, tuple[int, ...]]]:
    def sql(*statements: str) -> Ready:
        def ready(k: Computer) -> tuple[str, ...]:
            with closing(sqlite3.connect(k.database, isolation_level=None)) as database:
                database.execute("PRAGMA foreign_keys = OFF")
                for statement in statements:
                    database.execute(statement)
            return ("daftar",)

        return ready

    def replace(create: Callable[[Path], object]) -> Ready:
        def ready(k: Computer) -> tuple[str, ...]:
            for rest in k.data.glob("pmm-tui.db*"):
                rest.unlink()
            create(k.database)
            return ("daftar",)

        return ready

    yield "skema-baru", sql("PRAGMA user_version = 999"), (4,)
    yield "skema-0", sql("PRAGMA user_version = 0"), (4,)
    yield "skema-negatif", sql("PRAGMA user_version = -5"), (4,)
    yield "program-lain", sql("PRAGMA application_id = 1"), (4,)
    yield "tanpa-meta", sql("DROP TABLE meta"), (4,)
    yield "tanpa-pegawai", sql("PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema WHERE name = 'pegawai'"), (4,)
    yield "tanpa-memo", sql("DROP TABLE memo", "DROP TABLE rujukan", "DROP TABLE draf"), (4,)
    yield "map", replace(Path.mkdir), (4,)
    yield "log-tanpa-basis", replace(lambda path: path.with_name(path.name + "-wal").write_bytes(b"7" * 99)), (4,)
    if hasattr(os, "mkfifo"):
        yield "pipa", replace(os.mkfifo), (4,)
        yield "perangkat", replace(lambda path: path.symlink_to("/dev/zero")), (4,)
        yield "melingkar", replace(lambda path: path.symlink_to(path)), (4,)
        yield "berkas-hanya-baca", lambda k: (k.database.chmod(0o400), ("daftar",))[1], (4,)
        yield "folder-hanya-baca", lambda k: (k.data.chmod(0o500), ("daftar",))[1], (4,)
        yield "folder-baru-hanya-baca", lambda k: (replace(lambda path: path.parent.chmod(0o500))(k), ("daftar",))[1], (4,)


def _environment() -> Iterator[tuple[str, Ready, tuple[int, ...], tuple[str, ...]]]:
    def env(*command: str, **content: str) -> Ready:
        def ready(k: Computer) -> tuple[str, ...]:
            k.env |= {name: value.replace("RUMAH", str(k.home)) for name, value in content.items()}
            return command or ("daftar",)

        return ready

    def data(create: Callable[[Computer], object], value: str) -> Ready:
        def ready(k: Computer) -> tuple[str, ...]:
            create(k)
            k.env["PMM_TUI_DATA"] = value.replace("RUMAH", str(k.home))
            return ("daftar",)

        return ready

    for name, url in ADDRESSES.items():
        yield f"lingkungan/server-{name}", env(PMM_TUI_SERVER=url), (2,), ("PMM_TUI_SERVER",)
    for name, content in {"spasi": "a b", "panjang": "a" * 600, "esc": "a\x1b[31m", "unicode": "tökén", "baris": "a\nb"}.items():
        yield f"lingkungan/token-{name}", env("tarik", PMM_TUI_SERVER=DEAD, PMM_TUI_TOKEN=content), (2,), ("PMM_TUI_TOKEN",)
    raw = os.fsdecode(b"tok\xff\xfe")
    yield "lingkungan/token-biner", env("tarik", PMM_TUI_SERVER=DEAD, PMM_TUI_TOKEN=raw), (2,), ("PMM_TUI_TOKEN",)
    yield "lingkungan/konfigurasi-tidak-ada", env(PMM_TUI_CONFIG="RUMAH/tak-ada.toml"), (2,), ("tak-ada.toml", "PMM_TUI_CONFIG")
    yield "lingkungan/konfigurasi-map", env(PMM_TUI_CONFIG="RUMAH/kerja"), (2,), ("kerja",)
    yield "lingkungan/konfigurasi-esc", env(PMM_TUI_CONFIG="RUMAH/\x1b[31m\u202e.toml"), (2,), (".toml",)
    yield "lingkungan/konfigurasi-baris", env(PMM_TUI_CONFIG="RUMAH/a\nb.toml"), (2,), ("b.toml",)
    yield "lingkungan/konfigurasi-biner", env(PMM_TUI_CONFIG=os.fsdecode(b"RUMAH/\xff.toml")), (2,), (".toml",)
    yield "lingkungan/konfigurasi-panjang", env(PMM_TUI_CONFIG="/" + "a" * 5000), (2,), ("terlalu panjang",)
    yield "lingkungan/konfigurasi-tilde", env(PMM_TUI_CONFIG="~tidakada/x.toml"), (2,), ("x.toml",)
    yield "lingkungan/data-berkas", data(lambda k: k.write("data", ""), "RUMAH/kerja/data"), (4,), ("kerja/data",)
    yield "lingkungan/data-di-bawah-berkas", data(lambda k: k.write("data", ""), "RUMAH/kerja/data/pmm"), (4,), ("data/pmm",)
    yield "lingkungan/data-panjang", env(PMM_TUI_DATA="/tmp/" + "a" * 300), (4,), ("pmm-tui.db",)
    yield "lingkungan/data-sangat-panjang", env(PMM_TUI_DATA="/" + "a/" * 3000), (2,), ("terlalu panjang",)
    for command in ("cadangan", "pulihkan", "periksa"):
        yield f"lingkungan/panjang-{command}", env(command, PMM_TUI_DATA="/tmp/" + "a" * 300), (4,), ("aaaa",)
    yield "lingkungan/data-tilde", env(PMM_TUI_DATA="~tidakada/x"), (2, 4), ()
    yield "lingkungan/data-proc", env(PMM_TUI_DATA="/proc/pmm"), (4,), ("/proc/pmm",)
    yield "lingkungan/data-null", env(PMM_TUI_DATA="/dev/null"), (4,), ("/dev/null",)
    yield "lingkungan/data-hanya-baca", data(lambda k: k.work.chmod(0o500), "RUMAH/kerja/pmm"), (4,), ("kerja/pmm",)
    for name, proxy in {"huruf": ":::", "port": "http://x:abc", "socks": "socks5://10.0.0.1:1", "kosong": "http://"}.items():
        ready = env("tarik", PMM_TUI_SERVER="https://pmm.invalid", PMM_TUI_TOKEN="abc", HTTPS_PROXY=proxy)
        yield f"lingkungan/proxy-{name}", ready, (2, 5), ()
    yield "lingkungan/ca-tidak-ada", env("tarik", PMM_TUI_SERVER=DEAD, PMM_TUI_TOKEN="abc", SSL_CERT_FILE="/tak/ada"), (5,), ()


def _commands() -> Iterator[tuple[str, Ready, tuple[int, ...], tuple[str, ...]]]:
    def plain(*argv: str) -> Ready:
        return lambda k: [part.replace("KERJA", str(k.work)).replace("BASIS", str(k.work / "s.db")) for part in argv]

    def with_bytes(content: bytes, *argv: str) -> Ready:
        def ready(k: Computer) -> list[str]:
            k.write("berkas", content)
            return [part.replace("KERJA", str(k.work)).replace("BASIS", str(k.work / "s.db")) for part in argv]

        return ready

    server = ("server", "--port", "0", "--database", "BASIS")
    sekolah = ("server", "sekolah", "--npsn", "20512345", "--database", "BASIS")
    token = ("server", "token", "buat", "--database", "BASIS")
    for name, argv, code, named in (
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
        ("berkas-tanpa-sandi", ("kirim", "--ke-berkas", "KERJA"), (2,), ("PMM_TUI_SANDI", "--sandi-berkas")),
        ("berkas-tanpa-folder", ("kirim", "--ke-berkas", "KERJA/tidak/ada"), (1,), ("folder ini tidak ada",)),
        ("berkas-dua-arah", ("kirim", "--ke-berkas", "a", "--dari-berkas", "b"), (2,), ("--ke-berkas",)),
        ("berkas-esc", ("kirim", "--ke-berkas", "\x1b[31m/\x1b]0;x\x07"), (1,), ()),
        ("timpa-saja", ("kirim", "--timpa"), (2,), ("--timpa",)),
        ("terima-tanpa-berkas", ("terima",), (2,), ("BERKAS",)),
        ("terima-tanpa-sandi", ("terima", "KERJA/x"), (2,), ("PMM_TUI_SANDI", "--sandi-berkas")),
        ("terima-sandi-map", ("terima", "KERJA/x", "--sandi-berkas", "KERJA"), (2,), ("KERJA",)),
        ("terima-sandi-null", ("terima", "KERJA/x", "--sandi-berkas", "/dev/null"), (2,), ("/dev/null",)),
        ("ajukan-siapa", ("ajukan", "tidak-ada"), (1,), ("tidak-ada",)),
        ("salin-tanpa-ke", ("salin", "--dari", "1"), (2,), ("--ke",)),
        ("salin-siapa", ("salin", "--dari", "tidak-ada", "--ke", "1"), (1,), ("tidak-ada",)),
        ("salin-bagian", ("salin", "--dari", "1", "--ke", "1", "--bagian", "\x1b[31m"), (2,), ("perilaku_kerja",)),
        ("templat-kosong", ("templat",), (2,), ("PERINTAH",)),
        ("templat-tak-ada", ("templat", "pakai", "\x1b]0;x\x07", "--semua"), (1,), ("Belum ada templat",)),
        ("bawa-kosong", ("bawa",), (2,), ("ID",)),
        ("bawa-periode", ("bawa", "--semua", "--dari", "2099"), (2,), ("2099",)),
        ("urungkan-tak-ada", ("urungkan",), (1,), ("diurungkan",)),
        ("periode", ("daftar", "--periode", "2099"), (2,), ("2099",)),
        ("periode-dekat", ("daftar", "--periode", "2062"), (2,), ("2027",)),
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
        yield f"perintah/{name}", plain(*argv), code, tuple("kerja" if s == "KERJA" else s for s in named)
    for name, content, named in (
        ("html", HTML, "baris 1"),
        ("biner", bytes(range(128, 256)), "UTF-8"),
        ("kunci", b'nma = "SMP"\n', "nama"),
        ("jenis", b"[kepala_sekolah]\nplt = 7\n", "plt"),
        ("rapor", b'[rapor."2026"]\ncapaian = 7\n', "capaian"),
        ("dalam", b"a = " + b"[" * 9000, "dalam"),
        ("besar", b"#" * 300_000, "kB"),
    ):
        yield f"perintah/profil-{name}", with_bytes(content, *sekolah, "--profil", "KERJA/berkas"), (1,), ("berkas", named)
    for name in ("html.xls", "sandi.xlsx", "entitas.xlsx", "kosong.xlsx", "pipa.xlsx"):
        create = HOSTILE[name]
        yield (
            f"perintah/server-guru-{name}",
            lambda k, name=name, create=create: (
                create(k.work / name),
                [*(part.replace("BASIS", str(k.work / "s.db")) for part in sekolah), "--guru", str(k.work / name)],
            )[1],
            (1,),
            (name,),
        )
    for name, argv in (("sertifikat", ("--tls-sertifikat", "KERJA/berkas", "--tls-kunci", "KERJA/berkas")),):
        yield f"perintah/tls-{name}-rusak", with_bytes(HTML, *server, *argv), (2,), ("PEM",)
    for name, content in {"html": HTML, "kosong": b"", "teks": b"Nama;NIP\n", "acak": random.Random(9).randbytes(9000)}.items():
        yield f"perintah/pulihkan-{name}", with_bytes(content, "pulihkan", "KERJA/berkas"), (1, 4), ("berkas",)
    yield "perintah/pulihkan-tidak-ada", plain("pulihkan", "KERJA/tak-ada.db"), (1,), ("tak-ada.db",)
    yield "perintah/pulihkan-map", plain("pulihkan", "KERJA"), (1,), ("kerja",)
    yield "perintah/cadangan-ada", with_bytes(b"x", "cadangan", "KERJA/berkas/x.db"), (4,), ("berkas",)
    yield "perintah/pulihkan-panjang", plain("pulihkan", "/" + "a" * 400), (1,), ("aaaa",)
    yield "perintah/cadangan-null", plain("cadangan", "/dev/null/x.db"), (4,), ("x.db",)
