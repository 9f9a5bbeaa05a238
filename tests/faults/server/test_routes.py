"""Schools cannot see or touch each other, on every route that the application itself names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import msgspec
import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import digest
from tests.faults.server.conftest import MakeSchool, MakeServer
from tests.faults.server.server_kit import Answer, Connection, ServerFile, endpoints, request_bytes
from tests.faults.server.values import judged
from tests.server.sample_school import NIP, NUPTK, OTHER_NIP, SampleSchool, envelope, sealed_decision

NEVER = "0tidakpernah"
PERSON = Pegawai(nama="Kanari Orang Lain", nip=NIP, nuptk=NUPTK, golongan="III/d")
OURS = Pegawai(nama="Guru Kita", nip=OTHER_NIP)
NOTE = "catatan-kanari kepala sebelah"
DECISION = [msgspec.json.encode({"revisi": 1, "keputusan": word, "catatan": "x"}) for word in ("setujui", "kembalikan")]


class Neighbour:
    """The other school: everything that it has, and everything that names it."""

    def __init__(self, sekolah: SampleSchool) -> None:
        self.sekolah = sekolah
        self.line = envelope({"nip": NIP, "nama": PERSON.nama})
        (self.result,) = sekolah.post(self.line)
        self.id = sekolah.ids()[PERSON.nama]
        sekolah.decide(self.id, 1, "kembalikan", NOTE)
        self.file = ServerFile(sekolah.database)
        self.cursor = sekolah.http.get("/v1/rencana").json()["cursor"]
        token = self.file.rows(
            "SELECT t.id, t.sidik, s.id FROM token t JOIN sekolah s ON s.id = t.sekolah_id WHERE npsn = ?", sekolah.npsn
        )
        self.keys = [self.id, NIP, NUPTK, sekolah.npsn, self.result["sha256"], self.result["tanda_terima"], *token[0]]
        self.secret = [*self.keys, PERSON.nama, NOTE, sekolah.token, sekolah.token_kepala, self.cursor]

    def visible(self, answer: Answer, asked: bytes) -> list[str]:
        """What of this school is in an answer and was not in the question; the digest of what was sent is our own."""
        text = str(answer.headers) + answer.body.decode()
        said = asked.decode("latin-1") + digest(asked.partition(b"\r\n\r\n")[2])
        return [word for word in self.secret if word in text and word not in said]


def _bodies(method: str, path: str, neighbour: Neighbour) -> list[bytes | None]:
    """The bodies to try on a call: for each route that writes, what would hurt the other school if it were let."""
    if method == "GET":
        return [None]
    table: dict[tuple[str, str], list[bytes | None]] = {
        ("POST", "/v1/rencana"): [
            neighbour.line,
            envelope({"id": neighbour.id}, 2, 1),
            envelope({"id": neighbour.id, "nip": OTHER_NIP}),
            envelope({"id": NEVER, "nip": NIP}),
            envelope({"nip": NIP, "nama": "Lain"}, 2, 1),
            envelope({"nuptk": NUPTK, "nama": "Lain"}, 2, 1),
        ],
        ("POST", "/v1/rencana/{periode}/{id}/keputusan"): [*DECISION],
        ("POST", "/v1/keputusan"): [
            sealed_decision(named, 1, f"keputusan{number}", neighbour.result["sha256"][:8])
            for number, named in enumerate(({"id": neighbour.id}, {"nip": NIP}, {"nuptk": NUPTK}, {"id": neighbour.id, "nip": NIP}))
        ],
    }
    assert (method, path) in table, f"{method} {path} is new: name here what it could do to another school"
    return table[method, path]


def _paths(path: str, neighbour: Neighbour) -> Iterator[tuple[str, str]]:
    """A path with each of the other school's keys, and the same with a key that never was."""
    names = re.findall(r"{(\w+)}", path)
    known = {"periode": ["2026", "2025"], "id": neighbour.keys}
    assert set(names) <= set(known), f"{path} has a new parameter: name here what the other school has for it"
    for values in product(*(known[name] for name in names)):
        ours = dict(zip(names, values, strict=True))
        yield path.format(**ours), path.format(**ours | ({"id": NEVER} if "id" in ours else {}))


@pytest.fixture
def neighbour(make_server: MakeServer, make_school: MakeSchool) -> Neighbour:
    """A server with the other school on it."""
    return Neighbour(make_school(make_server(), PERSON))


@pytest.fixture
def our_school(neighbour: Neighbour) -> Iterator[SampleSchool]:
    """Our school, on the same server, with a teacher and a plan of its own."""
    ours = SampleSchool(str(neighbour.sekolah.http.base_url), neighbour.sekolah.database, (OURS,))
    ours.store({"nip": OTHER_NIP})
    yield ours
    ours.close()


def _port(sekolah: SampleSchool) -> int:
    return int(sekolah.http.base_url.port or 0)


