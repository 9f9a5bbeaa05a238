"""Pra-perencanaan: what is found for whom, where it is mended, and what a tick means while data come anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from msgspec import structs

from pmm_tui.dates import long_date
from pmm_tui.errors import InputError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import all_lines, all_rows
from pmm_tui.services.needless import mark_not_needed
from pmm_tui.services.prerequisites import Prerequisites, again_words, finding_json, prerequisites, tick
from pmm_tui.services.prerequisites_list import Show, SystemRow, count_shown, list_rows
from pmm_tui.services.roster_import import imported_at, take
from pmm_tui.skp.account import AccountState
from pmm_tui.skp.finding import Finding
from pmm_tui.skp.mending import System
from pmm_tui.skp.model import Atasan, DataDiri, KepalaSekolah, Pegawai, RencanaKinerja, Sekolah
from pmm_tui.store import Store
from pmm_tui.store.accounts import Account
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tui.samples import ANI

TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)
ALWAYS = {"unor", "jabatan-siasn", "akun-belum-dicatat", "periode-ruang-gtk", "tim-kinerja", "peran-kepala", "skp-kepala"}
"""What has to be looked at by hand in every school of which nothing else is known."""


def check(store: Store, in_force: InForce = IN_FORCE) -> Prerequisites:
    return prerequisites(store, in_force, TODAY)


def of(found: Prerequisites, pegawai: Pegawai) -> dict[str, Finding]:
    return {one.kode: one for one in found.findings if one.pegawai and one.pegawai.id == pegawai.id}


def change(store: Store, pegawai: Pegawai, **values: str) -> Pegawai:
    new = structs.replace(pegawai, **values)
    store.roster.write([new])
    return new


def account(pegawai: Pegawai, state: AccountState, address: str = "", later: int = 0) -> Account:
    at = NOW + timedelta(seconds=later)
    return Account(pegawai_id=pegawai.id, address=address, state=state.word, checked_on="2026-01-09", origin="tangan", at=at)


def codes(findings: Iterable[Finding]) -> set[str]:
    return {one.kode for one in findings}


def test_a_school_in_order_has_only_what_nobody_can_see_from_here(store: Store, ani: Pegawai) -> None:
    """Those lines are to be looked at: none of them stops anybody or counts as a fault."""
    change(store, ani, nuptk="1234567890128456")
    sekolah = structs.replace(IN_FORCE.sekolah, kepala_sekolah=KepalaSekolah(nama="Nur'aini", nip="196903121994032001"))
    found = check(store, structs.replace(IN_FORCE, sekolah=sekolah))
    assert codes(found.findings) == ALWAYS
    assert {one.kind for one in found.findings} == {"perlu dicek"}
    assert (found.to_mend, found.blocking) == (0, ())


def test_nobody_in_the_roster_leaves_only_the_settings(store: Store) -> None:
    """There is nothing to look at by hand for a school without teachers."""
    empty = structs.replace(IN_FORCE, sekolah=Sekolah())
    assert codes(prerequisites(store, empty, TODAY, rows=()).findings) == {"npsn-kosong", "bentuk-sekolah-kosong", "kepala-kosong"}


@pytest.mark.parametrize(
    ("values", "kode", "system", "kind"),
    [
        ({"jenis_ptk": "Satpam"}, "jenis-ptk", System.DAPODIK, "peringatan"),
        ({"jk": ""}, "jk-kosong", System.DAPODIK, "peringatan"),
        ({"nip": "198513142010012001"}, "nip-salah", System.VERVAL, "menghalangi"),
        ({"nip": ""}, "nip-kosong", System.VERVAL, "menghalangi"),
        ({"jk": "L"}, "nip-beda", System.VERVAL, "peringatan"),
        ({"tanggal_lahir": "1985-07-15"}, "nip-beda", System.VERVAL, "peringatan"),
        ({"golongan": "IX"}, "golongan-beda-status", System.SIASN, "peringatan"),
        ({"jenjang_jabatan": "ahli-madya"}, "golongan-beda-jenjang", System.SIASN, "peringatan"),
        ({"status_kepegawaian": "GTY/PTY", "nip": "", "nuptk": "1234567890128456"}, "non-asn", System.HERE, "perlu dicek"),
    ],
)
def test_a_fault_stands_where_it_is_mended(
    store: Store, ani: Pegawai, values: dict[str, str], kode: str, system: System, kind: str
) -> None:
    """With who mends it and the step; the form's own rules say whether it stops the plan."""
    change(store, ani, **values)
    one = of(check(store), ani)[kode]
    assert (one.system, one.kind, one.is_open) == (system, kind, True)
    assert one.mending.who
    assert one.next_step
    assert one.blocks == any(m.halang and m.kode == kode for line in all_lines(store, IN_FORCE, TODAY) for m in line.masalah)


