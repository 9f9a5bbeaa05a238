"""`beda` and `ajukan --gantikan`: a look at both, and the decision."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import Locations
from pmm_tui.skp import wire
from pmm_tui.skp.model import PraktikPembelajaran, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import HeldPlan
from tests.cli.conftest import COMPLETE, NOW, Run

THEIRS = structs.replace(COMPLETE, praktik_pembelajaran=PraktikPembelajaran(indikator=("penerapan-disiplin-positif",)))


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which plans of 2026 are made, whatever day it is."""
    monkeypatch.setattr(RunContext, "today", lambda _: NOW.date())


def stands(places: Locations, pegawai_id: int, periode: str = "2026", mine: RencanaKinerja | None = COMPLETE) -> None:
    """Ours is a draft, and the server holds what a colleague sent."""
    with Store.open(places.database) as store:
        pegawai = store.roster.get(pegawai_id)
        assert pegawai is not None
        if mine is not None:
            store.drafts.save(pegawai_id, periode, mine, 1, NOW)
        line = wire.seal(wire.envelope_of(pegawai, periode, 3, 2, THEIRS))
        sha256 = wire.digest(line)
        store.outbox.hold(pegawai_id, periode, 3, sha256, "diajukan", "", "")
        when = "2026-01-08T02:11:05Z"
        store.held.put(
            HeldPlan(pegawai_id=pegawai_id, periode=periode, revisi=3, sha256=sha256, line=line, oleh="Laptop TU", waktu=when)
        )


def draft(places: Locations, pegawai_id: int, periode: str = "2026") -> Any:
    with Store.open(places.database) as store:
        found = store.drafts.get(pegawai_id, periode)
        return found and found.rencana


def test_both_are_shown_with_what_can_be_done(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """By section and field, mine and theirs; whose it is, and the two commands that decide."""
    stands(places, ids[0])

    found = run("beda", str(ids[0]), "--periode", "2026")

    assert found.code == 0
    assert found.out.splitlines()[:2] == ["Praktik Kinerja", "  Indikator"]
    assert "    di server : Penerapan Disiplin Positif" in found.out.splitlines()
    assert "revisi 3 dari Laptop TU, 8 Januari 2026" in found.err
    assert f"pmm-tui beda {ids[0]} --periode 2026 --ambil" in found.err
    assert f"pmm-tui ajukan {ids[0]} --periode 2026 --gantikan 3" in found.err


def test_the_document(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """All that a script needs to decide."""
    stands(places, ids[0])

    told = json.loads(run("beda", str(ids[0]), "--json").out)

    assert (told["id"], told["keadaan"], told["diambil"]) == (ids[0], "lebih baru di server", False)
    server = told["server"]
    assert (server["revisi"], server["oleh"], server["sudah_dilihat"], server["terbaca"]) == (3, "Laptop TU", False, True)
    (one,) = server["beda"]
    assert (one["bagian"], one["isian"], one["di_server"]) == ("praktik_pembelajaran", "indikator", "Penerapan Disiplin Positif")


def test_the_servers_is_taken_and_given_back(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Nothing is lost in between, and a third time goes back again."""
    stands(places, ids[0])
    number = str(ids[0])

    assert run("beda", number, "--ambil").code == 0
    assert draft(places, ids[0]) == THEIRS
    for expected in (COMPLETE, THEIRS):
        assert run("beda", number, "--batal").code == 0
        assert draft(places, ids[0]) == expected


def test_only_what_the_server_holds_is_replaced(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """Without a word of it, or with another revision, nothing is sealed; with the right one it is, and what differs is said."""
    stands(places, ids[0])
    number = str(ids[0])

    assert run("ajukan", "--semua-lengkap").code == 0
    assert run("ajukan", number).code == 1
    assert run("ajukan", number, "--gantikan", "2").code == 1
    with Store.open(places.database) as store:
        assert store.outbox.all() == ()

    found = run("ajukan", number, "--gantikan", "3")

    assert found.code == 0
    assert "Menggantikan revisi 3 dari Laptop TU" in found.out
    assert "di server : Penerapan Disiplin Positif" in found.out
    with Store.open(places.database) as store:
        (entry,) = store.outbox.all()
        assert (entry.revisi, entry.dasar) == (4, 3)


def test_what_was_not_fetched_is_not_replaced(run: Run, places: Locations, ids: tuple[int, int]) -> None:
    """The content has to be here before anybody can have seen it."""
    with Store.open(places.database) as store:
        store.drafts.save(ids[0], "2026", COMPLETE, 1, NOW)
        store.outbox.hold(ids[0], "2026", 3, "a" * 64, "diajukan", "", "")
    number = str(ids[0])

    looked = run("beda", number)

    assert (looked.code, "tarik" in looked.err) == (1, True)
    assert run("ajukan", number, "--gantikan", "3").code == 1
    assert run("beda", number, "--ambil").code == 1


@pytest.mark.parametrize("words", [("beda", "99"), ("beda", "1", "--batal"), ("beda", "1", "--ambil", "--batal")])
def test_what_cannot_be_done_is_refused(run: Run, ids: tuple[int, int], words: tuple[str, ...]) -> None:
    """Nobody of that number, nothing that gave way, both at once."""
    found = run(*(str(ids[0]) if word == "1" else word for word in words))
    assert found.code in (1, 2)
    assert found.out == ""


def test_one_plan_at_a_time_is_replaced(run: Run, ids: tuple[int, int]) -> None:
    """A revision is one plan's: several teachers, or all, are refused."""
    assert run("ajukan", str(ids[0]), str(ids[1]), "--gantikan", "1").code == 2
    assert run("ajukan", "--semua-lengkap", "--gantikan", "1").code == 2
