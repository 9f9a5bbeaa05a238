"""Keeping a plan as a template, and removing one: tried first, then done."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from pmm_tui.errors import CorruptError, InputError
from pmm_tui.services.copy_sources import Source, no_template
from pmm_tui.skp.plan_carry import bare
from pmm_tui.store import Store
from pmm_tui.store.templates import Template, template_name


class KeptTemplate(Struct, frozen=True):
    """A template that was, or would be, kept, and whether it replaces one of that name."""

    template: Template
    replaced: bool


def keep_template(
    store: Store, name: str, source: Source, now: datetime, *, replace: bool = False, dry_run: bool = False
) -> KeptTemplate:
    """Keep a plan under a name. Raises InputError for a name that is none, or taken unless to be replaced; StorageError."""
    name = template_name(name)
    there = _is_there(store, name)
    if there and not replace:
        raise InputError(f'Templat "{name}" sudah ada; pakai nama lain, atau --timpa untuk menggantinya.')
    if dry_run:
        return KeptTemplate(Template(name, source.periode, source.sasaran, bare(source.rencana), now), there)
    return KeptTemplate(store.templates.save(name, source.periode, source.sasaran, source.rencana, now, replace=replace), there)


def remove_template(store: Store, name: str, now: datetime, *, dry_run: bool = False) -> str:
    """Remove a template and return its name; raises InputError when there is none of that name, StorageError."""
    if not (_is_there(store, name) if dry_run else store.templates.remove(name, now)):
        raise InputError(no_template(store, name))
    return template_name(name)


def _is_there(store: Store, name: str) -> bool:
    try:
        return store.templates.get(name) is not None
    except CorruptError:  # it is there, and can be replaced or removed
        return True
