"""The plan under the cursor as plain words: what stands in each pane, the head's note, the last receipt, the first problem.

It reads one teacher alone, in at most `STATEMENTS` statements.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from msgspec import Struct

from pmm_tui.dates import long_date, parse_date, short_time
from pmm_tui.services.decision_words import decided_when
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import judged
from pmm_tui.services.status_words import held_words
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.pane_marks import PANES, PaneMark
from pmm_tui.skp.plan_state import State, is_returned
from pmm_tui.skp.rangkuman import confirmation_words, satuan_rhk, total_poin
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.not_needed import NotNeededMark
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.store.outbox_told import last_receipt

STATEMENTS = 7
_LABELS = ("Praktik Pembelajaran", "Pengembangan Kompetensi", "Tugas Tambahan", "Perilaku Kerja", "Rangkuman")


class PanePreview(Struct, frozen=True):
    """One of the five panes: its section, its label with the number, its mark (None: plan not begun), and one line of content."""

    section: str
    label: str
    mark: PaneMark | None
    content: str


class ReceiptPreview(Struct, frozen=True):
    """The last receipt that was checked: of which revision, and when the server gave it (empty: it did not tell)."""

    revision: int
    receipt: str
    at: str

    @property
    def words(self) -> str:
        """`Rev 1 18 Jan 14.02 R-HKX2-NR00`."""
        return " ".join(part for part in (f"Rev {self.revision}", _short(self.at), self.receipt) if part)


class PlanPreview(Struct, frozen=True, kw_only=True):
    """All that a preview shows. `line` is the teacher's line of the list as it stands now.

    `employment` is `PPPK IX · Guru Mapel`; `since` what has brought the state about and when, as words; `panes` are empty where no
    plan is needed; `note` is the head's word, whole, `decided` when it came; `first_problem` the first that stops, else a warning.
    """

    line: PlanLine
    employment: str
    since: str
    panes: tuple[PanePreview, ...]
    note: str = ""
    decided: str = ""
    receipt: ReceiptPreview | None = None
    first_problem: str = ""

    @property
    def status_line(self) -> str:
        """One line about the teacher, for the foot of the list: the head's note, else the first problem, else what was saved."""
        note = " ".join(self.note.split())
        return f"Kepala: “{note}”" if note else self.first_problem or self.since


def preview(store: Store, in_force: InForce, today: date, pegawai_id: int) -> PlanPreview | None:
    """The preview of one teacher; None for one who is not in the roster. Raises StorageError."""
    return store.database.call(_read, store, in_force, today, pegawai_id)


def _read(store: Store, in_force: InForce, today: date, pegawai_id: int) -> PlanPreview | None:
    """In the database's thread, so that all of it is of one moment."""
    periode, pegawai = in_force.periode, store.roster.get(pegawai_id)
    if pegawai is None:
        return None
    katalog = in_force.katalog.for_jenis_ptk(pegawai.jenis_ptk)
    draft, mark = store.drafts.get(pegawai_id, periode), store.not_needed.get(pegawai_id, periode)
    newest, held = store.outbox.newest(pegawai_id, periode), store.held.get(pegawai_id, periode)
    line = judged(
        in_force,
        today,
        pegawai,
        draft.rencana if draft else None,
        draft.edit if draft else 0,
        newest,
        newer=held is not None,
        saved_at=draft.saved_at if draft else None,
        not_needed=mark.reason if mark else "",
    )
    receipt = last_receipt(store.database, pegawai_id, periode)
    first = line.first_blocking or next(iter(line.masalah), None)
    return PlanPreview(
        line=line,
        employment=employment(pegawai),
        since=_since(line, newest, held, mark),
        panes=pane_previews(draft.rencana if draft else None, line, katalog, katalog.skema_periode(periode)),
        note=newest.catatan if newest is not None and line.state is not State.NOT_NEEDED and _is_word_of_head(newest) else "",
        decided=decided_when(store, newest),
        receipt=ReceiptPreview(*receipt) if receipt else None,
        first_problem=first.pesan if first else "",
    )


def employment(pegawai: Pegawai) -> str:
    """Status kepegawaian with golongan, and jenis PTK: `PPPK IX · Guru Mapel`."""
    status = " ".join(part for part in (pegawai.status_kepegawaian, pegawai.golongan) if part)
    return " · ".join(part for part in (status, pegawai.jenis_ptk) if part)


