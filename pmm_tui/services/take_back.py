"""Taking back the newest thing that the list has done: a step over several plans, a bulk submission, a teacher typed by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.roster_edit import undo as undo_typing
from pmm_tui.store import Store
from pmm_tui.store.times import from_text

NOTHING = "Tidak ada langkah, pengajuan bersama atau isian guru yang dapat diurungkan."
_LONG_AGO = datetime.fromtimestamp(0, UTC)


class TakeBack(Struct, frozen=True, kw_only=True):
    """What would be taken back: `words` say what it was, `back` and `kept` name the teachers for whom it is and is not.

    A `guru` is one teacher's data, of whom `back` has the name.
    """

    kind: Literal["langkah", "ajukan", "guru"]
    words: str
    at: datetime
    back: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    step_id: int = 0

    @property
    def why_kept(self) -> str:
        """Why those who are kept are kept."""
        return "diubah, dikirim atau diajukan lagi sesudahnya" if self.kind == "ajukan" else "diubah atau diajukan sesudahnya"


def newest(store: Store, in_force: InForce) -> TakeBack | None:
    """The newest that can be taken back in the period in force; None where nothing can. Raises StorageError.

    In the database's thread or anywhere.
    """
    return store.database.call(_newest, store, in_force.periode)


def _newest(store: Store, periode: str) -> TakeBack | None:
    found = [one for one in (_step(store, periode), _submission(store, periode), _typing(store)) if one is not None]
    return max(found, key=lambda one: one.at, default=None)


def gone_words(store: Store, in_force: InForce, older: TakeBack | None = None) -> str:
    """That the newest thing done, a bulk submission, has left this computer, and what to do; empty where it is not so.

    `older` is what can be taken back instead, if it is older than that.
    In the database's thread or anywhere.
    """
    last, step = store.withdrawals.last(in_force.periode), store.steps.last(in_force.periode)
    if last is None or last.back or not last.gone or any(one is not None and one.at > last.at for one in (step, older)):
        return ""
    return (
        f"Pengajuan bersama: {len(last.gone)} rencana sudah keluar dari komputer ini dan tidak dapat ditarik;"
        " minta kepala sekolah mengembalikannya"
    )


def nothing_words(store: Store, in_force: InForce) -> str:
    """Why nothing can be taken back, as a sentence. In the database's thread or anywhere."""
    if gone := gone_words(store, in_force):
        return gone
    step = store.steps.last(in_force.periode)
    return f"{step.words}: semuanya sudah diubah atau diajukan sesudahnya, jadi tidak diurungkan." if step else NOTHING


def take_back(store: Store, in_force: InForce, meant: TakeBack, now: datetime) -> TakeBack:
    """Take back what `newest` told of, and return what was done. Raises InputError where that is not the newest any more.

    Also raises StorageError; then nothing is taken back.
    """
    return store.database.call(_take_back, store, in_force.periode, meant, now)


def _take_back(store: Store, periode: str, meant: TakeBack, now: datetime) -> TakeBack:
    stands = _newest(store, periode)
    if stands is None or (stands.kind, stands.at, stands.step_id) != (meant.kind, meant.at, meant.step_id):
        raise InputError("Ada yang baru dilakukan sesudah pertanyaan itu; tidak ada yang diurungkan. Tekan sekali lagi.")
    match stands.kind:
        case "langkah":
            store.steps.undo(stands.step_id, now)
        case "ajukan":
            store.withdrawals.undo(periode, now)
        case "guru":
            undo_typing(store)
    return stands


def sentence(done: TakeBack) -> str:
    """What was taken back, for whom it was not and why."""
    if done.kind == "guru":
        return f"{done.back[0]}: {done.words}"
    verb = "ditarik kembali sebelum dikirim" if done.kind == "ajukan" else "kembali seperti sebelumnya"
    kept = ""
    if done.kept:
        more = f" dan {len(done.kept) - 2} lagi" if len(done.kept) > 2 else ""
        kept = f"; {len(done.kept)} tetap, karena {done.why_kept}: {', '.join(done.kept[:2])}{more}"
    return f"{done.words}: {len(done.back)} rencana {verb}{kept}"


def _names(store: Store, ids: tuple[int, ...]) -> tuple[str, ...]:
    wanted = set(ids)
    return tuple(p.nama for p in store.roster.all() if p.id in wanted)


def _step(store: Store, periode: str) -> TakeBack | None:
    """The last step, while it can be taken back for at least one teacher."""
    step = store.steps.last(periode)
    if step is None:
        return None
    would = store.steps.try_undo(step.id)
    if not would.back:
        return None
    back, kept = _names(store, would.back), _names(store, would.kept)
    return TakeBack(kind="langkah", words=step.words, at=step.at, back=back, kept=kept, step_id=step.id)


def _submission(store: Store, periode: str) -> TakeBack | None:
    """A bulk submission of which at least one plan still waits."""
    last = store.withdrawals.last(periode)
    if last is None or not last.back:
        return None
    return TakeBack(
        kind="ajukan", words="Pengajuan bersama", at=last.at, back=_names(store, last.back), kept=_names(store, last.kept)
    )


def _typing(store: Store) -> TakeBack | None:
    """A teacher typed by hand; one of an older program, which kept no time, is older than all else."""
    change = store.by_hand.last()
    if change is None:
        return None
    words = "kembali seperti semula" if change.before else "tidak jadi ditambahkan"
    at = from_text(change.at) if change.at else _LONG_AGO
    return TakeBack(kind="guru", words=words, at=at, back=((change.before or change.after).nama,))
