"""Pra-perencanaan, the check before entry: what will stop each teacher, where it is mended, and what of it was ticked off.

Nothing is judged here that a rule in `skp` judges; what nobody can tell offline is a line to look at, and stops nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct, structs

from pmm_tui.dates import long_date
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.prerequisites_school import school_findings
from pmm_tui.services.roster_import import imported_at
from pmm_tui.skp.account import AccountState, address_doubt
from pmm_tui.skp.finding import Finding, sign_of
from pmm_tui.skp.mending import System, mending_of
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.person import is_head, name_key
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.rules.entry import before_entry
from pmm_tui.store import Store
from pmm_tui.store.accounts import Account
from pmm_tui.store.ticks import TickKey
from pmm_tui.text import by_name, shorten

_ACCOUNTS = {
    AccountState.NONE: ("akun-tidak-ada", True),
    AccountState.ELSEWHERE: ("bukan-induk", True),
    AccountState.INACTIVE: ("akun-belum-aktif", False),
    AccountState.FORGOTTEN: ("akun-lupa-sandi", False),
    AccountState.UNCHECKED: ("akun-belum-dicek", False),
}
"""The code of each state of an account that is to be mended, and whether nobody can log in so."""
_STATES = {state.word: state for state in AccountState}


class Prerequisites(Struct, frozen=True):
    """All that was found, by system; in each what stops first and what only has to be looked at last."""

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stops a teacher and was not ticked off."""
        return tuple(one for one in self.findings if one.blocks and one.is_open)

    @property
    def to_mend(self) -> int:
        """How many are faults for certain and not ticked off."""
        return sum(one.to_mend for one in self.findings)

    def of(self, system: System) -> tuple[Finding, ...]:
        """What is mended in one system."""
        return tuple(one for one in self.findings if one.system is system)

    def find(self, key: TickKey) -> Finding | None:
        """The one about a teacher (0: the school) with a code."""
        return next((one for one in self.findings if one.key == key), None)


def prerequisites(store: Store, in_force: InForce, today: date, rows: Sequence[PlanRow] | None = None) -> Prerequisites:
    """Find what has to be mended before entry; those who need no plan are left out.

    `rows` are all teachers' where they were read already. Raises StorageError.
    """
    rows = all_rows(store, in_force, today) if rows is None else rows
    needed = [row for row in rows if row.state is not State.NOT_NEEDED]
    accounts = store.accounts.all()
    found = [one for row in needed for one in _of_teacher(row, in_force, accounts.get(row.pegawai.id), known=bool(accounts))]
    found += _doubles([row.pegawai for row in needed])
    head = next((row for row in needed if is_head(row.pegawai, in_force.sekolah)), None)
    found += school_findings(in_force, today, head, accounts_known=bool(accounts), teachers=bool(needed))
    return Prerequisites(_in_order(_with_ticks(store, found, {a.pegawai_id: a.at for a in accounts.values()})))


def tick(store: Store, findings: Iterable[Finding], now: datetime, *, ticked: bool = True) -> None:
    """Tick these off, or take the ticks back; all or none. Raises InputError for a teacher who is gone, StorageError."""
    store.ticks.write({one.key: one.sign for one in findings}, now, ticked=ticked)


