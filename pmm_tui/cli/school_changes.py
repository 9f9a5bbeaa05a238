"""One school more on this computer, or one less that was begun by mistake."""

from __future__ import annotations

import shutil

import msgspec

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.kept_schools import Noted, checked_npsn, first_number, known_sentence, others, read_notes, write_notes
from pmm_tui.errors import PmmError, UsageError
from pmm_tui.private_file import make_private_folder, there
from pmm_tui.store import Store
from pmm_tui.text import clean, shorten


def add(context: RunContext, text: str, name: str = "", *, store: Store | None = None, trial: bool = False) -> tuple[str, bool]:
    """Begin a school; returns its NPSN and whether it became the first of this computer. Raises UsageError, ConfigError.

    `store` are the first school's records where they are open here. On a computer where nothing was done yet it is the first.
    """
    npsn, name = checked_npsn(text), shorten(clean(name).strip(), 120)
    places = context.locations.first or context.locations
    noted, more = read_notes(places), others(places)
    first = first_number(context, noted, more, store)
    if npsn == first or npsn in more:
        raise UsageError(f"Sekolah NPSN {npsn} sudah ada di komputer ini; buka dengan: pmm-tui --sekolah {npsn}.")
    begun = there(places.config_file) or there(places.database)
    if not first and begun:
        raise UsageError(
            "NPSN sekolah yang datanya sudah ada di komputer ini belum diketahui, jadi yang baru belum dapat dibedakan."
            " Isi NPSN-nya di F7 Pengaturan, atau ambil data (pmm-tui tarik), lalu ulangi."
        )
    if trial:
        return npsn, not first
    if first:
        make_private_folder(places.for_school(npsn).data_folder)
    names = {**_names_before(context, first, noted, store), **({npsn: name} if name else {})}
    write_notes(places, msgspec.structs.replace(noted, first=first or npsn, names=names))
    return npsn, not first


def _names_before(context: RunContext, first: str, noted: Noted, store: Store | None) -> dict[str, str]:
    """The names that are known, with the first school's, which its configuration or its server says."""
    if not first or noted.names.get(first):
        return dict(noted.names)
    own = context.first_school()
    try:
        name = own.config.sekolah.nama
        if not name and store is not None:
            name = own.in_force(store, tell=False).sekolah.nama
        elif not name and there(own.locations.database):
            with own.open_store(guard=False, beside=True) as opened:
                name = own.in_force(opened, tell=False).sekolah.nama
    except PmmError:
        name = ""
    return {**noted.names, **({first: name} if name else {})}


def remove(context: RunContext, text: str) -> str:
    """Take a school away that was begun by mistake: only one that holds nothing, of the first one its number.

    Returns its NPSN; raises UsageError.
    """
    npsn = checked_npsn(text)
    places = context.locations.first or context.locations
    noted = read_notes(places)
    if npsn == noted.first and not (others(places) or there(places.config_file) or there(places.database)):
        write_notes(places, Noted())  # nothing was done under that number yet
        return npsn
    if npsn not in others(places):
        raise UsageError(f"Sekolah NPSN {npsn} bukan sekolah tambahan di komputer ini. {known_sentence('', others(places), noted)}")
    there_too = context.for_school(npsn, anew=True)
    if there(there_too.locations.database):
        with there_too.open_store(guard=False) as store:
            held = (store.roster.names(), store.outbox.all(), store.decisions.all())
        if any(held):
            raise UsageError(
                f"Sekolah NPSN {npsn} sudah berisi guru atau kiriman, jadi tidak dihapus; foldernya"
                f" {there_too.locations.data_folder}."
            )
    for folder in (there_too.locations.data_folder, there_too.locations.config_folder):
        if there(folder):
            shutil.rmtree(folder)
    names = {key: value for key, value in noted.names.items() if key != npsn}
    write_notes(places, msgspec.structs.replace(noted, last="" if noted.last == npsn else noted.last, names=names))
    return npsn
