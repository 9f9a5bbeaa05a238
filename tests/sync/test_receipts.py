"""Which answers are receipts: the exact one, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.skp.wire import Held, WireMasalah, digest, seal
from pmm_tui.skp.wire import envelope_of as envelope
from pmm_tui.store import OutboxEntry
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent
from pmm_tui.sync.receipts import check
from tests.store.samples import MORNING, PERIODE, numbered_teacher, rencana

OTHER = "a" * 64


def entry(number: int = 1, revisi: int = 3) -> OutboxEntry:
    """An envelope as the outbox has it."""
    line = seal(envelope(numbered_teacher(number), PERIODE, revisi, revisi - 1, rencana(number)))
    return OutboxEntry(
        id=number, pegawai_id=number, periode=PERIODE, revisi=revisi, dasar=revisi - 1, sha256=digest(line), line=line,
        kunci={"nip": numbered_teacher(number).nip}, keadaan="sending", dibuat=MORNING, percobaan=1, tanda_terima="",
        waktu_server="", status_server="", masalah=(), dipegang=None, catatan="", suntingan=1,
    )  # fmt: skip


def item(sent: OutboxEntry, keadaan: str = "tersimpan", **more: Any) -> dict[str, Any]:
    """The result that a sound server gives."""
    result = {"pegawai": sent.kunci, "periode": sent.periode, "revisi": sent.revisi, "sha256": sent.sha256, "keadaan": keadaan}
    return result | {"tanda_terima": "R-1", "waktu": "2026-01-08T02:11:05Z", "status": "diajukan", "masalah": []} | more


def only(result: Any, sent: OutboxEntry | None = None) -> Outcome:
    """What an answer means for one envelope."""
    sent = sent or entry()
    return check(result, [sent])[0][sent.id]


@pytest.mark.parametrize("keadaan", ["tersimpan", "sudah-ada"])
def test_the_exact_item_is_a_receipt(keadaan: str) -> None:
    """Key, period, revision and digest as sent, stored now or before: that is sent, with number and time."""
    assert only([item(entry(), keadaan)]) == Sent("R-1", "2026-01-08T02:11:05Z", "diajukan")
    assert check([item(entry(), keadaan)], [entry()])[1] == 1


@pytest.mark.parametrize("echo", [numbered_teacher(1).nip, {"nip": numbered_teacher(1).nip, "id": "g-1"}])
def test_the_teacher_may_be_echoed_in_other_ways(echo: Any) -> None:
    """A server may name the teacher by one of the members alone, or add its own id."""
    assert isinstance(only([item(entry(), pegawai=echo)]), Sent)


@pytest.mark.parametrize(
    "result",
    [
        pytest.param([], id="nothing"),
        pytest.param([item(entry(2))], id="another teacher's"),
        pytest.param([item(entry(), pegawai={"nip": numbered_teacher(2).nip})], id="wrong key"),
        pytest.param([item(entry(), pegawai={"nip": numbered_teacher(1).nip[:-1]})], id="cut key"),
        pytest.param([item(entry(), pegawai={})], id="empty key"),
        pytest.param([item(entry(), pegawai=None)], id="no key"),
        pytest.param([item(entry(), pegawai={"nip": [numbered_teacher(1).nip]})], id="key in a list"),
        pytest.param([item(entry(), periode="2025")], id="wrong period"),
        pytest.param([item(entry(), periode=2026)], id="period as a number"),
        pytest.param([item(entry(), revisi=2)], id="older revision"),
        pytest.param([item(entry(), revisi="3")], id="revision as text"),
        pytest.param([item(entry(), revisi=3.0)], id="revision as a fraction"),
        pytest.param([item(entry(1, 1), revisi=True)], id="revision as a truth"),
        pytest.param([item(entry(), sha256=OTHER)], id="wrong digest"),
        pytest.param([item(entry(), sha256=entry().sha256.upper())], id="shouted digest"),
        pytest.param([item(entry(), sha256=entry().sha256[:32])], id="cut digest"),
        pytest.param([item(entry(), sha256="\u200b" + entry().sha256)], id="digest with an invisible letter"),
        pytest.param([item(entry(), sha256=None)], id="no digest"),
        pytest.param([item(entry(), "galat")], id="failed"),
        pytest.param([item(entry(), "diterima")], id="unknown state"),
        pytest.param([item(entry(), "TERSIMPAN")], id="shouted state"),
        pytest.param([item(entry(), None)], id="no state"),
        pytest.param([item(entry(), "tersim\u200bpan")], id="state with an invisible letter"),
        pytest.param([item(entry(), tanda_terima=7)], id="receipt as a number"),
        pytest.param([item(entry(), masalah="x")], id="reasons as text"),
        pytest.param([item(entry()), item(entry())], id="twice the same"),
        pytest.param([item(entry()), item(entry(), "ditolak")], id="stored and refused"),
        pytest.param([item(entry()), item(entry(), sha256=OTHER)], id="right and wrong digest"),
        pytest.param([item(entry(), "sudah-ada"), item(entry(), "galat")], id="stored and failed"),
        pytest.param([[item(entry())]], id="nested"),
        pytest.param(["tersimpan", None, 3, True], id="no objects"),
        pytest.param([item(entry(), "bentrok", dipegang={"revisi": 3, "sha256": entry().sha256})], id="conflict with itself"),
        pytest.param([item(entry(), "bentrok", dipegang={"revisi": 10**9, "sha256": OTHER})], id="absurd revision"),
        pytest.param([item(entry(), "bentrok", dipegang={"revisi": -1, "sha256": OTHER})], id="negative revision"),
        pytest.param([item(entry(), "bentrok", dipegang={"revisi": 4, "sha256": "x"})], id="no digest in conflict"),
        pytest.param([item(entry(), "bentrok", dipegang=[4, OTHER])], id="conflict of another shape"),
    ],
)
def test_everything_else_stays_unknown(result: Any) -> None:
    """What names us wrongly, twice, or makes no sense settles nothing: it is sent again."""
    outcome = only(result)
    assert isinstance(outcome, Deferred)
    assert not outcome.untouched


def test_a_surplus_item_changes_nothing() -> None:
    """Items about what was not sent neither settle nor spoil anything."""
    surplus = [item(entry(5)), item(entry(1, 2)), {}, {"periode": PERIODE, "revisi": 3}]

    outcomes, recognised = check([*surplus, item(entry(2)), item(entry(1))], [entry(1), entry(2), entry(3)])

    assert [type(outcomes[id]) for id in (1, 2, 3)] == [Sent, Sent, Deferred]
    assert recognised == 2
    assert set(outcomes) == {1, 2, 3}


def test_refusals_bring_their_reasons_cleaned() -> None:
    """The reasons are kept, without what could steer a terminal and not endlessly; none given is said too."""
    reasons = [{"pointer": "/a", "kode": "k", "pesan": "Salah\x1b]52;c;x\x07 sekali" + "x" * 999}] * 120
    outcome = only([item(entry(), "ditolak", masalah=reasons)])

    assert isinstance(outcome, Rejected)
    assert len(outcome.masalah) == 100
    assert outcome.masalah[0].pesan.startswith("Salah]52;c;x sekali")
    assert len(outcome.masalah[0].pesan) == 400
    assert only([item(entry(), "ditolak")]) == Rejected(
        (WireMasalah(kode="ditolak-server", pesan="Server menolak rencana ini tanpa menyebut alasannya."),)
    )


def test_conflicts_tell_what_is_held() -> None:
    """What the server holds is kept; nothing, said in any way, is nothing."""
    assert only([item(entry(), "bentrok", dipegang={"revisi": 4, "sha256": OTHER})]) == Conflict(Held(4, OTHER))
    assert only([item(entry(), "bentrok", dipegang={"revisi": 0, "sha256": ""})]) == Conflict(None)
    assert only([item(entry(), "bentrok")]) == Conflict(None)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**7) | st.text(max_size=8) | st.sampled_from([PERIODE, entry().sha256]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(["pegawai", "periode", "revisi", "sha256", "keadaan"]), value=_JSON, copies=st.integers(1, 2))
def test_no_changed_item_is_a_receipt(name: str, value: Any, copies: int) -> None:
    """Whatever stands in place of one of the members that make a receipt, nothing is called sent unless it says the same."""
    sent = entry()
    changed = item(sent) | {name: value}
    outcome = only([changed] * copies)
    same = copies == 1 and (value == item(sent)[name] or (name == "pegawai" and value in sent.kunci.values()))
    assert isinstance(outcome, Sent) == (same and type(value) is type(item(sent)[name]))


def test_what_stays_unknown_says_why() -> None:
    """Not mentioned, mentioned twice, mentioned wrongly and failed there are told apart, as the operator reads it."""
    wrong, twice, failed = item(entry(), sha256=OTHER), [item(entry()), item(entry())], item(entry(), "galat")
    notes = [only(result) for result in ([], twice, [wrong], [failed])]
    words = ("tidak menyebut rencana ini", "lebih dari sekali", "tidak cocok dengan yang dikirim", "gagal menyimpan")
    for found, word in zip(notes, words, strict=True):
        assert isinstance(found, Deferred)
        assert word in found.reason


def test_a_conflict_that_holds_a_revision_or_a_digest_alone_makes_no_sense() -> None:
    """Nothing held is no revision and no digest; one without the other is no word to build on."""
    assert isinstance(only([item(entry(), "bentrok", dipegang={"revisi": 0, "sha256": OTHER})]), Deferred)
    assert isinstance(only([item(entry(), "bentrok", dipegang={"revisi": 4, "sha256": ""})]), Deferred)
    same_digest = {"revisi": 4, "sha256": entry().sha256}
    assert only([item(entry(), "bentrok", dipegang=same_digest)]) == Conflict(Held(4, entry().sha256))


@pytest.mark.parametrize(
    ("member", "kept", "limit"), [("tanda_terima", "receipt", 120), ("waktu", "at", 60), ("status", "status", 60)]
)
def test_a_receipts_words_are_short(member: str, kept: str, limit: int) -> None:
    """What is kept of a receipt has its length, whatever the server writes."""
    found = only([item(entry(), **{member: "x" * 500})])
    assert isinstance(found, Sent)
    assert len(getattr(found, kept)) == limit


def test_a_reasons_words_are_short() -> None:
    """The place, the code and the sentence of a reason have their lengths."""
    found = only([item(entry(), "ditolak", masalah=[{"pointer": "/" * 900, "kode": "k" * 900, "pesan": "p" * 900}])])
    assert isinstance(found, Rejected)
    assert [len(text) for text in (found.masalah[0].pointer, found.masalah[0].kode, found.masalah[0].pesan)] == [200, 80, 400]
