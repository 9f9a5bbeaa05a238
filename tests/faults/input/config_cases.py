"""Bad configurations and token files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import tomli_w

from pmm_tui.config import Config
from tests.faults.input.cases import DEAD, WRONG, Case, Computer, Ready

COMMANDS = ("daftar",)
_FILE = "config.toml"
ADDRESSES = {
    "tanpa-skema": "pmm.sekolah.sch.id",
    "ftp": "ftp://pmm.sekolah.sch.id",
    "http-luar": "http://pmm.sekolah.sch.id",
    "mirip-lokal": "http://127.0.0.1.jahat.id",
    "localhost-jahat": "http://localhost.jahat.id",
    "pengguna": "https://u:rahasia@pmm.sekolah.sch.id",
    "tanpa-nama": "https://",
    "titik-dua": "https://:443",
    "port-huruf": "https://pmm.id:abc",
    "port-besar": "https://pmm.id:99999",
    "tanya": "https://pmm.id/?a=1",
    "pagar": "https://pmm.id/#x",
    "naik": "https://pmm.id/../x",
    "spasi": "https://pmm .id",
    "miring-balik": "https:\\\\pmm.id",
    "kurung": "https://[::1",
    "ipv6-luar": "http://[2001:db8::1]/",
    "unicode": "https://pmm.sekоlah.id",
    "baris-baru": "https://pmm.id\nX: y",
    "esc": "https://pmm.id/\x1b[31m",
    "desimal": "http://2130706433/",
    "nol": "http://0.0.0.0:8711",
    "javascript": "javascript:alert(1)",
    "file": "file:///etc/passwd",
}


def every() -> Iterator[Case]:
    """Every case."""
    for name, content, said in (*_kinds(), *_values(), *_texts()):
        yield Case(name=f"konfigurasi/{name}", ready=_with(content), codes=(2,), named=(_FILE, *said))
    for name, edit, said in _places():
        yield Case(name=f"konfigurasi/{name}", ready=edit, codes=(2,), named=said)
    for name, content, said in _token():
        yield Case(name=f"token/{name}", ready=_with_token(content), codes=(2,), named=("token", said))
    for name, edit, said in _token_file():
        yield Case(name=f"token/{name}", ready=edit, codes=(2,), named=said, not_root="terkunci" in name)


def _with(content: str | bytes) -> Ready:
    def ready(k: Computer) -> tuple[str, ...]:
        k.configuration(content)
        return COMMANDS

    return ready


def _keys(of: type[msgspec.Struct], prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every key of the configuration with its default."""
    for field in msgspec.structs.fields(of):
        value = field.default
        if isinstance(value, msgspec.Struct):
            yield (*prefix, field.encode_name), None
            yield from _keys(type(value), (*prefix, field.encode_name))
        elif field.encode_name != "tombol":
            yield (*prefix, field.encode_name), value


