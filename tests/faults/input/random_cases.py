"""Good files with damage at random places: each number always gives the same file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from tests.faults.input.cases import MATI, Kasus, Komputer, Siap, rencana_toml

BANYAK = 6_000
"""The most there are."""
_POTONGAN = (
    "[", "]", "[[", "=", '"', '"""', "'", "\\", "#", ".", ",", "{", "}", "\n", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\r",
    "1e999", "nan", "true", "2026-13-45", "\\u0000", "\\ud800", "9" * 40, "[" * 40, "a." * 12, "é", "\xff",
)  # fmt: skip
_CONFIG = f'periode = "2026"\n\n[server]\nurl = "{MATI}"\nwaktu_baca = 9.5\n\n[sekolah]\nnama = "SMP"\n\n[tombol]\nkirim = "f9"\n'
_CSV = "Nama;NIP;NUPTK;Tanggal Lahir;Status Kepegawaian\nAni;198507142010012012;;1985-07-14;PNS\nBudi;;1234567890123456;;GTY/PTY\n"


def semua() -> Iterator[Kasus]:
    """The cases, the four kinds in turn."""
    for number in range(BANYAK):
        buat = (_rencana, _konfigurasi, _katalog, _guru)[number % 4]
        yield Kasus(nama=f"acak/{number}", siap=buat(number), kode=(0, 1, 2), bahasa=False, utuh=buat is not _guru)


def rusak(isi: bytes, number: int) -> bytes:
    """Damage a text at one to six places: bytes changed, cut out, doubled, or something put in."""
    pick = random.Random(number)
    for _ in range(pick.randint(1, 6)):
        at = pick.randrange(len(isi) + 1)
        ukuran = pick.choice((1, 1, 1, 5, 40, 400))
        match pick.randrange(4):
            case 0:
                isi = isi[:at] + bytes([pick.randrange(256)]) + isi[at + 1 :]
            case 1:
                isi = isi[:at] + isi[at + ukuran :]
            case 2:
                isi = isi[:at] + isi[at : at + ukuran] + isi[at:]
            case _:
                isi = isi[:at] + pick.choice(_POTONGAN).encode() + isi[at:]
    return isi


def _rencana(number: int) -> Siap:
    return lambda k: ["rencana", "impor", k.tulis(f"{number}.toml", rusak(rencana_toml().encode(), number))]


def _konfigurasi(number: int) -> Siap:
    def siap(k: Komputer) -> list[str | Path]:
        k.konfigurasi(rusak(_CONFIG.encode(), number))
        return ["daftar", "--json"]

    return siap


def _katalog(number: int) -> Siap:
    def siap(k: Komputer) -> list[str | Path]:
        k.konfigurasi('katalog = "katalog.toml"\n')
        asli = (resources.files("pmm_tui") / "katalog" / "katalog.toml").read_bytes()
        k.config.with_name("katalog.toml").write_bytes(rusak(asli, number))
        return ["periksa", "--json"]

    return siap


def _guru(number: int) -> Siap:
    return lambda k: ["impor", k.tulis(f"{number}.csv", rusak(_CSV.encode(), number))]
