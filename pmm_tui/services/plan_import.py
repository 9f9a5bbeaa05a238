"""Importing plan files: each is kept as a draft and judged as on the screen; one bad file never stops the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct, structs

from pmm_tui.errors import InputError, PmmError, StorageError
from pmm_tui.services.in_force import InForce
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.shapes.toml_text import parse_toml
from pmm_tui.skp.model import Masalah, Pegawai, Rangkuman, RencanaKinerja
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.plan_file import FilePegawai, in_katalog_order, read_plan_file
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import OPEN_STATES

MAX_BYTES = 1024 * 1024


class ReadPlan(Struct, frozen=True, kw_only=True):
    """What became of one file; `reason` says why, or what was changed.

    `result` is `baru`, `diperbarui`, `sama`, `ditolak`, or `dilewati` for an empty plan that gives way to the one here.
    """

    file: str
    result: str
    pegawai_id: int = 0
    name: str = ""
    reason: str = ""
    masalah: tuple[Masalah, ...] = ()


class PlanImport:
    """Reads plan files into a store; `in_force` finds what is in force in a period."""

    def __init__(self, store: Store, in_force: Callable[[str], InForce], now: Callable[[], datetime], today: date) -> None:
        self._store = store
        self._in_force = in_force
        self._now = now
        self._today = today

    def take(self, path: Path, *, dry_run: bool = False, keep: bool = False) -> ReadPlan:
        """Read a file and keep it as a draft, unless only tried out; raises StorageError.

        With `keep` it fills only what is empty here: what somebody wrote at this computer stays.
        """
        try:
            return self._take(path, dry_run, keep)
        except StorageError:
            raise  # the disk would fail the next file as well
        except PmmError as error:
            return ReadPlan(file=str(path), result="ditolak", reason=error.sentence.removeprefix(f"{path.name}: "))

    def _take(self, path: Path, dry_run: bool, keep: bool) -> ReadPlan:
        text = _text(path)
        in_force = self._in_force(str(parse_toml(text, path.name).get("periode", "")))
        content = read_plan_file(text, path.name, in_force.katalog)
        pegawai = self._teacher(content.pegawai, path.name)
        if (katalog := in_force.katalog.for_jenis_ptk(pegawai.jenis_ptk)) is not in_force.katalog:  # other labels
            content = read_plan_file(text, path.name, katalog)
        draft = self._store.drafts.get(pegawai.id, content.periode)
        old = draft.rencana if draft else None
        rencana, note = _confirmed(in_katalog_order(content.rencana, katalog), old)
        if keep and old not in (None, RencanaKinerja(), rencana):
            if rencana == RencanaKinerja():
                reason = "Berkasnya kosong; isi di komputer ini tetap."
                return ReadPlan(file=str(path), result="dilewati", pegawai_id=pegawai.id, name=pegawai.nama, reason=reason)
            raise InputError(
                f"{pegawai.nama}: di komputer ini sudah ada isi lain, yang tetap; bandingkan dulu, lalu impor berkas ini sendiri,"
                " atau semuanya dengan --timpa."
            )
        result = "sama" if rencana == (old or RencanaKinerja()) else "diperbarui" if draft else "baru"
        if result != "sama":
            note = " ".join(part for part in (note, self._after_sending(pegawai, content.periode)) if part)
        if result != "sama" and not dry_run:
            self._store.drafts.save(pegawai.id, content.periode, rencana, (draft.edit if draft else 0) + 1, self._now())
        masalah = self._judged(rencana, pegawai, in_force) if draft or result != "sama" else ()
        return ReadPlan(file=str(path), result=result, pegawai_id=pegawai.id, name=pegawai.nama, reason=note, masalah=masalah)

    def _after_sending(self, pegawai: Pegawai, periode: str) -> str:
        """What follows for a plan that was sealed already; raises InputError for one that the head has approved."""
        newest = self._store.outbox.newest(pegawai.id, periode)
        if newest is not None and newest.status_server == "disetujui":
            raise InputError("Kepala sekolah sudah menyetujui rencana ini; minta dikembalikan dulu, lalu impor lagi.")
        if newest is None or newest.keadaan not in ("sent", *OPEN_STATES) or newest.status_server == "dikembalikan":
            return ""
        return "Rencana ini sudah diajukan; isi baru berlaku setelah diajukan lagi."

    def _judged(self, rencana: RencanaKinerja, pegawai: Pegawai, in_force: InForce) -> tuple[Masalah, ...]:
        school, katalog = in_force.sekolah, in_force.katalog
        at, rates = self._today, school.atasan.nama
        return periksa(rencana, pegawai, in_force.periode, katalog, jenjang=school.jenjang, today=at, atasan=rates)

    def _teacher(self, named: FilePegawai, source: str) -> Pegawai:
        """The teacher of the roster whom a file names, by NIP and NUPTK, which must agree, else by the name alone."""
        roster = self._store.roster
        found = {p.id: p for key in (named.nip, named.nuptk) if key for p in roster.find(key)}
        if not (named.nip or named.nuptk):
            wanted = named.nama.casefold()
            found = {p.id: p for p in roster.all() if p.nama.casefold() == wanted}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise InputError(f"{source}: [pegawai] cocok dengan {len(found)} guru; tulis NIP atau NUPTK yang benar.")
        raise InputError(f"{source}: guru ini tidak ada di daftar; periksa NIP atau NUPTK, atau impor dulu daftar gurunya.")


def _confirmed(rencana: RencanaKinerja, old: RencanaKinerja | None) -> tuple[RencanaKinerja, str]:
    """Take the teacher's confirmation back when the content is another than what was confirmed, as an edit on the screen does.

    A file that says how and when they confirmed, and says it otherwise than before, tells of a new confirmation.
    """
    said = rencana.rangkuman
    if old is None or rencana == old or not (old.rangkuman.dikonfirmasi_guru and said.dikonfirmasi_guru):
        return rencana, ""
    if said != old.rangkuman and said.cara and said.tanggal:  # another word of the teacher's than the one before
        return rencana, ""
    return structs.replace(rencana, rangkuman=Rangkuman()), "Isinya berubah sejak dikonfirmasi; minta guru membacanya lagi."


def _text(path: Path) -> str:
    return read_text(
        path,
        MAX_BYTES,
        InputError,
        unreadable=lambda why: f"Tidak dapat dibaca ({why}); periksa nama dan tempat berkasnya.",
        too_large=f"Lebih besar dari {MAX_BYTES // 1024} kB; pilih berkas rencana, yang jauh lebih kecil.",
        not_utf8=lambda line: f"Baris {line} bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )
