"""belajar.id accounts: taking the operator's list, marking by hand, and who still has none; no password comes this far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct, structs

from pmm_tui.errors import InputError
from pmm_tui.roster.account_file import AccountFile, AccountRow, read_account_file
from pmm_tui.roster.written_dates import written_date
from pmm_tui.services.account_states import STATES
from pmm_tui.skp.account import AccountState, address_doubt, address_fault
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.nip import digits, is_placeholder
from pmm_tui.skp.person import likely_same, other_person
from pmm_tui.store import Store
from pmm_tui.store.accounts import Account

Result = Literal["baru", "diperbarui", "sama", "perlu-diputuskan", "ditolak"]


class TakenRow(Struct, frozen=True, kw_only=True):
    """What becomes of a row: whose account it is, what would be kept (None: nothing), and why or what to look at."""

    row: int
    name: str
    result: Result
    pegawai: Pegawai | None = None
    account: Account | None = None
    note: str = ""


class AccountImport(Struct, frozen=True, kw_only=True):
    """What taking a list would do; `missing` are the teachers whom it does not name and of whom no account is known."""

    file: AccountFile
    rows: tuple[TakenRow, ...]
    missing: tuple[Pegawai, ...]

    @property
    def counts(self) -> Counter[Result]:
        """How many rows came to what."""
        return Counter(row.result for row in self.rows)


def propose_file(
    store: Store, path: Path, jenjang: str, now: datetime, today: date, *, state: str = "belum-aktif", replace: bool = False
) -> AccountImport:
    """What taking the operator's list would do. Raises InputError for a file that cannot be read.

    `state` is for accounts of which neither the file nor anybody here says how they stand. With `replace` the file's word counts
    where another account or a state of one's own is kept.
    """
    file, teachers, known = read_account_file(path), store.roster.all(), store.accounts.all()
    chooser = _Chooser(teachers, known, jenjang, now, today, state, replace)
    rows = chooser.without_doubles([chooser.take(row) for row in file.rows])
    named = {row.pegawai.id for row in rows if row.pegawai}
    missing = tuple(p for p in teachers if p.id not in named and not _has_account(known.get(p.id)))
    return AccountImport(file=file, rows=tuple(rows), missing=missing)


def keep(store: Store, rows: Iterable[TakenRow]) -> None:
    """Keep what was proposed, all or none. Raises InputError when an address has become another teacher's, StorageError."""
    store.accounts.write(row.account for row in rows if row.account and row.result in ("baru", "diperbarui"))


def mark(
    store: Store, teachers: Iterable[Pegawai], state: str, now: datetime, today: date, *, address: str | None = None
) -> tuple[Account, ...]:
    """The accounts as they would be when these teachers are marked so today. Raises InputError for an address that cannot be."""
    teachers, known = tuple(teachers), store.accounts.all()
    if address is not None and len(teachers) != 1:
        raise InputError("--akun hanya untuk seorang guru; sebut satu guru saja.")
    if address and (fault := address_fault(address.strip())):
        raise InputError(f"Akun ini {fault}; periksa tulisannya.")
    checked = "" if state == AccountState.UNCHECKED.word else today.isoformat()
    made = []
    for one in teachers:
        kept = known.get(one.id)
        named = (kept.address if kept else "") if address is None else address.strip().casefold()
        if state == AccountState.NONE.word and named:
            raise InputError(f'{one.nama}: akun {named} tercatat, jadi bukan tidak ada; hapus dulu dengan --akun "".')
        made.append(Account(pegawai_id=one.id, address=named, state=state, checked_on=checked, origin="tangan", at=now))
    return tuple(made)


def _has_account(account: Account | None) -> bool:
    return account is not None and bool(account.address)