def again_words(finding: Finding) -> str:
    """What is said of something that was ticked off, and is still wrong in what came since; empty for all else."""
    if finding.again_at is None:
        return ""
    return f"dicentang, tetapi masih ada sesudah impor {long_date(finding.again_at.astimezone().date())}"


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding for scripts; `id` is null for the whole school."""
    return {
        "id": finding.pegawai.id if finding.pegawai else None,
        "nama": finding.pegawai.nama if finding.pegawai else "",
        "kode": finding.kode,
        "pesan": finding.sentence,
        "sistem": finding.system.label,
        "pelaku": finding.mending.who,
        "langkah": finding.next_step,
        "sifat": finding.kind,
        "halang": finding.blocks,
        "dicentang": finding.ticked_at.isoformat() if finding.ticked_at else "",
        "masih_ada_sejak": finding.again_at.isoformat() if finding.again_at else "",
    }


# ---- one teacher


def _of_teacher(row: PlanRow, in_force: InForce, account: Account | None, *, known: bool) -> Iterator[Finding]:
    pegawai, katalog = row.pegawai, in_force.katalog.for_jenis_ptk(row.pegawai.jenis_ptk)
    told = [m for m in row.masalah if m.section == "data_diri" and m.kode != "belum-sesuai"]
    extra = list(before_entry(pegawai, row.rencana or RencanaKinerja(), katalog))
    if any(m.kode == "jabatan-lama" for m in extra):  # which says it better
        told = [m for m in told if m.kode != "jenjang-asing"]
    by_code: dict[str, list[Masalah]] = defaultdict(list)
    for masalah in (*told, *extra):
        by_code[masalah.kode].append(masalah)
    for code, several in by_code.items():
        facts = [_fact(name, row) for name in mending_of(code).fields]
        yield Finding(
            pegawai=pegawai,
            kode=code,
            sentence=" ".join(m.pesan for m in several),
            sign=sign_of(code, *facts),
            blocks=any(m.halang for m in several),
        )
    if known:
        yield from _account(pegawai, account, in_force.sekolah.jenjang)


def _fact(name: str, row: PlanRow) -> str:
    """A value as it is in force: the plan's own golongan and jenjang before the roster's."""
    own = getattr(row.rencana.data_diri, name, "") if row.rencana else ""
    return own or getattr(row.pegawai, name)


def _account(pegawai: Pegawai, account: Account | None, jenjang: str) -> Iterator[Finding]:
    state, address = (_STATES[account.state], account.address) if account else (AccountState.UNCHECKED, "")
    if state in _ACCOUNTS:
        code, blocks = _ACCOUNTS[state]
        sentence = f"Akun belajar.id: {state.label}{f' ({address})' if address else ''}."
        yield Finding(pegawai=pegawai, kode=code, sentence=sentence, sign=sign_of(code, address), blocks=blocks, step=state.step)
    if address and state is not AccountState.ELSEWHERE and (doubt := address_doubt(address, jenjang)):
        sentence = f"Akun belajar.id {address}: {doubt}."
        step = "Cocokkan di belajar.id, menu Cek Akun; bila keliru, perbaiki akunnya di sini."
        yield Finding(pegawai=pegawai, kode="akun-ragu", sentence=sentence, sign=sign_of("akun-ragu", address), step=step)


def _doubles(teachers: Iterable[Pegawai]) -> Iterator[Finding]:
    """The same name and birth date twice; no number can stand twice in the records."""
    alike: dict[tuple[str, str], list[Pegawai]] = defaultdict(list)
    for one in teachers:
        if one.tanggal_lahir:
            alike[name_key(one.nama), one.tanggal_lahir].append(one)
    for several in alike.values():
        for one in several if len(several) > 1 else ():
            others = [other for other in several if other is not one]
            named = ", ".join(f"nomor {other.id} {shorten(other.nama, 40)}" for other in others)
            sign = sign_of("orang-ganda", *(f"{p.id} {p.nama} {p.tanggal_lahir}" for p in several))
            sentence = f"Nama dan tanggal lahirnya sama dengan {named}."
            yield Finding(pegawai=one, kode="orang-ganda", sentence=sentence, sign=sign)


# ---- ticks and order


def _with_ticks(store: Store, found: Iterable[Finding], accounts_at: dict[int, datetime]) -> Iterator[Finding]:
    ticks, data_at = store.ticks.all(), imported_at(store)
    for one in found:
        tick_of = ticks.get(one.key)
        if tick_of is None or tick_of.sign != one.sign:
            yield one
            continue
        if one.system is System.BELAJAR_ID:
            came = accounts_at.get(one.key[0])
        else:
            came = data_at if one.pegawai and one.mending.fields and one.mending.certain else None
        again = came if came and came > tick_of.at else None
        yield structs.replace(one, ticked_at=tick_of.at, again_at=again)


def _in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By system; in each what stops first, then faults, then what has to be looked at; the school's before the teachers'."""
    order = {system: number for number, system in enumerate(System)}

    def place(one: Finding) -> tuple[object, ...]:
        name = by_name(one.pegawai.nama) if one.pegawai else ""
        return order[one.system], not one.mending.certain, not one.blocks, one.pegawai is not None, name, one.key[0]

    return tuple(sorted(found, key=place))
