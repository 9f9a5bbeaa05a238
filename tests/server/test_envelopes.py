"""What becomes of an envelope: stored once, known again, in conflict, refused, or failed by itself."""

from __future__ import annotations

import hashlib
import re

import msgspec
import pytest

from pmm_tui.server import inbox
from pmm_tui.skp.wire import EnvelopeResult
from tests.server.sample_school import NIP, OTHER_NIP, MakeSekolah, SampleSchool, envelope

BUDI = {"nip": NIP, "nama": "Budi Santoso"}
SITI = {"nip": OTHER_NIP, "nama": "Siti Aminah"}


def test_stored_envelope_gets_a_receipt(sekolah: SampleSchool) -> None:
    """A plan is stored: the result echoes key, revision and digest and carries receipt, server time and status."""
    line = envelope(BUDI)
    (result,) = sekolah.post(line)
    assert re.fullmatch(r"R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", result.pop("tanda_terima"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", result.pop("waktu"))
    assert result == {
        "pegawai": {"nip": NIP},
        "periode": "2026",
        "revisi": 1,
        "sha256": hashlib.sha256(line).hexdigest(),
        "keadaan": "tersimpan",
        "masalah": [],
        "status": "diajukan",
    }


def test_answer_is_what_the_wire_defines(sekolah: SampleSchool) -> None:
    """Every result of a mixed batch decodes as the client's own type."""
    answer = sekolah.http.post("/v1/rencana", content=b"\n".join([envelope(BUDI), envelope(BUDI, 2), b"{}"]))
    for raw in msgspec.json.decode(answer.content)["hasil"]:
        msgspec.convert(raw, EnvelopeResult)


def test_same_envelope_again_gets_the_same_receipt(sekolah: SampleSchool) -> None:
    """A resent envelope is `sudah-ada` with the first receipt and time, also after newer revisions and decisions."""
    line = envelope(BUDI)
    (first,) = sekolah.post(line)
    (again,) = sekolah.post(line)
    assert again == first | {"keadaan": "sudah-ada"}
    sekolah.store(BUDI, revisi=2, dasar=1)
    sekolah.decide(sekolah.ids()["Budi Santoso"], 2, "setujui")
    (late,) = sekolah.post(line)
    assert late == again


def test_same_line_twice_in_a_batch(sekolah: SampleSchool) -> None:
    """Twice in one batch is stored once."""
    line = envelope(BUDI)
    first, second = sekolah.post(line, line)
    assert (first["keadaan"], second["keadaan"]) == ("tersimpan", "sudah-ada")
    assert first["tanda_terima"] == second["tanda_terima"]


def test_other_content_on_the_same_base_conflicts(sekolah: SampleSchool) -> None:
    """Other content under the same revision names what the server holds, and changes nothing."""
    first = sekolah.store(BUDI)
    (other,) = sekolah.post(envelope(BUDI, rapor_pendidikan={"dimengerti": True}, data_diri={"sesuai": True, "golongan": "III/d"}))
    assert other["keadaan"] == "bentrok"
    assert other["dipegang"] == {"revisi": 1, "sha256": first["sha256"]}
    assert other["tanda_terima"] == ""
    id = sekolah.ids()["Budi Santoso"]
    assert sekolah.http.get(f"/v1/rencana/2026/{id}").json()["sha256"] == first["sha256"]


@pytest.mark.parametrize(("revisi", "dasar"), [(2, 0), (3, 1), (9, 3), (4, 3)])
def test_stale_or_skipped_base_conflicts(sekolah: SampleSchool, revisi: int, dasar: int) -> None:
    """A base other than the revision that stands (2 here), older or newer, is a conflict."""
    sekolah.store(BUDI)
    second = sekolah.store(BUDI, revisi=2, dasar=1, periode="2026")
    (result,) = sekolah.post(envelope(BUDI, revisi, dasar, tugas_tambahan={"tugas": [{"tugas": "wali-kelas"}]}))
    assert result["keadaan"] == "bentrok"
    assert result["dipegang"] == {"revisi": 2, "sha256": second["sha256"]}


def test_base_that_nobody_sent_conflicts(sekolah: SampleSchool) -> None:
    """A base on a server that holds nothing of the plan is a conflict with nothing held."""
    (result,) = sekolah.post(envelope(BUDI, 3, 2))
    assert result["keadaan"] == "bentrok"
    assert result["dipegang"] == {"revisi": 0, "sha256": ""}
    assert sekolah.ids() == {}


def test_revisions_may_skip(sekolah: SampleSchool) -> None:
    """A client that replaced unsent revisions sends a later one on the right base."""
    sekolah.store(BUDI, revisi=4, dasar=0)
    sekolah.store(BUDI, revisi=9, dasar=4)


@pytest.mark.parametrize(("revisi", "dasar"), [(1, 1), (2, 5)])
def test_revision_must_follow_its_base(sekolah: SampleSchool, revisi: int, dasar: int) -> None:
    """A revision that is not after its own base is refused."""
    (result,) = sekolah.post(envelope(BUDI, revisi, dasar))
    assert result["keadaan"] == "ditolak"
    assert result["masalah"][0]["kode"] == "revisi-salah"


def test_periods_are_separate_plans(sekolah: SampleSchool) -> None:
    """The same teacher has one plan a period."""
    sekolah.store(BUDI, periode="2026")
    sekolah.store(BUDI, periode="2025")


def test_digest_is_of_the_bytes_as_they_came(sekolah: SampleSchool) -> None:
    """Spaces, member order and a carriage return before the newline belong to the digest; a missing last newline does not."""
    spaced = b"{ \t" + envelope(BUDI)[1:] + b" \r"
    answer = sekolah.http.post("/v1/rencana", content=spaced)
    (result,) = answer.json()["hasil"]
    assert result["keadaan"] == "tersimpan"
    assert result["sha256"] == hashlib.sha256(spaced).hexdigest()
    (other,) = sekolah.post(spaced.rstrip(b"\r"))
    assert other["keadaan"] == "bentrok"


def test_blank_lines_are_no_envelopes(sekolah: SampleSchool) -> None:
    """Blank lines are passed over, and an empty batch has an empty answer."""
    result = sekolah.post(b"", envelope(BUDI), b"\r", b"  ", envelope(SITI))
    assert [one["keadaan"] for one in result] == ["tersimpan", "tersimpan"]
    assert sekolah.http.post("/v1/rencana", content=b"").json() == {"hasil": []}


def test_each_envelope_by_itself_and_in_order(sekolah: SampleSchool) -> None:
    """Good, broken, incomplete and good again: four results in the order of the lines, and the good ones are stored."""
    lines = [envelope(BUDI), b'{"pegawai":', envelope(SITI, rangkuman={}), envelope(SITI)]
    result = sekolah.post(*lines)
    assert [one["keadaan"] for one in result] == ["tersimpan", "ditolak", "ditolak", "tersimpan"]
    assert [one["sha256"] for one in result] == [hashlib.sha256(line).hexdigest() for line in lines]


@pytest.mark.parametrize(
    ("line", "key", "periode", "revisi"),
    [
        (b"not json", {}, "", 0),
        (b"[1,2]", {}, "", 0),
        (b'"\xff"', {}, "", 0),
        (b"[" * 50_000, {}, "", 0),
        (b'{"pegawai":{"nip":"1"},"periode":"2026","revisi":7}', {"nip": "1"}, "2026", 7),
        (b'{"pegawai":{"nip":5},"periode":2026,"revisi":"7"}', {}, "", 0),
        (b'{"pegawai":{"id":"\\u001b[31mx"},"revisi":-1}', {"id": "[31mx"}, "", 0),
        (b'{"pegawai":[],"periode":null,"revisi":true}', {}, "", 0),
        (envelope({"nama": "tanpa nomor"}), {}, "2026", 1),
        (envelope(BUDI, periode=""), {"nip": NIP}, "", 1),
        (envelope(BUDI, revisi=0), {"nip": NIP}, "2026", 0),
        (envelope(BUDI, data_diri={"golongan": "x" * 70_000}), {"nip": NIP}, "2026", 1),
    ],
    ids=str,
)
def test_unreadable_line_is_refused_and_can_be_found(
    sekolah: SampleSchool, line: bytes, key: dict[str, str], periode: str, revisi: int
) -> None:
    """A line that is no envelope is `ditolak` with its digest, and with its key as far as that can be read."""
    (result,) = sekolah.post(line)
    assert result["keadaan"] == "ditolak"
    assert result["sha256"] == hashlib.sha256(line).hexdigest()
    assert (result["pegawai"], result["periode"], result["revisi"]) == (key, periode, revisi)
    assert [masalah["kode"] for masalah in result["masalah"]] == ["amplop"]


def test_shape_error_points_into_the_plan(sekolah: SampleSchool) -> None:
    """A member of the wrong type is named by a JSON pointer into the plan."""
    line = envelope(BUDI, tugas_tambahan={"tugas": [{"tugas": "wali-kelas"}, {"tugas": 5}]})
    (result,) = sekolah.post(line)
    assert result["masalah"][0]["pointer"].startswith("/tugas_tambahan/tugas/")
    assert result["masalah"][0]["pointer"].endswith("/tugas")


def test_rules_are_the_form_s(sekolah: SampleSchool) -> None:
    """Blocking problems of `periksa` come back with pointer, code and sentence; warnings do not stop a plan."""
    (result,) = sekolah.post(envelope(BUDI, rangkuman={}, praktik_pembelajaran={"indikator": ["tidak-ada"]}))
    assert result["keadaan"] == "ditolak"
    assert {masalah["kode"] for masalah in result["masalah"]} == {"indikator-asing", "belum-dikonfirmasi"}
    assert all(masalah["pesan"] and masalah["pointer"].startswith("/") for masalah in result["masalah"])
    assert sekolah.ids() == {}
    sekolah.store(BUDI | {"golongan": "XX/z"})


def test_rules_know_the_kind_of_school(sekolah: SampleSchool) -> None:
    """A tugas tambahan that only an SMK has is refused for an SMP."""
    (result,) = sekolah.post(envelope(BUDI, tugas_tambahan={"tugas": [{"tugas": "ketua-program-keahlian"}]}))
    assert [masalah["kode"] for masalah in result["masalah"]] == ["tugas-jenjang"]


def test_unknown_period_is_refused(sekolah: SampleSchool) -> None:
    """A period that the server's catalogue does not have is refused by a code of its own."""
    (result,) = sekolah.post(envelope(BUDI, periode="1999"))
    assert [masalah["kode"] for masalah in result["masalah"]] == ["periode-asing"]


def test_approved_plan_is_locked(sekolah: SampleSchool) -> None:
    """After approval a new revision is refused as `locked` until the head sends the plan back."""
    sekolah.store(BUDI)
    id = sekolah.ids()["Budi Santoso"]
    assert sekolah.decide(id, 1, "setujui").status_code == 200
    (locked,) = sekolah.post(envelope(BUDI, 2, 1))
    assert locked["keadaan"] == "ditolak"
    assert [masalah["kode"] for masalah in locked["masalah"]] == ["terkunci"]
    assert sekolah.decide(id, 1, "kembalikan", "Tambah satu RHK.").status_code == 200
    assert sekolah.store(BUDI, revisi=2, dasar=1)["status"] == "diajukan"


def test_acting_head_approves_at_once(make_sekolah: MakeSekolah) -> None:
    """Under an acting head a stored plan is approved at once, and then locked."""
    sekolah = make_sekolah(plt=True)
    assert sekolah.store(BUDI)["status"] == "disetujui"
    (locked,) = sekolah.post(envelope(BUDI, 2, 1))
    assert [masalah["kode"] for masalah in locked["masalah"]] == ["terkunci"]


def test_failure_on_one_envelope_spares_the_others(sekolah: SampleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the server on one envelope is `galat` for it alone; sent again later it is stored."""
    whole = inbox.periksa

    def fails_for_siti(rencana, pegawai, *args, **options):
        if pegawai.nama == "Siti Aminah":
            raise RuntimeError("boom")
        return whole(rencana, pegawai, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "periksa", fails_for_siti)
        result = sekolah.post(envelope(SITI), envelope(BUDI))
    assert [one["keadaan"] for one in result] == ["galat", "tersimpan"]
    assert list(sekolah.ids()) == ["Budi Santoso"]
    sekolah.store(SITI)


def test_faster_writer_without_our_lock(sekolah: SampleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should another writer slip in between look and insert, the unique key stops a second row and the envelope is judged anew."""
    line = envelope(BUDI)
    (first,) = sekolah.post(line)
    blind = iter([True, True])

    def overlooked(see):
        return lambda *args: None if next(blind, False) else see(*args)

    monkeypatch.setattr(inbox, "held", overlooked(inbox.held))
    monkeypatch.setattr(inbox._Receiver, "_stored", overlooked(inbox._Receiver._stored))
    (again,) = sekolah.post(line)
    assert again == first | {"keadaan": "sudah-ada"}
    assert next(blind, None) is None


def test_text_that_attacks_the_database_is_only_text(sekolah: SampleSchool) -> None:
    """Quotes, comments and NUL in every member are stored or refused as text, and the tables stay."""
    attack = "x'; DROP TABLE amplop; --\x00\" OR 1=1"
    lines = [
        envelope({"nip": NIP, "nama": attack, "status_kepegawaian": attack, "jenis_ptk": attack, "golongan": attack}),
        envelope({"id": attack}),
        envelope({"nip": attack}),
        envelope({"nuptk": attack}),
        envelope(SITI, periode=attack[:40]),
        envelope(SITI, tugas_tambahan={"tugas": [{"tugas": "wali-kelas", "nomor_sk": attack}]}),
    ]
    assert [one["keadaan"] for one in sekolah.post(*lines)] == [
        "tersimpan", "ditolak", "ditolak", "ditolak", "ditolak", "tersimpan",
    ]  # fmt: skip
    assert len(sekolah.http.get("/v1/rencana").json()["perubahan"]) == 2
