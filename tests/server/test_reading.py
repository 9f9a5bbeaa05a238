"""What the server tells: school, roster, Rapor Pendidikan, catalogue, changes, plans, decisions."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime

import msgspec
import pytest

from pmm_tui.server import plans
from pmm_tui.server.limits import Limits
from pmm_tui.skp.katalog_reader import bundled, parse_katalog
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import ChangePage, digest
from tests.server.sample_school import NIP, OTHER_NIP, MakeSekolah, RunningServer, SampleSchool, envelope

BUDI = Pegawai(nama="Budi Santoso", nip=NIP, status_kepegawaian="PNS", jenis_ptk="Guru Mapel")
SITI = Pegawai(nama="Siti Aminah", nip=OTHER_NIP)
REFERENCE = ("/v1/sekolah", "/v1/pegawai", "/v1/rapor/2026", "/v1/katalog/2026")


def test_status_needs_no_token(server: RunningServer, sekolah: SampleSchool) -> None:
    """`/v1/status` says who answers and what time it is, to anybody."""
    answer = sekolah.http.get("/v1/status", headers={"Authorization": ""})
    assert answer.status_code == 200
    told = answer.json()
    assert (told.pop("service"), told.pop("api")) == ("pmm", 1)
    time = datetime.strptime(told.pop("time"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - time).total_seconds()) < 60
    assert told == {}


def test_sekolah(sekolah: SampleSchool) -> None:
    """The school's answer has the contract's members, the token's own role and the running period."""
    told = sekolah.http.get("/v1/sekolah").json()
    assert re.fullmatch(r"[\w-]{8}", told.pop("versi"))
    assert told == {
        "npsn": sekolah.npsn,
        "nama": "SMP Negeri 3 Kota Baru",
        "jenjang": "SMP",
        "kepala_sekolah": {
            "nama": "Dra. Siti Nurhaliza, M.Pd.",
            "nip": "197001011995122001",
            "plt": False,
            "pangkat": "IV/b",
        },
        "peran": "operator",
        "periode": bundled().periode_on(datetime.now(UTC).date()).id,
    }
    assert sekolah.kepala.get("/v1/sekolah").json()["peran"] == "kepala_sekolah"


def test_pegawai(make_sekolah: MakeSekolah) -> None:
    """The roster comes by name, with opaque ids, and leaves empty members out."""
    roster = make_sekolah(SITI, BUDI).http.get("/v1/pegawai").json()["pegawai"]
    assert [set(teacher) for teacher in roster] == [{"id", "nama", "nip", "status_kepegawaian", "jenis_ptk"}, {"id", "nama", "nip"}]
    assert [teacher["nama"] for teacher in roster] == ["Budi Santoso", "Siti Aminah"]


def test_rapor(sekolah: SampleSchool) -> None:
    """Results by period; a known period without results is empty, an unknown one is not there."""
    assert sekolah.http.get("/v1/rapor/2026").json() == {
        "capaian": {"penerapan-disiplin-positif": "kurang"},
        "rekomendasi": ["penerapan-disiplin-positif"],
    }
    assert sekolah.http.get("/v1/rapor/2025").json() == {"capaian": {}, "rekomendasi": []}
    assert sekolah.http.get("/v1/rapor/1999").status_code == 404


@pytest.mark.parametrize("periode", ["2024-1", "2024-2", "2025", "2026"])
def test_katalog(sekolah: SampleSchool, periode: str) -> None:
    """The catalogue of a period reads back as the bundled one with that period and its scheme alone."""
    told = sekolah.http.get(f"/v1/katalog/{periode}").json()
    assert parse_katalog(told, "jawaban") == bundled().only_periode(periode)
    assert sekolah.http.get("/v1/katalog/1999").status_code == 404


@pytest.mark.parametrize("path", REFERENCE)
def test_etag(sekolah: SampleSchool, path: str) -> None:
    """A reference answer carries an ETag; the same tag, alone or in a list, is answered 304 without a body; another is not."""
    first = sekolah.http.get(path)
    tag = first.headers["etag"]
    for wanted in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
        again = sekolah.http.get(path, headers={"If-None-Match": wanted})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert sekolah.http.get(path, headers={"If-None-Match": '"x"'}).content == first.content


