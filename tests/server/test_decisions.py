"""Decisions of the head: stored once, on what was read, beside what was known; reopening; history; tokens of both roles."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from pmm_tui.server import decisions
from pmm_tui.server.engine import Database
from pmm_tui.server.tokens import create_token
from pmm_tui.skp.decision import SealedDecision, seal_decision
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import NDJSON, EnvelopePegawai, digest
from tests.server.sample_school import NIP, OTHER_NIP, PERIODE, MakeSekolah, RunningServer, SampleSchool

BUDI = Pegawai(nama="Budi Santoso", nip=NIP)


def sealed(stored: dict[str, Any], id: str = "keputusan1", **more: Any) -> bytes:
    """A decision on a plan that was stored: approved, unless `more` says otherwise."""
    read = {"revisi": stored["revisi"], "dibaca": stored["sha256"][:8]}
    decision = {"id": id, "pegawai": EnvelopePegawai(nip=NIP), "periode": PERIODE, "keputusan": "setujui"} | read | more
    return seal_decision(SealedDecision(**decision))


def post(http: httpx.Client, *lines: bytes) -> list[dict[str, Any]]:
    """Send decisions; their results."""
    answer = http.post("/v1/keputusan", content=b"\n".join(lines) + b"\n", headers={"content-type": NDJSON})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["hasil"])


def change(sekolah: SampleSchool) -> dict[str, Any]:
    """The plan as the list of changes tells it."""
    (told,) = sekolah.http.get("/v1/rencana").json()["perubahan"]
    return dict(told)


def history(sekolah: SampleSchool) -> dict[str, Any]:
    """The plan's history, as the operator reads it."""
    answer = sekolah.http.get(f"/v1/rencana/{PERIODE}/{change(sekolah)['pegawai']}/riwayat")
    assert answer.status_code == 200
    return dict(answer.json())


def test_a_decision_is_stored_once_with_a_receipt(sekolah: SampleSchool) -> None:
    """The same bytes again get the first receipt, whatever became of the plan since, and nothing of it is new."""
    stored = sekolah.store()
    line = sealed(stored, catatan="Sudah baik.", ekspektasi={"kompeten": "Berbagi di KKG."})
    (first,) = post(sekolah.kepala, line)
    assert (first["keadaan"], first["sha256"], first["id"], first["status"]) == (
        "tersimpan",
        digest(line),
        "keputusan1",
        "disetujui",
    )
    assert first["tanda_terima"].startswith("K-")
    told = change(sekolah)
    assert (told["status"], told["catatan"], told["keputusan"]) == ("disetujui", "Sudah baik.", "keputusan1")
    assert told["ekspektasi"] == {"kompeten": "Berbagi di KKG."}
    cursor = sekolah.http.get("/v1/rencana").json()["cursor"]

    again = post(sekolah.kepala, line, line)

    assert [(one["keadaan"], one["tanda_terima"], one["waktu"]) for one in again] == [
        ("sudah-ada", first["tanda_terima"], first["waktu"])
    ] * 2
    assert sekolah.http.get("/v1/rencana").json()["cursor"] == cursor
    post(sekolah.kepala, sealed(stored, "keputusan2", keputusan="buka", catatan="Salah tekan.", dasar="keputusan1"))
    (later,) = post(sekolah.kepala, line)
    assert (later["keadaan"], later["tanda_terima"]) == ("sudah-ada", first["tanda_terima"])
    assert change(sekolah)["status"] == "dikembalikan"
    assert [one["id"] for one in history(sekolah)["keputusan"]] == ["keputusan2", "keputusan1"]


def test_what_nobody_has_read_is_not_decided(sekolah: SampleSchool) -> None:
    """A revision that moved on, or other content under the same number, is a conflict that names what stands."""
    first = sekolah.store()
    second = sekolah.store(revisi=2, dasar=1)
    (old,) = post(sekolah.kepala, sealed(first))
    (other,) = post(sekolah.kepala, sealed(second | {"sha256": "0" * 64}))
    assert (old["keadaan"], old["dipegang"]) == ("bentrok", {"revisi": 2, "sha256": second["sha256"]})
    assert (other["keadaan"], other["dipegang"]["sha256"]) == ("bentrok", second["sha256"])
    assert change(sekolah)["status"] == "diajukan"
    assert history(sekolah)["keputusan"] == []


