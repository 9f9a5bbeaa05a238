"""Where copying takes its plans from: the last teacher, a template, the period before, another teacher; asked in one list.

A source is named `guru:12`, `templat:Guru kelas` or `bawa:2025`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from pmm_tui.errors import PmmError
from pmm_tui.services.carry_over import previous_periode, try_carry_over
from pmm_tui.services.copy_sources import source_of_teacher, source_of_template
from pmm_tui.services.copying import CopyTrial, try_copy
from pmm_tui.services.in_force import InForce
from pmm_tui.services.repeating import last_plan
from pmm_tui.store import Store
from pmm_tui.tui.ports import Services, Shell
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.screen import PmmScreen

NOTHING = "Belum ada yang dapat disalin: isi dulu rencana seorang guru, atau simpan satu sebagai templat"


def ask_source(screen: PmmScreen, ids: Sequence[int], then: Callable[[str], None]) -> None:
    """Let the source for these teachers be chosen, and go on with it; where there is none, say so."""

    def answered(source: str | None) -> None:
        if source:
            then(source)

    try:
        choices = list(_choices(screen.shell, ids))
    except PmmError as error:
        screen.set_status(error.sentence, style="error")
        return
    if choices:
        whom = f"{len(ids)} guru" if len(ids) > 1 else _name(screen.shell.store, ids[0])
        screen.app.push_screen(ChoiceScreen(f"Salin ke {whom} dari", choices), answered)
    else:
        screen.set_status(NOTHING, style="warning")


def trial_of(
    store: Store,
    in_force: InForce,
    older: InForce | None,
    today: date,
    source: str,
    ids: Collection[int],
    parts: Sequence[str],
    *,
    replace: bool,
) -> CopyTrial:
    """Tell what copying from a source would do; `older` is what was in force in the period that is carried over.

    Raises InputError for a source that is not there, StorageError.
    """
    kind, _, name = source.partition(":")
    if older is not None:
        return try_carry_over(store, older, in_force, today, ids, parts, replace=replace)
    found = source_of_template(store, name) if kind == "templat" else source_of_teacher(store, in_force, int(name))
    return try_copy(store, in_force, today, found, ids, parts, replace=replace)


def older_of(services: Services, source: str) -> InForce | None:
    """What was in force in the period that a source carries over; None for another kind. Raises ConfigError."""
    kind, _, periode = source.partition(":")
    return services.in_force_of(periode) if kind == "bawa" else None


def carried_source(shell: Shell) -> tuple[str, str]:
    """The source that is the period before, and that period's name; empty where nothing is known of one."""
    before = previous_periode(shell.in_force.katalog, shell.in_force.periode)
    if before is None or not (shell.store.drafts.edits(before.id) or shell.store.outbox.standing(before.id)):
        return "", ""
    return f"bawa:{before.id}", before.label


def _choices(shell: Shell, ids: Sequence[int]) -> Iterator[Choice]:
    store, in_force = shell.store, shell.in_force
    sole = ids[0] if len(ids) == 1 else 0
    here = store.roster.get(ids[0])
    worked = shell.worked.of(in_force.periode)
    last = last_plan(store, in_force, here.jenis_ptk if here else "", worked, besides=sole)
    if last:
        yield Choice(f"guru:{last.pegawai.id}", last.pegawai.nama, right="guru terakhir")
    for template in store.templates.all():
        yield Choice(f"templat:{template.name}", template.name, right="templat")
    source, label = carried_source(shell)
    if source:
        yield Choice(source, f"Rencana {label} masing-masing", right="periode lalu")
    begun = store.drafts.edits(in_force.periode)
    for pegawai in store.roster.all():
        if pegawai.id in begun and pegawai.id != sole and not (last and last.pegawai.id == pegawai.id):
            yield Choice(f"guru:{pegawai.id}", pegawai.nama, right="guru")


def _name(store: Store, pegawai_id: int) -> str:
    found = store.roster.get(pegawai_id)
    return found.nama if found else ""
