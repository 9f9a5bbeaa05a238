"""What becomes of an envelope: stored once, known again, in conflict, refused, or failed by itself."""

from __future__ import annotations

import hashlib
import re

import msgspec
import pytest

from pmm_tui.server import inbox
from pmm_tui.skp.wire import Hasil
from tests.server.sample_school import NIP, NIP_LAIN, MakeSekolah, SekolahUji, amplop

BUDI = {"nip": NIP, "nama": "Budi Santoso"}
SITI = {"nip": NIP_LAIN, "nama": "Siti Aminah"}


def test_stored_envelope_gets_a_receipt(sekolah: SekolahUji) -> None:
    """A plan is stored: the result echoes key, revision and digest and carries receipt, server time and status."""
    line = amplop(BUDI)
    (hasil,) = sekolah.post(line)
    assert re.fullmatch(r"R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", hasil.pop("tanda_terima"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", hasil.pop("waktu"))
    assert hasil == {
        "pegawai": {"nip": NIP},
        "periode": "2026",
        "revisi": 1,
        "sha256": hashlib.sha256(line).hexdigest(),
        "keadaan": "tersimpan",
        "masalah": [],
        "status": "diajukan",
    }


def test_answer_is_what_the_wire_defines(sekolah: SekolahUji) -> None:
    """Every result of a mixed batch decodes as the client's own type."""
    answer = sekolah.http.post("/v1/rencana", content=b"\n".join([amplop(BUDI), amplop(BUDI, 2), b"{}"]))
    for raw in msgspec.json.decode(answer.content)["hasil"]:
        msgspec.convert(raw, Hasil)


def test_same_envelope_again_gets_the_same_receipt(sekolah: SekolahUji) -> None:
    """A resent envelope is `sudah-ada` with the first receipt and time, also after newer revisions and decisions."""
    line = amplop(BUDI)
    (first,) = sekolah.post(line)
    (again,) = sekolah.post(line)
    assert again == first | {"keadaan": "sudah-ada"}
    sekolah.store(BUDI, revisi=2, dasar=1)
    sekolah.decide(sekolah.ids()["Budi Santoso"], 2, "setujui")
    (late,) = sekolah.post(line)
    assert late == again


def test_same_line_twice_in_a_batch(sekolah: SekolahUji) -> None:
    """Twice in one batch is stored once."""
    line = amplop(BUDI)
    first, second = sekolah.post(line, line)
    assert (first["keadaan"], second["keadaan"]) == ("tersimpan", "sudah-ada")
    assert first["tanda_terima"] == second["tanda_terima"]


def test_other_content_on_the_same_base_conflicts(sekolah: SekolahUji) -> None:
    """Other content under the same revision names what the server holds, and changes nothing."""
    first = sekolah.store(BUDI)
    (other,) = sekolah.post(amplop(BUDI, rapor_pendidikan={"dimengerti": True}, data_diri={"sesuai": True, "golongan": "III/d"}))
    assert other["keadaan"] == "bentrok"
    assert other["dipegang"] == {"revisi": 1, "sha256": first["sha256"]}
    assert other["tanda_terima"] == ""
    id = sekolah.ids()["Budi Santoso"]
    assert sekolah.http.get(f"/v1/rencana/2026/{id}").json()["sha256"] == first["sha256"]


@pytest.mark.parametrize(("revisi", "dasar"), [(2, 0), (3, 1), (9, 3), (4, 3)])
def test_stale_or_skipped_base_conflicts(sekolah: SekolahUji, revisi: int, dasar: int) -> None:
    """A base other than the revision that stands (2 here), older or newer, is a conflict."""
    sekolah.store(BUDI)
    second = sekolah.store(BUDI, revisi=2, dasar=1, periode="2026")
    (hasil,) = sekolah.post(amplop(BUDI, revisi, dasar, tugas_tambahan={"tugas": [{"tugas": "wali-kelas"}]}))
    assert hasil["keadaan"] == "bentrok"
    assert hasil["dipegang"] == {"revisi": 2, "sha256": second["sha256"]}


def test_base_that_nobody_sent_conflicts(sekolah: SekolahUji) -> None:
    """A base on a server that holds nothing of the plan is a conflict with nothing held."""
    (hasil,) = sekolah.post(amplop(BUDI, 3, 2))
    assert hasil["keadaan"] == "bentrok"
    assert hasil["dipegang"] == {"revisi": 0, "sha256": ""}
    assert sekolah.ids() == {}


def test_revisions_may_skip(sekolah: SekolahUji) -> None:
    """A client that replaced unsent revisions sends a later one on the right base."""
    sekolah.store(BUDI, revisi=4, dasar=0)
    sekolah.store(BUDI, revisi=9, dasar=4)


@pytest.mark.parametrize(("revisi", "dasar"), [(1, 1), (2, 5)])
def test_revision_must_follow_its_base(sekolah: SekolahUji, revisi: int, dasar: int) -> None:
    """A revision that is not after its own base is refused."""
    (hasil,) = sekolah.post(amplop(BUDI, revisi, dasar))
    assert hasil["keadaan"] == "ditolak"
    assert hasil["masalah"][0]["kode"] == "revisi-salah"


def test_periods_are_separate_plans(sekolah: SekolahUji) -> None:
    """The same teacher has one plan a period."""
    sekolah.store(BUDI, periode="2026")
    sekolah.store(BUDI, periode="2025")


def test_digest_is_of_the_bytes_as_they_came(sekolah: SekolahUji) -> None:
    """Spaces, member order and a carriage return before the newline belong to the digest; a missing last newline does not."""
    spaced = b"{ \t" + amplop(BUDI)[1:] + b" \r"
    answer = sekolah.http.post("/v1/rencana", content=spaced)
    (hasil,) = answer.json()["hasil"]
    assert hasil["keadaan"] == "tersimpan"
    assert hasil["sha256"] == hashlib.sha256(spaced).hexdigest()
    (other,) = sekolah.post(spaced.rstrip(b"\r"))
    assert other["keadaan"] == "bentrok"


def test_blank_lines_are_no_envelopes(sekolah: SekolahUji) -> None:
    """Blank lines are passed over, and an empty batch has an empty answer."""
    hasil = sekolah.post(b"", amplop(BUDI), b"\r", b"  ", amplop(SITI))
    assert [satu["keadaan"] for satu in hasil] == ["tersimpan", "tersimpan"]
    assert sekolah.http.post("/v1/rencana", content=b"").json() == {"hasil": []}


def test_each_envelope_by_itself_and_in_order(sekolah: SekolahUji) -> None:
    """Good, broken, incomplete and good again: four results in the order of the lines, and the good ones are stored."""
    lines = [amplop(BUDI), b'{"pegawai":', amplop(SITI, rangkuman={}), amplop(SITI)]
    hasil = sekolah.post(*lines)
    assert [satu["keadaan"] for satu in hasil] == ["tersimpan", "ditolak", "ditolak", "tersimpan"]
    assert [satu["sha256"] for satu in hasil] == [hashlib.sha256(line).hexdigest() for line in lines]


@pytest.mark.parametrize(
    ("line", "kunci", "periode", "revisi"),
    [
        (b"not json", {}, "", 0),
        (b"[1,2]", {}, "", 0),
        (b'"\xff"', {}, "", 0),
        (b"[" * 50_000, {}, "", 0),
        (b'{"pegawai":{"nip":"1"},"periode":"2026","revisi":7}', {"nip": "1"}, "2026", 7),
        (b'{"pegawai":{"nip":5},"periode":2026,"revisi":"7"}', {}, "", 0),
        (b'{"pegawai":{"id":"\\u001b[31mx"},"revisi":-1}', {"id": "[31mx"}, "", 0),
        (b'{"pegawai":[],"periode":null,"revisi":true}', {}, "", 0),
        (amplop({"nama": "tanpa nomor"}), {}, "2026", 1),
        (amplop(BUDI, periode=""), {"nip": NIP}, "", 1),
        (amplop(BUDI, revisi=0), {"nip": NIP}, "2026", 0),
        (amplop(BUDI, data_diri={"golongan": "x" * 70_000}), {"nip": NIP}, "2026", 1),
    ],
    ids=str,
)
def test_unreadable_line_is_refused_and_can_be_found(
    sekolah: SekolahUji, line: bytes, kunci: dict[str, str], periode: str, revisi: int
) -> None:
    """A line that is no envelope is `ditolak` with its digest, and with its key as far as that can be read."""
    (hasil,) = sekolah.post(line)
    assert hasil["keadaan"] == "ditolak"
    assert hasil["sha256"] == hashlib.sha256(line).hexdigest()
    assert (hasil["pegawai"], hasil["periode"], hasil["revisi"]) == (kunci, periode, revisi)
    assert [masalah["kode"] for masalah in hasil["masalah"]] == ["amplop"]


def test_shape_error_points_into_the_plan(sekolah: SekolahUji) -> None:
    """A member of the wrong type is named by a JSON pointer into the plan."""
    line = amplop(BUDI, tugas_tambahan={"tugas": [{"tugas": "wali-kelas"}, {"tugas": 5}]})
    (hasil,) = sekolah.post(line)
    assert hasil["masalah"][0]["pointer"].startswith("/tugas_tambahan/tugas/")
    assert hasil["masalah"][0]["pointer"].endswith("/tugas")


def test_rules_are_the_form_s(sekolah: SekolahUji) -> None:
    """Blocking problems of `periksa` come back with pointer, code and sentence; warnings do not stop a plan."""
    (hasil,) = sekolah.post(amplop(BUDI, rangkuman={}, praktik_pembelajaran={"indikator": ["tidak-ada"]}))
    assert hasil["keadaan"] == "ditolak"
    assert {masalah["kode"] for masalah in hasil["masalah"]} == {"indikator-asing", "belum-dikonfirmasi"}
    assert all(masalah["pesan"] and masalah["pointer"].startswith("/") for masalah in hasil["masalah"])
    assert sekolah.ids() == {}
    sekolah.store(BUDI | {"golongan": "XX/z"})


def test_rules_know_the_kind_of_school(sekolah: SekolahUji) -> None:
    """A tugas tambahan that only an SMK has is refused for an SMP."""
    (hasil,) = sekolah.post(amplop(BUDI, tugas_tambahan={"tugas": [{"tugas": "ketua-program-keahlian"}]}))
    assert [masalah["kode"] for masalah in hasil["masalah"]] == ["tugas-jenjang"]


def test_unknown_period_is_refused(sekolah: SekolahUji) -> None:
    """A period that the server's catalogue does not have is refused by a code of its own."""
    (hasil,) = sekolah.post(amplop(BUDI, periode="1999"))
    assert [masalah["kode"] for masalah in hasil["masalah"]] == ["periode-asing"]


def test_approved_plan_is_locked(sekolah: SekolahUji) -> None:
    """After approval a new revision is refused as `terkunci` until the head sends the plan back."""
    sekolah.store(BUDI)
    id = sekolah.ids()["Budi Santoso"]
    assert sekolah.decide(id, 1, "setujui").status_code == 200
    (locked,) = sekolah.post(amplop(BUDI, 2, 1))
    assert locked["keadaan"] == "ditolak"
    assert [masalah["kode"] for masalah in locked["masalah"]] == ["terkunci"]
    assert sekolah.decide(id, 1, "kembalikan", "Tambah satu RHK.").status_code == 200
    assert sekolah.store(BUDI, revisi=2, dasar=1)["status"] == "diajukan"


def test_acting_head_approves_at_once(make_sekolah: MakeSekolah) -> None:
    """Under an acting head a stored plan is approved at once, and then locked."""
    sekolah = make_sekolah(plt=True)
    assert sekolah.store(BUDI)["status"] == "disetujui"
    (locked,) = sekolah.post(amplop(BUDI, 2, 1))
    assert [masalah["kode"] for masalah in locked["masalah"]] == ["terkunci"]


def test_failure_on_one_envelope_spares_the_others(sekolah: SekolahUji, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the server on one envelope is `galat` for it alone; sent again later it is stored."""
    whole = inbox.periksa

    def fails_for_siti(rencana, pegawai, *args, **options):
        if pegawai.nama == "Siti Aminah":
            raise RuntimeError("boom")
        return whole(rencana, pegawai, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "periksa", fails_for_siti)
        hasil = sekolah.post(amplop(SITI), amplop(BUDI))
    assert [satu["keadaan"] for satu in hasil] == ["galat", "tersimpan"]
    assert list(sekolah.ids()) == ["Budi Santoso"]
    sekolah.store(SITI)


def test_faster_writer_without_our_lock(sekolah: SekolahUji, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should another writer slip in between look and insert, the unique key stops a second row and the envelope is judged anew."""
    line = amplop(BUDI)
    (first,) = sekolah.post(line)
    blind = iter([True, True])

    def overlooked(see):
        return lambda *args: None if next(blind, False) else see(*args)

    monkeypatch.setattr(inbox, "held", overlooked(inbox.held))
    monkeypatch.setattr(inbox._Penerima, "_stored", overlooked(inbox._Penerima._stored))
    (again,) = sekolah.post(line)
    assert again == first | {"keadaan": "sudah-ada"}
    assert next(blind, None) is None


def test_text_that_attacks_the_database_is_only_text(sekolah: SekolahUji) -> None:
    """Quotes, comments and NUL in every member are stored or refused as text, and the tables stay."""
    attack = "x'; DROP TABLE amplop; --\x00\" OR 1=1"
    lines = [
        amplop({"nip": NIP, "nama": attack, "status_kepegawaian": attack, "jenis_ptk": attack, "golongan": attack}),
        amplop({"id": attack}),
        amplop({"nip": attack}),
        amplop({"nuptk": attack}),
        amplop(SITI, periode=attack[:40]),
        amplop(SITI, tugas_tambahan={"tugas": [{"tugas": "wali-kelas", "nomor_sk": attack}]}),
    ]
    assert [satu["keadaan"] for satu in sekolah.post(*lines)] == [
        "tersimpan", "ditolak", "ditolak", "ditolak", "ditolak", "tersimpan",
    ]  # fmt: skip
    assert len(sekolah.http.get("/v1/rencana").json()["perubahan"]) == 2
