"""Random requests never make a server error but 503, never tell of the inside or of another school, and never change its rows."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmm_tui.skp.model import Pegawai
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeSchool, MakeServer
from tests.faults.server.random_requests import Material, Request, some_request
from tests.faults.server.server_kit import Connection, ServerFile
from tests.faults.server.values import judged, tidy_log
from tests.server.sample_school import NIP, NUPTK, OTHER_NIP

PERSON = Pegawai(nama="Kanari Orang Lain", nip=NIP, nuptk=NUPTK)


def test_random_requests(make_server: MakeServer, make_school: MakeSchool, many: Count) -> None:
    """Whatever is asked, each answer is one of the page's; what is stored has its receipt; the log stays a log."""
    server = make_server()
    our_school, neighbour = make_school(server, Pegawai(nama="Guru Kita", nip=OTHER_NIP)), make_school(server, PERSON)
    result = neighbour.store({"nip": NIP})
    (id,), (ours,) = neighbour.ids().values(), our_school.ids().values()
    secret = (PERSON.nama, result["sha256"], result["tanda_terima"])  # what no request of ours ever says
    material = Material(
        (our_school.token, our_school.token_kepala), (ours, OTHER_NIP, id, NIP, NUPTK, neighbour.npsn, "2026", "1-00000000")
    )
    file = ServerFile(server.database)
    before = file.owned(neighbour.npsn)
    server.lines.clear()
    seen: Counter[int] = Counter()
    lines = [Connection(server.port)]

    quick = bool(many(1, 0))  # the same requests each time: what is new is for the long form to find

    @settings(
        max_examples=400 if quick else 20_000,
        derandomize=quick,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        asked = data.draw(some_request(material))
        seen[_one(lines, server.port, asked, secret)] += 1

    try:
        run()
    finally:
        lines[0].sock.close()
    assert file.owned(neighbour.npsn) == before
    assert file.sound()
    tidy_log(server.lines)
    print(dict(seen), file.rows("SELECT status, count(*) FROM amplop GROUP BY 1"))
    assert set(seen) >= {200, 400, 404, 405}
    assert seen[200] > 50
    assert file.rows("SELECT count(*) FROM amplop")[0][0] > 3


def _one(lines: list[Connection], port: int, asked: Request, secret: tuple[str, ...]) -> int:
    """Ask, on a new connection where the old one has ended, and judge; returns the status."""
    answer = lines[0].ask(asked.raw, asked.method)
    if answer is None:
        lines[0].sock.close()
        lines[0] = Connection(port)
        answer = lines[0].ask(asked.raw, asked.method)
    told = judged(answer, asked.raw + asked.body)
    assert answer is not None
    if answer.header("connection") == "close":
        lines[0].sock.close()
        lines[0] = Connection(port)
    text = str(answer.headers) + answer.body.decode()
    assert [word for word in secret if word in text] == [], asked
    for one in told.get("hasil", ()) if isinstance(told, dict) else ():
        assert one["keadaan"] in ("tersimpan", "sudah-ada", "bentrok", "ditolak"), (one, asked)
        assert bool(one["tanda_terima"]) == (one["keadaan"] in ("tersimpan", "sudah-ada"))
    return answer.status
