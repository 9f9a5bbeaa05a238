"""belajar.id accounts: whose each row is, that nothing known is replaced unseen, marks by hand, who has none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster import account_child, account_file
from pmm_tui.services import account_import
from pmm_tui.services.account_import import AccountImport
from pmm_tui.services.account_states import account_json, state_of, without_account
from pmm_tui.skp.account import AccountState
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.services.conftest import NOW

TODAY = NOW.date()
SITI = Pegawai(nama="Siti Nur'aini, S.Pd.", nip="198507142010012034", nuptk="1046763664300003", tanggal_lahir="1985-07-14")
BUDI = Pegawai(nama="Budi Santoso", nuptk="1234767660300456", tanggal_lahir="1990-01-01")
BUDI_TOO = Pegawai(nama="Budi Santoso", nuptk="1234767660300457", tanggal_lahir="1970-03-03")
WAYAN = Pegawai(nama="I Wayan Tirta")
AT = "@guru.smp.belajar.id"


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with four teachers, and the child's reading in this process."""
    monkeypatch.setattr(account_file, "read_other", lambda module, path, way: account_child.read(path.read_bytes()))
    with Store.open(tmp_path / "akun.db") as store:
        store.roster.write([SITI, BUDI, BUDI_TOO, WAYAN])
        yield store


def propose(store: Store, tmp_path: Path, *rows: str, head: str = "Nama;User ID;Password", **more: Any) -> AccountImport:
    """What a list with these rows would do."""
    path = tmp_path / "akun.csv"
    path.write_text("\n".join((head, *rows)), "utf-8")
    return account_import.propose_file(store, path, "SMP", NOW, TODAY, **more)


def take(store: Store, tmp_path: Path, *rows: str, **more: Any) -> AccountImport:
    """Take it."""
    found = propose(store, tmp_path, *rows, **more)
    account_import.keep(store, found.rows)
    return found


def known(store: Store) -> dict[str, tuple[str, str]]:
    """Address before the `@` and state by the teacher's name and birth date."""
    people = {p.id: f"{p.nama} {p.tanggal_lahir}".strip() for p in store.roster.all()}
    return {people[row_id]: (a.address.partition("@")[0], a.state) for row_id, a in store.accounts.all().items()}


def person(store: Store, name: str) -> Pegawai:
    """The first teacher of that name."""
    return next(p for p in store.roster.all() if p.nama == name)


def test_a_list_with_names_alone(school: Store, tmp_path: Path) -> None:
    """A name that only one has finds them however it is written; one that two have finds nobody; a stranger is told."""
    found = take(school, tmp_path, f"SITI NURAINI;siti1{AT};x", f"Budi Santoso;budi1{AT};x", f"Orang Lain;lain1{AT};x")
    assert [row.result for row in found.rows] == ["baru", "ditolak", "ditolak"]
    assert "lebih dari satu guru" in found.rows[1].note
    assert found.rows[2].note == "tidak ada di daftar guru"
    assert known(school) == {"Siti Nur'aini, S.Pd. 1985-07-14": ("siti1", "belum-aktif")}
    assert {p.nama for p in found.missing} == {"Budi Santoso", "I Wayan Tirta"}
    account = school.accounts.all()[person(school, SITI.nama).id]
    assert (account.checked_on, account.origin, account.at) == ("2026-01-10", "berkas", NOW)


def test_a_birth_date_or_a_nuptk_tells_namesakes_apart(school: Store, tmp_path: Path) -> None:
    """And a number of one beside the name of another is refused."""
    head = "Nama;NUPTK;Tanggal Lahir;Akun"
    rows = (f"Budi Santoso;;3 Maret 1970;tua1{AT}", f"BUDI S;{BUDI.nuptk};;muda1{AT}", f"Siti Nuraini;{BUDI_TOO.nuptk};;siti1{AT}")
    found = take(school, tmp_path, *rows, head=head)
    assert [row.result for row in found.rows] == ["baru", "baru", "ditolak"]
    assert known(school) == {
        "Budi Santoso 1970-03-03": ("tua1", "belum-aktif"),
        "Budi Santoso 1990-01-01": ("muda1", "belum-aktif"),
    }
    assert found.rows[2].note == "NUPTK-nya milik Budi Santoso; periksa di Dapodik"


def test_another_account_than_the_stored_one_waits_for_a_decision(school: Store, tmp_path: Path) -> None:
    """Both are named; `--timpa` takes the list's."""
    take(school, tmp_path, f"Siti Nuraini;siti1{AT};x")
    found = take(school, tmp_path, f"Siti Nuraini;siti2{AT};x")
    assert [row.result for row in found.rows] == ["perlu-diputuskan"]
    assert f"tersimpan siti1{AT}, di berkas siti2{AT}" in found.rows[0].note
    assert known(school) == {"Siti Nur'aini, S.Pd. 1985-07-14": ("siti1", "belum-aktif")}
    assert [row.result for row in take(school, tmp_path, f"Siti Nuraini;siti2{AT};x", replace=True).rows] == ["diperbarui"]
    assert known(school) == {"Siti Nur'aini, S.Pd. 1985-07-14": ("siti2", "belum-aktif")}


