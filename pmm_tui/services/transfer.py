"""By USB stick: what waits goes into one encrypted file, another computer sends it, and the receipts come back in the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from pmm_tui.errors import ConfigError, InputError, PmmError, StorageError
from pmm_tui.services.transfer_disk import holds, open_file, transfer_path, write_bytes
from pmm_tui.services.transfer_target import WouldReplaceError, check_target, free_path
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import IN_FILE
from pmm_tui.sync import transfer_pack, transfer_take
from pmm_tui.sync.transfer_file import Parcel, write_parcel
from pmm_tui.sync.transfer_pack import Packed, Written, last_written
from pmm_tui.sync.transfer_seal import MAX_BYTES, Lock, TransferFileError, passphrase_fault
from pmm_tui.sync.transfer_take import Taken

if TYPE_CHECKING:
    from pmm_tui.sync.http.client import Client
    from pmm_tui.sync.http.line import Limits
    from pmm_tui.sync.results import Progress
    from pmm_tui.sync.transfer_send import Carried

__all__ = [
    "Taken",
    "WouldReplaceError",
    "WriteReport",
    "Written",
    "free_path",
    "last_written",
    "open_file",
    "passphrase_fault",
    "send_file",
    "take_file",
    "take_parcel",
    "transfer_path",
    "write_file",
]

_BUSY = "Pengiriman sedang berjalan; tunggu sampai selesai, lalu coba lagi."
_PULLED = "Bila USB terlepas, pasang lagi lalu ulangi: yang sudah terkirim tidak terkirim dua kali."


class WriteReport(Struct, frozen=True, kw_only=True):
    """What was written where: plans and decisions that wait, of how many sent plans it asks how they stand, bytes of the file.

    `held_back` says why plans of some teachers stay here, `later` counts revisions that follow the receipt of the one before.
    """

    path: Path
    plans: int
    decisions: int
    asked: int
    later: int
    size: int = 0
    held_back: tuple[str, ...] = ()


def write_file(
    store: Store,
    path: Path,
    passphrase: str,
    npsn: str,
    periode: str,
    now: datetime,
    *,
    replace: bool = False,
    dry_run: bool = False,
) -> WriteReport:
    """Write all that waits into a file; it waits on here, as sent with an answer to come.

    `replace`: the operator has said that a file of other content may go. Raises WouldReplaceError, InputError, ConfigError,
    StorageError; then nothing is changed but that plans may wait as sent without an answer.
    """
    if npsn_fault(npsn):
        raise ConfigError("NPSN sekolah belum diketahui; isi di Pengaturan, supaya berkas ini tidak terkirim ke sekolah lain.")
    if fault := passphrase_fault(passphrase):
        raise InputError(fault)
    check_target(store, path, passphrase, npsn, replace=replace)
    if not store.outbox.one_sender.acquire(blocking=False):
        raise PmmError(_BUSY)
    try:
        store.outbox.recover()
        store.decisions.recover()
        packed = store.database.call(transfer_pack.pack, store, npsn, periode, now)
        report = _report(path, packed)
        if dry_run or not (packed.parcel.plans or packed.parcel.decisions):
            return report
        content = _locked(path, passphrase, packed.parcel)
        if len(content) > MAX_BYTES:
            raise InputError(f"Isinya terlalu besar untuk satu berkas ({len(content) // 2**20} MB); kirim dulu lewat jaringan.")
        _write_marked(store, packed, path, content, now)
        return msgspec.structs.replace(report, size=len(content))
    finally:
        store.outbox.one_sender.release()


async def send_file(
    path: Path,
    passphrase: str,
    client_factory: Callable[[], Client],
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_progress: Callable[[Progress], None] = lambda _: None,
    limits: Limits | None = None,
) -> Carried:
    """Send what a file holds and write what came of it into the file, from any computer; its own records stay out of it.

    Raises InputError for the file, ConfigError of the client, StorageError where the file cannot be written any more.
    """
    from pmm_tui.sync.transfer_send import send_parcel  # lazy: httpx only for what talks to the server

    parcel, lock = open_file(path, passphrase)
    client = client_factory()

    def save(now: Parcel) -> None:
        try:
            write_bytes(path, lock.close_up(write_parcel(now)))
        except StorageError as error:
            raise StorageError(f"{error.sentence} {_PULLED}") from None

    save(parcel)  # a stick that takes no receipt is told before anything is sent
    return await send_parcel(parcel, client, save, is_cancelled=is_cancelled, on_progress=on_progress, limits=limits)


def take_file(store: Store, path: Path, passphrase: str, npsn: str, *, dry_run: bool = False) -> Taken:
    """Take the receipts and the head's decisions that a file brought; doing it again changes nothing.

    `npsn` is the school of these records, empty where that is not known. Raises InputError, StorageError.
    """
    parcel, _ = open_file(path, passphrase)
    return take_parcel(store, path, parcel, npsn, dry_run=dry_run)


def take_parcel(store: Store, path: Path, parcel: Parcel, npsn: str, *, dry_run: bool = False) -> Taken:
    """Take an opened file in; see `take_file`."""
    if npsn and parcel.npsn != npsn:
        raise InputError(
            f"{path}: berkas ini milik sekolah NPSN {parcel.npsn}, data di sini milik NPSN {npsn}; tidak ada yang dicatat."
            " Bawa berkasnya ke komputer asalnya."
        )
    if not store.outbox.one_sender.acquire(blocking=False):
        raise PmmError(_BUSY)
    try:
        if not dry_run:
            store.outbox.recover()
            store.decisions.recover()
        return store.database.call(transfer_take.look if dry_run else transfer_take.take, store, parcel)
    finally:
        store.outbox.one_sender.release()


# ---- writing


def _locked(path: Path, passphrase: str, parcel: Parcel) -> bytes:
    try:
        return Lock(passphrase).close_up(write_parcel(parcel))
    except TransferFileError as error:
        raise InputError(f"{path}: {error.sentence}") from None


def _write_marked(store: Store, packed: Packed, path: Path, content: bytes, now: datetime) -> None:
    """Mark, write, settle; after a write that failed the note says so, and what surely is in no file waits as before."""
    ready = store.database.call(transfer_pack.mark, store, packed)
    written = False
    note = "Penulisan ke berkas gagal; tetap menunggu di sini."
    try:
        if not ready:
            raise PmmError("Isi Kotak Kirim baru saja berubah; coba sekali lagi.")
        write_bytes(path, content)
        written = True
        note = f"{IN_FILE}{path.name}; tanda terimanya kembali lewat berkas itu."
    finally:
        untouched = not written and not holds(path, content)
        store.database.call(transfer_pack.settle, store, packed, note, untouched=untouched)
    remembered = Written(at=now, name=path.name, plans=len(packed.plans), decisions=len(packed.decisions))
    store.database.call(transfer_pack.remember, store, remembered)


def _report(path: Path, packed: Packed) -> WriteReport:
    plans = packed.parcel.plans
    return WriteReport(
        path=path,
        plans=len(packed.plans),
        decisions=len(packed.decisions),
        asked=sum(not item.text for item in plans),
        later=packed.later,
        held_back=packed.held_back,
    )
