"""How the belajar.id account of each teacher stands, for lists: its state, its value for scripts, who is known to have none."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from pmm_tui.skp.account import AccountState
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.store.accounts import Account

STATES = {state.word: state for state in AccountState}
"""The states by their words."""


def state_of(accounts: Mapping[int, Account], pegawai_id: int) -> AccountState:
    """How a teacher's account stands; unchecked where nothing is known."""
    account = accounts.get(pegawai_id)
    return STATES[account.state] if account else AccountState.UNCHECKED


def holders(accounts: Mapping[int, Account], teachers: Iterable[Pegawai], words: Container[str]) -> frozenset[int]:
    """The ids of the teachers whose account stands in one of the states that have these words."""
    return frozenset(p.id for p in teachers if state_of(accounts, p.id).word in words)


def without_account(store: Store) -> tuple[Pegawai, ...]:
    """The teachers of whom it is known that they have no account: the list of what is to be mended in Dapodik."""
    accounts = store.accounts.all()
    return tuple(p for p in store.roster.all() if state_of(accounts, p.id) is AccountState.NONE)


def account_json(account: Account | None) -> dict[str, str]:
    """An account for scripts: address, state and the day it was looked at; unchecked where nothing is known."""
    if account is None:
        return {"akun": "", "keadaan": AccountState.UNCHECKED.word, "dicek": ""}
    return {"akun": account.address, "keadaan": account.state, "dicek": account.checked_on}
