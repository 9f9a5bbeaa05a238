"""Copying a plan onto several teachers: what it would do for whom, judged as on the screen, and then the doing as one step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.services.copy_sources import Source, last_worked, source_of_teacher, source_of_template
from pmm_tui.services.copy_targets import Target, read_targets
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import judged
from pmm_tui.services.plan_review import DECIDED_HERE
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_carry import PARTS, NotCarried, carry, has_content, whose
from pmm_tui.store import Store
from pmm_tui.store.steps import DraftChange, Step

__all__ = [
    "NEVER",
    "PARTS",
    "CopyRow",
    "CopyTrial",
    "Source",
    "do_copy",
    "last_worked",
    "source_of_teacher",
    "source_of_template",
    "try_copy",
]

OF_THE_PERIOD = ("rapor_pendidikan",)
"""What a plan of another period does not say of this one: its Rapor Pendidikan is another, and has to be read."""
NEVER = "Data diri, nomor dan tanggal SK, dan konfirmasi guru tidak pernah disalin."


class CopyRow(Struct, frozen=True):
    """What copying does for one teacher.

    `why` is why one is left out, or stays as they are; `edit` the edit of the draft that was looked at (0: there was none),
    `before` and `after` the plans (None: no draft). `changed` are the sections that are others, `replaced` those of them that said
    something else before, `kept` those that keep their own, `empty` those that stay empty as the source says nothing; `left` is
    what could not be copied. `blocking` counts the problems that stop the plan afterwards, `todo` tells them, those of its content
    before what is decided; `unconfirmed`: the teacher had confirmed it, which then counts no longer.
    """

    pegawai: Pegawai
    result: Literal["diisi", "tetap", "ditinggal"]
    why: str = ""
    edit: int = 0
    before: RencanaKinerja | None = None
    after: RencanaKinerja | None = None
    changed: tuple[str, ...] = ()
    left: tuple[NotCarried, ...] = ()
    replaced: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    blocking: int = 0
    todo: tuple[str, ...] = ()
    unconfirmed: bool = False


class CopyTrial(Struct, frozen=True):
    """What copying would do, by name; nothing is changed by it."""

    source: Source
    rows: tuple[CopyRow, ...]

    @property
    def filled(self) -> tuple[CopyRow, ...]:
        """Those whose plan it changes."""
        return tuple(row for row in self.rows if row.result == "diisi")

    @property
    def left_out(self) -> bool:
        """Whether somebody, or something of somebody, is left out."""
        return any(row.result == "ditinggal" or row.left for row in self.rows)


def try_copy(
    store: Store,
    in_force: InForce,
    today: date,
    source: Source,
    ids: Collection[int],
    parts: Iterable[str] = PARTS,
    *,
    replace: bool = False,
) -> CopyTrial:
    """Tell what copying would do for the teachers with these ids; nothing is changed. Raises StorageError.

    What a section of theirs says is kept unless `replace`. Plans that were submitted, approved, are not needed, or of which the
    server holds what nobody here has seen, are left out.
    """
    return CopyTrial(source, rows_onto(store, in_force, today, ids, lambda _: source, parts, replace=replace))


def do_copy(store: Store, in_force: InForce, trial: CopyTrial, now: datetime) -> Step | None:
    """Do what a trial told, as one step or not at all; None when it changes nothing.

    Raises InputError, and changes nothing, where a plan is no longer as the trial saw it; StorageError. Asked of the database's
    thread (`Database.ask`) as a whole, nothing comes between the look and the step.
    """
    changes = [DraftChange(row.pegawai.id, row.edit, row.after) for row in trial.filled if row.after is not None]
    if not changes:
        return None
    for target in read_targets(store, in_force, {change.pegawai_id for change in changes}):
        if target.refusal:  # sealed, decided upon or fetched meanwhile: the draft's edit does not tell
            raise InputError(f"{target.pegawai.nama}: {target.refusal}. Tidak ada yang diubah; lihat lagi, lalu ulangi.")
    return store.steps.do(trial.source.kind, trial.source.words, in_force.periode, changes, now)


def rows_onto(
    store: Store,
    in_force: InForce,
    today: date,
    ids: Collection[int],
    source_for: Callable[[Pegawai], Source | str],
    parts: Iterable[str],
    *,
    replace: bool,
    own: bool = False,
) -> tuple[CopyRow, ...]:
    """What copying does for each of these teachers, by name; `source_for` gives what is copied, or says why nothing is.

    `own`: the source is an earlier plan of the same teacher.
    """
    periode, wanted = in_force.periode, tuple(parts)
    found = []
    for target in read_targets(store, in_force, ids):
        source, why = source_for(target.pegawai), target.refusal
        if not why:
            why = source if isinstance(source, str) else _why_not_from(source, target.pegawai, in_force, own=own)
        if why or isinstance(source, str):
            found.append(CopyRow(target.pegawai, "ditinggal", why, target.edit, target.rencana))
        else:
            sections = [one for one in wanted if source.periode == periode or one not in OF_THE_PERIOD]
            found.append(_copied(target, source, in_force, today, sections, replace=replace, own=own))
    return tuple(found)


def _why_not_from(source: Source, pegawai: Pegawai, in_force: InForce, *, own: bool) -> str:
    if pegawai.id == source.pegawai_id and not own:
        return "sumbernya sendiri"
    form = whose(in_force.katalog, pegawai.jenis_ptk)
    if form == source.sasaran:
        return ""
    return (
        "rencana kepala sekolah tidak diisi dari rencana guru" if form else "rencana guru tidak diisi dari rencana kepala sekolah"
    )


def _copied(
    target: Target, source: Source, in_force: InForce, today: date, parts: Iterable[str], *, replace: bool, own: bool
) -> CopyRow:
    pegawai, before, edit = target.pegawai, target.rencana, target.edit
    done = carry(
        source.rencana,
        before,
        pegawai=pegawai,
        katalog=in_force.katalog,
        periode=in_force.periode,
        jenjang=in_force.sekolah.jenjang,
        parts=parts,
        replace=replace,
        own=own,
        named=source.named,
    )
    left, kept, told = done.left, done.kept, {one.section for one in done.left}
    duties = asks_duties(in_force.katalog.for_jenis_ptk(pegawai.jenis_ptk))
    empty = tuple(
        name
        for name in parts
        if not has_content(getattr(done.rencana, name)) and name not in told and (duties or name != "tugas_tambahan")
    )
    if not done.changed:
        why = "sudah berisi" if kept else "tidak ada lagi yang dapat disalin" if left else "tidak ada yang berubah"
        count = judged(in_force, today, pegawai, before, edit, None, newer=False).blocking_count
        return CopyRow(pegawai, "tetap", why, edit, before, before, left=left, kept=kept, empty=empty, blocking=count)
    after = judged(in_force, today, pegawai, done.rencana, edit + 1, None, newer=False)
    return CopyRow(
        pegawai,
        "diisi",
        edit=edit,
        before=before,
        after=done.rencana,
        changed=done.changed,
        left=left,
        replaced=tuple(name for name in done.changed if before is not None and has_content(getattr(before, name))),
        kept=kept,
        empty=empty,
        blocking=after.blocking_count,
        todo=tuple(m.pesan for m in sorted(after.blocking, key=lambda m: m.kode in DECIDED_HERE)),
        unconfirmed=before is not None and before.rangkuman.dikonfirmasi_guru,
    )
