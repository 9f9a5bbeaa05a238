"""Comparing a roster file with the stored teachers: what importing it would do, row by row, and its summary.

Invariant: writing the result and comparing again finds nothing to do. So a stored teacher is matched by one row at most, and one
that a refused row points to is left alone by the weaker match of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, get_args

import msgspec

from pmm_tui.roster.cell_values import kunci_nama
from pmm_tui.roster.headings import KOLOM
from pmm_tui.roster.model import BacaanGuru, BarisBanding, BarisGuru, Catatan, Keadaan, Ubahan
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.text import shorten

FIELD = tuple(name for name in TEACHER_FIELDS if name in KOLOM)
"""The fields of `Pegawai` that a file can set."""


def compare(bacaan: BacaanGuru, ada: Sequence[Pegawai]) -> tuple[BarisBanding, ...]:
    """Match every row with the stored teachers by NIP, then NUPTK, then name and birth date; in the file's order.

    A value that the file leaves empty stays as stored. A row that points to two teachers, or to one that another row has, is
    `ditolak`. The teachers to write, in this order, never share a number at any step.
    """
    pencocok = _Pencocok(ada)
    kuat = {guru.baris: pencocok.kuat(guru) for guru in bacaan.baris}
    return tuple(kuat[guru.baris] or pencocok.lemah(guru) for guru in bacaan.baris)


class _Pencocok:
    """The stored teachers as the rows so far have changed them, and which row has taken which."""

    def __init__(self, ada: Sequence[Pegawai]) -> None:
        self._ada = dict(enumerate(ada))
        self._nomor: dict[tuple[str, str], list[int]] = {}
        self._orang: dict[tuple[str, str], list[int]] = {}
        self._diambil: dict[int, int] = {}
        for at, pegawai in self._ada.items():
            self._orang.setdefault((kunci_nama(pegawai.nama), pegawai.tanggal_lahir), []).append(at)
            for kunci in _kunci(pegawai):
                self._nomor.setdefault(kunci, []).append(at)

    def kuat(self, guru: BarisGuru) -> BarisBanding | None:
        """Match by number; None when no stored teacher has one of the row's numbers."""
        if guru.pegawai is None:
            return _banding(guru, "ditolak", alasan=guru.alasan)
        cocok = sorted({at for kunci in _kunci(guru.pegawai) for at in self._nomor.get(kunci, ())})
        return self._ambil(guru, cocok, "nip") if cocok else None

    def lemah(self, guru: BarisGuru) -> BarisBanding:
        """Match by name and birth date among the teachers that no row has taken; else the teacher is new."""
        assert guru.pegawai is not None  # a refused row was settled by `kuat`
        orang = kunci_nama(guru.pegawai.nama), guru.pegawai.tanggal_lahir
        cocok = [at for at in self._orang.get(orang, ()) if at not in self._diambil] if orang[1] else []
        if not cocok:
            return _banding(guru, "baru", pegawai=guru.pegawai)
        return self._ambil(guru, cocok, "nama")

    def _ambil(self, guru: BarisGuru, cocok: list[int], field: str) -> BarisBanding:
        assert guru.pegawai is not None
        terpakai = [self._diambil[at] for at in cocok if at in self._diambil]
        for at in cocok:
            self._diambil.setdefault(at, guru.baris)
        if len(cocok) > 1:
            nama = " dan ".join(shorten(self._ada[at].nama, 40) for at in cocok[:2])
            return _tolak(guru, field, f"cocok dengan dua guru yang tersimpan ({nama}); perbaiki di Dapodik lalu impor lagi.")
        if terpakai:
            return _tolak(guru, field, f"menunjuk guru yang sama dengan baris {terpakai[0]}; hapus atau perbaiki salah satunya.")
        lama = self._ada[cocok[0]]
        baru = _gabung(lama, guru.pegawai)
        self._ganti(cocok[0], baru)
        ubahan = tuple(_ubahan(lama, baru))
        return _banding(guru, "diperbarui" if ubahan else "sama", pegawai=baru, lama=lama, ubahan=ubahan)

    def _ganti(self, at: int, baru: Pegawai) -> None:
        for kunci in _kunci(self._ada[at]):
            self._nomor[kunci].remove(at)
        for kunci in _kunci(baru):
            self._nomor.setdefault(kunci, []).append(at)
        self._ada[at] = baru


def _kunci(pegawai: Pegawai) -> list[tuple[str, str]]:
    return [(field, nomor) for field in ("nip", "nuptk") if (nomor := getattr(pegawai, field))]


def _gabung(lama: Pegawai, baru: Pegawai) -> Pegawai:
    return msgspec.structs.replace(lama, **{field: isi for field in FIELD if (isi := getattr(baru, field))})


def _ubahan(lama: Pegawai, baru: Pegawai) -> Iterable[Ubahan]:
    for field in FIELD:
        dari, menjadi = getattr(lama, field), getattr(baru, field)
        if dari != menjadi:
            yield Ubahan(field, KOLOM[field][0], dari, menjadi)


def _banding(guru: BarisGuru, keadaan: Keadaan, **lain: Any) -> BarisBanding:
    return BarisBanding(baris=guru.baris, keadaan=keadaan, nama=guru.nama, peringatan=guru.peringatan, **lain)


def _tolak(guru: BarisGuru, field: str, pesan: str) -> BarisBanding:
    menurut = "NIP atau NUPTK" if field == "nip" else "Nama dan tanggal lahir"
    return _banding(guru, "ditolak", alasan=(Catatan(KOLOM[field][0], f"{menurut} {pesan}"),))


def to_write(banding: Iterable[BarisBanding]) -> tuple[Pegawai, ...]:
    """The teachers that importing writes: the new (id 0) and the changed ones, in the file's order."""
    return tuple(baris.pegawai for baris in banding if baris.pegawai is not None and baris.keadaan in ("baru", "diperbarui"))


def jumlah(banding: Iterable[BarisBanding]) -> dict[Keadaan, int]:
    """How many rows of each keadaan, the zeros too."""
    hitung = Counter(baris.keadaan for baris in banding)
    return {keadaan: hitung[keadaan] for keadaan in get_args(Keadaan)}


def ringkasan(bacaan: BacaanGuru, banding: Sequence[BarisBanding]) -> dict[str, Any]:
    """The import as one JSON-able document: where it was read from, the counts, and every row."""
    return {
        "berkas": bacaan.berkas,
        "jenis": bacaan.jenis,
        "asal": bacaan.asal,
        "lembar": bacaan.lembar,
        "pengodean": bacaan.pengodean,
        "pemisah": bacaan.pemisah,
        "baris_judul": bacaan.baris_judul,
        "kolom": dict(bacaan.kolom),
        "jumlah": dict(jumlah(banding)),
        "dilewati": msgspec.to_builtins(bacaan.dilewati),
        "baris": [_satu(baris) for baris in banding],
    }


def _satu(baris: BarisBanding) -> dict[str, Any]:
    pegawai = baris.pegawai
    return {
        "baris": baris.baris,
        "keadaan": baris.keadaan,
        "nama": baris.nama,
        "nip": pegawai.nip if pegawai else "",
        "nuptk": pegawai.nuptk if pegawai else "",
        "ubahan": msgspec.to_builtins(baris.ubahan),
        "alasan": msgspec.to_builtins(baris.alasan),
        "peringatan": msgspec.to_builtins(baris.peringatan),
    }
