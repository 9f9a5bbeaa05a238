"""`pmm-tui kirim` and `pmm-tui tarik` against a server in memory: what is told, what is kept, and the exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import httpx
import pytest

from pmm_tui.cli.server_settings import exit_code, limits
from pmm_tui.config import Config, SendConfig, ServerConfig, write_config
from pmm_tui.locations import Locations
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import Stop, StopKind
from tests.cli.conftest import BUDI, COMPLETE, NOW, SITI, Run
from tests.cli.fake_server import FakeServer
from tests.sync.world import answer, problem

P = ("--periode", "2026")
WHEN = "2026-01-08T02:11:05Z"


def standing(places: Locations) -> list[str]:
    """How each envelope stands, the oldest first."""
    with Store.open(places.database) as store:
        return [entry.keadaan for entry in reversed(store.outbox.all())]


def test_what_was_sent_is_told_with_its_receipt(run: Run, server: FakeServer, sealed: tuple[int, int], places: Locations) -> None:
    """Each plan has its line in the order of sealing, the count of progress and the sum are narration, and the exit code is 0."""
    told = run("kirim")
    assert told.code == 0
    assert told.out.splitlines() == [
        f"{sealed[0]} {SITI.nama}, 2026: terkirim, tanda terima R-1",
        f"{sealed[1]} {BUDI.nama}, 2026: terkirim, tanda terima R-2",
    ]
    assert told.err.splitlines() == ["0 dari 2 ...", "2 dari 2 ...", "2 terkirim."]
    assert [len(batch) for batch in server.taken.batches] == [2]
    assert standing(places) == ["sent", "sent"]
    again = run("kirim")
    assert (again.code, again.out, again.err) == (0, "", "Kotak Kirim kosong.\n")


def test_the_document_of_a_run(run: Run, server: FakeServer, sealed: tuple[int, int]) -> None:
    """With --json everything is in one document, member by member."""
    server.taken.refuse = {"": {"keadaan": "ditolak", "masalah": [{"kode": "sk", "pesan": "Nomor SK kosong.", "pointer": "/a"}]}}
    told = run("kirim", "--json")
    assert told.code == 1
    usual = {"periode": "2026", "revisi": 1, "catatan": ""}
    assert told.json == {
        "uji_coba": False,
        "terkirim": 1,
        "ditolak": 1,
        "bentrok": 0,
        "tertunda": 0,
        "menunggu": 0,
        "sebab": "",
        "keputusan": [],
        "rencana": [
            usual
            | {
                "id": sealed[0],
                "nama": SITI.nama,
                "keadaan": "terkirim",
                "tanda_terima": "R-1",
                "waktu_server": WHEN,
                "masalah": [],
            },
            usual
            | {
                "id": sealed[1],
                "nama": BUDI.nama,
                "keadaan": "ditolak server",
                "tanda_terima": "",
                "waktu_server": "",
                "masalah": [{"kode": "sk", "pesan": "Nomor SK kosong.", "pointer": "/a"}],
            },
        ],
    }


@pytest.mark.parametrize(
    ("said", "line", "summary"),
    [
        (
            {"keadaan": "ditolak", "masalah": [{"kode": "sk", "pesan": "Nomor SK kosong."}]},
            "ditolak server\n  ! Nomor SK kosong.",
            "1 ditolak.",
        ),
        ({"keadaan": "bentrok", "dipegang": {"revisi": 7, "sha256": "a" * 64}}, "bentrok dengan isi di server", "1 bentrok."),
        ({"keadaan": "gagal"}, "antre, belum tentu sampai; dikirim lagi", "1 tertunda, 1 menunggu."),
    ],
)
def test_what_the_server_did_not_take_gives_exit_code_1(
    run: Run, server: FakeServer, places: Locations, ids: tuple[int, int], said: dict[str, object], line: str, summary: str
) -> None:
    """Refused, in conflict, or put off: each is told with its words, and a script can tell that not all is done."""
    with Store.open(places.database) as store:
        store.drafts.save(ids[0], "2026", COMPLETE, 1, NOW)
    assert run("ajukan", SITI.nip, *P).code == 0
    server.taken.refuse = {SITI.nip: said}
    told = run("kirim")
    assert told.code == 1
    assert told.out == f"{ids[0]} {SITI.nama}, 2026: {line}\n"
    assert told.err.splitlines()[-1] == summary


@pytest.mark.parametrize(
    ("trouble", "code", "word"),
    [
        (httpx.ConnectError("no"), 5, "aman"),
        (problem(503), 5, "sedang penuh"),
        (problem(401), 2, "Token"),
        (problem(403), 2, "tidak berhak"),
    ],
)
def test_trouble_that_ends_a_run(
    run: Run,
    server: FakeServer,
    sealed: tuple[int, int],
    places: Locations,
    trouble: httpx.Response | Exception,
    code: int,
    word: str,
) -> None:
    """A server that is not there gives 5, a token that it does not take 2; both plans wait on and the reason is in the document."""
    server.trouble["/v1/rencana"] = trouble
    told = run("kirim", "--json")
    assert told.code == code
    assert (told.json["terkirim"], told.json["menunggu"]) == (0, 2)
    assert word.lower() in told.json["sebab"].lower()
    assert told.json["sebab"] in told.err
    assert set(standing(places)) <= {"queued", "unknown"}
    assert [plan["keadaan"].partition(",")[0] for plan in told.json["rencana"]] == ["antre", "antre"]


def test_a_patient_run_keeps_the_wait_and_an_impatient_one_does_not(
    run: Run, server: FakeServer, sealed: tuple[int, int], places: Locations
) -> None:
    """After a failure `--sabar` asks nobody before the wait is over; the operator's own `kirim` asks at once."""
    server.trouble["/v1/rencana"] = answer(b"", 503, retry_after="3000")
    assert run("kirim").code == 5
    server.trouble.clear()
    asked = len(server.asked)
    told = run("kirim", "--sabar")
    assert told.code == 5
    assert len(server.asked) == asked
    assert set(standing(places)) <= {"queued", "unknown"}