def test_an_old_post_is_told_once(store: Store, ani: Pegawai) -> None:
    """As an old name, not also as one that the catalogue does not have."""
    change(store, ani, jenjang_jabatan="Guru Dewasa")
    assert "jabatan-lama" in of(check(store), ani)
    assert "jenjang-asing" not in of(check(store), ani)


def test_two_faults_of_one_code_are_one_line(store: Store, ani: Pegawai) -> None:
    """So that a tick is about one thing: birth date and sex both differ from the NIP."""
    change(store, ani, jk="L", tanggal_lahir="1985-07-15")
    one = of(check(store), ani)["nip-beda"]
    assert "tanggal lahir" in one.sentence
    assert "jenis kelamin" in one.sentence


def test_what_was_put_right_in_the_plan_is_right(store: Store, ani: Pegawai) -> None:
    """The golongan of the plan's data diri counts before the roster's."""
    change(store, ani, golongan="")
    assert {"golongan-kosong", "jenjang-kosong"} <= set(of(check(store), ani))
    store.drafts.save(ani.id, PERIODE, RencanaKinerja(data_diri=DataDiri(golongan="III/c")), 1, NOW)
    assert not {"golongan-kosong", "jenjang-kosong", "belum-sesuai"} & set(of(check(store), ani))


def test_who_needs_no_plan_is_left_out(store: Store, ani: Pegawai) -> None:
    """Also as one of two who are alike."""
    change(store, ani, jk="")
    (line,) = [one for one in all_lines(store, IN_FORCE, TODAY) if one.pegawai.id == ani.id]
    mark_not_needed(store, IN_FORCE, [line], "pensiun", NOW)
    assert of(check(store), ani) == {}


def test_one_person_twice_is_told_of_both(store: Store, ani: Pegawai) -> None:
    """By name and birth date, degrees aside; each names the other. Namesakes born on other days are two people."""
    double = Pegawai(nama="ANI LESTARI", tanggal_lahir=ANI.tanggal_lahir, nuptk="1234567890128456", jk="P")
    namesake = Pegawai(nama="Ani Lestari", tanggal_lahir="1990-01-01", nuptk="1234567890128457", jk="P")
    store.roster.write([double, namesake])
    _, other, third = sorted((p for p in store.roster.all() if "ani l" in p.nama.casefold()), key=lambda p: p.id)
    found = check(store)
    assert f"nomor {other.id} ANI LESTARI" in of(found, ani)["orang-ganda"].sentence
    assert f"nomor {ani.id} " in of(found, other)["orang-ganda"].sentence
    assert "orang-ganda" not in of(found, third)


