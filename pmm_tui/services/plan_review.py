"""Going through plans one by one: a plan laid open for its operator, and what may be decided of it there.

Nothing is decided of several at once here: each decision is of the one plan that was shown, in the edit that was shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.services.compare import NOT_HERE
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import judged
from pmm_tui.services.plan_reading import PagePart, content_parts
from pmm_tui.services.status_words import LOCKED, status_sentence
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Masalah, Pegawai, RaporPendidikan, RencanaKinerja
from pmm_tui.skp.nip import grouped
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State, to_go_on_with
from pmm_tui.skp.rangkuman import declared_data, jenjang_in_force, pangkat_golongan, recommendations
from pmm_tui.store import Store

DATA_RIGHT, RAPOR_READ, CONFIRMED = "belum-sesuai", "rapor-belum", "belum-dikonfirmasi"
DECIDED_HERE = (DATA_RIGHT, RAPOR_READ, CONFIRMED)
"""The problems that are decisions: what is asked of a plan whose content is whole."""
CHANGED = "Rencana ini berubah sejak ditampilkan; baca lagi, lalu putuskan."
_DECLARES = {
    (DATA_RIGHT, RAPOR_READ): "data diri dan Rapor sesuai",
    (DATA_RIGHT,): "data diri sesuai",
    (RAPOR_READ,): "Rapor sudah dibaca",
}
_NOT_BEGUN = "Rencananya belum dimulai."
_RETURNED = "Dikembalikan kepala sekolah; perbaiki dulu menurut catatannya."


class ReviewSheet(Struct, frozen=True, kw_only=True):
    """A plan as it is gone through: `rencana` is None where it was never begun, `edit` the draft's edit that is shown.

    `status` says what the outbox knows of it, `locked` why it can only be read (empty: it can be decided), and `missing` are the
    problems that have to be mended before it can be confirmed.
    """

    line: PlanLine
    rencana: RencanaKinerja | None
    edit: int
    status: str = ""
    locked: str = ""
    missing: tuple[Masalah, ...] = ()

    @property
    def pegawai(self) -> Pegawai:
        """The teacher."""
        return self.line.pegawai

    @property
    def confirmed(self) -> bool:
        """Whether the teacher has confirmed the plan as it stands."""
        return self.rencana is not None and self.rencana.rangkuman.dikonfirmasi_guru

    @property
    def data_right(self) -> bool:
        """Whether the data diri were said to be right, and the rapor to be read."""
        return not self.undeclared

    @property
    def undeclared(self) -> tuple[str, ...]:
        """What going on declares: `DATA_RIGHT`, `RAPOR_READ`, both, or nothing."""
        return tuple(m.kode for m in self.line.masalah if m.kode in (DATA_RIGHT, RAPOR_READ))

    @property
    def refusal(self) -> str:
        """Why the teacher's word cannot be noted for it; empty when it can."""
        if self.locked:
            return self.locked
        return f"{self.missing[0].pesan.rstrip('.')}; perbaiki dulu" if self.missing else ""

    @property
    def declares(self) -> str:
        """What going on declares, in words; empty where nothing is left to declare."""
        return _DECLARES.get(self.undeclared, "")


def open_review(store: Store, in_force: InForce, today: date, pegawai_id: int) -> ReviewSheet | None:
    """Lay a plan open; None for a teacher who is not in the roster. Raises StorageError. In the database's thread or anywhere."""
    return store.database.call(_open, store, in_force, today, pegawai_id)


def _open(store: Store, in_force: InForce, today: date, pegawai_id: int) -> ReviewSheet | None:
    periode, pegawai = in_force.periode, store.roster.get(pegawai_id)
    if pegawai is None:
        return None
    draft, mark = store.drafts.get(pegawai_id, periode), store.not_needed.get(pegawai_id, periode)
    newest, held = store.outbox.newest(pegawai_id, periode), store.held.get(pegawai_id, periode)
    rencana, edit = (draft.rencana, draft.edit) if draft else (None, 0)
    line = judged(
        in_force,
        today,
        pegawai,
        rencana,
        edit,
        newest,
        newer=held is not None,
        saved_at=draft.saved_at if draft else None,
        not_needed=mark.reason if mark else "",
    )
    status = status_sentence(line.state, newest, held)
    return ReviewSheet(
        line=line,
        rencana=to_go_on_with(rencana, edit, newest) if rencana is not None else None,
        edit=edit,
        status=status,
        locked=_locked(line, rencana, status),
        missing=tuple(m for m in line.blocking if m.kode not in DECIDED_HERE),
    )


def _locked(line: PlanLine, rencana: RencanaKinerja | None, status: str) -> str:
    state = line.state
    if state is State.NOT_NEEDED:
        return f"Ditandai tidak perlu ({line.not_needed})."
    if state is State.APPROVED:
        return LOCKED
    if state.is_submitted:
        return f"Sudah {state.word}; mengubahnya ditanyakan di rencananya."
    if state.needs_look:
        return status or NOT_HERE
    if rencana is None:
        return _NOT_BEGUN
    return _RETURNED if state is State.RETURNED else ""


