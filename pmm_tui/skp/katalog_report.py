"""How sure a catalogue is: each of its entries with its `keyakinan` and the places it was found at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_parts import Sources

SURE = ("resmi", "pihak-ketiga")
SURENESS = (*SURE, "pengetahuan", "ragu")
"""How sure an entry can be, the surest first."""
_NUMBER = r"\[\d+\]"
_SINGLE = ("rapor", "praktik", "kompetensi_umum", "tugas_tambahan_umum")
_LISTS = (
    "skema", "periode", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku", "status_kepegawaian",
    "jenjang_jabatan", "alasan_kembali",
)  # fmt: skip


class Entry(Struct, frozen=True, kw_only=True):
    """One entry: its place in the file, its name for people, how sure it is (one of `SURENESS` or empty), and its sources.

    `key` is its table with its id, which stays the same whatever stands before it.
    """

    place: str
    key: str
    label: str
    keyakinan: str
    sources: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether it was found somewhere, officially or not."""
        return self.keyakinan in SURE


def entries(katalog: Katalog) -> Iterator[Entry]:
    """Every entry that says how sure it is, in the catalogue's order."""
    for name in _SINGLE:
        part = getattr(katalog, name)
        yield _entry(
            name,
            getattr(part, "rhk_komponen", "") or getattr(part, "rhk_pola", "") or getattr(part, "dimensi_label", "") or name,
            part,
        )
    for name in _LISTS:
        for number, item in enumerate(getattr(katalog, name)):
            place = f"{name}[{number}]"
            yield _entry(place, _label(item), item)
            for at, tahap in enumerate(getattr(item, "tahap", ())):
                yield _entry(f"{place}.tahap[{at}]", f"{item.label}: {tahap.label}", tahap)
            for at, before in enumerate(getattr(item, "dahulu", ())):
                yield _entry(f"{place}.dahulu[{at}]", before.label, before)
    for number, sasaran in enumerate(katalog.sasaran):
        place = f"sasaran[{number}]"
        yield _entry(place, sasaran.label, sasaran)
        yield _entry(f"{place}.rapor", sasaran.rapor.dimensi_label, sasaran.rapor, sasaran)
        yield _entry(f"{place}.praktik", sasaran.praktik.rhk_pola, sasaran.praktik, sasaran)
        for name in ("komponen", "indikator"):
            for at, item in enumerate(getattr(sasaran, name)):
                yield _entry(f"{place}.{name}[{at}]", item.label, item, sasaran)
    for kind in ("pns", "pppk"):
        for number, golongan in enumerate(getattr(katalog.golongan, kind)):
            yield _entry(f"golongan.{kind}[{number}]", golongan.kode, golongan, katalog.golongan)
    yield _entry("jenis_ptk", ", ".join(katalog.jenis_ptk.berhak), katalog.jenis_ptk)
    for number, jenis in enumerate(katalog.jenis_ptk.tambahan):
        yield _entry(f"jenis_ptk.tambahan[{number}]", jenis.label, jenis)
    if katalog.impor_dapodik:
        yield _entry("impor_dapodik", "kolom daftar guru", _Marks(**_marks(katalog.impor_dapodik)))


def _entry(place: str, label: str, item: Any, above: Any = None) -> Entry:
    """An entry; what it does not say itself its table `above` says."""
    sources = item.sumber or getattr(above, "sumber", ())
    code = getattr(item, "kode", "")  # of a rapor a table of them
    item_id = getattr(item, "id", "") or (code if isinstance(code, str) else "")
    return Entry(
        place=place,
        key=f"{re.sub(_NUMBER, '', place)} {item_id}".rstrip(),
        label=label,
        keyakinan=item.keyakinan or getattr(above, "keyakinan", ""),
        sources=(sources,) if isinstance(sources, str) else sources,
    )


class _Marks(Struct, frozen=True):
    keyakinan: str = ""
    sumber: Sources = ()


def _marks(free: Mapping[str, Any]) -> dict[str, Any]:
    """What a table without a shape of its own says of itself; values of another kind say nothing."""
    sources = free.get("sumber")
    named = tuple(one for one in sources if isinstance(one, str)) if isinstance(sources, (list, tuple)) else sources
    return {"keyakinan": str(free.get("keyakinan", "")), "sumber": named if isinstance(named, (str, tuple)) else ()}


def _label(item: Any) -> str:
    return str(getattr(item, "label", "") or getattr(item, "peran", ""))


def addresses(katalog: Katalog) -> dict[str, str]:
    """Each source's title with its address, by the id that entries name it by."""
    return {source.id: f"{source.judul}{f', {source.alamat}' if source.alamat else ''}" for source in katalog.rujukan}
