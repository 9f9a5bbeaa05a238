"""The command line does the same work without a screen, as a scheduler or a careful operator would."""

from __future__ import annotations

from tests.journeys.machine import Machine
from tests.journeys.real_server import RealServer
from tests.journeys.steps import NIP_SITI, PERILAKU, SITI, downloads

P = ("--periode", "2026")
_RHK = '[[pengembangan_kompetensi.rhk]]\nkompetensi = "peserta-coaching-mentoring"\ntarget = 3\n\n[tugas_tambahan]\n'
_CONTENT = (
    ("sesuai = false", "sesuai = true"),
    ("dimengerti = false", "dimengerti = true"),
    ("\nindikator = []\n\n[pengembangan", '\nindikator = ["aktivitas-interaktif"]\n\n[pengembangan'),
    ("[tugas_tambahan]\n", _RHK),
    ("tidak_ada = false", "tidak_ada = true"),
    ("\nindikator = []\n\n[rangkuman", f"\nindikator = {PERILAKU}\n\n[rangkuman"),
    ("dikonfirmasi_guru = false", "dikonfirmasi_guru = true"),
)


def test_from_file_to_server(machine: Machine, server: RealServer) -> None:
    """Import, export, edit, import, check, submit, send: each exit code says how it went, and the server holds the plan once."""
    machine.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
    file = downloads(machine.home)
    tried = machine.run("impor", file, "--uji-coba", "--json")
    assert (tried.code, tried.json["uji_coba"]) == (0, True)
    assert machine.run("daftar", *P, "--json").json["semua"] == 0
    assert machine.run("impor", file).code == 0
    assert machine.run("daftar", *P, "--json").json["semua"] == 12
    edit_a_plan(machine)
    sealed = machine.run("ajukan", NIP_SITI, *P, "--json")
    assert (sealed.code, sealed.json["rencana"][0]["hasil"]) == (0, "antre")
    missed = machine.run("kirim", "--json")
    assert (missed.code, missed.json["terkirim"]) == (5, 0)
    assert "menerima sambungan" in missed.json["sebab"]
    assert state(machine) == "antre"
    server.start()
    assert machine.run("kirim", "--uji-coba").code == 0
    assert server.get("/v1/pegawai")["pegawai"] == []
    sent = machine.run("kirim", "--json")
    assert (sent.code, sent.json["terkirim"]) == (0, 1)
    assert state(machine) == "terkirim"
    assert machine.run("kirim", "--json").json["terkirim"] == 0
    again = machine.run("ajukan", NIP_SITI, *P, "--json")
    assert (again.code, again.json["rencana"][0]["hasil"]) == (0, "tetap")
    held = server.plan_of(NIP_SITI, "2026")
    assert held["tanda_terima"] == sent.json["rencana"][0]["tanda_terima"]
    rencana = held["amplop"]["rencana"]
    assert rencana["pengembangan_kompetensi"] == {"rhk": [{"kompetensi": "peserta-coaching-mentoring", "target": 3}]}
    assert rencana["perilaku_kerja"] == {"indikator": PERILAKU}
    server.stop()
    assert server.held() == [(1, "diajukan", held["tanda_terima"])]


def edit_a_plan(machine: Machine) -> None:
    """Fill an exported plan in a text editor; half filled it is taken as a draft that cannot be submitted."""
    out = machine.run("rencana", "ekspor", NIP_SITI, *P, "--ke", machine.home / "ekspor")
    assert out.code == 0
    (path,) = (machine.home / "ekspor").iterdir()
    assert out.out.strip() == str(path)
    text = path.read_text("utf-8")
    for was, now in _CONTENT:
        assert text.count(was) == 1
        if was.startswith("tidak_ada"):
            path.write_text(text, "utf-8")
            assert machine.run("rencana", "impor", path).code == 1
            assert machine.run("periksa", *P).code == 1
            assert machine.run("ajukan", NIP_SITI, *P).code == 1
        text = text.replace(was, now)
    path.write_text(text, "utf-8")
    taken = machine.run("rencana", "impor", path, "--json")
    assert (taken.code, taken.json["berkas"][0]["hasil"]) == (0, "diperbarui")
    assert machine.run("periksa", *P).code == 0
    assert state(machine) == "lengkap"


def state(machine: Machine) -> str:
    """How Siti's plan stands there."""
    (row,) = [teacher for teacher in machine.run("daftar", *P, "--json").json["guru"] if teacher["nama"] == SITI]
    state: str = row["keadaan"]
    return state
