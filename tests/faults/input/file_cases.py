"""Bad files through `impor`, `rencana impor`, `rapor impor` and `belajar-id impor`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tomli_w

from tests.dapodik import write_grid
from tests.faults.input.cases import WRONG, Case, Computer, Ready, rencana_toml
from tests.roster.hostile_files import HOSTILE
from tests.roster.hostile_xlsx import HEAVY

HEADINGS = ("Nama", "NIP", "NUPTK", "Tanggal Lahir", "Status Kepegawaian")
BOMBS = frozenset(
    f"{name}.xlsx"
    for name in (
        "bom-nol", "bom-teks-bersama", "bom-bagian", "bom-bzip2", "bom-lzma", "bom-bersarang", "bom-satu-teks", "bom-unsur",
        "bom-tumpang", "sejuta-baris", "sejuta-kolom", "enam-ribu", "sifat", "mentah-baris", "mentah-unsur", "mentah-sifat",
        "mentah-kolom", "mentah-teks-pendek", "banyak-lembar", "tanpa-nomor", "dalam", "dalam-teks", "tanda-panjang",
    )
) | {"satu-teks.xls", "baris-raksasa.csv", "sejuta-baris.csv"}  # fmt: skip
"""Those that take long to make or to refuse."""
ROWS: dict[str, tuple[tuple[Any, ...], str]] = {
    "nip-angka": (("Ani", 198507142010012012, None, None, "PNS"), "NIP"),
    "nip-pecahan": (("Ani", 1.98507142010012e17, None, None, "PNS"), "NIP"),
    "nip-ilmiah": (("Ani", "1.98507E+17", None, None, "PNS"), "NIP"),
    "nip-17": (("Ani", "19850714201001201", None, None, "PNS"), "NIP"),
    "nip-huruf": (("Ani", "19850714201001201X", None, None, "PNS"), "NIP"),
    "nip-bulan-13": (("Ani", "198507142010132012", None, None, "PNS"), "NIP"),
    "nuptk-angka": (("Ani", None, 1234767660300456, None, "GTY/PTY"), "NUPTK"),
    "nuptk-15": (("Ani", None, "123456789012345", None, "GTY/PTY"), "NUPTK"),
    "tanpa-nama": ((None, "198507142010012012", None, None, "PNS"), "Nama"),
    "nama-panjang": (("A" * 5000, "198507142010012099", None, None, "PNS"), ""),
    "rumus": (("=CMD()", "=1+1", None, None, "PNS"), "NIP"),
}


def every() -> Iterator[Case]:
    """Every case."""
    for name, create in HOSTILE.items():
        kind = "bom" if name in BOMBS else "guru"
        yield Case(name=f"{kind}/{name}", ready=_teacher(name, create), codes=(1,), named=(name,))
    for words in (("rapor", "impor"), ("belajar-id", "impor")):
        for name, create in HOSTILE.items():
            kind = "bom" if name in BOMBS else words[0]
            yield Case(name=f"{kind}/{words[0]}-{name}", ready=_with(name, create, *words), codes=(1,), named=(name,))
    for name, create in HEAVY.items():
        yield Case(name=f"bom/{name}", ready=_teacher(name, create), codes=(0, 1), language=False)
    for name, (content, column) in ROWS.items():
        yield Case(
            name=f"guru/baris-{name}.xlsx", ready=_row(f"{name}.xlsx", content), codes=(0, 1), named=(column,), language=False
        )
    for name, content, named in _rencana():
        yield Case(name=f"rencana/{name}", ready=_plan(f"{name}.toml", content), codes=(1,), named=(f"{name}.toml", *named))
    for name, create in _no_files():
        yield Case(name=f"rencana/{name}", ready=_with(f"{name}.toml", create), codes=(1,), named=(f"{name}.toml",))


def _teacher(name: str, create: Callable[[Path], object]) -> Ready:
    return _with(name, create, "impor")


def _with(name: str, create: Callable[[Path], object], *command: str) -> Ready:
    def ready(k: Computer) -> list[str | Path]:
        create(k.work / name)
        return [*(command or ("rencana", "impor")), k.work / name]

    return ready


def _row(name: str, content: tuple[Any, ...]) -> Ready:
    return _with(name, lambda path: write_grid(path, [HEADINGS, content]), "impor")


def _plan(name: str, content: str | bytes) -> Ready:
    return lambda k: ["rencana", "impor", k.write(name, content)]


def _rencana() -> Iterator[tuple[str, str | bytes, tuple[str, ...]]]:
    """Name, content, and what must be said of it."""
    text = rencana_toml()
    for name, content, named in _wrong_kind(tomllib.loads(text)):
        yield name, content, named
    halves = {f"putus-{share}": text[: len(text) * share // 100] for share in (3, 22, 40, 55, 64, 71, 83, 99)}
    for name, content in halves.items():
        if not _valid(content):
            yield name, content, ()
    replaced = (
        ("versi-99", "versi = 1", "versi = 99", "versi 99"),
        ("versi-teks", "versi = 1", 'versi = "satu"', "versi"),
        ("periode-lain", 'periode = "2026"', 'periode = "2062"', "2027"),
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
    for name, old, new, named in replaced:
        assert old in text, name
        content = text.replace(old, new, 1)
        if name == "guru-kosong":
            content = content.replace('nama = "Siti Aminah, S.Pd."', 'nama = "Budi Santoso"')
        yield name, content, (named,)
    yield "nip-dua-guru", text.replace('nuptk = ""', 'nuptk = "1234767660300456"'), ("pegawai",)
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


def _wrong_kind(content: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every key of a plan with values of every other kind."""
    for place, value in _leaves(content):
        for name, wrong in WRONG.items():
            same_kind = type(wrong) is type(value) or (name == "tanggal" and isinstance(value, str))
            if same_kind or (isinstance(value, float) and isinstance(wrong, int)):
                continue
            if name in ("kosong", "negatif", "raksasa", "bukan-angka"):  # one of each kind is enough here
                continue
            changed = _replace(content, place, wrong)
            yield (
                f"jenis-{'-'.join(map(str, place))}-{name}",
                tomli_w.dumps(changed),
                (str(place[-1]) if isinstance(place[-1], str) else "",),
            )


def _leaves(content: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _leaves(value, (*place, key))
    elif isinstance(content, list) and content and isinstance(content[0], dict):
        yield from _leaves(content[0], (*place, 0))
    else:
        yield place, content


def _replace(content: Any, place: tuple[str | int, ...], value: Any) -> Any:
    if not place:
        return value
    copy = dict(content) if isinstance(content, dict) else list(content)
    copy[place[0]] = _replace(copy[place[0]], place[1:], value)
    return copy


def _valid(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _no_files() -> Iterator[tuple[str, Callable[[Path], object]]]:
    yield "map", Path.mkdir
    yield "tidak-ada", lambda path: None
    if hasattr(os, "mkfifo"):
        yield "pipa", os.mkfifo
        yield "perangkat", lambda path: path.symlink_to("/dev/zero")
        yield "terminal", lambda path: path.symlink_to("/dev/tty")
        yield "melingkar", lambda path: path.symlink_to(path)
        yield "di-bawah-berkas", lambda path: (path.write_text(""), path.unlink(), path.symlink_to("/etc/passwd/x"))
