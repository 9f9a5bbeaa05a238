"""Where a copy comes from: a teacher's plan, or a template."""

from __future__ import annotations

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.skp.plan_carry import filled_parts, whose
from pmm_tui.store import Store
from pmm_tui.store.steps import StepKind
from pmm_tui.text import quoted


class Source(Struct, frozen=True):
    """What is copied, and of which period; `sasaran` is the id of the form it is for, empty for a teacher's.

    `pegawai_id` is the teacher whose plan it is (0: nobody's), `named` the catalogue that it was made under, where that is known.
    """

    kind: StepKind
    words: str
    rencana: RencanaKinerja
    periode: str
    sasaran: str = ""
    pegawai_id: int = 0
    named: Katalog | None = None


def source_of_teacher(store: Store, in_force: InForce, pegawai_id: int) -> Source:
    """The plan of a teacher in the period in force; raises InputError for one who has none, StorageError."""
    pegawai = store.roster.get(pegawai_id)
    draft = store.drafts.get(pegawai_id, in_force.periode) if pegawai else None
    if pegawai is None or draft is None or not filled_parts(draft.rencana):
        name = pegawai.nama if pegawai else f"Guru nomor {pegawai_id}"
        raise InputError(
            f"{name} belum punya isi rencana {in_force.label} untuk disalin; isi dulu rencananya, atau pilih guru lain."
        )
    form = whose(in_force.katalog, pegawai.jenis_ptk)
    return Source("salin", f"Disalin dari {pegawai.nama}", draft.rencana, in_force.periode, form, pegawai.id, in_force.katalog)


def source_of_template(store: Store, name: str) -> Source:
    """A template; raises InputError when there is none of that name, CorruptError for one that can no longer be read."""
    from pmm_tui.skp.katalog_reader import bundled  # lazy: what older ids were called

    template = store.templates.get(name)
    if template is None:
        raise InputError(no_template(store, name))
    named = bundled().for_periode(template.periode)
    return Source("templat", f'Templat "{template.name}"', template.rencana, template.periode, template.sasaran, named=named)


def last_worked(store: Store, periode: str, besides: int = 0) -> int | None:
    """The teacher whose plan was saved last in a period, one teacher aside; None while there is none."""
    return store.drafts.last(periode, besides)


def no_template(store: Store, name: str) -> str:
    """The sentence that there is no template of that name, and which there are."""
    known = ", ".join(one.name for one in store.templates.all())
    there = f"Yang ada: {known}." if known else "Belum ada templat; simpan dulu satu dari rencana yang sudah jadi."
    return f"Templat {quoted(name)} tidak ada. {there}"
