"""The command line does the same work without a screen, as a scheduler or a careful operator would."""

from __future__ import annotations

from tests.journeys.machine import Mesin
from tests.journeys.real_server import ServerNyata
from tests.journeys.steps import NIP_SITI, PERILAKU, SITI, unduhan

P = ("--periode", "2026")
_RHK = '[[pengembangan_kompetensi.rhk]]\nkompetensi = "peserta-coaching-mentoring"\ntarget = 3\n\n[tugas_tambahan]\n'
_ISI = (
    ("sesuai = false", "sesuai = true"),
    ("dimengerti = false", "dimengerti = true"),
    ("\nindikator = []\n\n[pengembangan", '\nindikator = ["aktivitas-interaktif"]\n\n[pengembangan'),
    ("[tugas_tambahan]\n", _RHK),
    ("tidak_ada = false", "tidak_ada = true"),
    ("\nindikator = []\n\n[rangkuman", f"\nindikator = {PERILAKU}\n\n[rangkuman"),
    ("dikonfirmasi_guru = false", "dikonfirmasi_guru = true"),
)


def test_from_file_to_server(mesin: Mesin, server: ServerNyata) -> None:
    """Import, export, edit, import, check, submit, send: each exit code says how it went, and the server holds the plan once."""
    mesin.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
    berkas = unduhan(mesin.home)
    tried = mesin.run("impor", berkas, "--uji-coba", "--json")
    assert (tried.code, tried.json["uji_coba"]) == (0, True)
    assert mesin.run("daftar", *P, "--json").json["semua"] == 0
    assert mesin.run("impor", berkas).code == 0
    assert mesin.run("daftar", *P, "--json").json["semua"] == 12
    _edit_a_plan(mesin)
    sealed = mesin.run("ajukan", NIP_SITI, *P, "--json")
    assert (sealed.code, sealed.json["rencana"][0]["hasil"]) == (0, "antre")
    missed = mesin.run("kirim", "--json")
    assert (missed.code, missed.json["terkirim"]) == (5, 0)
    assert "menerima sambungan" in missed.json["sebab"]
    assert _keadaan(mesin) == "antre"
    server.start()
    assert mesin.run("kirim", "--uji-coba").code == 0
    assert server.get("/v1/pegawai")["pegawai"] == []
    sent = mesin.run("kirim", "--json")
    assert (sent.code, sent.json["terkirim"]) == (0, 1)
    assert _keadaan(mesin) == "terkirim"
    assert mesin.run("kirim", "--json").json["terkirim"] == 0
    again = mesin.run("ajukan", NIP_SITI, *P, "--json")
    assert (again.code, again.json["rencana"][0]["hasil"]) == (0, "tetap")
    held = server.plan_of(NIP_SITI, "2026")
    assert held["tanda_terima"] == sent.json["rencana"][0]["tanda_terima"]
    rencana = held["amplop"]["rencana"]
    assert rencana["pengembangan_kompetensi"] == {"rhk": [{"kompetensi": "peserta-coaching-mentoring", "target": 3}]}
    assert rencana["perilaku_kerja"] == {"indikator": PERILAKU}
    server.stop()
    assert server.held() == [(1, "diajukan", held["tanda_terima"])]


def _edit_a_plan(mesin: Mesin) -> None:
    """Fill an exported plan in a text editor; half filled it is taken as a draft that cannot be submitted."""
    out = mesin.run("rencana", "ekspor", NIP_SITI, *P, "--ke", mesin.home / "ekspor")
    assert out.code == 0
    (path,) = (mesin.home / "ekspor").iterdir()
    assert out.out.strip() == str(path)
    text = path.read_text("utf-8")
    for was, now in _ISI:
        assert text.count(was) == 1
        if was.startswith("tidak_ada"):
            path.write_text(text, "utf-8")
            assert mesin.run("rencana", "impor", path).code == 1
            assert mesin.run("periksa", *P).code == 1
            assert mesin.run("ajukan", NIP_SITI, *P).code == 1
        text = text.replace(was, now)
    path.write_text(text, "utf-8")
    taken = mesin.run("rencana", "impor", path, "--json")
    assert (taken.code, taken.json["berkas"][0]["hasil"]) == (0, "diperbarui")
    assert mesin.run("periksa", *P).code == 0
    assert _keadaan(mesin) == "lengkap"


def _keadaan(mesin: Mesin) -> str:
    (row,) = [guru for guru in mesin.run("daftar", *P, "--json").json["guru"] if guru["nama"] == SITI]
    keadaan: str = row["keadaan"]
    return keadaan
