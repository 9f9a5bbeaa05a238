"""The school's own Rapor Pendidikan: taking a download, typing levels, and going back to the server's; nothing changes unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct, structs

from pmm_tui.errors import InputError
from pmm_tui.roster.rapor_file import RaporFile, read_rapor_file, says_whose, whose_fault
from pmm_tui.services.in_force import InForce, reference_rapor
from pmm_tui.services.rapor_in_force import RaporSource, put_together
from pmm_tui.shapes.decode import nearest
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Rapor
from pmm_tui.skp.rangkuman import recommendations
from pmm_tui.skp.rapor_levels import INDIKATOR, KOMPONEN, RaporItem, items_of, level_of, split_code
from pmm_tui.store import Store
from pmm_tui.store.own_rapor import RaporEntry
from pmm_tui.text import quoted, shorten


class RaporChange(Struct, frozen=True):
    """An indicator whose level in force becomes another; an empty level is none."""

    item: RaporItem
    before: str
    after: str


class RaporProposal(Struct, frozen=True, kw_only=True):
    """What taking a file or typed levels would do: the entries to keep, what changes by them, and what is to be known.

    `stays` are the typed levels that a file does not replace. `asks` is the sentence of a question that has to be answered first.
    """

    entries: tuple[RaporEntry, ...]
    changes: tuple[RaporChange, ...]
    after: Rapor
    source: RaporSource
    file: RaporFile | None = None
    stays: tuple[RaporItem, ...] = ()
    notes: tuple[str, ...] = ()
    asks: str = ""


class RaporLine(Struct, frozen=True):
    """One component or indicator as it is shown; `origin` is of its own level (`berkas`, `tangan`, `server`, `komponen`, empty)."""

    item: RaporItem
    level: str
    origin: str = ""
    score: str = ""
    advised: bool = False
    at_server: str = ""


def propose_file(store: Store, in_force: InForce, path: Path, now: datetime) -> RaporProposal:
    """What taking a download would do. Raises InputError for a file that cannot be read and for another school's."""
    katalog = reading_katalog(in_force.katalog)
    file, school = read_rapor_file(path, katalog), in_force.sekolah
    if fault := whose_fault(file, school):
        raise InputError(fault)
    asks = ""
    if not says_whose(file, school):
        ours = school.nama or school.npsn
        what = (
            f"tidak menyebut NPSN atau nama sekolah; pastikan milik {ours}"
            if ours
            else "tidak dapat dicocokkan: sekolah belum diatur"
        )
        asks = f"{file.name} {what}. Belum disimpan; bila sudah yakin, ulangi dengan --ya."
    kept = store.own_rapor.all(in_force.periode)
    named = {row.item for row in file.rows}
    gone = [structs.replace(e, level="", at=now) for e in kept if e.origin == "berkas" and e.item not in named]
    taken = [
        RaporEntry(item=row.item, level=row.level, score=row.score, origin="berkas", file=file.name, at=now) for row in file.rows
    ]
    items = items_of(in_force.katalog)
    typed = {e.item for e in kept if e.origin == "tangan"}
    stays = tuple(item for name, item in items.items() if name in typed)
    return structs.replace(_proposal(store, in_force, (*gone, *taken)), file=file, stays=stays, notes=file.notes, asks=asks)


def propose_typed(store: Store, in_force: InForce, typed: Iterable[str], now: datetime) -> RaporProposal:
    """What typed levels (`ID=CAPAIAN`, nothing behind `=`: take back) would do. Raises InputError for the first that is none."""
    entries = {}
    for text in typed:
        name, _, word = text.partition("=")
        item = _item(name, in_force.katalog)
        level = level_of(word, in_force.katalog)
        if level is None or "=" not in text:
            known = ", ".join(c.id for c in in_force.katalog.rapor.capaian)
            raise InputError(f"{quoted(text, 60)}: tulis ID=CAPAIAN, dengan capaian {known}, atau kosong untuk melepaskannya.")
        if item.name in entries:
            raise InputError(f"{item.label} disebut dua kali; tulis sekali saja.")
        entries[item.name] = RaporEntry(item=item.name, level=level, origin="tangan", at=now)
    return _proposal(store, in_force, tuple(entries.values()))


