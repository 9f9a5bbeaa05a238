"""What the server says under one number about somebody else replaces nobody, and no plan gets another name (D1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import digest
from pmm_tui.store import Store
from pmm_tui.sync.pull import PullReport, pull
from pmm_tui.sync.roster_merge import ServerPegawai, by_server_id, merge
from tests.store.samples import MORNING, PERIODE, held, seal
from tests.sync.test_pull import Borrower, change
from tests.sync.world import client

NIP, NUPTK = "198507142010011012", "4046763664200013"
BUDI = Pegawai(id=1, nama="Budi Santoso", nip=NIP, tanggal_lahir="1985-07-14", status_kepegawaian="PPPK Paruh Waktu")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with Budi."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        opened.roster.write([msgspec.structs.replace(BUDI, id=0)])
        yield opened


async def fetch(store: Store, borrower: Borrower) -> PullReport:
    async with client(borrower) as c:
        return await pull(store, c, PERIODE, lambda: MORNING)


def server(*rows: dict[str, str]) -> Borrower:
    found = Borrower()
    found.documents["/v1/pegawai"] = {"pegawai": list(rows)}
    return found


# ---- the roster


@pytest.mark.parametrize("by", [{"nip": NIP}, {"nuptk": NUPTK}, {}])
def test_somebody_else_under_a_number_or_id_is_told_and_not_merged(by: dict[str, str]) -> None:
    """Name and birth date both differ: ours stays, without the server's id, and the sentence names both people."""
    mine = msgspec.structs.replace(BUDI, nuptk=NUPTK, id_server="" if by else "g-1")
    row = ServerPegawai(id="g-1", nama="Siti Aminah", tanggal_lahir="1990-01-02", **by)
    found = merge([row], [ServerPegawai(id="g-1", nama="Budi Santoso")], [mine])
    assert (found.to_write, found.undecided) == ((), True)
    (sentence,) = found.sentences
    assert all(word in sentence for word in ("Siti Aminah", "1990-01-02", "Budi Santoso", "1985-07-14", "perlu diputuskan"))
    assert by_server_id([mine], [row]) == {}
    assert by_server_id([mine]) == ({} if by else {"g-1": 1})


def test_name_or_birth_date_that_agrees_is_one_person() -> None:
    """A name put right on the server is taken over as before."""
    mine = msgspec.structs.replace(BUDI, id_server="g-1")
    row = ServerPegawai(id="g-1", nama="Budi Santosa", nip=NIP, tanggal_lahir="1985-07-14")
    found = merge([row], [ServerPegawai(id="g-1", nama="Budi Santoso", nip=NIP)], [mine])
    assert ([p.nama for p in found.to_write], found.undecided) == (["Budi Santosa"], False)


@pytest.mark.parametrize("number", ["0" * 16, "9" * 16, "9000000000000000", "1234567890123456"])
def test_a_placeholder_is_nobodys_number(number: str) -> None:
    """Two people who have it stay two, and it is not kept; also where an older version stored it."""
    mine = Pegawai(id=1, nama="Dua Contoh", nuptk=number, tanggal_lahir="1985-05-05", id_server="g-2")
    rows = [
        ServerPegawai(id="g-1", nama="Satu Contoh", nuptk=number, tanggal_lahir="1990-01-01"),
        ServerPegawai(id="g-2", nama="Dua Contoh", nuptk=number, tanggal_lahir="1985-05-05"),
    ]
    found = merge(rows, (), [mine])
    assert [(p.id, p.nama, p.nuptk, p.id_server) for p in found.to_write] == [
        (0, "Satu Contoh", "", "g-1"),
        (1, "Dua Contoh", "", "g-2"),
    ]
    assert found.sentences == ()


@pytest.mark.parametrize(
    ("field", "theirs", "taken"),
    [
        ("status_kepegawaian", "VALID", False),
        ("status_kepegawaian", "PPPK", False),
        ("status_kepegawaian", "PNS", True),
        ("nama", "BUDI SANTOSO", False),
        ("golongan", "K/2", False),
        ("golongan", "IX", True),
    ],
)
def test_a_foreign_word_of_the_server_is_told_and_not_taken(field: str, theirs: str, taken: bool) -> None:
    """What the server changed since it was last asked counts, but for words that cannot be; those are told with ours."""
    mine = msgspec.structs.replace(BUDI, id_server="g-1", golongan="X")
    before = ServerPegawai(id="g-1", nama="Budi Santoso", nip=NIP, status_kepegawaian="PPPK Paruh Waktu", golongan="X")
    found = merge([msgspec.structs.replace(before, **{field: theirs})], [before], [mine], bundled)
    assert [getattr(p, field) for p in found.to_write] == ([theirs] if taken else [])
    assert [theirs in sentence and getattr(mine, field) in sentence for sentence in found.sentences] == [True] * (not taken)