def test_a_state_of_ones_own_is_not_replaced_by_a_list(school: Store, tmp_path: Path) -> None:
    """A list without states keeps what is known; one that says otherwise is told, and `--timpa` takes its word."""
    take(school, tmp_path, f"Siti Nuraini;siti1{AT};x")
    school.accounts.write(account_import.mark(school, [person(school, SITI.nama)], "lupa-sandi", NOW, TODAY))
    assert [row.result for row in take(school, tmp_path, f"Siti Nuraini;siti1{AT};x").rows] == ["sama"]
    head, row = "Nama;User ID;Status", f"Siti Nuraini;siti1{AT};Aktif"
    found = take(school, tmp_path, row, head=head)
    assert known(school) == {"Siti Nur'aini, S.Pd. 1985-07-14": ("siti1", "lupa-sandi")}
    assert found.rows[0].note == "keadaan yang ditandai sendiri tetap (lupa sandi), di berkas aktif"
    take(school, tmp_path, row, head=head, replace=True)
    assert known(school) == {"Siti Nur'aini, S.Pd. 1985-07-14": ("siti1", "aktif")}


def test_who_was_without_has_one_now(school: Store, tmp_path: Path) -> None:
    """A list with the account of somebody who was marked as having none says so by itself."""
    wayan = person(school, WAYAN.nama)
    school.accounts.write(account_import.mark(school, [wayan], "tidak-ada", NOW, TODAY))
    assert [p.nama for p in without_account(school)] == [WAYAN.nama]
    found = take(school, tmp_path, f"I Wayan Tirta;wayan1{AT};x")
    assert [row.result for row in found.rows] == ["diperbarui"]
    assert known(school) == {WAYAN.nama: ("wayan1", "belum-aktif")}
    assert without_account(school) == ()


def test_doubles_in_a_list_are_refused_on_both_rows(school: Store, tmp_path: Path) -> None:
    """One teacher with two accounts, one account for two teachers, and one that is somebody else's here."""
    found = take(school, tmp_path, f"Siti Nuraini;siti1{AT};x", f"Siti Nur Aini;siti2{AT};x", f"I Wayan Tirta;wayan1{AT};x")
    assert [row.result for row in found.rows] == ["ditolak", "ditolak", "baru"]
    found = take(school, tmp_path, f"Siti Nuraini;wayan1{AT};x")
    assert (found.rows[0].result, found.rows[0].note) == ("ditolak", f"akun wayan1{AT} sudah tercatat milik I Wayan Tirta")
    both = take(school, tmp_path, f"Siti Nuraini;sama1{AT};x", f"I Wayan Tirta;sama1{AT};x", replace=True)
    assert [row.result for row in both.rows] == ["ditolak", "ditolak"]
    assert known(school) == {WAYAN.nama: ("wayan1", "belum-aktif")}


def test_a_row_without_an_account_is_refused_without_repeating_it(school: Store, tmp_path: Path) -> None:
    """What stands there may be anything; a row that says that there is none is taken as such."""
    found = take(school, tmp_path, "Siti Nuraini;siti@gmail.com;x", "I Wayan Tirta;;x")
    assert [row.result for row in found.rows] == ["ditolak", "ditolak"]
    assert not any("gmail" in row.note for row in found.rows)
    assert [row.result for row in take(school, tmp_path, "I Wayan Tirta;-;Belum tersedia", head="Nama;Akun;Status").rows] == [
        "baru"
    ]
    assert known(school) == {WAYAN.nama: ("", "tidak-ada")}


def test_an_odd_account_is_taken_with_a_word(school: Store, tmp_path: Path) -> None:
    """Another kind of school's may be right: the teacher may be of another school."""
    found = take(school, tmp_path, "Siti Nuraini;siti1@guru.sma.belajar.id;x")
    assert (found.rows[0].result, found.rows[0].note) == ("baru", "akun jenjang SMA, sekolah ini SMP; mungkin dari sekolah lain")


def test_marks_by_hand(school: Store) -> None:
    """With the day; `belum-dicek` has none, an address stays unless another is named, and an impossible one is refused."""
    siti, wayan = person(school, SITI.nama), person(school, WAYAN.nama)
    school.accounts.write(account_import.mark(school, [siti], "aktif", NOW, TODAY, address=f" SITI1{AT} "))
    made = account_import.mark(school, [siti, wayan], "bukan-induk", NOW + timedelta(1), TODAY)
    assert [(a.address.partition("@")[0], a.state, a.checked_on, a.origin) for a in made] == [
        ("siti1", "bukan-induk", "2026-01-10", "tangan"),
        ("", "bukan-induk", "2026-01-10", "tangan"),
    ]
    assert account_import.mark(school, [wayan], "belum-dicek", NOW, TODAY)[0].checked_on == ""
    for teachers, state, address, words in (
        ([siti, wayan], "aktif", f"a{AT}", "hanya untuk seorang guru"),
        ([siti], "aktif", "siti@gmail.com", "bukan alamat akun belajar.id"),
        ([siti], "tidak-ada", None, "jadi bukan tidak ada"),
    ):
        with pytest.raises(InputError, match=words):
            account_import.mark(school, teachers, state, NOW, TODAY, address=address)
    assert account_import.mark(school, [siti], "tidak-ada", NOW, TODAY, address="")[0].address == ""


def test_of_whom_nothing_is_known_is_unchecked(school: Store) -> None:
    """In lists and for scripts."""
    assert state_of({}, 7) is AccountState.UNCHECKED
    assert account_json(None) == {"akun": "", "keadaan": "belum-dicek", "dicek": ""}
    assert without_account(school) == ()
