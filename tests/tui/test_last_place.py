"""The memo of where the operator was: what was written comes back, and what cannot be read begins at the list."""

from __future__ import annotations

import pytest

from pmm_tui.store import Store
from pmm_tui.tui.last_place import LAST_PLACE, LastPlace, Place


def test_the_memo_keeps_its_form(store: Store) -> None:
    """What is written is what every version before has written, and comes back."""
    last_place = LastPlace(store)
    last_place.remember(7, "2026", "tugas_tambahan", "tambah")
    store.database.submit(lambda: None).result()
    assert store.reference.memo(LAST_PLACE) == '{"pegawai":7,"bagian":"tugas_tambahan","kursor":"tambah","periode":"2026"}'
    assert last_place.read() == Place(pegawai=7, section="tugas_tambahan", row="tambah", periode="2026")
    last_place.forget()
    store.database.submit(lambda: None).result()
    assert last_place.read() is None


@pytest.mark.parametrize(
    "memo", ["", "null", "{", "[]", "7", '{"pegawai": 7}', '{"periode": "2026"}', '{"pegawai": "x", "periode": 1}']
)
def test_a_memo_that_cannot_be_read_begins_at_the_list(memo: str, store: Store) -> None:
    """No damage to the memo stops the program from starting."""
    store.reference.set_memo(LAST_PLACE, memo)
    assert LastPlace(store).read() is None