def test_etag_follows_the_content(sekolah: SampleSchool) -> None:
    """A new teacher changes the roster's tag."""
    before = sekolah.http.get("/v1/pegawai").headers["etag"]
    sekolah.store()
    changed = sekolah.http.get("/v1/pegawai", headers={"If-None-Match": before})
    assert changed.status_code == 200
    assert changed.headers["etag"] != before


def test_gzip_when_accepted_and_worth_it(sekolah: SampleSchool) -> None:
    """Long answers are gzip when the client takes it, with the same tag; short ones and refused ones are plain."""

    def coding(path: str, accepted: str) -> str:
        return sekolah.http.get(path, headers={"Accept-Encoding": accepted}).headers.get("content-encoding", "")

    assert [coding("/v1/katalog/2026", accepted) for accepted in ("gzip", "br, gzip;q=0.5", "*", "GZIP")] == ["gzip"] * 4
    assert [coding("/v1/katalog/2026", accepted) for accepted in ("identity", "gzip;q=0", "br", "gzip;q=x", "")] == [""] * 5
    assert coding("/v1/sekolah", "gzip") == ""
    tags = {
        sekolah.http.get("/v1/katalog/2026", headers={"Accept-Encoding": accepted}).headers["etag"]
        for accepted in ("gzip", "identity")
    }
    assert len(tags) == 1


