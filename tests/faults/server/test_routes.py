"""Schools cannot see or touch each other, on every route that the application itself names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import msgspec
import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import digest
from tests.faults.server.conftest import BuatSekolah, BuatServer
from tests.faults.server.server_kit import Berkas, Jawaban, Sambungan, minta, rute
from tests.faults.server.values import nilai
from tests.server.sample_school import NIP, NIP_LAIN, NUPTK, SekolahUji, amplop

TAK_PERNAH = "0tidakpernah"
ORANG = Pegawai(nama="Kanari Orang Lain", nip=NIP, nuptk=NUPTK, golongan="III/d")
KITA = Pegawai(nama="Guru Kita", nip=NIP_LAIN)
CATATAN = "catatan-kanari kepala sebelah"
PUTUSAN = [msgspec.json.encode({"revisi": 1, "keputusan": word, "catatan": "x"}) for word in ("setujui", "kembalikan")]


class Sebelah:
    """The other school: everything that it has, and everything that names it."""

    def __init__(self, sekolah: SekolahUji) -> None:
        self.sekolah = sekolah
        self.line = amplop({"nip": NIP, "nama": ORANG.nama})
        (self.hasil,) = sekolah.post(self.line)
        self.id = sekolah.ids()[ORANG.nama]
        sekolah.decide(self.id, 1, "kembalikan", CATATAN)
        self.berkas = Berkas(sekolah.database)
        self.cursor = sekolah.http.get("/v1/rencana").json()["cursor"]
        token = self.berkas.rows(
            "SELECT t.id, t.sidik, s.id FROM token t JOIN sekolah s ON s.id = t.sekolah_id WHERE npsn = ?", sekolah.npsn
        )
        self.kunci = [self.id, NIP, NUPTK, sekolah.npsn, self.hasil["sha256"], self.hasil["tanda_terima"], *token[0]]
        self.rahasia = [*self.kunci, ORANG.nama, CATATAN, sekolah.token, sekolah.token_kepala, self.cursor]

    def terlihat(self, jawaban: Jawaban, asked: bytes) -> list[str]:
        """What of this school is in an answer and was not in the question; the digest of what was sent is our own."""
        text = str(jawaban.headers) + jawaban.isi.decode()
        said = asked.decode("latin-1") + digest(asked.partition(b"\r\n\r\n")[2])
        return [word for word in self.rahasia if word in text and word not in said]


def _isi(method: str, path: str, sebelah: Sebelah) -> list[bytes | None]:
    """The bodies to try on a call: for each route that writes, what would hurt the other school if it were let."""
    if method == "GET":
        return [None]
    table: dict[tuple[str, str], list[bytes | None]] = {
        ("POST", "/v1/rencana"): [
            sebelah.line,
            amplop({"id": sebelah.id}, 2, 1),
            amplop({"id": sebelah.id, "nip": NIP_LAIN}),
            amplop({"id": TAK_PERNAH, "nip": NIP}),
            amplop({"nip": NIP, "nama": "Lain"}, 2, 1),
            amplop({"nuptk": NUPTK, "nama": "Lain"}, 2, 1),
        ],
        ("POST", "/v1/rencana/{periode}/{id}/keputusan"): [*PUTUSAN],
    }
    assert (method, path) in table, f"{method} {path} is new: name here what it could do to another school"
    return table[method, path]


def _alamat(path: str, sebelah: Sebelah) -> Iterator[tuple[str, str]]:
    """A path with each of the other school's keys, and the same with a key that never was."""
    names = re.findall(r"{(\w+)}", path)
    known = {"periode": ["2026", "2025"], "id": sebelah.kunci}
    assert set(names) <= set(known), f"{path} has a new parameter: name here what the other school has for it"
    for values in product(*(known[name] for name in names)):
        ours = dict(zip(names, values, strict=True))
        yield path.format(**ours), path.format(**ours | ({"id": TAK_PERNAH} if "id" in ours else {}))


@pytest.fixture
def sebelah(buat_server: BuatServer, buat_sekolah: BuatSekolah) -> Sebelah:
    """A server with the other school on it."""
    return Sebelah(buat_sekolah(buat_server(), ORANG))


@pytest.fixture
def kita(sebelah: Sebelah) -> Iterator[SekolahUji]:
    """Our school, on the same server, with a teacher and a plan of its own."""
    ours = SekolahUji(str(sebelah.sekolah.http.base_url), sebelah.sekolah.database, (KITA,))
    ours.store({"nip": NIP_LAIN})
    yield ours
    ours.close()


def _ports(sekolah: SekolahUji) -> int:
    return int(sekolah.http.base_url.port or 0)


