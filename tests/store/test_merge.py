"""Adding what a damaged database still said and what the recovery log holds to a database that is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.wire import digest, envelope_of
from pmm_tui.skp.wire import seal as sealed
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.journal import Entry
from pmm_tui.store.outbox_entry import Deferred, Sent
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.salvage import Wreck
from pmm_tui.store.times import to_text
from tests.store.samples import MORNING, PERIODE, later, rencana, seal, with_teachers
from tests.store.test_envelope_states import note

NIP, OTHER_NIP = "198507142010010001", "198507142010010777"


def row(id: int, nama: str, **more: Any) -> dict[str, Any]:
    """A teacher's row as a damaged file gives it."""
    empty = dict.fromkeys(("nip", "nuptk", "jk", "tanggal_lahir", "id_server"), "")
    return {"id": id, "nama": nama} | empty | more


def draft(pegawai_id: int, isi: int | str, suntingan: int, at: float = 0) -> dict[str, Any]:
    """A draft's row."""
    content = msgspec.json.encode(rencana(isi))
    return {
        "pegawai_id": pegawai_id,
        "periode": PERIODE,
        "rencana": content,
        "suntingan": suntingan,
        "disimpan": to_text(later(at)),
    }


def line_of(pegawai: Pegawai, revisi: int = 1, dasar: int = 0, isi: int | str = 1) -> bytes:
    """A sealed envelope."""
    return sealed(envelope_of(pegawai, PERIODE, revisi, dasar, rencana(isi)))


def envelope(pegawai_id: int, line: bytes, **more: Any) -> dict[str, Any]:
    """An envelope's row."""
    values = {"pegawai_id": pegawai_id, "sha256": digest(line), "line": line, "suntingan": 1, "dibuat": to_text(MORNING)}
    return values | {"keadaan": "queued"} | more


def entry(line: bytes, suntingan: int = 1, at: float = 0) -> Entry:
    """An entry of the recovery log."""
    return Entry(sha256=digest(line), waktu=to_text(later(at)), suntingan=suntingan, amplop=line.decode())


def merged(store: Store, wreck: Wreck | None = None, *entries: Entry, keep_drafts: bool = False) -> tuple[int, int, int]:
    """Merge into the store; how many teachers, drafts and envelopes there are then."""
    return store.database.call(merge, store.database, wreck or Wreck(), entries, keep_drafts=keep_drafts)


def teachers(store: Store) -> list[tuple[str, str]]:
    """Names and NIPs."""
    return [(p.nama, p.nip) for p in store.roster.all()]


def draft_of(store: Store, pegawai_id: int = 1) -> RencanaKinerja | None:
    """What a teacher's draft says."""
    found = store.drafts.get(pegawai_id, PERIODE)
    return found and found.rencana


# ---- teachers


@pytest.mark.parametrize(
    ("theirs", "same"),
    [
        pytest.param({"nip": NIP, "nama": "Nama Baru"}, True, id="one NIP"),
        pytest.param({"nuptk": "1234767660300456", "nama": "Nama Baru"}, True, id="one NUPTK"),
        pytest.param({"id_server": "g-1", "nama": "Nama Baru"}, True, id="one id of the server"),
        pytest.param({"tanggal_lahir": "1985-07-14"}, True, id="a namesake born the same day without numbers"),
        pytest.param({"tanggal_lahir": "1985-07-14", "nip": NIP}, True, id="a namesake of the same number"),
        pytest.param({"tanggal_lahir": "1985-07-14", "nip": OTHER_NIP}, False, id="a namesake of another number"),
        pytest.param({"tanggal_lahir": "1985-07-14", "id_server": "g-2"}, False, id="a namesake of another id of the server"),
        pytest.param({"tanggal_lahir": "1985-07-15"}, False, id="a namesake born another day"),
        pytest.param({}, False, id="a namesake of whom no day is known"),
        pytest.param({"id": 1, "nip": OTHER_NIP}, True, id="the same row whose number a bit changed"),
        pytest.param({"id": 1, "nama": "Ani", "nip": OTHER_NIP}, False, id="the same row number, another person"),
        pytest.param({"nama": "Ani"}, False, id="another person without a number"),
    ],
)
def test_who_is_who(store: Store, theirs: dict[str, Any], same: bool) -> None:
    """A teacher is found by a number, else by name and birth when no number speaks against it; a plan never changes hands."""
    store.roster.write([Pegawai(nama="Budi", nip=NIP, nuptk="1234767660300456", id_server="g-1", tanggal_lahir="1985-07-14")])
    one = row(**{"id": 9, "nama": "Budi"} | theirs)

    found = merged(store, Wreck(teachers=[one], drafts=[draft(one["id"], "draf", 1)]))

    assert found[0] == (1 if same else 2)
    assert (draft_of(store, 1) == rencana("draf")) is same
    assert store.roster.all()[0].nip == NIP or not same