@pytest.mark.parametrize(
    ("state", "kode", "kind"),
    [
        (AccountState.NONE, "akun-tidak-ada", "menghalangi"),
        (AccountState.ELSEWHERE, "bukan-induk", "menghalangi"),
        (AccountState.INACTIVE, "akun-belum-aktif", "peringatan"),
        (AccountState.FORGOTTEN, "akun-lupa-sandi", "peringatan"),
        (AccountState.UNCHECKED, "akun-belum-dicek", "perlu dicek"),
        (AccountState.ACTIVE, "", ""),
    ],
)
def test_an_account_stands_as_it_was_marked(
    store: Store, ani: Pegawai, budi: Pegawai, state: AccountState, kode: str, kind: str
) -> None:
    """Once one account is known the others are asked for by name, and the general line goes."""
    store.accounts.write([account(ani, state)])
    found = check(store)
    told = {one.kode: one.kind for one in of(found, ani).values() if one.system is System.BELAJAR_ID}
    assert told == ({kode: kind} if kode else {})
    assert "akun-belum-dicek" in of(found, budi)
    assert "akun-belum-dicatat" not in codes(found.findings)
    assert not kode or of(found, ani)[kode].next_step == state.step


def test_an_address_of_another_kind_of_school_is_doubted(store: Store, ani: Pegawai) -> None:
    """Beside an account that is active; the school is an SMP."""
    store.accounts.write([account(ani, AccountState.ACTIVE, "ani01@guru.sd.belajar.id")])
    one = of(check(store), ani)["akun-ragu"]
    assert "jenjang SD" in one.sentence
    assert one.next_step


def test_the_head_and_who_rates_them(store: Store, budi: Pegawai) -> None:
    """The head's own plan has to be approved for the teachers' Sinkron; numbers of both are checked as a teacher's are."""
    head = change(store, budi, jenis_ptk="Kepala Sekolah")
    found = check(store)
    assert {"skp-kepala", "atasan-kosong"} <= set(of(found, head))
    assert of(found, head)["skp-kepala"].kind == "perlu dicek"
    assert "kepala-nip-kosong" in codes(found.findings)
    sekolah = structs.replace(
        IN_FORCE.sekolah,
        kepala_sekolah=KepalaSekolah(nama="Budi", nip="199013032015031002"),
        atasan=Atasan(nama="Kadis", nip="1"),
    )
    found = check(store, structs.replace(IN_FORCE, sekolah=sekolah))
    assert {"kepala-nip-salah", "atasan-nip-salah"} <= codes(found.findings)
    assert "atasan-kosong" not in codes(found.findings)


def test_an_older_scheme_has_no_tim_kinerja(store: Store) -> None:
    """It came with Ruang GTK."""
    katalog = structs.replace(IN_FORCE, periode="2024-1")
    assert not {"tim-kinerja", "peran-kepala"} & codes(check(store, katalog).findings)


def test_a_tick_stays_over_an_import_and_says_when_the_fault_stayed_too(store: Store, ani: Pegawai) -> None:
    """The same fault in data that came after the tick is told; it is still ticked, and ticking again settles it."""
    change(store, ani, jk="L")
    tick(store, [of(check(store), ani)["nip-beda"]], NOW)
    one = of(check(store), ani)["nip-beda"]
    assert (one.is_open, one.ticked_at, again_words(one)) == (False, NOW, "")
    take(store, (), LATER)
    assert imported_at(store) == LATER
    again = of(check(store), ani)["nip-beda"]
    assert (again.is_open, again.again_at) == (False, LATER)
    assert again_words(again) == f"dicentang, tetapi masih ada sesudah impor {long_date(LATER.astimezone().date())}"
    tick(store, [again], LATER + timedelta(seconds=1))
    assert of(check(store), ani)["nip-beda"].again_at is None


def test_another_fault_of_the_kind_is_open_again(store: Store, ani: Pegawai) -> None:
    """And one that was mended is gone; come back as it was, it is as it was ticked."""
    change(store, ani, jk="L")
    tick(store, [of(check(store), ani)["nip-beda"]], NOW)
    change(store, ani, tanggal_lahir="1985-07-15")
    assert of(check(store), ani)["nip-beda"].is_open
    change(store, ani)
    assert "nip-beda" not in of(check(store), ani)
    change(store, ani, jk="L")
    assert not of(check(store), ani)["nip-beda"].is_open
    tick(store, [of(check(store), ani)["nip-beda"]], LATER, ticked=False)
    assert of(check(store), ani)["nip-beda"].is_open


