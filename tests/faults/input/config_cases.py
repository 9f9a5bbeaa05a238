"""Bad configurations and token files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import tomli_w

from pmm_tui.config import Config
from tests.faults.input.cases import MATI, SALAH, Kasus, Komputer, Siap

PERINTAH = ("daftar",)
_BERKAS = "config.toml"
ALAMAT = {
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


def semua() -> Iterator[Kasus]:
    """Every case."""
    for nama, isi, sebut in (*_jenis(), *_nilai(), *_bentuk()):
        yield Kasus(nama=f"konfigurasi/{nama}", siap=_dengan(isi), kode=(2,), sebut=(_BERKAS, *sebut))
    for nama, ubah, sebut in _tempat():
        yield Kasus(nama=f"konfigurasi/{nama}", siap=ubah, kode=(2,), sebut=sebut)
    for nama, isi, sebut in _token():
        yield Kasus(nama=f"token/{nama}", siap=_dengan_token(isi), kode=(2,), sebut=("token", sebut))
    for nama, ubah, sebut in _berkas_token():
        yield Kasus(nama=f"token/{nama}", siap=ubah, kode=(2,), sebut=sebut, bukan_root="terkunci" in nama)


def _dengan(isi: str | bytes) -> Siap:
    def siap(k: Komputer) -> tuple[str, ...]:
        k.konfigurasi(isi)
        return PERINTAH

    return siap


def _kunci(of: type[msgspec.Struct], depan: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every key of the configuration with its default."""
    for field in msgspec.structs.fields(of):
        value = field.default
        if isinstance(value, msgspec.Struct):
            yield (*depan, field.encode_name), None
            yield from _kunci(type(value), (*depan, field.encode_name))
        elif field.encode_name != "tombol":
            yield (*depan, field.encode_name), value


def _jenis() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every key with values of other kinds."""
    for place, awal in _kunci(Config):
        for nama in ("teks", "bulat", "pecahan", "tak-hingga", "benar", "daftar", "tabel", "tanggal"):
            salah = SALAH[nama]
            number = isinstance(awal, float) and nama == "bulat"
            if type(salah) is type(awal) or number or (isinstance(awal, str) and nama == "tanggal"):
                continue
            if awal is None and isinstance(salah, dict):
                salah = {"bukan_kunci": 1}
            table = salah
            for part in reversed(place):
                table = {part: table}
            yield f"jenis-{'-'.join(place)}-{nama}", tomli_w.dumps(table), (place[-1],)


def _nilai() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for nama, url in ALAMAT.items():
        if nama == "esc":
            continue  # cleaned at this door, and harmless then
        yield f"alamat-{nama}", tomli_w.dumps({"server": {"url": url}}), ("server.url", "baris 2")
    for bagian, kunci, nilai in (
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
        text = tomli_w.dumps({bagian: {kunci: nilai}})
        yield f"nilai-{bagian}-{kunci}-{ascii(nilai)[:20]}", text, (kunci, "baris 2")
    yield "kepala-nip", '[sekolah.kepala_sekolah]\nnip = "12"\n', ("nip", "baris 2")
    yield "periode-lain", 'periode = "2099"\n', ("2099",)
    yield "periode-esc", 'periode = "\\u001b]0;x\\u0007"\n', ("Periode",)
    for salah, benar in (("servr", "server"), ("kirm", "kirim"), ("tampilam", "tampilan"), ("period", "periode"), ("zzz", "")):
        yield f"kunci-{salah}", f"{salah} = 1\n", ("baris 1", salah, benar)
    for salah, benar in (("ur", "url"), ("tokenfile", "token_file"), ("token", "token_file"), ("wktu_baca", "waktu_baca")):
        yield f"kunci-server-{salah}", f"[server]\n{salah} = 1\n", ("baris 2", salah, benar)


def _bentuk() -> Iterator[tuple[str, str | bytes, tuple[str, ...]]]:
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


def _tempat() -> Iterator[tuple[str, Siap, tuple[str, ...]]]:
    def di(ubah: Callable[[Komputer], object]) -> Siap:
        def siap(k: Komputer) -> tuple[str, ...]:
            ubah(k)
            return PERINTAH

        return siap

    yield "map", di(lambda k: k.config.mkdir()), (_BERKAS,)
    yield "dapat-ditulis-semua", di(lambda k: k.konfigurasi("").chmod(0o666)), (_BERKAS, "chmod o-w")
    yield "map-terbuka", di(lambda k: (k.konfigurasi(""), k.config.parent.chmod(0o777))), ("chmod o-w",)
    if hasattr(os, "mkfifo"):
        yield "pipa", di(lambda k: os.mkfifo(k.config)), (_BERKAS,)
        yield "perangkat", di(lambda k: k.config.symlink_to("/dev/zero")), (_BERKAS,)
        if os.geteuid() == 0:
            yield "milik-lain", di(lambda k: os.chown(k.konfigurasi(""), 12345, 12345)), (_BERKAS, "milik pengguna lain")
    yield "katalog-tidak-ada", di(lambda k: k.konfigurasi('katalog = "tak-ada.toml"')), ("tak-ada.toml",)
    yield "katalog-map", di(lambda k: k.konfigurasi('katalog = "."')), ("katalog",)


def _dengan_token(isi: str | bytes) -> Siap:
    def siap(k: Komputer) -> tuple[str, ...]:
        k.token(isi)
        return ("tarik",)

    return siap


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


def _berkas_token() -> Iterator[tuple[str, Siap, tuple[str, ...]]]:
    def di(ubah: Callable[[Path], object]) -> Siap:
        def siap(k: Komputer) -> tuple[str, ...]:
            path = k.token("abc")
            path.unlink()
            ubah(path)
            return ("tarik",)

        return siap

    def bernama(k: Komputer) -> tuple[str, ...]:
        k.konfigurasi(f'[server]\nurl = "{MATI}"\ntoken_file = "rahasia.txt"\n')
        return ("tarik",)

    yield "tidak-ada", di(lambda path: None), ("Token server belum ada",)
    yield "bernama-tidak-ada", bernama, ("rahasia.txt",)
    yield "map", di(Path.mkdir), ("token", "bukan berkas biasa")
    for mode in (0o644, 0o640, 0o604, 0o660, 0o666, 0o777):
        yield f"terbuka-{mode:o}", lambda k, mode=mode: (k.token("abc", mode), ("tarik",))[1], ("chmod 600",)
    yield "terkunci", lambda k: (k.token("abc", 0), ("tarik",))[1], ("tidak diizinkan",)
    if hasattr(os, "mkfifo"):
        yield "pipa", di(lambda path: os.mkfifo(path, 0o600)), ("bukan berkas biasa",)
        yield "perangkat", di(lambda path: path.symlink_to("/dev/zero")), ("bukan berkas biasa",)
        yield "melingkar", di(lambda path: path.symlink_to(path)), ()
        if os.geteuid() == 0:
            yield "milik-lain", lambda k: (os.chown(k.token("abc"), 12345, 12345), ("tarik",))[1], ("milik pengguna lain",)