def test_a_teacher_without_a_number_learns_of_theirs(store: Store) -> None:
    """Two namesakes born the same day of whom only one has a number are one, as nothing speaks against it."""
    store.roster.write([Pegawai(nama="Budi", tanggal_lahir="1985-07-14")])
    assert merged(store, Wreck(teachers=[row(9, "Budi", tanggal_lahir="1985-07-14", nip=NIP)]))[0] == 1


def test_rows_that_make_no_sense_are_left_out_alone(store: Store) -> None:
    """A teacher without a name, a sex that is none, a missing column: each is left out by itself, and the others come."""
    rows = [
        row(1, ""), {"nama": "Tanpa nomor baris"}, row(2, "Ani", jk="X"), row(3, "Budi", nip=NIP, nuptk=7, jk=b"L"),
        {"id": 4}, row(5, "Citra", nip=NIP + "1"),
    ]  # fmt: skip

    found = merged(store, Wreck(teachers=rows, drafts=[draft(1, 1, 1), draft(3, 3, 1), draft(5, 5, 1)]))

    assert {(p.nama, p.nip, p.nuptk, p.jk) for p in store.roster.all()} >= {("Budi", NIP, "", ""), ("Citra", NIP + "1", "", "")}
    assert "" not in {p.nama for p in store.roster.all()}
    assert found[1] == 2


# ---- drafts


@pytest.mark.parametrize(
    ("suntingan", "at", "replaced"), [(6, 0, True), (5, 1, True), (5, 0, False), (5, -1, False), (4, 100, False)]
)
def test_the_draft_with_more_edits_stands(store: Store, suntingan: int, at: float, replaced: bool) -> None:
    """A draft that was typed after the copy comes back from the damaged file; an older one replaces nothing."""
    (one,) = with_teachers(store, 1)
    store.drafts.save(one.id, PERIODE, rencana("salinan"), 5, MORNING)

    found = merged(store, Wreck(teachers=[row(7, one.nama, nip=one.nip)], drafts=[draft(7, "berkas", suntingan, at)]))

    assert found == (1, 1, 0)
    assert draft_of(store) == rencana("berkas" if replaced else "salinan")


def test_a_draft_of_nobody_or_of_no_plan_is_left_out(store: Store) -> None:
    """A draft whose teacher is lost, or whose bytes are no plan, is not taken; those beside it are."""
    (one,) = with_teachers(store, 1)
    rows = [draft(3, "x", 1), draft(7, "y", 1) | {"rencana": b"{{"}, draft(7, "z", 1) | {"rencana": "teks"}]

    assert merged(store, Wreck(teachers=[row(7, one.nama, nip=one.nip)], drafts=rows)) == (1, 0, 0)
    assert merged(store, Wreck(teachers=[row(7, one.nama, nip=one.nip)], drafts=[*rows, draft(7, "a", 1)])) == (1, 1, 0)


# ---- envelopes


def test_what_waited_in_the_copy_may_have_left_since(store: Store) -> None:
    """Queued or being sent in the copy means unknown afterwards: it goes first, and what is sealed next builds on it."""
    one, two = with_teachers(store, 2)
    first, second = seal(store, one), seal(store, two)
    store.outbox.mark_sending([second.id])

    assert merged(store) == (2, 0, 2)

    assert [k.keadaan for k in store.outbox.all()] == ["unknown", "unknown"]
    newer = seal(store, one, "baru")
    assert (newer.revisi, newer.dasar) == (2, 1)
    assert store.outbox.mark_sending([first.id]) == (first.id,)
    note(store, first.id, Deferred("x", untouched=True))
    assert store.outbox.some([first.id])[first.id].keadaan == "unknown"