def test_what_was_looked_at_by_hand_is_looked_at_anew_in_the_next_period(store: Store) -> None:
    """A tick of the school is of one period, and no import makes it doubtful; nor that of a NUPTK that is not there yet."""
    found = check(store)
    unor = found.find((0, "unor"))
    nuptk = next(one for one in found.findings if one.kode == "nuptk-kosong")
    assert unor is not None
    tick(store, [unor, nuptk], NOW)
    take(store, (), LATER)
    found = check(store)
    for key in ((0, "unor"), nuptk.key):
        one = found.find(key)
        assert one is not None
        assert (one.is_open, one.again_at) == (False, None)
    other = check(store, structs.replace(IN_FORCE, periode="2025")).find((0, "unor"))
    assert other is not None
    assert other.is_open


def test_an_account_marked_anew_after_the_tick_is_told(store: Store, ani: Pegawai) -> None:
    """Somebody looked again and there was still none."""
    store.accounts.write([account(ani, AccountState.NONE)])
    assert codes(check(store).blocking) == {"akun-tidak-ada"}
    tick(store, [of(check(store), ani)["akun-tidak-ada"]], NOW)
    assert (check(store).blocking, of(check(store), ani)["akun-tidak-ada"].again_at) == ((), None)
    store.accounts.write([account(ani, AccountState.NONE, later=5)])
    assert of(check(store), ani)["akun-tidak-ada"].again_at == NOW + timedelta(seconds=5)


def test_ticking_for_somebody_who_is_gone_changes_nothing(store: Store, ani: Pegawai) -> None:
    """As when another window undid an addition meanwhile."""
    one = of(check(store), ani)["nuptk-kosong"]
    gone = structs.replace(one, pegawai=structs.replace(ani, id=99))
    with pytest.raises(InputError):
        tick(store, [one, gone], NOW)
    assert of(check(store), ani)["nuptk-kosong"].is_open


def test_systems_come_in_their_order_and_what_stops_comes_first(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Within a system: what stops, then faults, then what has to be looked at."""
    change(store, budi, nip="199013032015031002")
    change(store, ani, jk="L", jenis_ptk="Satpam")
    found = check(store)
    systems = [one.system for one in found.findings]
    assert systems == sorted(systems, key=list(System).index)
    assert [one.kind for one in found.of(System.VERVAL)] == ["menghalangi", "peringatan", "perlu dicek"]


def test_the_list_is_filtered_and_searched_under_the_systems_names(store: Store, ani: Pegawai) -> None:
    """A system without rows is not named; its name tells how many are shown and ticked."""
    change(store, ani, jk="L")
    tick(store, [of(check(store), ani)["nip-beda"]], NOW)
    findings = check(store).findings
    counts = count_shown(findings)
    assert counts[Show.ALL] == len(findings)
    assert counts[Show.OPEN] == len(findings) - 1
    rows = list_rows(findings, Show.ALL, "ani verval")
    assert rows[0] == SystemRow(System.VERVAL, 2, 1)
    assert codes(one for one in rows if isinstance(one, Finding)) == {"nip-beda", "nuptk-kosong"}
    assert codes(one for one in list_rows(findings, Show.OPEN, "ani") if isinstance(one, Finding)) == {"nuptk-kosong"}
    assert list_rows(findings, Show.BLOCKING) == []
    assert counts[Show.MEND] == check(store).to_mend


def test_scripts_get_all_of_a_finding(store: Store, ani: Pegawai) -> None:
    """The whole school has no id; times are ISO, empty where there is none."""
    found = [finding_json(one) for one in check(store).findings]
    whole = next(one for one in found if one["kode"] == "unor")
    assert (whole["id"], whole["nama"], whole["dicentang"]) == (None, "", "")
    assert {tuple(one) for one in found} == {tuple(whole)}


def test_rows_that_were_read_already_are_not_read_again(store: Store, ani: Pegawai) -> None:
    """What is found is the same."""
    change(store, ani, jk="L")
    assert prerequisites(store, IN_FORCE, TODAY, all_rows(store, IN_FORCE, TODAY)) == check(store)