def test_two_heads_at_once(sekolah: SampleSchool) -> None:
    """Of two different decisions that do not know of each other one stands and the other is told; the same word twice is one."""
    stored = sekolah.store()
    lines = [
        sealed(stored, "keputusan-a".replace("-", "")),
        sealed(stored, "keputusanb", keputusan="kembalikan", catatan="Kurang."),
    ]
    results: list[dict[str, Any]] = []
    ready = threading.Barrier(2)

    def decide(line: bytes) -> None:
        ready.wait()
        results.extend(post(sekolah.kepala, line))

    heads = [threading.Thread(target=decide, args=(line,)) for line in lines]
    for head in heads:
        head.start()
    for head in heads:
        head.join()

    assert sorted(one["keadaan"] for one in results) == ["bentrok", "tersimpan"]
    winner, loser = sorted(results, key=lambda one: one["keadaan"] == "bentrok")
    assert loser["dipegang"]["keputusan"] == winner["id"] == change(sekolah)["keputusan"]
    assert loser["dipegang"]["status"] == winner["status"] == change(sekolah)["status"]
    assert [one["id"] for one in history(sekolah)["keputusan"]] == [winner["id"]]
    said = msgspec.json.decode(next(line for line in lines if winner["id"].encode() in line))
    (agreeing,) = post(sekolah.kepala, sealed(stored, "keputusanc", keputusan=said["keputusan"], catatan=said["catatan"]))
    assert (agreeing["keadaan"], agreeing["tanda_terima"]) == ("sudah-ada", winner["tanda_terima"])
    assert len(history(sekolah)["keputusan"]) == 1


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("catatan-kosong", {"keputusan": "kembalikan", "catatan": " \n"}),
        ("catatan-kosong", {"keputusan": "buka"}),
        ("belum-disetujui", {"keputusan": "buka", "catatan": "Salah tekan."}),
        ("sekolah-asing", {"npsn": "20999999"}),
        ("pegawai-asing", {"pegawai": EnvelopePegawai(id="bukanguru123")}),
    ],
)
def test_a_decision_that_cannot_be_is_refused(sekolah: SampleSchool, code: str, more: dict[str, Any]) -> None:
    """It is told by its code, and nothing is decided; the others of the batch are."""
    stored = sekolah.store()
    refused, taken = post(sekolah.kepala, sealed(stored, **more), sealed(stored, "keputusan2"))
    assert (refused["keadaan"], [m["kode"] for m in refused["masalah"]]) == ("ditolak", [code])
    assert taken["keadaan"] == "tersimpan"
    assert [one["id"] for one in history(sekolah)["keputusan"]] == ["keputusan2"]


def test_an_id_is_one_decision(sekolah: SampleSchool) -> None:
    """Other bytes under an id that was used are refused, and what was decided stands."""
    stored = sekolah.store()
    post(sekolah.kepala, sealed(stored))
    (result,) = post(sekolah.kepala, sealed(stored, keputusan="buka", catatan="Lain.", dasar="keputusan1"))
    assert [m["kode"] for m in result["masalah"]] == ["keputusan-ganda"]
    assert change(sekolah)["status"] == "disetujui"


@pytest.mark.parametrize(
    "line",
    [
        b"x",
        b"{}",
        b'{"id":"keputusan1"}',
        b'{"id":"KEPUTUSAN","pegawai":{"nip":"1"}}',
        b"[" * 5_000,
        b'{"revisi":' + b"9" * 9_000,
    ],
)
def test_a_line_that_is_no_decision_is_told_alone(sekolah: SampleSchool, line: bytes) -> None:
    """It is refused with the digest that its sender knows it by; the next line is stored."""
    stored = sekolah.store()
    broken, taken = post(sekolah.kepala, line, sealed(stored))
    assert (broken["keadaan"], broken["sha256"], broken["masalah"][0]["kode"]) == ("ditolak", digest(line), "keputusan")
    assert taken["keadaan"] == "tersimpan"


def test_a_key_twice_is_refused(sekolah: SampleSchool) -> None:
    """What one reader takes for an approval and another for a return is neither."""
    stored = sekolah.store()
    line = sealed(stored)[:-1] + b',"keputusan":"kembalikan"}'
    (result,) = post(sekolah.kepala, line)
    assert result["masalah"][0]["kode"] == "keputusan"
    assert change(sekolah)["status"] == "diajukan"


def test_an_operator_decides_nothing(sekolah: SampleSchool) -> None:
    """The role of the token counts for both calls; both roles read the history."""
    stored = sekolah.store()
    answer = sekolah.http.post("/v1/keputusan", content=sealed(stored))
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/peran")
    assert change(sekolah)["status"] == "diajukan"
    assert sekolah.kepala.get(f"/v1/rencana/{PERIODE}/{change(sekolah)['pegawai']}/riwayat").json() == history(sekolah)


