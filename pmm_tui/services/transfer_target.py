"""Where a file for the stick is put: under the name that was asked for, or one that takes nobody's place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pmm_tui.errors import InputError
from pmm_tui.private_file import there
from pmm_tui.services.transfer_disk import read_bytes, transfer_path
from pmm_tui.store import Store
from pmm_tui.sync import transfer_pack, transfer_take
from pmm_tui.sync.transfer_file import read_parcel
from pmm_tui.sync.transfer_seal import NEWER, NO_TRANSFER_FILE, TransferFileError, unlock

_LOCKED = (
    "tidak dapat dibuka dengan kata sandi ini: mungkin kiriman sekolah lain atau komputer lain, dan mungkin membawa tanda terima"
    " yang belum diterima."
)
_LOST = ", yang mungkin membawa tanda terima yang belum diterima"
_MOST_NAMES = 50


class WouldReplaceError(InputError):
    """What stands under that name would be lost; only the operator's word replaces it.

    `takeable`: it is these records' own file with what was not taken yet, so that taking it first loses nothing.
    """

    takeable = False


class _NotTakenError(WouldReplaceError):
    takeable = True


def free_path(store: Store, text: str, today: date, passphrase: str, npsn: str) -> Path:
    """The file that was asked for; where only a folder was named, one that takes nobody's place. Raises InputError.

    The name of the day is taken where nothing stands there or only this queue's own file, else the next of `-2`, `-3` ...: the
    file may be another school's or computer's, who then finds it as it was.
    """
    named = transfer_path(text, today)
    if named == Path(text.strip()).expanduser():
        return named
    for path in (named, *(named.with_stem(f"{named.stem}-{number}") for number in range(2, _MOST_NAMES))):
        try:
            check_target(store, path, passphrase, npsn, replace=False)
        except InputError as error:
            if not getattr(error, "takeable", False):
                continue
        return path
    return named


def check_target(store: Store, path: Path, passphrase: str, npsn: str, *, replace: bool) -> None:
    """Refuse to lose what stands there: a file that is none of ours always, one with other content without the operator's word."""
    if not there(path):
        return
    content = read_bytes(path)
    try:
        inside, _ = unlock(content, passphrase)
        parcel = read_parcel(inside)
    except TransferFileError as error:
        if error.sentence == NO_TRANSFER_FILE:
            raise InputError(f"{path}: sudah ada dan bukan berkas kiriman; pilih nama lain.") from None
        if not replace:
            raise WouldReplaceError(f"{path}: sudah ada dan {error.sentence if error.sentence == NEWER else _LOCKED}") from None
        return
    if replace:
        return
    if parcel.npsn != npsn:
        raise WouldReplaceError(f"{path}: sudah ada, dengan kiriman sekolah lain (NPSN {parcel.npsn}){_LOST}.")
    if parcel.origin != store.database.call(transfer_pack.origin_of, store):
        raise WouldReplaceError(f"{path}: sudah ada, dengan kiriman dari komputer lain sekolah ini{_LOST}.")
    if store.database.call(transfer_take.look, store, parcel).anything:
        raise _NotTakenError(f"{path}: membawa tanda terima atau putusan yang belum diterima di sini.")
