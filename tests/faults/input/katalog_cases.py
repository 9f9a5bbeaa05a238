"""Bad catalogues: the bundled one with one thing changed, as the operator's own file."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

import tomli_w

from tests.faults.input.cases import WRONG, Case, Computer, Ready

Change = Callable[[dict[str, Any]], object]
_FILE = "katalog-sekolah.toml"
_FREE = ("impor_dapodik",)


def every() -> Iterator[Case]:
    """Every case."""
    for name, edit, named in (*_kinds(), *_missing(), *_references()):
        yield Case(name=f"katalog/{name}", ready=_with(edit), codes=(2,), named=(_FILE, *named))
    for name, content, named in _texts():
        yield Case(name=f"katalog/{name}", ready=_raw(content), codes=(2,), named=(_FILE, *named))


@cache
def original() -> dict[str, Any]:
    """The bundled catalogue as a table."""
    return tomllib.loads((resources.files("pmm_tui") / "katalog" / "katalog.toml").read_text("utf-8"))


def _with(edit: Change) -> Ready:
    def ready(k: Computer) -> tuple[str, ...]:
        content = copy.deepcopy(original())
        edit(content)
        return _mount(k, tomli_w.dumps(content).encode())

    return ready


def _raw(content: str | bytes) -> Ready:
    return lambda k: _mount(k, content if isinstance(content, bytes) else content.encode())


def _mount(k: Computer, content: bytes) -> tuple[str, ...]:
    k.configuration(f'katalog = "{_FILE}"\n')
    k.config.with_name(_FILE).write_bytes(content)
    return ("periksa",)


def _kinds() -> Iterator[tuple[str, Change, tuple[str, ...]]]:
    """Every key, of the first of each list of tables, with a value of another kind."""
    kinds = ("bulat", "benar", "teks", "daftar", "tabel", "tak-hingga")
    for number, (place, value) in enumerate(_places(original())):
        kind = kinds[number % len(kinds)]
        while _allowed(place, value, kind):
            kind = kinds[(kinds.index(kind) + 1) % len(kinds)]
        yield f"jenis-{'-'.join(map(str, place))}-{kind}", _put(place, WRONG[kind]), (str(place[-1]),)


def _allowed(place: tuple[str | int, ...], value: Any, kind: str) -> bool:
    """Whether a value would do: of the same kind, or words where any words are taken."""
    wrong = WRONG[kind]
    return (
        (place[-1] == "sumber" and isinstance(wrong, str))
        or type(wrong) is type(value)
        or (isinstance(wrong, list) and isinstance(value, (list, tuple)))
    )


def _places(content: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in _FREE:
                yield from _places(value, (*place, key))
    elif isinstance(content, list) and content and isinstance(content[0], dict):
        yield place, content
        yield from _places(content[0], (*place, 0))
    else:
        yield place, content


def _put(place: tuple[str | int, ...], value: Any) -> Change:
    def edit(content: Any) -> None:
        for part in place[:-1]:
            content = content[part]
        content[place[-1]] = value

    return edit


def _missing() -> Iterator[tuple[str, Change, tuple[str, ...]]]:
    for key in ("versi", "skema", "periode", "praktik", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku"):
        yield f"tanpa-{key}", lambda content, key=key: content.pop(key), (key,)
    for listed in ("skema", "periode", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku"):
        yield f"tanpa-{listed}-id", lambda content, listed=listed: content[listed][0].pop("id"), (listed, "id")
        yield (
            f"kembar-{listed}",
            lambda content, listed=listed: content[listed].append(content[listed][0]),
            (listed, "sudah dipakai"),
        )
    for listed in ("skema", "periode", "komponen", "indikator", "perilaku"):
        yield f"kosong-{listed}", lambda content, listed=listed: content.update({listed: []}), (listed,)
    for key in ("label", "mulai", "selesai", "rencana_mulai", "rencana_batas", "skema"):
        yield f"periode-tanpa-{key}", lambda content, key=key: content["periode"][1].pop(key), ("periode[1]", key)


def _references() -> Iterator[tuple[str, Change, tuple[str, ...]]]:
    bad = {"esc": "\x1b[31m", "besar": "PMM", "spasi": "a b", "naik": "../../etc", "panjang": "a" * 81, "kosong": ""}
    for name, id in bad.items():
        yield f"id-{name}", _put(("periode", 0, "id"), id), ("periode[0]", "id")
    yield "schema-99", _put(("schema",), 99), ("99",)
    yield "skema-tak-ada", _put(("periode", 0, "skema"), "entah"), ("periode[0].skema", "entah")
    yield "komponen-tak-ada", _put(("indikator", 2, "komponen"), "entah"), ("indikator[2].komponen", "entah")
    yield "jenjang-tak-ada", _put(("golongan", "pns", 0, "jenjang"), "entah"), ("golongan.pns[0].jenjang",)
    yield (
        "terbalik-tanggal",
        _put(("periode", 0, "mulai"), original()["periode"][0]["selesai"].replace(year=2050)),
        ("periode[0].mulai",),
    )
    yield "terbalik-indikator", _put(("skema", 0, "indikator_min"), 5), ("skema[0].indikator_min",)
    yield "terbalik-poin", _put(("skema", 0, "poin_min"), 500), ("skema[0].poin_min",)
    yield "poin-negatif", _put(("skema", 0, "poin_min"), -1), ("skema[0].poin_min",)
    yield "poin-raksasa", _put(("kompetensi", 0, "poin"), 10**9), ("kompetensi[0].poin",)
    yield "poin-pilihan", _put(("skema", 0, "poin_kurang"), "mungkin"), ("skema[0].poin_kurang",)
    yield "perilaku-banyak", _put(("skema", 0, "perilaku_nilai_min"), 99), ("skema[0].perilaku_nilai_min",)
    yield "pola-praktik", _put(("praktik", "rhk_pola"), "tanpa lubang"), ("praktik.rhk_pola", "{indikator}")
    yield "pola-tugas", _put(("tugas_tambahan_umum", "rhk_pola"), "tanpa lubang"), ("tugas_tambahan_umum.rhk_pola", "{tugas}")
    yield "label-panjang", _put(("indikator", 0, "label"), "x" * 601), ("indikator[0].label",)
    yield "label-hilang", _put(("indikator", 0, "label"), "\u200b\u200b"), ("indikator[0].label",)


def _texts() -> Iterator[tuple[str, str | bytes, tuple[str, ...]]]:
    text = tomli_w.dumps(original())
    yield "putus", text[: len(text) // 3].rpartition("\n")[0] + "\nlabel\n", ("baris",)
    yield "kosong", "", ("versi",)
    yield "html", "<html>", ("baris 1",)
    yield "utf-16", text.encode("utf-16"), ("UTF-8",)
    yield "biner", b"\xff\xfe\0" * 999, ("UTF-8",)
    yield "dalam", "a = " + "[" * 9000, ()
    yield "besar", "#" * 2_200_000, ("2 MB",)
    yield "berulang", text + "\n[praktik]\n", ("baris",)