def test_every_route_of_the_application(sebelah: Sebelah, kita: SekolahUji) -> None:
    """With each of the other school's keys each route answers as for a key that never was; no row of that school changes."""
    before = sebelah.berkas.milik(sebelah.sekolah.npsn)
    assert len(before) >= 8
    asked = 0
    with Sambungan(_ports(kita)) as line:
        for (method, path), token in product(rute(), (kita.token, kita.token_kepala)):
            for body, (theirs, never) in product(_isi(method, path, sebelah), _alamat(path, sebelah)):
                request = minta(method, theirs, token, body)
                answer, like = line.tanya(request), line.tanya(minta(method, never, token, body))
                nilai(answer, request)
                assert answer is not None
                assert like is not None
                assert sebelah.terlihat(answer, request) == [], (method, theirs)
                if body and sebelah.id.encode() in body:
                    unknown = line.tanya(minta(method, never, token, body.replace(sebelah.id.encode(), TAK_PERNAH.encode())))
                    assert _keadaan(answer) == _keadaan(unknown), (method, theirs)
                if theirs != never:
                    assert answer.status in (403, 404), (method, theirs)
                    assert _bare(answer) == _bare(like), (method, theirs)
                asked += 1
    assert sebelah.berkas.milik(sebelah.sekolah.npsn) == before
    print(f"questions {asked}")
    assert asked > 50


def _keadaan(answer: Jawaban | None) -> list[tuple[object, object, object]]:
    """What became of each envelope, without what is echoed."""
    told = nilai(answer).get("hasil", ())
    return [(one["keadaan"], one["masalah"], one.get("dipegang")) for one in told]


def _bare(answer: Jawaban) -> tuple[object, ...]:
    return answer.status, answer.body, [pair for pair in answer.headers if pair[0] != "date"]


def test_a_judge_that_sees(sebelah: Sebelah) -> None:
    """With the other school's own token the same questions do find its content: the canaries are where they should be."""
    found: set[str] = set()
    with Sambungan(_ports(sebelah.sekolah)) as line:
        for method, path in rute():
            for theirs, _ in _alamat(path, sebelah):
                if method == "GET":
                    answer = line.tanya(minta(method, theirs, sebelah.sekolah.token))
                    assert answer is not None
                    found.update(sebelah.terlihat(answer, b""))
    assert found >= {sebelah.id, NIP, NUPTK, sebelah.sekolah.npsn, ORANG.nama, CATATAN, sebelah.hasil["sha256"]}


def test_what_stands_beside_the_path_leads_nowhere_else(sebelah: Sebelah, kita: SekolahUji) -> None:
    """Query members, cookies and a proxy's headers that name the other school change no answer."""
    beside = [f"{name}={sebelah.sekolah.npsn}" for name in ("npsn", "sekolah", "sekolah_id", "id", "pegawai", "school")]
    lines = [
        f"X-NPSN: {sebelah.sekolah.npsn}", f"Cookie: token={sebelah.sekolah.token}", "X-Forwarded-For: 127.0.0.1",
        f"X-Authorization: Bearer {sebelah.sekolah.token}", "X-HTTP-Method-Override: POST", "X-Forwarded-Host: lain",
        f"X-Original-URL: /v1/rencana/2026/{sebelah.id}", f"X-Rewrite-URL: /v1/rencana/2026/{sebelah.id}",
        f"Forwarded: host={sebelah.id}",
    ]  # fmt: skip
    (id,) = kita.ids().values()
    with Sambungan(_ports(kita)) as line:
        for path in [path.format(periode="2026", id=id) for method, path in rute() if method == "GET"]:
            plain = line.tanya(minta("GET", path, kita.token))
            assert plain is not None
            others = [minta("GET", f"{path}?{query}", kita.token) for query in beside]
            others += [minta("GET", path, kita.token, None, one) for one in lines]
            for request in others:
                answer = line.tanya(request)
                assert answer is not None
                same = answer.status == plain.status and (answer.body == plain.body or path == "/v1/status")
                assert same, request
                assert sebelah.terlihat(answer, b"") == [], request


def test_a_cursor_of_the_other_school_is_none(sebelah: Sebelah, kita: SekolahUji) -> None:
    """The other school's cursor, though no greater than ours, is refused like an invented one; one's own is taken."""
    for revisi in (2, 3, 4):
        kita.store({"nip": NIP_LAIN}, revisi=revisi, dasar=revisi - 1)
    cursor = kita.http.get("/v1/rencana").json()["cursor"]
    assert kita.http.get(f"/v1/rencana?sesudah={cursor}").json()["perubahan"] == []
    theirs, invented = (kita.http.get(f"/v1/rencana?sesudah={word}") for word in (sebelah.cursor, "1-00000000"))
    assert theirs.status_code == invented.status_code == 400
    assert theirs.content == invented.content


def test_the_other_school_s_bytes_are_a_plan_of_our_own(sebelah: Sebelah, kita: SekolahUji) -> None:
    """The very envelope of another school, sent by us, is new here: its own receipt, a teacher of our own, nothing of theirs."""
    (hasil,) = kita.post(sebelah.line)
    assert hasil["keadaan"] == "tersimpan"
    assert hasil["tanda_terima"] != sebelah.hasil["tanda_terima"]
    assert kita.ids()[ORANG.nama] != sebelah.id
    (again,) = sebelah.sekolah.post(sebelah.line)
    assert (again["keadaan"], again["tanda_terima"], again["status"]) == (
        "sudah-ada",
        sebelah.hasil["tanda_terima"],
        "dikembalikan",
    )