def test_another_school_does_not_exist(make_sekolah: MakeSekolah) -> None:
    """A head of one school decides on no plan of another, by whatever names it, and reads no history of it."""
    ours, theirs = make_sekolah(BUDI), make_sekolah(BUDI)
    stored = ours.store()
    id = change(ours)["pegawai"]
    by_nip, by_id = post(theirs.kepala, sealed(stored), sealed(stored, "keputusan2", pegawai=EnvelopePegawai(id=id)))
    assert (by_nip["keadaan"], by_nip["dipegang"]) == ("bentrok", {"revisi": 0, "sha256": ""})
    assert [m["kode"] for m in by_id["masalah"]] == ["pegawai-asing"]
    for path in (f"/v1/rencana/{PERIODE}/{id}/riwayat", f"/v1/rencana/{PERIODE}/{id}?revisi=1"):
        assert theirs.kepala.get(path).status_code == 404
    assert (
        theirs.kepala.post(f"/v1/rencana/{PERIODE}/{id}/keputusan", json={"revisi": 1, "keputusan": "setujui"}).status_code == 404
    )
    assert change(ours)["status"] == "diajukan"


def test_reopening_keeps_the_approved_one_as_a_version(sekolah: SampleSchool) -> None:
    """After `buka` the plan can be sent anew; the approved revision and all decisions stay, and its content can be read."""
    stored = sekolah.store()
    post(sekolah.kepala, sealed(stored))
    id = change(sekolah)["pegawai"]
    before = sekolah.http.get(f"/v1/rencana/{PERIODE}/{id}").json()["amplop"]
    reopened = sealed(stored, "keputusan2", keputusan="buka", catatan="Guru pindah tugas.", dasar="keputusan1")
    assert post(sekolah.kepala, reopened)[0]["keadaan"] == "tersimpan"
    assert change(sekolah)["status"] == "dikembalikan"

    sekolah.store(revisi=2, dasar=1)

    told = history(sekolah)
    assert [(one["revisi"], one["status"]) for one in told["revisi"]] == [(2, "diajukan"), (1, "dikembalikan")]
    assert [(one["keputusan"], one["catatan"]) for one in told["keputusan"]] == [("buka", "Guru pindah tugas."), ("setujui", "")]
    assert sekolah.http.get(f"/v1/rencana/{PERIODE}/{id}?revisi=1").json()["amplop"] == before
    for number in ("3", "x", "-1", "99999999", ""):
        assert sekolah.http.get(f"/v1/rencana/{PERIODE}/{id}?revisi={number}").status_code == 404


def test_one_decision_by_the_address(sekolah: SampleSchool) -> None:
    """The call for one plan takes the same members, compares what it is given, and repeats harmlessly."""
    stored = sekolah.store()
    path = f"/v1/rencana/{PERIODE}/{change(sekolah)['pegawai']}/keputusan"
    body = {"id": "keputusan1", "revisi": 1, "dibaca": stored["sha256"][:8], "dasar": "", "keputusan": "setujui"}
    first, again = (sekolah.kepala.post(path, json=body).json() for _ in range(2))
    assert first == again
    assert first["keputusan"] == "keputusan1"
    for more, status in (
        ({"dibaca": "00000000"}, 409),
        ({"keputusan": "kembalikan", "catatan": "Kurang."}, 409),
        ({"keputusan": "buka", "dasar": "keputusan1"}, 400),
        ({"keputusan": "buka", "catatan": "Salah.", "dasar": "keputusan1"}, 200),
    ):
        assert sekolah.kepala.post(path, json=body | {"id": "keputusan2"} | more).status_code == status, more


def test_an_older_client_still_decides(sekolah: SampleSchool) -> None:
    """Without an id there is no note to be asked for, and an approved plan is sent back by `kembalikan`."""
    sekolah.store()
    id = change(sekolah)["pegawai"]
    for word, status in (
        ("kembalikan", "dikembalikan"),
        ("setujui", "disetujui"),
        ("setujui", "disetujui"),
        ("kembalikan", "dikembalikan"),
    ):
        assert sekolah.decide(id, 1, word).json()["status"] == status
    assert [one["keputusan"] for one in history(sekolah)["keputusan"]] == ["kembalikan", "setujui", "kembalikan"]


def test_a_token_of_both_roles(sekolah: SampleSchool, server: RunningServer) -> None:
    """It submits and decides, and says so; a token of one role has no list of roles."""
    token = create_token(sekolah.database, sekolah.npsn, "keduanya")
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {token}"}, trust_env=False) as both:
        told = both.get("/v1/sekolah").json()
        assert (told["peran"], told["semua_peran"]) == ("kepala_sekolah", ["kepala_sekolah", "operator"])
        stored = sekolah.store()
        assert post(both, sealed(stored))[0]["keadaan"] == "tersimpan"
        assert both.post("/v1/rencana", content=b"{}").status_code == 200
    for http, role in ((sekolah.http, "operator"), (sekolah.kepala, "kepala_sekolah")):
        told = http.get("/v1/sekolah").json()
        assert (told["peran"], "semua_peran" in told) == (role, False)