def test_an_envelope_of_the_damaged_file_comes_back_as_unknown(store: Store) -> None:
    """Its bytes, its edit and its time come back, with the plan as the draft; one whose bytes changed does not."""
    (one,) = with_teachers(store, 1)
    line, torn = line_of(one, isi="a"), line_of(one, 2, isi="b")
    rows = [envelope(7, line, suntingan=4, dibuat=to_text(later(9))), envelope(7, torn) | {"line": torn.replace(b'"b"', b'"c"')}]

    assert merged(store, Wreck(teachers=[row(7, one.nama, nip=one.nip)], envelopes=rows)) == (1, 1, 1)

    (back,) = store.outbox.all()
    assert (back.keadaan, back.line, back.sha256, back.revisi, back.dasar) == ("unknown", line, digest(line), 1, 0)
    assert (back.suntingan, back.dibuat, back.kunci, back.percobaan) == (4, later(9), {"nip": one.nip}, 0)
    found = store.drafts.get(one.id, PERIODE)
    assert found is not None
    assert (found.rencana, found.edit, found.saved_at) == (rencana("a"), 4, later(9))
    assert store.outbox.mark_sending([back.id]) == (back.id,)
    note(store, back.id, Deferred("x", untouched=True))
    assert store.outbox.all()[0].keadaan == "unknown"


@pytest.mark.parametrize(
    ("values", "keadaan"),
    [
        ({"keadaan": "sent", "tanda_terima": "R-1", "waktu_server": "w", "status_server": "s", "catatan": "c"}, "sent"),
        ({"keadaan": "sent", "tanda_terima": ""}, "unknown"),
        ({"keadaan": "rejected", "tanda_terima": "R-1"}, "unknown"),
        ({"keadaan": "sent", "tanda_terima": "R-1", "catatan": None}, "sent"),
    ],
)
@pytest.mark.parametrize("there", [False, True])
def test_sent_takes_a_receipt(store: Store, values: dict[str, Any], keadaan: str, there: bool) -> None:
    """What was sent stays sent where its receipt comes back, whether its envelope stands in the copy or not; else it goes again."""
    (one,) = with_teachers(store, 1)
    line = seal(store, one).line if there else line_of(one)

    merged(store, Wreck(teachers=[row(7, one.nama, nip=one.nip)], envelopes=[envelope(7, line, **values)]))

    (back,) = store.outbox.all()
    assert back.keadaan == keadaan
    if keadaan == "sent":
        words = (back.tanda_terima, back.waktu_server, back.status_server, back.catatan)
        assert words == ("R-1", values.get("waktu_server", ""), values.get("status_server", ""), values["catatan"] or "")


def test_a_receipt_is_of_its_own_envelope_alone(store: Store) -> None:
    """Other bytes of that revision, or one that is settled already, take no receipt; other teachers' stand as they did."""
    one, two, three = with_teachers(store, 3)
    kept = seal(store, one, "a")
    settled = seal(store, two)
    store.outbox.mark_sending([settled.id])
    note(store, settled.id, Sent("R-lama"))
    seal(store, three)
    receipt = {"keadaan": "sent", "tanda_terima": "R-baru"}
    rows = [envelope(1, line_of(one, isi="lain"), **receipt), envelope(2, settled.line, **receipt)]

    merged(store, Wreck(teachers=[row(p.id, p.nama, nip=p.nip) for p in (one, two)], envelopes=rows))

    found = {k.pegawai_id: (k.keadaan, k.tanda_terima) for k in store.outbox.all()}
    assert found == {one.id: ("unknown", ""), two.id: ("sent", "R-lama"), three.id: ("unknown", "")}
    assert store.outbox.some([kept.id])[kept.id].line == kept.line


def test_an_envelope_says_itself_whose_it_is(store: Store) -> None:
    """A row that points to the wrong teacher does not give them the plan."""
    one, two = with_teachers(store, 2)

    merged(store, Wreck(teachers=[row(7, two.nama, nip=two.nip)], envelopes=[envelope(7, line_of(one))]))

    assert [k.pegawai_id for k in store.outbox.all()] == [one.id]


def test_a_number_that_was_put_right_since_does_not_make_a_second_teacher(store: Store) -> None:
    """An envelope under an old number belongs to the teacher its row points to, when the name is theirs."""
    store.roster.write([Pegawai(nama="Budi", nip=NIP), Pegawai(nama="Ani", nip="199001012019032007")])
    old = Pegawai(nama="Budi", nip=OTHER_NIP)

    assert merged(store, Wreck(teachers=[row(7, "Budi", nip=NIP)], envelopes=[envelope(7, line_of(old))])) == (2, 1, 1)

    assert [k.pegawai_id for k in store.outbox.all()] == [1]