def test_a_second_run_beside_the_first(
    run: Run, server: FakeServer, sealed: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one run sends, another says so and ends with 1: nothing is wrong with server or configuration."""
    open_store = Store.open

    def opened(path: Path) -> Store:
        store = open_store(path)
        assert store.outbox.one_sender.acquire(blocking=False)
        return store

    monkeypatch.setattr(Store, "open", opened)
    told = run("kirim")
    assert (told.code, told.err) == (1, "Pengiriman sedang berjalan.\n")


def test_every_trouble_has_its_exit_code() -> None:
    """Token and access are the configuration's, a second run is nothing bad, Ctrl+C is 130, all else is the server's."""
    special = {"token": 2, "akses": 2, "berjalan": 1, "batal": 130}
    for kind in get_args(StopKind):
        assert exit_code(Stop(reason="x", kind=kind)) == special.get(kind, 5), kind


def test_trying_out_sends_nothing(run: Run, server: FakeServer, sealed: tuple[int, int], places: Locations) -> None:
    """With --uji-coba what waits is told, nobody is asked, and the exit code is 0."""
    told = run("kirim", "--uji-coba")
    assert told.code == 0
    assert told.out.splitlines() == [f"{number} {p.nama}, 2026: antre" for number, p in zip(sealed, (SITI, BUDI), strict=True)]
    assert told.err == "2 menunggu. Uji coba: tidak ada yang dikirim.\n"
    assert run("kirim", "--uji-coba", "--json").json["uji_coba"] is True
    assert server.asked == []
    assert standing(places) == ["queued", "queued"]


def test_the_configured_size_of_a_batch(run: Run, server: FakeServer, sealed: tuple[int, int], places: Locations) -> None:
    """`[kirim] batas_amplop` is how many go at first; progress is told after each batch."""
    write_config(places.config_file, Config(kirim=SendConfig(batas_amplop=1)))
    told = run("kirim")
    assert [len(batch) for batch in server.taken.batches] == [1, 1]
    assert told.err.splitlines() == ["0 dari 2 ...", "1 dari 2 ...", "2 dari 2 ...", "2 terkirim."]


def test_a_catalogue_that_cannot_be_read_keeps_no_plan_from_going(
    run: Run, server: FakeServer, sealed: tuple[int, int], places: Locations
) -> None:
    """What was sealed is sealed: sending it asks no catalogue."""
    write_config(places.config_file, Config(katalog="tidak-ada.toml"))
    assert run("daftar").code == 2
    assert run("kirim").err.splitlines()[-1] == "2 terkirim."
    assert standing(places) == ["sent", "sent"]


def test_a_batch_larger_than_the_usual_maximum() -> None:
    """Who configures more than a batch usually grows to gets it; who configures less may grow as usual."""
    usual = Limits()
    large = limits(Config(kirim=SendConfig(batas_amplop=500, batas_kb=1024)))
    assert (large.envelopes, large.max_envelopes, large.bytes, large.max_bytes) == (500, 500, 1024 * 1024, 1024 * 1024)
    small = limits(Config(kirim=SendConfig(batas_amplop=1, batas_kb=1)))
    assert (small.envelopes, small.max_envelopes) == (1, usual.max_envelopes)
    assert (small.bytes, small.max_bytes) == (1024, usual.max_bytes)


# ---- fetching


def test_a_first_fetch_tells_what_came(run: Run, server: FakeServer, places: Locations) -> None:
    """Everything that is new is named in a sentence; the second time there is nothing."""
    told = run("tarik", *P)
    assert (told.code, told.out) == (0, "")
    assert told.err == "Dari server: data sekolah, 2 guru baru, Rapor Pendidikan, katalog.\n"
    with Store.open(places.database) as store:
        assert [p.nama for p in store.roster.all()] == [BUDI.nama, SITI.nama]
    again = run("tarik", *P)
    assert (again.code, again.err) == (0, "Tidak ada yang baru di server.\n")
    server.documents["/v1/pegawai"]["pegawai"][0]["nama"] = "Siti Baru"
    assert run("tarik", *P).err == "Dari server: 1 guru diperbarui.\n"


def test_the_document_of_a_fetch(run: Run, server: FakeServer) -> None:
    """With --json all of it is in one document."""
    assert run("tarik", "--json", *P).json == {
        "periode": "2026",
        "sekolah": True,
        "pegawai_baru": 2,
        "pegawai_berubah": 0,
        "pegawai_sama": 0,
        "rapor": True,
        "katalog": True,
        "perubahan": 0,
        "selisih_jam_detik": 0,
        "catatan": [],
        "sebab": "",
    }


def test_what_could_not_be_taken_gives_exit_code_1(run: Run, server: FakeServer) -> None:
    """A document that cannot be used, or a clock that is far off, is told, the rest is taken."""
    server.documents["/v1/rapor/2026"] = {"capaian": 3}
    told = run("tarik", "--json", *P)
    assert told.code == 1
    assert (told.json["rapor"], told.json["katalog"], told.json["pegawai_baru"]) == (False, True, 2)
    (note,) = told.json["catatan"]
    assert "capaian" in note
    assert note in told.err


def test_clocks_that_differ_are_told(run: Run, server: FakeServer) -> None:
    """How far this computer's clock is ahead stands in the document, and far off it is a sentence."""
    server.ahead = -3600.0
    told = run("tarik", "--json", *P)
    assert 3598 <= told.json["selisih_jam_detik"] <= 3660
    assert "jam" in told.err.lower()


@pytest.mark.parametrize(("trouble", "code"), [(httpx.ConnectError("no"), 5), (problem(401), 2)])
def test_a_fetch_that_was_cut_short(run: Run, server: FakeServer, trouble: httpx.Response | Exception, code: int) -> None:
    """What came before the trouble is told with it, and the exit code is the trouble's."""
    server.trouble["/v1/pegawai"] = trouble
    told = run("tarik", "--json", *P)
    assert told.code == code
    assert told.json["sekolah"] is True
    assert told.json["sebab"]
    assert told.err.startswith("Dari server: data sekolah. ")
    assert told.json["sebab"] in told.err


def test_a_token_is_asked_for_before_anything_is_sent(
    run: Run, server: FakeServer, sealed: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a token nobody is asked; the sentence says so, with exit code 2."""
    monkeypatch.delenv("PMM_TUI_TOKEN")
    for arguments in (("kirim",), ("tarik", *P)):
        told = run(*arguments)
        assert (told.code, "Token" in told.err) == (2, True)
    assert server.asked == []


def test_the_environments_server_goes_before_the_configurations(run: Run, server: FakeServer, places: Locations) -> None:
    """PMM_TUI_SERVER is the one that is asked."""
    write_config(places.config_file, Config(server=ServerConfig(url="https://lain.sch.id")))
    assert run("tarik", *P).code == 0
    assert {request.url.host for request in server.asked} == {"pmm.sekolah.sch.id"}


def test_a_teacher_without_a_plan_sends_nothing(run: Run, server: FakeServer, places: Locations) -> None:
    """With nothing sealed `kirim` asks nobody, even where no plan is complete."""
    with Store.open(places.database) as store:
        store.roster.write([Pegawai(nama="Eka", nip=SITI.nip)])
    assert run("kirim", "--json").json["rencana"] == []
    assert server.asked == []