def test_an_acting_head_s_plan_is_opened_again(make_sekolah: MakeSekolah) -> None:
    """What was approved by itself has no decision to name: it is opened with none, and then stands as sent back."""
    sekolah = make_sekolah(plt=True)
    stored = sekolah.store()
    assert stored["status"] == "disetujui"
    (result,) = post(sekolah.kepala, sealed(stored, keputusan="buka", catatan="Periksa SK."))
    assert (result["keadaan"], change(sekolah)["status"]) == ("tersimpan", "dikembalikan")


def test_a_school_of_many_in_one_batch(make_sekolah: MakeSekolah) -> None:
    """Forty decisions in one request are forty changes, each with a receipt of its own."""
    teachers = tuple(Pegawai(nama=f"Guru {n}", nip=f"1985071420100110{n:02}") for n in range(40))
    sekolah = make_sekolah(*teachers)
    stored = [sekolah.store({"nip": one.nip}) for one in teachers]
    lines = [
        sealed(s, f"keputusan{n:02}", pegawai=EnvelopePegawai(nip=t.nip))
        for n, (s, t) in enumerate(zip(stored, teachers, strict=True))
    ]
    results = post(sekolah.kepala, *lines)
    assert {one["keadaan"] for one in results} == {"tersimpan"}
    assert len({one["tanda_terima"] for one in results}) == 40
    told = sekolah.http.get("/v1/rencana").json()["perubahan"]
    assert [one["keputusan"] for one in told] == [f"keputusan{n:02}" for n in range(40)]


def test_a_database_of_version_2_opens(tmp_path: Path, make_sekolah: MakeSekolah, start_server) -> None:
    """What was decided before decisions had ids stands: it is told, opened again with no decision named, and in the history."""
    before = start_server()
    sekolah = make_sekolah(server=before)
    stored, other = sekolah.store(), sekolah.store({"nip": OTHER_NIP, "nama": "Siti Aminah"})
    ids = sekolah.ids()
    sekolah.decide(ids["Budi Santoso"], 1, "setujui", "Baik.")
    before.stop()
    with closing(sqlite3.connect(before.database, isolation_level=None)) as old:
        old.executescript(
            "DROP TABLE keputusan; ALTER TABLE amplop DROP COLUMN keputusan; ALTER TABLE amplop DROP COLUMN ekspektasi;"
            "UPDATE skema SET versi = 2"
        )

    after = RunningServer(tmp_path, database=before.database)
    try:
        with httpx.Client(base_url=after.url, headers=sekolah.kepala.headers, trust_env=False) as kepala:
            budi, siti = kepala.get("/v1/rencana").json()["perubahan"][::-1]
            assert (budi["status"], budi["catatan"], "keputusan" in budi, siti["status"]) == (
                "disetujui",
                "Baik.",
                False,
                "diajukan",
            )
            said = kepala.get(f"/v1/rencana/{PERIODE}/{budi['pegawai']}/riwayat").json()
            assert (said["revisi"][0]["catatan"], said["keputusan"]) == ("Baik.", [])
            reopened = sealed(stored, keputusan="buka", catatan="Salah.")
            approved = sealed(other, "keputusan2", pegawai=EnvelopePegawai(nip=OTHER_NIP))
            assert [one["keadaan"] for one in post(kepala, reopened, approved)] == ["tersimpan"] * 2
    finally:
        after.stop()
    with closing(Database(before.database)):
        pass  # a second time changes nothing


def test_a_fault_in_the_middle_of_one_decision_leaves_nothing_of_it(sekolah: SampleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written of a decision before it broke goes with it, and is to be sent again; the others of the batch are stored."""
    stored, other = sekolah.store(), sekolah.store({"nip": OTHER_NIP, "nama": "Siti Aminah"})
    usual, broken = decisions.note_change, iter([True])

    def boom(*arguments: Any) -> int:
        if next(broken, False):
            raise RuntimeError("boom")
        return usual(*arguments)

    monkeypatch.setattr(decisions, "note_change", boom)
    lines = sealed(stored), sealed(other, "keputusan2", pegawai=EnvelopePegawai(nip=OTHER_NIP))
    assert [one["keadaan"] for one in post(sekolah.kepala, *lines)] == ["galat", "tersimpan"]
    assert [one["keadaan"] for one in post(sekolah.kepala, *lines)] == ["tersimpan", "sudah-ada"]
