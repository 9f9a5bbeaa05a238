"""Bad catalogues: the bundled one with one thing changed, as the operator's own file."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

import tomli_w

from tests.faults.input.cases import SALAH, Kasus, Komputer, Siap

Ubah = Callable[[dict[str, Any]], object]
_BERKAS = "katalog-sekolah.toml"
_BEBAS = ("impor_dapodik",)


def semua() -> Iterator[Kasus]:
    """Every case."""
    for nama, ubah, sebut in (*_jenis(), *_hilang(), *_hubungan()):
        yield Kasus(nama=f"katalog/{nama}", siap=_dengan(ubah), kode=(2,), sebut=(_BERKAS, *sebut))
    for nama, isi, sebut in _bentuk():
        yield Kasus(nama=f"katalog/{nama}", siap=_mentah(isi), kode=(2,), sebut=(_BERKAS, *sebut))


@cache
def asli() -> dict[str, Any]:
    """The bundled catalogue as a table."""
    return tomllib.loads((resources.files("pmm_tui") / "katalog" / "katalog.toml").read_text("utf-8"))


def _dengan(ubah: Ubah) -> Siap:
    def siap(k: Komputer) -> tuple[str, ...]:
        isi = copy.deepcopy(asli())
        ubah(isi)
        return _pasang(k, tomli_w.dumps(isi).encode())

    return siap


def _mentah(isi: str | bytes) -> Siap:
    return lambda k: _pasang(k, isi if isinstance(isi, bytes) else isi.encode())


def _pasang(k: Komputer, isi: bytes) -> tuple[str, ...]:
    k.konfigurasi(f'katalog = "{_BERKAS}"\n')
    k.config.with_name(_BERKAS).write_bytes(isi)
    return ("periksa",)


def _jenis() -> Iterator[tuple[str, Ubah, tuple[str, ...]]]:
    """Every key, of the first of each list of tables, with a value of another kind."""
    kinds = ("bulat", "benar", "teks", "daftar", "tabel", "tak-hingga")
    for number, (place, nilai) in enumerate(_tempat(asli())):
        nama = kinds[number % len(kinds)]
        while _boleh(place, nilai, nama):
            nama = kinds[(kinds.index(nama) + 1) % len(kinds)]
        yield f"jenis-{'-'.join(map(str, place))}-{nama}", _taruh(place, SALAH[nama]), (str(place[-1]),)


def _boleh(place: tuple[str | int, ...], nilai: Any, nama: str) -> bool:
    """Whether a value would do: of the same kind, or words where any words are taken."""
    salah = SALAH[nama]
    return type(salah) is type(nilai) or (isinstance(salah, list) and isinstance(nilai, (list, tuple)))


def _tempat(isi: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(isi, dict):
        for key, value in isi.items():
            if key not in _BEBAS:
                yield from _tempat(value, (*place, key))
    elif isinstance(isi, list) and isi and isinstance(isi[0], dict):
        yield place, isi
        yield from _tempat(isi[0], (*place, 0))
    else:
        yield place, isi


def _taruh(place: tuple[str | int, ...], nilai: Any) -> Ubah:
    def ubah(isi: Any) -> None:
        for part in place[:-1]:
            isi = isi[part]
        isi[place[-1]] = nilai

    return ubah


def _hilang() -> Iterator[tuple[str, Ubah, tuple[str, ...]]]:
    for kunci in ("versi", "skema", "periode", "praktik", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku"):
        yield f"tanpa-{kunci}", lambda isi, kunci=kunci: isi.pop(kunci), (kunci,)
    for daftar in ("skema", "periode", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku"):
        yield f"tanpa-{daftar}-id", lambda isi, daftar=daftar: isi[daftar][0].pop("id"), (daftar, "id")
        yield f"kembar-{daftar}", lambda isi, daftar=daftar: isi[daftar].append(isi[daftar][0]), (daftar, "sudah dipakai")
    for daftar in ("skema", "periode", "komponen", "indikator", "perilaku"):
        yield f"kosong-{daftar}", lambda isi, daftar=daftar: isi.update({daftar: []}), (daftar,)
    for kunci in ("label", "mulai", "selesai", "rencana_mulai", "rencana_batas", "skema"):
        yield f"periode-tanpa-{kunci}", lambda isi, kunci=kunci: isi["periode"][1].pop(kunci), ("periode[1]", kunci)


def _hubungan() -> Iterator[tuple[str, Ubah, tuple[str, ...]]]:
    buruk = {"esc": "\x1b[31m", "besar": "PMM", "spasi": "a b", "naik": "../../etc", "panjang": "a" * 81, "kosong": ""}
    for nama, id in buruk.items():
        yield f"id-{nama}", _taruh(("periode", 0, "id"), id), ("periode[0]", "id")
    yield "schema-99", _taruh(("schema",), 99), ("99",)
    yield "skema-tak-ada", _taruh(("periode", 0, "skema"), "entah"), ("periode[0].skema", "entah")
    yield "komponen-tak-ada", _taruh(("indikator", 2, "komponen"), "entah"), ("indikator[2].komponen", "entah")
    yield "jenjang-tak-ada", _taruh(("golongan", "pns", 0, "jenjang"), "entah"), ("golongan.pns[0].jenjang",)
    yield (
        "terbalik-tanggal",
        _taruh(("periode", 0, "mulai"), asli()["periode"][0]["selesai"].replace(year=2050)),
        ("periode[0].mulai",),
    )
    yield "terbalik-indikator", _taruh(("skema", 0, "indikator_min"), 5), ("skema[0].indikator_min",)
    yield "terbalik-poin", _taruh(("skema", 0, "poin_min"), 500), ("skema[0].poin_min",)
    yield "poin-negatif", _taruh(("skema", 0, "poin_min"), -1), ("skema[0].poin_min",)
    yield "poin-raksasa", _taruh(("kompetensi", 0, "poin"), 10**9), ("kompetensi[0].poin",)
    yield "poin-pilihan", _taruh(("skema", 0, "poin_kurang"), "mungkin"), ("skema[0].poin_kurang",)
    yield "perilaku-banyak", _taruh(("skema", 0, "perilaku_nilai_min"), 99), ("skema[0].perilaku_nilai_min",)
    yield "pola-praktik", _taruh(("praktik", "rhk_pola"), "tanpa lubang"), ("praktik.rhk_pola", "{indikator}")
    yield "pola-tugas", _taruh(("tugas_tambahan_umum", "rhk_pola"), "tanpa lubang"), ("tugas_tambahan_umum.rhk_pola", "{tugas}")
    yield "label-panjang", _taruh(("indikator", 0, "label"), "x" * 601), ("indikator[0].label",)
    yield "label-hilang", _taruh(("indikator", 0, "label"), "\u200b\u200b"), ("indikator[0].label",)


def _bentuk() -> Iterator[tuple[str, str | bytes, tuple[str, ...]]]:
    text = tomli_w.dumps(asli())
    yield "putus", text[: len(text) // 3] + '"', ("baris",)
    yield "kosong", "", ("versi",)
    yield "html", "<html>", ("baris 1",)
    yield "utf-16", text.encode("utf-16"), ("UTF-8",)
    yield "biner", b"\xff\xfe\0" * 999, ("UTF-8",)
    yield "dalam", "a = " + "[" * 9000, ()
    yield "besar", "#" * 2_200_000, ("2 MB",)
    yield "berulang", text + "\n[praktik]\n", ("baris",)