def test_a_row_that_points_to_somebody_of_another_name_makes_a_teacher(store: Store) -> None:
    """Where the name is another's too, the teacher of the envelope is added, and the plan is theirs."""
    store.roster.write([Pegawai(nama="Ani", nip=NIP)])
    other = Pegawai(nama="Budi", nip=OTHER_NIP)

    merged(store, Wreck(teachers=[row(7, "Ani", nip=NIP)], envelopes=[envelope(7, line_of(other))]))

    assert teachers(store) == [("Ani", NIP), ("Budi", OTHER_NIP)]
    assert [k.pegawai_id for k in store.outbox.all()] == [2]


# ---- the recovery log


def test_the_log_brings_teachers_plans_and_drafts(store: Store) -> None:
    """What the log alone knows comes back with its teacher; what is no envelope is passed over."""
    one = Pegawai(nama="Budi", nip=NIP)

    found = merged(store, None, entry(b"{}"), entry(line_of(one, isi="a"), 3, 5))

    assert found == (1, 1, 1)
    assert teachers(store) == [("Budi", NIP)]
    (back,) = store.outbox.all()
    assert (back.keadaan, back.suntingan, back.dibuat) == ("unknown", 3, later(5))


@pytest.mark.parametrize(("keep", "isi"), [(True, "lama"), (False, "segel")])
def test_a_named_copy_keeps_its_drafts(store: Store, keep: bool, isi: str) -> None:
    """Who names a copy wants its drafts; by itself a restore brings the plan that was sealed later."""
    (one,) = with_teachers(store, 1)
    store.drafts.save(one.id, PERIODE, rencana("lama"), 1, MORNING)

    merged(store, None, entry(line_of(one, isi="segel"), 2), keep_drafts=keep)

    assert draft_of(store) == rencana(isi)
    assert len(store.outbox.all()) == 1


def test_of_one_revision_the_last_seal_counts(store: Store) -> None:
    """Two entries of one revision are a seal that did not come about and the one that did: the later one."""
    one, two = (Pegawai(nama=f"Guru {n}", nip=f"19850714201001000{n}") for n in (1, 2))
    entries = [entry(line_of(one, isi="gagal")), entry(line_of(two)), entry(line_of(one, isi="jadi"), 2), entry(line_of(one, 2, 1))]

    merged(store, None, *entries)

    found: list[OutboxEntry] = [k for k in store.outbox.all() if k.kunci == {"nip": one.nip}]
    assert sorted((k.revisi, k.line) for k in found) == [(1, line_of(one, isi="jadi")), (2, line_of(one, 2, 1))]
    assert {k.keadaan for k in store.outbox.all()} == {"unknown"}


def test_of_two_on_one_base_the_older_was_replaced(store: Store) -> None:
    """Only the newest on a base is sent; one on another base, of another period or teacher is not touched."""
    one, two = (Pegawai(nama=f"Guru {n}", nip=f"19850714201001000{n}") for n in (1, 2))
    other_period = line_of(one, 4).replace(b'"periode":"2026"', b'"periode":"2025"')
    lines = [line_of(one, 1), line_of(one, 2), line_of(one, 3, 2), line_of(two, 1), other_period]

    merged(store, None, *map(entry, lines))

    found = {(k.pegawai_id, k.periode, k.revisi): k.keadaan for k in store.outbox.all()}
    assert found == {
        (1, PERIODE, 1): "superseded",
        (1, PERIODE, 2): "unknown",
        (1, PERIODE, 3): "unknown",
        (1, "2025", 4): "unknown",
        (2, PERIODE, 1): "unknown",
    }
    assert next(k.catatan for k in store.outbox.all() if k.keadaan == "superseded") == (
        "Diganti revisi yang lebih baru sebelum dikirim."
    )


def test_a_fault_of_the_new_database_ends_it(store: Store, path: Path) -> None:
    """What does not fit is left out; a table that is not there is no such thing, and then nothing is added at all."""
    store.database.call(lambda: store.database.connection.execute("DROP TABLE draf"))
    one = Pegawai(nama="Budi", nip=NIP)

    with pytest.raises(Exception, match="rusak"):
        merged(store, Wreck(teachers=[row(1, "Budi", nip=NIP)], drafts=[draft(1, 1, 1)], envelopes=[envelope(1, line_of(one))]))

    assert store.roster.all() == ()