def propose_server(store: Store, in_force: InForce, now: datetime) -> RaporProposal:
    """What going back to the server's levels would do. Raises InputError where the server has told none."""
    if not (_served(store, in_force) or Rapor()).capaian:
        raise InputError("Rapor Pendidikan belum ada dari server; ambil dulu dengan: pmm-tui tarik.")
    return _proposal(store, in_force, [structs.replace(e, level="", at=now) for e in store.own_rapor.all(in_force.periode)])


def keep(store: Store, in_force: InForce, proposal: RaporProposal) -> None:
    """Keep what was proposed. Raises StorageError."""
    store.own_rapor.write(in_force.periode, proposal.entries)


def shown(store: Store, in_force: InForce) -> tuple[RaporLine, ...]:
    """Every component and indicator with its level, where that comes from, and what the server says where it says otherwise."""
    own = {entry.item: entry for entry in store.own_rapor.all(in_force.periode)}
    served = _served(store, in_force) or Rapor()
    lines = []
    advised = advised_in(in_force.rapor, in_force.katalog)
    for name, item in items_of(in_force.katalog).items():
        entry, item_id = own.get(name), name.partition("/")[2]
        if name.startswith(KOMPONEN):
            lines.append(RaporLine(item, entry.level if entry else "", entry.origin if entry else "", entry.score if entry else ""))
            continue
        level, at_server = in_force.rapor.capaian.get(item_id, ""), served.capaian.get(item_id, "")
        coarse = "komponen" if item_id in in_force.rapor.menurut_komponen else "server" if level else ""
        origin, score = (entry.origin, entry.score) if entry else (coarse, "")
        other = at_server if at_server != level else ""
        lines.append(RaporLine(item, level, origin, score, item_id in advised, other))
    return tuple(lines)


def advised_in(rapor: Rapor, katalog: Katalog) -> frozenset[str]:
    """The recommended indicators, a teacher's and the kepala sekolah's."""
    kinds = (katalog, *(katalog.for_jenis_ptk(s.jenis_ptk[0]) for s in katalog.sasaran))
    return frozenset(one for kind in kinds for one in recommendations(rapor, kind))


def reading_katalog(katalog: Katalog) -> Katalog:
    """The catalogue with the codes of the download; an older server's catalogue has none, so those of the bundled one are taken."""
    if katalog.rapor.kode:
        return katalog
    known = {k.id for k in katalog.komponen}
    codes = {code: item_id for code, item_id in bundled().rapor.kode.items() if item_id in known}
    return structs.replace(katalog, rapor=structs.replace(katalog.rapor, kode=codes))


def _proposal(store: Store, in_force: InForce, entries: Sequence[RaporEntry]) -> RaporProposal:
    written = {(e.item, e.origin): e for e in (*store.own_rapor.all(in_force.periode), *entries)}
    left = [written[key] for key in sorted(written) if written[key].level]
    after, source = put_together(left, _served(store, in_force), in_force.katalog)
    changes = _changes(in_force.rapor.capaian, after.capaian, in_force.katalog)
    return RaporProposal(entries=tuple(entries), changes=changes, after=after, source=source)


def _changes(before: Mapping[str, str], after: Mapping[str, str], katalog: Katalog) -> tuple[RaporChange, ...]:
    return tuple(
        RaporChange(item, was, becomes)
        for name, item in items_of(katalog).items()
        if name.startswith(INDIKATOR)
        and (was := before.get(name.removeprefix(INDIKATOR), "")) != (becomes := after.get(name.removeprefix(INDIKATOR), ""))
    )


def _served(store: Store, in_force: InForce) -> Rapor | None:
    return reference_rapor(store.reference.get, in_force.periode, [])


def _item(written: str, katalog: Katalog) -> RaporItem:
    """The item that somebody names by id, label or code of the download; raises InputError."""
    items = items_of(katalog)
    wanted = " ".join(written.casefold().split())
    code, _ = split_code(written)
    rules = (reading_katalog(katalog).rapor, *(sasaran.rapor for sasaran in katalog.sasaran))
    codes = {number: item_id for rule in rules for number, item_id in rule.kode.items()}
    for name, item in items.items():
        if wanted in (name, name.partition("/")[2], item.label.casefold()) or codes.get(code) == name.partition("/")[2]:
            return item
    known = [name.partition("/")[2] for name in items]
    hint = nearest(wanted, known) or "Id-nya ditampilkan: pmm-tui rapor tampil."
    raise InputError(f"{quoted(shorten(written, 60), 60)} bukan komponen atau indikator. {hint}")