def pane_previews(rencana: RencanaKinerja | None, line: PlanLine, katalog: Katalog, skema: Skema) -> tuple[PanePreview, ...]:
    """The five panes of a plan, each in one line; without marks and content while it was not begun, none where none is needed."""
    if line.state is State.NOT_NEEDED:
        return ()
    contents = pane_contents(rencana, katalog, skema) if rencana is not None else ("",) * len(PANES)
    marks = line.marks or (None,) * len(PANES)
    if marks[-1] is PaneMark.EMPTY and contents[-1]:  # the word that was given does not count for the next revision
        contents = (*contents[:-1], "Konfirmasi guru diminta lagi")
    labels = (
        f"{number} {skema.step_label(name, label)}" for number, (name, label) in enumerate(zip(PANES, _LABELS, strict=True), 1)
    )
    return tuple(PanePreview(*pane) for pane in zip(PANES, labels, marks, contents, strict=True))


def pane_contents(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> tuple[str, ...]:
    """One line of what stands in each of the five panes."""
    chosen = (katalog.find_indikator(one) for one in rencana.praktik_pembelajaran.indikator)
    practice = ", ".join(one.label if one else "(tidak ada di katalog)" for one in chosen)
    confirmed = confirmation_words(rencana.rangkuman)
    return (
        practice,
        _competences(rencana, katalog, skema),
        _duties(rencana, katalog),
        _conduct(rencana, katalog),
        f"Dikonfirmasi guru: {confirmed}" if confirmed else "",
    )


def _competences(rencana: RencanaKinerja, katalog: Katalog, skema: Skema) -> str:
    """`2 RHK, 3 pelatihan, 1 modul`, and the points where the scheme has them."""
    units: Counter[str] = Counter()
    for rhk in rencana.pengembangan_kompetensi.rhk:
        units[satuan_rhk(rhk, katalog) or "target"] += rhk.target
    targets = [f"{count} {unit}" for unit, count in units.items()]
    poin = [f"{total_poin(rencana, katalog)} poin"] if skema.poin_dipakai else []
    return ", ".join((f"{len(rencana.pengembangan_kompetensi.rhk)} RHK", *targets, *poin)) if units else ""


def _duties(rencana: RencanaKinerja, katalog: Katalog) -> str:
    section = rencana.tugas_tambahan
    if section.tidak_ada:
        return "Tidak ada tugas tambahan"
    told = []
    for tugas in section.tugas:
        known, day = katalog.find_tugas(tugas.tugas), parse_date(tugas.tanggal_sk)
        number = tugas.nomor_sk or (long_date(day) if day else tugas.tanggal_sk)
        told.append((known.label if known else tugas.tugas) + (f" · SK {number}" if number else ""))
    return "; ".join(told)


def _conduct(rencana: RencanaKinerja, katalog: Katalog) -> str:
    filled = {choice.partition("/")[0] for choice in rencana.perilaku_kerja.indikator}
    count = sum(value.id in filled for value in katalog.perilaku)
    return f"{count} dari {len(katalog.perilaku)} nilai terisi" if filled else ""


def _is_word_of_head(entry: OutboxEntry) -> bool:
    return is_returned(entry) or (entry.keadaan == "sent" and entry.status_server == "disetujui")


def _since(line: PlanLine, newest: OutboxEntry | None, held: HeldPlan | None, mark: NotNeededMark | None) -> str:
    """What brought the state about, and when."""
    match line.state:
        case State.NOT_NEEDED:
            return f"{line.not_needed}, ditandai {short_time(mark.at)}" if mark else line.not_needed
        case State.NEWER if held is not None:
            return held_words(held)
        case State.QUEUED | State.TO_FIX | State.CONFLICT if newest is not None:
            return f"diajukan {short_time(newest.dibuat)}"
        case State.SENT | State.APPROVED if newest is not None:
            return f"diterima server {_short(newest.waktu_server) or short_time(newest.dibuat)}"
    return f"diubah {short_time(line.saved_at)}" if line.saved_at else ""


def _short(at: str) -> str:
    """A server's time in few words; nothing where it is none."""
    try:
        return short_time(datetime.fromisoformat(at)) if at else ""
    except (ValueError, OverflowError, OSError):  # the last two: a year that no clock of this computer knows
        return ""