def reviewable(lines: Iterable[PlanLine]) -> tuple[int, ...]:
    """The teachers whose plans are whole and wait for a decision: the operator's, the teacher's, or to be submitted."""
    open_ones = (line for line in lines if line.state.is_open and not line.state.needs_look and line.saved_at is not None)
    return tuple(
        line.pegawai.id
        for line in open_ones
        if line.state not in (State.RETURNED, State.TO_FIX) and all(m.kode in DECIDED_HERE for m in line.blocking)
    )


# ---- deciding


def with_data_right(rencana: RencanaKinerja, pegawai: Pegawai, katalog: Katalog) -> RencanaKinerja:
    """The plan with its data diri said to be right and the rapor read; `katalog` is the one for the teacher's jenis PTK.

    What the teacher has confirmed stays confirmed: the data are written down as they were shown.
    """
    word = rencana.rangkuman
    declared = rencana if rencana.data_diri.sesuai else rencana.with_section(declared_data(rencana, pegawai, katalog))
    return declared.with_section(RaporPendidikan(dimengerti=True)).with_section(word)


def record(store: Store, in_force: InForce, sheet: ReviewSheet, after: RencanaKinerja, at: datetime) -> int:
    """Save what was decided of a plan as its next edit, whose number is returned.

    Raises InputError, and nothing is changed, where another edit stands than the one that was shown; StorageError. In the
    database's thread or anywhere.
    """
    return store.database.call(_record, store, in_force.periode, sheet.pegawai.id, sheet.edit, after, at)


def _record(store: Store, periode: str, pegawai_id: int, edit: int, after: RencanaKinerja, at: datetime) -> int:
    draft = store.drafts.get(pegawai_id, periode)
    if draft is None or draft.edit != edit or store.drafts.save(pegawai_id, periode, after, edit + 1, at) is None:
        raise InputError(CHANGED)
    return edit + 1


# ---- the page


class PersonLine(Struct, frozen=True):
    """A line of the data diri, and whether something about it is doubted."""

    text: str
    doubted: bool = False


def person_lines(sheet: ReviewSheet, in_force: InForce) -> tuple[PersonLine, ...]:
    """The data diri in two lines: number, status and jenis PTK, then golongan and jenjang jabatan."""
    p, rencana = sheet.pegawai, sheet.rencana or RencanaKinerja()
    katalog = in_force.katalog.for_jenis_ptk(p.jenis_ptk)
    declared = declared_data(rencana, p, katalog)
    jenjang, proposed = jenjang_in_force(rencana, p, katalog)
    level = katalog.find_jenjang(jenjang)
    number = f"NIP {grouped(p.nip)}" if p.nip else f"NUPTK {p.nuptk}" if p.nuptk else "tanpa NIP dan NUPTK"
    rank = pangkat_golongan(declared.golongan, katalog) or "golongan belum ada"
    words = (level.label if level else jenjang) or "jenjang jabatan belum ada"
    doubts = {m.pointer.rpartition("/")[2] for m in sheet.line.masalah if m.section == "data_diri" and m.kode != DATA_RIGHT}
    first = ", ".join((number, p.status_kepegawaian or "status belum ada", p.jenis_ptk or "jenis PTK belum ada"))
    second = ", ".join((rank, f"{words}{' (usulan menurut golongan)' if proposed else ''}"))
    return (
        PersonLine(first, bool(doubts & {"nip", "nuptk", "status_kepegawaian", "jenis_ptk", "nama"})),
        PersonLine(second, bool(doubts & {"golongan", "jenjang_jabatan"})),
    )


def rapor_lines(sheet: ReviewSheet, in_force: InForce) -> tuple[str, ...]:
    """What the school's Rapor Pendidikan says of the recommended indicators and of those chosen, in one or two lines."""
    katalog = in_force.katalog.for_jenis_ptk(sheet.pegawai.jenis_ptk)
    levels = {c.id: c.label.lower() for c in katalog.rapor.capaian}
    chosen = sheet.rencana.praktik_pembelajaran.indikator if sheet.rencana else ()
    advised = recommendations(in_force.rapor, katalog)

    def told(name: str) -> str:
        known = katalog.find_indikator(name)
        level = levels.get(in_force.rapor.capaian.get(name, ""), "capaian belum ada")
        return f"{known.label if known else name} ({level}{', dipilih' if name in advised and name in chosen else ''})"

    others = [name for name in chosen if name not in advised]
    lines = (("Rekomendasi", advised), ("Dipilih", others))
    return tuple(f"{word}: {', '.join(map(told, names))}" for word, names in lines if names) or ("capaian belum ada",)


def plan_parts(sheet: ReviewSheet, in_force: InForce) -> tuple[PagePart, ...]:
    """What the teacher plans, part by part; nothing of a plan that was not begun."""
    if sheet.rencana is None:
        return ()
    return tuple(part for part in content_parts(sheet.rencana, sheet.pegawai, in_force) if part.section != "rangkuman")
