"""Which answers are receipts: the exact one, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.skp.wire import Dipegang, MasalahTerkirim, digest, seal
from pmm_tui.skp.wire import envelope_of as envelope
from pmm_tui.store import Kiriman
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent
from pmm_tui.sync.receipts import check
from tests.store.samples import PAGI, PERIODE, guru, rencana

LAIN = "a" * 64


def kiriman(number: int = 1, revisi: int = 3) -> Kiriman:
    """An envelope as the outbox has it."""
    line = seal(envelope(guru(number), PERIODE, revisi, revisi - 1, rencana(number)))
    return Kiriman(
        id=number, pegawai_id=number, periode=PERIODE, revisi=revisi, dasar=revisi - 1, sha256=digest(line), line=line,
        kunci={"nip": guru(number).nip}, keadaan="sending", dibuat=PAGI, percobaan=1, tanda_terima="", waktu_server="",
        status_server="", masalah=(), dipegang=None, catatan="", suntingan=1,
    )  # fmt: skip


def item(sent: Kiriman, keadaan: str = "tersimpan", **more: Any) -> dict[str, Any]:
    """The result that a sound server gives."""
    hasil = {"pegawai": sent.kunci, "periode": sent.periode, "revisi": sent.revisi, "sha256": sent.sha256, "keadaan": keadaan}
    return hasil | {"tanda_terima": "R-1", "waktu": "2026-01-08T02:11:05Z", "status": "diajukan", "masalah": []} | more


def only(hasil: Any, sent: Kiriman | None = None) -> Outcome:
    """What an answer means for one envelope."""
    sent = sent or kiriman()
    return check(hasil, [sent])[0][sent.id]


@pytest.mark.parametrize("keadaan", ["tersimpan", "sudah-ada"])
def test_the_exact_item_is_a_receipt(keadaan: str) -> None:
    """Key, period, revision and digest as sent, stored now or before: that is sent, with number and time."""
    assert only([item(kiriman(), keadaan)]) == Sent("R-1", "2026-01-08T02:11:05Z", "diajukan")
    assert check([item(kiriman(), keadaan)], [kiriman()])[1] == 1


@pytest.mark.parametrize("echo", [guru(1).nip, {"nip": guru(1).nip, "id": "g-1"}])
def test_the_teacher_may_be_echoed_in_other_ways(echo: Any) -> None:
    """A server may name the teacher by one of the members alone, or add its own id."""
    assert isinstance(only([item(kiriman(), pegawai=echo)]), Sent)


@pytest.mark.parametrize(
    "hasil",
    [
        pytest.param([], id="nothing"),
        pytest.param([item(kiriman(2))], id="another teacher's"),
        pytest.param([item(kiriman(), pegawai={"nip": guru(2).nip})], id="wrong key"),
        pytest.param([item(kiriman(), pegawai={"nip": guru(1).nip[:-1]})], id="cut key"),
        pytest.param([item(kiriman(), pegawai={})], id="empty key"),
        pytest.param([item(kiriman(), pegawai=None)], id="no key"),
        pytest.param([item(kiriman(), pegawai={"nip": [guru(1).nip]})], id="key in a list"),
        pytest.param([item(kiriman(), periode="2025")], id="wrong period"),
        pytest.param([item(kiriman(), periode=2026)], id="period as a number"),
        pytest.param([item(kiriman(), revisi=2)], id="older revision"),
        pytest.param([item(kiriman(), revisi="3")], id="revision as text"),
        pytest.param([item(kiriman(), revisi=3.0)], id="revision as a fraction"),
        pytest.param([item(kiriman(1, 1), revisi=True)], id="revision as a truth"),
        pytest.param([item(kiriman(), sha256=LAIN)], id="wrong digest"),
        pytest.param([item(kiriman(), sha256=kiriman().sha256.upper())], id="shouted digest"),
        pytest.param([item(kiriman(), sha256=kiriman().sha256[:32])], id="cut digest"),
        pytest.param([item(kiriman(), sha256="\u200b" + kiriman().sha256)], id="digest with an invisible letter"),
        pytest.param([item(kiriman(), sha256=None)], id="no digest"),
        pytest.param([item(kiriman(), "galat")], id="failed"),
        pytest.param([item(kiriman(), "diterima")], id="unknown state"),
        pytest.param([item(kiriman(), "TERSIMPAN")], id="shouted state"),
        pytest.param([item(kiriman(), None)], id="no state"),
        pytest.param([item(kiriman(), "tersim\u200bpan")], id="state with an invisible letter"),
        pytest.param([item(kiriman(), tanda_terima=7)], id="receipt as a number"),
        pytest.param([item(kiriman(), masalah="x")], id="reasons as text"),
        pytest.param([item(kiriman()), item(kiriman())], id="twice the same"),
        pytest.param([item(kiriman()), item(kiriman(), "ditolak")], id="stored and refused"),
        pytest.param([item(kiriman()), item(kiriman(), sha256=LAIN)], id="right and wrong digest"),
        pytest.param([item(kiriman(), "sudah-ada"), item(kiriman(), "galat")], id="stored and failed"),
        pytest.param([[item(kiriman())]], id="nested"),
        pytest.param(["tersimpan", None, 3, True], id="no objects"),
        pytest.param([item(kiriman(), "bentrok", dipegang={"revisi": 3, "sha256": kiriman().sha256})], id="conflict with itself"),
        pytest.param([item(kiriman(), "bentrok", dipegang={"revisi": 10**9, "sha256": LAIN})], id="absurd revision"),
        pytest.param([item(kiriman(), "bentrok", dipegang={"revisi": -1, "sha256": LAIN})], id="negative revision"),
        pytest.param([item(kiriman(), "bentrok", dipegang={"revisi": 4, "sha256": "x"})], id="no digest in conflict"),
        pytest.param([item(kiriman(), "bentrok", dipegang=[4, LAIN])], id="conflict of another shape"),
    ],
)
def test_everything_else_stays_unknown(hasil: Any) -> None:
    """What names us wrongly, twice, or makes no sense settles nothing: it is sent again."""
    outcome = only(hasil)
    assert isinstance(outcome, Deferred)
    assert not outcome.untouched


def test_a_surplus_item_changes_nothing() -> None:
    """Items about what was not sent neither settle nor spoil anything."""
    surplus = [item(kiriman(5)), item(kiriman(1, 2)), {}, {"periode": PERIODE, "revisi": 3}]

    outcomes, recognised = check([*surplus, item(kiriman(2)), item(kiriman(1))], [kiriman(1), kiriman(2), kiriman(3)])

    assert [type(outcomes[id]) for id in (1, 2, 3)] == [Sent, Sent, Deferred]
    assert recognised == 2
    assert set(outcomes) == {1, 2, 3}


def test_refusals_bring_their_reasons_cleaned() -> None:
    """The reasons are kept, without what could steer a terminal and not endlessly; none given is said too."""
    reasons = [{"pointer": "/a", "kode": "k", "pesan": "Salah\x1b]52;c;x\x07 sekali" + "x" * 999}] * 120
    outcome = only([item(kiriman(), "ditolak", masalah=reasons)])

    assert isinstance(outcome, Rejected)
    assert len(outcome.masalah) == 100
    assert outcome.masalah[0].pesan.startswith("Salah]52;c;x sekali")
    assert len(outcome.masalah[0].pesan) == 400
    assert only([item(kiriman(), "ditolak")]) == Rejected(
        (MasalahTerkirim(kode="ditolak-server", pesan="Server menolak rencana ini tanpa menyebut alasannya."),)
    )


def test_conflicts_tell_what_is_held() -> None:
    """What the server holds is kept; nothing, said in any way, is nothing."""
    assert only([item(kiriman(), "bentrok", dipegang={"revisi": 4, "sha256": LAIN})]) == Conflict(Dipegang(4, LAIN))
    assert only([item(kiriman(), "bentrok", dipegang={"revisi": 0, "sha256": ""})]) == Conflict(None)
    assert only([item(kiriman(), "bentrok")]) == Conflict(None)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**7) | st.text(max_size=8) | st.sampled_from([PERIODE, kiriman().sha256]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(["pegawai", "periode", "revisi", "sha256", "keadaan"]), value=_JSON, copies=st.integers(1, 2))
def test_no_changed_item_is_a_receipt(name: str, value: Any, copies: int) -> None:
    """Whatever stands in place of one of the members that make a receipt, nothing is called sent unless it says the same."""
    sent = kiriman()
    changed = item(sent) | {name: value}
    outcome = only([changed] * copies)
    same = copies == 1 and (value == item(sent)[name] or (name == "pegawai" and value in sent.kunci.values()))
    assert isinstance(outcome, Sent) == (same and type(value) is type(item(sent)[name]))


def test_what_stays_unknown_says_why() -> None:
    """Not mentioned, mentioned twice, mentioned wrongly and failed there are told apart, as the operator reads it."""
    wrong, twice, failed = item(kiriman(), sha256=LAIN), [item(kiriman()), item(kiriman())], item(kiriman(), "galat")
    notes = [only(hasil) for hasil in ([], twice, [wrong], [failed])]
    words = ("tidak menyebut rencana ini", "lebih dari sekali", "tidak cocok dengan yang dikirim", "gagal menyimpan")
    for found, word in zip(notes, words, strict=True):
        assert isinstance(found, Deferred)
        assert word in found.karena


def test_a_conflict_that_holds_a_revision_or_a_digest_alone_makes_no_sense() -> None:
    """Nothing held is no revision and no digest; one without the other is no word to build on."""
    assert isinstance(only([item(kiriman(), "bentrok", dipegang={"revisi": 0, "sha256": LAIN})]), Deferred)
    assert isinstance(only([item(kiriman(), "bentrok", dipegang={"revisi": 4, "sha256": ""})]), Deferred)
    same_digest = {"revisi": 4, "sha256": kiriman().sha256}
    assert only([item(kiriman(), "bentrok", dipegang=same_digest)]) == Conflict(Dipegang(4, kiriman().sha256))


@pytest.mark.parametrize(("name", "limit"), [("tanda_terima", 120), ("waktu", 60), ("status", 60)])
def test_a_receipts_words_are_short(name: str, limit: int) -> None:
    """What is kept of a receipt has its length, whatever the server writes."""
    found = only([item(kiriman(), **{name: "x" * 500})])
    assert isinstance(found, Sent)
    assert len(getattr(found, name)) == limit


def test_a_reasons_words_are_short() -> None:
    """The place, the code and the sentence of a reason have their lengths."""
    found = only([item(kiriman(), "ditolak", masalah=[{"pointer": "/" * 900, "kode": "k" * 900, "pesan": "p" * 900}])])
    assert isinstance(found, Rejected)
    assert [len(text) for text in (found.masalah[0].pointer, found.masalah[0].kode, found.masalah[0].pesan)] == [200, 80, 400]