@pytest.mark.anyio
async def test_what_was_not_decided_is_asked_again(store: Store) -> None:
    """As long as two people share a number every pull says so; once ours is the same person it is merged."""
    borrower = server({"id": "g-1", "nama": "Siti Aminah", "nip": NIP, "tanggal_lahir": "1990-01-02"})
    for _ in range(2):
        assert any("perlu diputuskan" in sentence for sentence in (await fetch(store, borrower)).sentences)
        assert [(p.nama, p.id_server) for p in store.roster.all()] == [("Budi Santoso", "")]
    (budi,) = store.roster.all()
    store.roster.write([msgspec.structs.replace(budi, nama="Siti Aminah", tanggal_lahir="1990-01-02")])
    assert (await fetch(store, borrower)).sentences == ()
    assert [(p.id, p.id_server) for p in store.roster.all()] == [(budi.id, "g-1")]


# ---- plans


def sealed_by_another(tmp_path: Path, name: str) -> tuple[bytes, str]:
    """The envelope of a plan that another computer sealed for somebody."""
    with Store.open(tmp_path / "lain.db") as other:
        other.roster.write([Pegawai(nama=name, nip=NIP, status_kepegawaian="PNS")])
        entry = seal(other, other.roster.all()[0])
        return entry.line, entry.sha256


def lend(borrower: Borrower, line: bytes, sha256: str) -> None:
    borrower.documents["/v1/rencana"] = [{"cursor": "1", "perubahan": [change("g-1", 1, sha256)]}]
    plan: dict[str, Any] = {"amplop": msgspec.json.decode(line), "sha256": sha256, "status": "diajukan", "tanda_terima": "R-1"}
    borrower.documents[f"/v1/rencana/{PERIODE}/g-1"] = plan


@pytest.mark.anyio
async def test_a_plan_of_another_name_is_not_taken_in(store: Store, tmp_path: Path) -> None:
    """The server lists Budi under this id, but the plan says Siti: it becomes nobody's here, and the sentence names both."""
    borrower = server({"id": "g-1", "nama": "Budi Santoso", "nip": NIP})
    line, sha256 = sealed_by_another(tmp_path, "Siti Aminah")
    assert digest(line) == sha256
    lend(borrower, line, sha256)

    found = await fetch(store, borrower)

    assert (store.outbox.all(), store.drafts.all(PERIODE)) == ((), {})
    (sentence,) = found.sentences
    assert "Siti Aminah" in sentence
    assert "Budi Santoso" in sentence


@pytest.mark.anyio
async def test_a_plan_of_the_same_person_is_taken_in(store: Store, tmp_path: Path) -> None:
    """Titles and the way of writing make no other person."""
    borrower = server({"id": "g-1", "nama": "Budi Santoso", "nip": NIP})
    lend(borrower, *sealed_by_another(tmp_path, "Drs. BUDI SANTOSO, M.Pd."))
    await fetch(store, borrower)
    (entry,) = store.outbox.all()
    assert entry.keadaan == "sent"


@pytest.mark.anyio
async def test_changes_of_somebody_else_reach_nobody_until_it_is_decided(store: Store) -> None:
    """Our teacher has the server's id, which it now gives to somebody else: its changes wait; once decided all is asked again."""
    (budi,) = store.roster.all()
    store.roster.write([msgspec.structs.replace(budi, id_server="g-1")])
    borrower = server({"id": "g-1", "nama": "Siti Aminah", "tanggal_lahir": "1990-01-02"})
    told = {"cursor": "7", "perubahan": [change("g-1", 3, "b" * 64)]}
    borrower.documents["/v1/rencana"] = [told]
    await fetch(store, borrower)
    assert held(store, budi.id, PERIODE) == (0, "")
    assert store.reference.cursor() == "7"

    store.roster.write([msgspec.structs.replace(budi, nama="Siti Aminah", tanggal_lahir="1990-01-02", id_server="g-1")])
    borrower.documents["/v1/rencana"] = [told]
    await fetch(store, borrower)
    assert borrower.cursors == ["", ""]
    assert held(store, budi.id, PERIODE) == (3, "b" * 64)

    borrower.documents["/v1/rencana"] = [{"cursor": "7", "perubahan": []}]
    await fetch(store, borrower)
    assert borrower.cursors == ["", "", "7"]