def test_gzip_batch_both_ways(sekolah: SampleSchool) -> None:
    """A gzip batch is read, and its long answer comes back as gzip."""
    lines = [envelope({"nip": NIP, "nama": "Budi"}, revision, revision - 1) for revision in range(1, 6)]
    body = gzip.compress(b"\n".join(lines))
    answer = sekolah.http.post("/v1/rencana", content=body, headers={"Content-Encoding": "gzip", "Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert [result["keadaan"] for result in answer.json()["hasil"]] == ["tersimpan"] * 5


def test_headers_are_few(sekolah: SampleSchool) -> None:
    """Answers carry no header beyond what is needed, one date, and no product name."""
    sekolah.store()
    needed = {"date", "content-length", "content-type"}
    assert set(sekolah.http.get("/v1/status").headers) == needed
    assert set(sekolah.http.post("/v1/rencana", content=b"x").headers) == needed
    assert set(sekolah.http.get("/v1/sekolah").headers) == needed | {"etag", "cache-control"}
    for answer in (sekolah.http.get("/v1/rencana"), sekolah.http.get("/nope")):
        assert len(answer.headers.get_list("date")) == 1


# ---- changes


def test_changes_since_a_cursor(make_sekolah: MakeSekolah) -> None:
    """From the start every plan comes once as it stands; after its cursor only what changed since."""
    sekolah = make_sekolah(BUDI, SITI)
    ids = sekolah.ids()
    start = sekolah.http.get("/v1/rencana").json()
    assert start["perubahan"] == []
    sekolah.store({"nip": NIP})
    sekolah.store({"nip": OTHER_NIP})
    second = sekolah.store({"nip": NIP}, revisi=2, dasar=1)
    told = sekolah.http.get("/v1/rencana", params={"sesudah": start["cursor"]}).json()
    assert [(item["pegawai"], item["revisi"]) for item in told["perubahan"]] == [(ids["Siti Aminah"], 1), (ids["Budi Santoso"], 2)]
    assert told["perubahan"][1] == {
        "pegawai": ids["Budi Santoso"],
        "periode": "2026",
        "revisi": 2,
        "sha256": second["sha256"],
        "status": "diajukan",
        "catatan": "",
        "waktu": second["waktu"],
        "oleh": "Laptop TU",
    }
    nothing = sekolah.http.get("/v1/rencana", params={"sesudah": told["cursor"]}).json()
    assert nothing == {"cursor": told["cursor"], "perubahan": []}
    sekolah.decide(ids["Siti Aminah"], 1, "kembalikan", "Mohon lengkapi.")
    (change,) = sekolah.http.get("/v1/rencana", params={"sesudah": told["cursor"]}).json()["perubahan"]
    assert (change["status"], change["catatan"]) == ("dikembalikan", "Mohon lengkapi.")
    assert sekolah.http.get("/v1/rencana", params={"sesudah": ""}).json()["perubahan"][1] == change


def test_changes_come_in_pages(start_server, make_sekolah: MakeSekolah) -> None:
    """More changes than a page holds come in pages, each once, with `again` on all but the last."""
    sekolah = make_sekolah(BUDI, SITI, server=start_server(Limits(page=2)))
    for nip in (NIP, OTHER_NIP):
        for periode in ("2025", "2026"):
            sekolah.store({"nip": nip}, periode=periode)
    sekolah.store({"nip": NIP}, revisi=2, dasar=1)
    cursor, seen, more = "", [], []
    while not more or more[-1]:
        told = sekolah.http.get("/v1/rencana", params={"sesudah": cursor}).json()
        cursor = told["cursor"]
        seen += [(item["pegawai"], item["periode"]) for item in told["perubahan"]]
        more.append(told.get("lagi", False))
    assert more == [True, False]
    assert len(seen) == len(set(seen)) == 4


def test_changes_decode_as_the_wire_type(sekolah: SampleSchool) -> None:
    """The answer decodes as the client's own type."""
    sekolah.store()
    told = msgspec.json.decode(sekolah.http.get("/v1/rencana").content, type=ChangePage)
    assert told.perubahan[0].revisi == 1


@pytest.mark.parametrize("cursor", ["x", "0", "1-00000000", "ffffffffffff-00000000", "-", "1-", "0-zzzzzzzz", "'; --", "1" * 5_000])
def test_unknown_cursor_is_refused(sekolah: SampleSchool, cursor: str) -> None:
    """A cursor that this server did not give is a problem of its own type, so that the client starts over."""
    answer = sekolah.http.get("/v1/rencana", params={"sesudah": cursor})
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/cursor"


def test_cursor_of_another_school_is_refused(sekolah: SampleSchool, make_sekolah: MakeSekolah) -> None:
    """A cursor belongs to the school that it was given to."""
    cursor = make_sekolah().http.get("/v1/rencana").json()["cursor"]
    assert sekolah.http.get("/v1/rencana", params={"sesudah": cursor}).status_code == 400


# ---- one plan


def test_plan_is_told_byte_for_byte(sekolah: SampleSchool) -> None:
    """The envelope that stands is embedded exactly as it came, with its revision, digest, status, receipt and time."""
    plain = envelope({"nip": NIP, "nama": "Ni Luh Ayu é"})
    line = b"{ \t" + plain[1:].replace("é".encode(), b"\\u00e9\xc3\xa9") + b" \r"
    (result,) = sekolah.post(line)
    answer = sekolah.http.get(f"/v1/rencana/2026/{next(iter(sekolah.ids().values()))}")
    assert answer.content.startswith(b'{"amplop":' + line + b",")
    told = answer.json()
    assert told.pop("amplop") == json.loads(line)
    assert told == {
        "revisi": 1,
        "sha256": digest(line),
        "status": "diajukan",
        "catatan": "",
        "tanda_terima": result["tanda_terima"],
        "waktu": result["waktu"],
        "oleh": "Laptop TU",
    }


def test_plan_that_is_not_there(make_sekolah: MakeSekolah) -> None:
    """A teacher without a plan, an unknown id, period or odd path are all the same 404."""
    sekolah = make_sekolah(BUDI)
    id = sekolah.ids()["Budi Santoso"]
    paths = (f"2026/{id}", "2026/tidakada", f"1999/{id}", "2026/%00", "2026/..%2F..", "2026/'%20OR%201=1", "2026/" + "a" * 3_000)
    answers = [sekolah.http.get(f"/v1/rencana/{path}") for path in paths]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert answers[0].json()["type"] == "/problems/tidak-ada"


def test_changes_with_their_envelopes(sekolah: SampleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """`isi=1` hands each plan out byte for byte, as many as fit; the cursor goes on behind the last of them."""
    lines = [envelope({"nip": nip, "nama": "Guru"}) for nip in (NIP, OTHER_NIP)]
    stored = sekolah.post(*lines)
    answer = sekolah.http.get("/v1/rencana?isi=1")
    for line, result, change in zip(lines, stored, answer.json()["perubahan"], strict=True):
        assert b'"amplop":' + line + b"}" in answer.content
        assert (change["tanda_terima"], change["disimpan"]) == (result["tanda_terima"], result["waktu"])
        assert change["amplop"] == json.loads(line)
    assert "lagi" not in answer.json()
    monkeypatch.setattr(plans, "_CONTENT_BYTES", len(lines[0]) + 1)
    first = sekolah.http.get("/v1/rencana?isi=1").json()
    assert (len(first["perubahan"]), first["lagi"]) == (1, True)
    second = sekolah.http.get(f"/v1/rencana?isi=1&sesudah={first['cursor']}").json()
    assert [one["sha256"] for one in second["perubahan"]] == [stored[1]["sha256"]]
    assert "lagi" not in second
    assert len(sekolah.http.get("/v1/rencana").json()["perubahan"]) == 2


# ---- decisions


def test_decision_is_told_and_repeats_harmlessly(sekolah: SampleSchool) -> None:
    """A decision answers with the plan's state; the same one again changes nothing, not even the time or the cursor."""
    stored = sekolah.store()
    id = sekolah.ids()["Budi Santoso"]
    first = sekolah.decide(id, 1, "kembalikan", "Perbaiki\ntarget.")
    assert first.status_code == 200
    told = first.json()
    assert told["waktu"] >= stored["waktu"]
    assert re.fullmatch(r"K-[0-9A-Z]{4}-[0-9A-Z]{4}", told["tanda_terima"])
    assert {name: value for name, value in told.items() if name not in ("tanda_terima", "keputusan")} | {"waktu": ""} == {
        "pegawai": id,
        "periode": "2026",
        "revisi": 1,
        "sha256": stored["sha256"],
        "status": "dikembalikan",
        "catatan": "Perbaiki\ntarget.",
        "waktu": "",
        "oleh": "Laptop TU",
    }
    cursor = sekolah.http.get("/v1/rencana").json()["cursor"]
    assert sekolah.decide(id, 1, "kembalikan", "Perbaiki\ntarget.").json() == told
    assert sekolah.http.get("/v1/rencana").json()["cursor"] == cursor
    assert sekolah.decide(id, 1, "setujui").json()["status"] == "disetujui"
    plan = sekolah.http.get(f"/v1/rencana/2026/{id}").json()
    assert (plan["status"], plan["catatan"], plan["waktu"]) == ("disetujui", "", stored["waktu"])


def test_decision_on_another_revision_conflicts(sekolah: SampleSchool) -> None:
    """A decision on a revision that does not stand is a 409 that names what does."""
    sekolah.store()
    second = sekolah.store(revisi=2, dasar=1)
    id = sekolah.ids()["Budi Santoso"]
    for revision in (1, 3):
        answer = sekolah.decide(id, revision, "setujui")
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/bentrok"
        assert answer.json()["dipegang"] == {"revisi": 2, "sha256": second["sha256"]}
    assert sekolah.http.get(f"/v1/rencana/2026/{id}").json()["status"] == "diajukan"


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"{}", b"[]", b'{"revisi":1}', b'{"revisi":0,"keputusan":"setujui"}', b'{"revisi":1,"keputusan":"hapus"}',
     b'{"revisi":1,"keputusan":"setujui","catatan":5}', b"[" * 10_000],
)  # fmt: skip
def test_decision_of_another_shape_is_refused(sekolah: SampleSchool, body: bytes) -> None:
    """A body that is no decision is a 400 in words, and decides nothing."""
    sekolah.store()
    id = sekolah.ids()["Budi Santoso"]
    answer = sekolah.kepala.post(f"/v1/rencana/2026/{id}/keputusan", content=body)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/isi")
    assert sekolah.http.get(f"/v1/rencana/2026/{id}").json()["status"] == "diajukan"


def test_roles(sekolah: SampleSchool) -> None:
    """Only an operator submits, only the head decides; the other role gets a 403 of its own type. Both read."""
    sekolah.store()
    id = sekolah.ids()["Budi Santoso"]
    submits = sekolah.kepala.post("/v1/rencana", content=envelope({"nip": NIP}, 2, 1))
    decides = sekolah.http.post(f"/v1/rencana/2026/{id}/keputusan", json={"revisi": 1, "keputusan": "setujui"})
    for answer in (submits, decides):
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/peran")
    for path in (*REFERENCE, "/v1/rencana", f"/v1/rencana/2026/{id}"):
        assert sekolah.kepala.get(path).status_code == 200