class _Chooser:
    """Finds whose account each row is, and what is to be kept of it."""

    def __init__(
        self,
        teachers: tuple[Pegawai, ...],
        known: Mapping[int, Account],
        jenjang: str,
        now: datetime,
        today: date,
        state: str,
        replace: bool,
    ) -> None:
        self._teachers, self._known, self._jenjang = teachers, known, jenjang
        self._now, self._today, self._state, self._replace = now, today, state, replace
        self._holders = {account.address: row_id for row_id, account in known.items() if account.address}

    def take(self, row: AccountRow) -> TakenRow:
        """What becomes of one row by itself."""
        if not row.address and row.state != AccountState.NONE.word:
            return self._refused(row, "kolom akunnya tidak berisi satu alamat belajar.id")
        found = self._find(row)
        if isinstance(found, str):
            return self._refused(row, found)
        kept = self._known.get(found.id)
        holder = self._holders.get(row.address)
        if row.address and holder not in (None, found.id):
            whose = next((p.nama for p in self._teachers if p.id == holder), "guru lain")
            return self._refused(row, f"akun {row.address} sudah tercatat milik {whose}", found)
        note = address_doubt(row.address, self._jenjang) if row.address else ""
        if kept and kept.address and kept.address != row.address and not self._replace:
            why = f"tersimpan {kept.address}, di berkas {row.address or 'tidak ada'}; pakai isi berkas dengan --timpa"
            return TakenRow(row=row.row, name=row.name, result="perlu-diputuskan", pegawai=found, note=why)
        state, said = self._state_for(row, kept)
        account = Account(
            pegawai_id=found.id,
            address=row.address,
            state=state,
            checked_on=self._today.isoformat() if row.state or not kept else kept.checked_on,
            origin="berkas" if row.state or not kept else kept.origin,
            at=self._now,
        )
        same = kept is not None and (kept.address, kept.state) == (account.address, account.state)
        result: Result = "sama" if same else "diperbarui" if kept else "baru"
        notes = "; ".join(part for part in (note, said) if part)
        return TakenRow(row=row.row, name=row.name, result=result, pegawai=found, account=account, note=notes)

    def without_doubles(self, rows: list[TakenRow]) -> list[TakenRow]:
        """Refuse all rows that give one teacher two accounts, or two teachers one."""
        people: dict[int, set[str]] = {}
        addresses: dict[str, set[int]] = {}
        for row in rows:
            if row.account:
                people.setdefault(row.account.pegawai_id, set()).add(row.account.address)
                addresses.setdefault(row.account.address, set()).add(row.account.pegawai_id)

        def judged(row: TakenRow) -> TakenRow:
            if row.account is None:
                return row
            if len(people[row.account.pegawai_id]) > 1:
                return structs.replace(row, result="ditolak", account=None, note="guru ini punya lebih dari satu akun di berkas")
            if row.account.address and len(addresses[row.account.address]) > 1:
                return structs.replace(row, result="ditolak", account=None, note="akun ini milik lebih dari satu guru di berkas")
            return row

        return list(map(judged, rows))

    def _state_for(self, row: AccountRow, kept: Account | None) -> tuple[str, str]:
        """The state to keep, and what is to be said of it: one's own word is not replaced by a list unseen."""
        if row.state and kept and kept.origin == "tangan" and kept.state != row.state and not self._replace:
            return (
                kept.state,
                f"keadaan yang ditandai sendiri tetap ({STATES[kept.state].label}), di berkas {STATES[row.state].label}",
            )
        if row.state:
            return row.state, ""
        usable = kept is not None and kept.state not in (AccountState.UNCHECKED.word, AccountState.NONE.word)
        return (kept.state if kept and usable else self._state), ""

    def _find(self, row: AccountRow) -> Pegawai | str:
        """The teacher of a row, or why none: by NUPTK or NIP, else by name and birth date, else by a name that only one has."""
        day = written_date(row.born) if row.born else None
        born = day.isoformat() if day else row.born
        for field, number in (("nuptk", digits(row.nuptk)), ("nip", digits(row.nip))):
            holder = next((p for p in self._teachers if number and getattr(p, field) == number), None)
            if holder and not is_placeholder(number):
                if row.name and other_person(row.name, born, holder.nama, holder.tanggal_lahir):
                    return f"{field.upper()}-nya milik {holder.nama}; periksa di Dapodik"
                return holder
        alike = [p for p in self._teachers if row.name and likely_same(row.name, born, p.nama, p.tanggal_lahir)]
        if len(alike) == 1:
            return alike[0]
        if alike:
            return "nama ini dimiliki lebih dari satu guru; tandai dengan: pmm-tui belajar-id tandai ID --akun ALAMAT"
        return "tidak ada di daftar guru"

    def _refused(self, row: AccountRow, why: str, pegawai: Pegawai | None = None) -> TakenRow:
        return TakenRow(row=row.row, name=row.name, result="ditolak", pegawai=pegawai, note=why)
