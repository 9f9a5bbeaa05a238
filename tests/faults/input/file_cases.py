"""Bad roster files and plan files, through `impor` and `rencana impor`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tomli_w

from tests.dapodik import write_grid
from tests.faults.input.cases import SALAH, Kasus, Komputer, Siap, rencana_toml
from tests.roster.hostile_files import JAHAT
from tests.roster.hostile_xlsx import BERAT

JUDUL = ("Nama", "NIP", "NUPTK", "Tanggal Lahir", "Status Kepegawaian")
BOM = frozenset(
    f"{nama}.xlsx"
    for nama in (
        "bom-nol", "bom-teks-bersama", "bom-bagian", "bom-bzip2", "bom-lzma", "bom-bersarang", "bom-satu-teks", "bom-unsur",
        "bom-tumpang", "sejuta-baris", "sejuta-kolom", "enam-ribu", "sifat", "mentah-baris", "mentah-unsur", "mentah-sifat",
        "mentah-kolom", "mentah-teks-pendek", "banyak-lembar", "tanpa-nomor", "dalam", "dalam-teks", "tanda-panjang",
    )
) | {"satu-teks.xls", "baris-raksasa.csv", "sejuta-baris.csv"}  # fmt: skip
"""Those that take long to make or to refuse."""
BARIS: dict[str, tuple[tuple[Any, ...], str]] = {
    "nip-angka": (("Ani", 198507142010012012, None, None, "PNS"), "NIP"),
    "nip-pecahan": (("Ani", 1.98507142010012e17, None, None, "PNS"), "NIP"),
    "nip-ilmiah": (("Ani", "1.98507E+17", None, None, "PNS"), "NIP"),
    "nip-17": (("Ani", "19850714201001201", None, None, "PNS"), "NIP"),
    "nip-huruf": (("Ani", "19850714201001201X", None, None, "PNS"), "NIP"),
    "nip-bulan-13": (("Ani", "198507142010132012", None, None, "PNS"), "NIP"),
    "nuptk-angka": (("Ani", None, 1234567890123456, None, "GTY/PTY"), "NUPTK"),
    "nuptk-15": (("Ani", None, "123456789012345", None, "GTY/PTY"), "NUPTK"),
    "tanpa-nama": ((None, "198507142010012012", None, None, "PNS"), "Nama"),
    "nama-panjang": (("A" * 5000, "198507142010012099", None, None, "PNS"), ""),
    "rumus": (("=CMD()", "=1+1", None, None, "PNS"), "NIP"),
}


def semua() -> Iterator[Kasus]:
    """Every case."""
    for nama, buat in JAHAT.items():
        jenis = "bom" if nama in BOM else "guru"
        yield Kasus(nama=f"{jenis}/{nama}", siap=_guru(nama, buat), kode=(1,), sebut=(nama,))
    for nama, buat in BERAT.items():
        yield Kasus(nama=f"bom/{nama}", siap=_guru(nama, buat), kode=(0, 1), bahasa=False)
    for nama, (isi, kolom) in BARIS.items():
        yield Kasus(nama=f"guru/baris-{nama}.xlsx", siap=_baris(f"{nama}.xlsx", isi), kode=(0, 1), sebut=(kolom,), bahasa=False)
    for nama, isi, sebut in _rencana():
        yield Kasus(nama=f"rencana/{nama}", siap=_impor(f"{nama}.toml", isi), kode=(1,), sebut=(f"{nama}.toml", *sebut))
    for nama, buat in _bukan_berkas():
        yield Kasus(nama=f"rencana/{nama}", siap=_dengan(f"{nama}.toml", buat), kode=(1,), sebut=(f"{nama}.toml",))


def _guru(nama: str, buat: Callable[[Path], object]) -> Siap:
    return _dengan(nama, buat, "impor")


def _dengan(nama: str, buat: Callable[[Path], object], *perintah: str) -> Siap:
    def siap(k: Komputer) -> list[str | Path]:
        buat(k.kerja / nama)
        return [*(perintah or ("rencana", "impor")), k.kerja / nama]

    return siap


def _baris(nama: str, isi: tuple[Any, ...]) -> Siap:
    return _dengan(nama, lambda path: write_grid(path, [JUDUL, isi]), "impor")


def _impor(nama: str, isi: str | bytes) -> Siap:
    return lambda k: ["rencana", "impor", k.tulis(nama, isi)]


def _rencana() -> Iterator[tuple[str, str | bytes, tuple[str, ...]]]:
    """Name, content, and what must be said of it."""
    text = rencana_toml()
    for nama, isi, sebut in _salah_jenis(tomllib.loads(text)):
        yield nama, isi, sebut
    halves = {f"putus-{share}": text[: len(text) * share // 100] for share in (3, 22, 40, 55, 64, 71, 83, 99)}
    for nama, isi in halves.items():
        if not _sah(isi):
            yield nama, isi, ()
    ganti = (
        ("versi-99", "versi = 1", "versi = 99", "versi 99"),
        ("versi-teks", "versi = 1", 'versi = "satu"', "versi"),
        ("periode-lain", 'periode = "2026"', 'periode = "2062"', "2026"),
        ("periode-esc", 'periode = "2026"', 'periode = "\\u001b[31m2026"', "periode"),
        ("kunci-periode", "periode =", "perioda =", "periode"),
        ("kunci-sesuai", "sesuai =", "sesuaai =", "sesuai"),
        ("bagian-salah", "[perilaku_kerja]", "[perilaku-kerja]", "perilaku_kerja"),
        ("guru-lain", "198507142010012012", "198507142010012099", "guru"),
        ("guru-kosong", 'nip = "198507142010012012"', 'nip = ""', ""),
        ("tanda-kutip", 'periode = "2026"', 'periode = "2026', "baris"),
        ("tanpa-sama-dengan", 'periode = "2026"', 'periode "2026"', "baris"),
        ("kembar", "versi = 1", "versi = 1\nversi = 1", "baris"),
        ("tabel-kembar", "[data_diri]", "[pegawai]\n[data_diri]", "baris"),
        ("nul", 'periode = "2026"', 'periode = "20\x0026"', "baris"),
        ("esc-mentah", 'periode = "2026"', 'periode = "\x1b]52;c;aaaa\x07"', "baris"),
        ("target-panjang", "target = 2", f"target = {'9' * 5000}", ""),
        ("lolos-buruk", 'periode = "2026"', 'periode = "\\q"', "baris"),
        ("surogat", 'periode = "2026"', 'periode = "\\ud800"', "baris"),
        ("kurung", "indikator = [", "indikator = [[", ""),
    )
    for nama, dari, ke, sebut in ganti:
        assert dari in text, nama
        isi = text.replace(dari, ke, 1)
        if nama == "guru-kosong":
            isi = isi.replace('nama = "Siti Aminah, S.Pd."', 'nama = "Budi Santoso"')
        yield nama, isi, (sebut,)
    yield "nip-dua-guru", text.replace('nuptk = ""', 'nuptk = "1234567890123456"'), ("pegawai",)
    yield "tanpa-siapa", text.replace("198507142010012012", "").replace("Siti Aminah, S.Pd.", ""), ("pegawai",)
    yield "utf-16", text.encode("utf-16"), ("UTF-8",)
    yield "latin", text.encode().replace(b"Siti", b"S\xefti"), ("UTF-8",)
    yield "kosong", "", ("versi",)
    yield "spasi", " \n" * 400, ("versi",)
    yield "html", "<!DOCTYPE html><html><body>Login</body></html>", ("baris 1",)
    yield "json", '{"versi": 1}', ("baris 1",)
    yield "biner", bytes(range(256)) * 20, ("UTF-8",)
    yield "nol", b"\0" * 4000, ("baris 1",)
    yield "dalam", "a = " + "[" * 5000 + "]" * 5000, ()
    yield "dalam-tabel", "a = " + "{a=" * 2000 + "1" + "}" * 2000, ()
    yield "kunci-berjuta", "versi = 1\n" + "".join(f"k{number} = 1\n" for number in range(60_000)), ("k0",)
    yield "satu-baris", "versi = 1\nperiode = " + repr("x" * 900_000), ()
    yield "besar", "#" * 1_100_000, ("1024 kB",)
    yield "titik", "versi = 1\n" + ".".join(["a"] * 20_000) + " = 1", ()


def _salah_jenis(isi: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every key of a plan with values of every other kind."""
    for place, nilai in _daun(isi):
        for nama, salah in SALAH.items():
            cocok = type(salah) is type(nilai) or (nama == "tanggal" and isinstance(nilai, str))
            if cocok or (isinstance(nilai, float) and isinstance(salah, int)):
                continue
            if nama in ("kosong", "negatif", "raksasa", "bukan-angka"):  # one of each kind is enough here
                continue
            changed = _ganti(isi, place, salah)
            yield (
                f"jenis-{'-'.join(map(str, place))}-{nama}",
                tomli_w.dumps(changed),
                (str(place[-1]) if isinstance(place[-1], str) else "",),
            )


def _daun(isi: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(isi, dict):
        for key, value in isi.items():
            yield from _daun(value, (*place, key))
    elif isinstance(isi, list) and isi and isinstance(isi[0], dict):
        yield from _daun(isi[0], (*place, 0))
    else:
        yield place, isi


def _ganti(isi: Any, place: tuple[str | int, ...], nilai: Any) -> Any:
    if not place:
        return nilai
    copy = dict(isi) if isinstance(isi, dict) else list(isi)
    copy[place[0]] = _ganti(copy[place[0]], place[1:], nilai)
    return copy


def _sah(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _bukan_berkas() -> Iterator[tuple[str, Callable[[Path], object]]]:
    yield "map", Path.mkdir
    yield "tidak-ada", lambda path: None
    if hasattr(os, "mkfifo"):
        yield "pipa", os.mkfifo
        yield "perangkat", lambda path: path.symlink_to("/dev/zero")
        yield "terminal", lambda path: path.symlink_to("/dev/tty")
        yield "melingkar", lambda path: path.symlink_to(path)
        yield "di-bawah-berkas", lambda path: (path.write_text(""), path.unlink(), path.symlink_to("/etc/passwd/x"))