def test_every_route_of_the_application(neighbour: Neighbour, our_school: SampleSchool) -> None:
    """With each of the other school's keys each route answers as for a key that never was; no row of that school changes."""
    before = neighbour.file.owned(neighbour.sekolah.npsn)
    assert len(before) >= 8
    asked = 0
    with Connection(_port(our_school)) as line:
        for (method, path), token in product(endpoints(), (our_school.token, our_school.token_kepala)):
            for body, (theirs, never) in product(_bodies(method, path, neighbour), _paths(path, neighbour)):
                request = request_bytes(method, theirs, token, body)
                answer, like = line.ask(request), line.ask(request_bytes(method, never, token, body))
                judged(answer, request)
                assert answer is not None
                assert like is not None
                assert neighbour.visible(answer, request) == [], (method, theirs)
                if body and neighbour.id.encode() in body:
                    unknown = line.ask(request_bytes(method, never, token, body.replace(neighbour.id.encode(), NEVER.encode())))
                    assert _state(answer) == _state(unknown), (method, theirs)
                if theirs != never:
                    assert answer.status in (403, 404), (method, theirs)
                    assert _bare(answer) == _bare(like), (method, theirs)
                asked += 1
    assert neighbour.file.owned(neighbour.sekolah.npsn) == before
    print(f"questions {asked}")
    assert asked > 50


def _state(answer: Answer | None) -> list[tuple[object, object, object]]:
    """What became of each envelope, without what is echoed."""
    told = judged(answer).get("hasil", ())
    return [(one["keadaan"], one["masalah"], one.get("dipegang")) for one in told]


def _bare(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.raw, [pair for pair in answer.headers if pair[0] != "date"]


def test_a_judge_that_sees(neighbour: Neighbour) -> None:
    """With the other school's own token the same questions do find its content: the canaries are where they should be."""
    found: set[str] = set()
    with Connection(_port(neighbour.sekolah)) as line:
        for method, path in endpoints():
            for theirs, _ in _paths(path, neighbour):
                if method == "GET":
                    answer = line.ask(request_bytes(method, theirs, neighbour.sekolah.token))
                    assert answer is not None
                    found.update(neighbour.visible(answer, b""))
    assert found >= {neighbour.id, NIP, NUPTK, neighbour.sekolah.npsn, PERSON.nama, NOTE, neighbour.result["sha256"]}


def test_what_stands_beside_the_path_leads_nowhere_else(neighbour: Neighbour, our_school: SampleSchool) -> None:
    """Query members, cookies and a proxy's headers that name the other school change no answer."""
    beside = [f"{name}={neighbour.sekolah.npsn}" for name in ("npsn", "sekolah", "sekolah_id", "id", "pegawai", "school")]
    lines = [
        f"X-NPSN: {neighbour.sekolah.npsn}", f"Cookie: token={neighbour.sekolah.token}", "X-Forwarded-For: 127.0.0.1",
        f"X-Authorization: Bearer {neighbour.sekolah.token}", "X-HTTP-Method-Override: POST", "X-Forwarded-Host: lain",
        f"X-Original-URL: /v1/rencana/2026/{neighbour.id}", f"X-Rewrite-URL: /v1/rencana/2026/{neighbour.id}",
        f"Forwarded: host={neighbour.id}",
    ]  # fmt: skip
    (id,) = our_school.ids().values()
    with Connection(_port(our_school)) as line:
        for path in [path.format(periode="2026", id=id) for method, path in endpoints() if method == "GET"]:
            plain = line.ask(request_bytes("GET", path, our_school.token))
            assert plain is not None
            others = [request_bytes("GET", f"{path}?{query}", our_school.token) for query in beside]
            others += [request_bytes("GET", path, our_school.token, None, one) for one in lines]
            for request in others:
                answer = line.ask(request)
                assert answer is not None
                same = answer.status == plain.status and (answer.raw == plain.raw or path == "/v1/status")
                assert same, request
                assert neighbour.visible(answer, b"") == [], request


def test_a_cursor_of_the_other_school_is_none(neighbour: Neighbour, our_school: SampleSchool) -> None:
    """The other school's cursor, though no greater than ours, is refused like an invented one; one's own is taken."""
    for revision in (2, 3, 4):
        our_school.store({"nip": OTHER_NIP}, revisi=revision, dasar=revision - 1)
    cursor = our_school.http.get("/v1/rencana").json()["cursor"]
    assert our_school.http.get(f"/v1/rencana?sesudah={cursor}").json()["perubahan"] == []
    theirs, invented = (our_school.http.get(f"/v1/rencana?sesudah={word}") for word in (neighbour.cursor, "1-00000000"))
    assert theirs.status_code == invented.status_code == 400
    assert theirs.content == invented.content


def test_the_other_school_s_bytes_are_a_plan_of_our_own(neighbour: Neighbour, our_school: SampleSchool) -> None:
    """The very envelope of another school, sent by us, is new here: its own receipt, a teacher of our own, nothing of theirs."""
    (result,) = our_school.post(neighbour.line)
    assert result["keadaan"] == "tersimpan"
    assert result["tanda_terima"] != neighbour.result["tanda_terima"]
    assert our_school.ids()[PERSON.nama] != neighbour.id
    (again,) = neighbour.sekolah.post(neighbour.line)
    assert (again["keadaan"], again["tanda_terima"], again["status"]) == (
        "sudah-ada",
        neighbour.result["tanda_terima"],
        "dikembalikan",
    )