def _kinds() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every key with values of other kinds."""
    for place, default in _keys(Config):
        for name in ("teks", "bulat", "pecahan", "tak-hingga", "benar", "daftar", "tabel", "tanggal"):
            wrong = WRONG[name]
            number = isinstance(default, float) and name == "bulat"
            if type(wrong) is type(default) or number or (isinstance(default, str) and name == "tanggal"):
                continue
            if default is None and isinstance(wrong, dict):
                wrong = {"bukan_kunci": 1}
            table = wrong
            for part in reversed(place):
                table = {part: table}
            yield f"jenis-{'-'.join(place)}-{name}", tomli_w.dumps(table), (place[-1],)


def _values() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name, url in ADDRESSES.items():
        if name == "esc":
            continue  # cleaned at this door, and harmless then
        yield f"alamat-{name}", tomli_w.dumps({"server": {"url": url}}), ("server.url", "baris 2")
    for section, key, value in (
        ("server", "proxy", "10.0.0.1:8080"),
        ("server", "proxy", "socks5://10.0.0.1"),
        ("server", "proxy", "http://"),
        ("server", "waktu_sambung", 0.0),
        ("server", "waktu_sambung", -5.0),
        ("server", "waktu_baca", 1e9),
        ("server", "waktu_tulis", float("nan")),
        ("server", "waktu_total", -1.0),
        ("server", "url", "https://" + "a" * 400),
        ("kirim", "batas_amplop", 0),
        ("kirim", "batas_amplop", 501),
        ("kirim", "batas_kb", -1),
        ("kirim", "batas_kb", 2**70),
        ("sekolah", "npsn", "123"),
        ("sekolah", "npsn", "1234567a"),
        ("sekolah", "npsn", "\u202e1234567"),
        ("sekolah", "nama", "N" * 301),
        ("tampilan", "tema", "ungu"),
        ("tampilan", "tema", ""),
        ("tampilan", "tema", "\x1b[31mgelap"),
        ("tombol", "kirim", 1),
        ("tombol", "kirim", ["f9"]),
    ):
        text = tomli_w.dumps({section: {key: value}})
        yield f"nilai-{section}-{key}-{ascii(value)[:20]}", text, (key, "baris 2")
    yield "kepala-nip", '[sekolah.kepala_sekolah]\nnip = "12"\n', ("nip", "baris 2")
    yield "periode-lain", 'periode = "2099"\n', ("2099",)
    yield "periode-esc", 'periode = "\\u001b]0;x\\u0007"\n', ("Periode",)
    for wrong, right in (("servr", "server"), ("kirm", "kirim"), ("tampilam", "tampilan"), ("period", "periode"), ("zzz", "")):
        yield f"kunci-{wrong}", f"{wrong} = 1\n", ("baris 1", wrong, right)
    for wrong, right in (("ur", "url"), ("tokenfile", "token_file"), ("token", "token_file"), ("wktu_baca", "waktu_baca")):
        yield f"kunci-server-{wrong}", f"[server]\n{wrong} = 1\n", ("baris 2", wrong, right)


def _texts() -> Iterator[tuple[str, str | bytes, tuple[str, ...]]]:
    yield "putus", '[server]\nurl = "https://pmm', ("bagian akhir",)
    yield "kurung", "[server\nurl = 1", ("baris 1",)
    yield "ini", "[server]\nurl: https://pmm.id\n", ("baris 2",)
    yield "yaml", "server:\n  url: https://pmm.id\n", ("baris 1",)
    yield "json", '{"server": {"url": ""}}', ("baris 1",)
    yield "html", "<html>\n<body>Login", ("baris 1",)
    yield "kembar", "[server]\n[server]\n", ("baris 2",)
    yield "dalam", "a = " + "[" * 9000, ()
    yield "titik", ".".join(["a"] * 9000) + " = 1", ()
    yield "utf-16", "[server]\n".encode("utf-16"), ("UTF-8", "baris 1")
    yield "latin", b'[sekolah]\nnama = "SMP \xe9"\n', ("UTF-8", "baris 2")
    yield "biner", bytes(range(1, 256)) * 9, ("UTF-8",)
    yield "nol", b"\0" * 999, ("baris 1",)
    yield "esc", 'periode = "\x1b[2J"\n', ("baris 1",)
    yield "besar", "#" * 300_000, ("256 kB",)


def _places() -> Iterator[tuple[str, Ready, tuple[str, ...]]]:
    def inside(edit: Callable[[Computer], object]) -> Ready:
        def ready(k: Computer) -> tuple[str, ...]:
            edit(k)
            return COMMANDS

        return ready

    yield "map", inside(lambda k: k.config.mkdir()), (_FILE,)
    yield "dapat-ditulis-semua", inside(lambda k: k.configuration("").chmod(0o666)), (_FILE, "chmod o-w")
    yield "map-terbuka", inside(lambda k: (k.configuration(""), k.config.parent.chmod(0o777))), ("chmod o-w",)
    if hasattr(os, "mkfifo"):
        yield "pipa", inside(lambda k: os.mkfifo(k.config)), (_FILE,)
        yield "perangkat", inside(lambda k: k.config.symlink_to("/dev/zero")), (_FILE,)
        if os.geteuid() == 0:
            yield "milik-lain", inside(lambda k: os.chown(k.configuration(""), 12345, 12345)), (_FILE, "milik pengguna lain")
    yield "katalog-tidak-ada", inside(lambda k: k.configuration('katalog = "tak-ada.toml"')), ("tak-ada.toml",)
    yield "katalog-map", inside(lambda k: k.configuration('katalog = "."')), ("katalog",)


def _with_token(content: str | bytes) -> Ready:
    def ready(k: Computer) -> tuple[str, ...]:
        k.token(content)
        return ("tarik",)

    return ready


def _token() -> Iterator[tuple[str, str | bytes, str]]:
    yield "kosong", "", "kosong"
    yield "spasi-saja", " \n\t\n", "kosong"
    yield "dua-baris", "abc\ndef", "satu baris"
    yield "berspasi", "abc def", "spasi"
    yield "panjang", "a" * 513, "512"
    yield "sangat-panjang", "a" * 1_000_000, "512"
    yield "unicode", "tökén", "huruf"
    yield "nul", b"abc\0def", "huruf"
    yield "esc", "abc\x1b[31m", "huruf"
    yield "biner", bytes(range(128, 256)), "huruf"
    yield "baris-tajuk", "abc\r\nX-Lain: 1", "satu baris"
    yield "utf-16", "abc".encode("utf-16"), "huruf"


def _token_file() -> Iterator[tuple[str, Ready, tuple[str, ...]]]:
    def inside(edit: Callable[[Path], object]) -> Ready:
        def ready(k: Computer) -> tuple[str, ...]:
            path = k.token("abc")
            path.unlink()
            edit(path)
            return ("tarik",)

        return ready

    def elsewhere(k: Computer) -> tuple[str, ...]:
        k.configuration(f'[server]\nurl = "{DEAD}"\ntoken_file = "rahasia.txt"\n')
        return ("tarik",)

    yield "tidak-ada", inside(lambda path: None), ("Token server belum ada",)
    yield "bernama-tidak-ada", elsewhere, ("rahasia.txt",)
    yield "map", inside(Path.mkdir), ("token", "bukan berkas biasa")
    for mode in (0o644, 0o640, 0o604, 0o660, 0o666, 0o777):
        yield f"terbuka-{mode:o}", lambda k, mode=mode: (k.token("abc", mode), ("tarik",))[1], ("chmod 600",)
    yield "terkunci", lambda k: (k.token("abc", 0), ("tarik",))[1], ("tidak diizinkan",)
    if hasattr(os, "mkfifo"):
        yield "pipa", inside(lambda path: os.mkfifo(path, 0o600)), ("bukan berkas biasa",)
        yield "perangkat", inside(lambda path: path.symlink_to("/dev/zero")), ("bukan berkas biasa",)
        yield "melingkar", inside(lambda path: path.symlink_to(path)), ()
        if os.geteuid() == 0:
            yield "milik-lain", lambda k: (os.chown(k.token("abc"), 12345, 12345), ("tarik",))[1], ("milik pengguna lain",)
