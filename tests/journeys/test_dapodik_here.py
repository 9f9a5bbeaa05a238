"""An operator whose Dapodik runs on the same computer: by keys, then by the command line."""

from __future__ import annotations

from tests.dapodik import SECRET
from tests.dapodik_web import NPSN, TOKEN, Imitation, serving
from tests.journeys.machine import Machine

P = ("--periode", "2026")


def test_by_keys_then_by_the_command_line(machine: Machine) -> None:
    """A token once, a preview, the questions after it; the second time nothing changes; no secret anywhere but in its own file."""
    config = machine.home / "config" / "pmm-tui" / "config.toml"
    config.parent.mkdir(parents=True, mode=0o700)
    config.write_text(f'[sekolah]\nnpsn = "{NPSN}"\nnama = "SMP Negeri 1 Harapan"\njenjang = "SMP"\n')
    config.chmod(0o600)
    machine.env |= {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"}
    with serving(Imitation(12)) as url:
        refused = machine.run("impor", "--dapodik", url, *P)
        assert (refused.code, "Pengaturan > Web Service" in refused.err) == (2, True)
        with machine.open() as t:
            t.wait("Belum ada guru")
            t.press("f4")
            t.wait("Baca berkas ini")
            t.press("f4")
            t.wait("Pengaturan > Web Service")
            t.type(TOKEN)
            t.press("up", "ctrl+u")
            t.type(url)
            t.press("enter", "enter")
            t.wait("► Ambil dari Dapodik")
            t.press("enter")
            t.wait("pratinjau", "Usul tugas tambahan untuk 2 guru")
            t.press("f9")
            t.wait("1 guru dari sekolah lain")
            t.press("right")
            t.think()
            t.press("enter")
            t.wait("Menurut Dapodik: Dewi")
            t.press("right")
            t.think()
            t.press("enter")
            t.wait("12 guru disimpan", "0 dari 11 selesai")
            assert TOKEN not in b"".join(chunk.content for chunk in t.chunks).decode()
            t.press("ctrl+q")
            assert t.exit_code() == 0
        told = machine.run("impor", "--dapodik", "--json", *P)
    assert (told.code, told.json["jumlah"]["sama"], told.json["usulan"]["kepala_sekolah_baru"]) == (0, 12, False)
    assert "Dewi" in config.read_text()
    for file in (file for file in machine.home.rglob("*") if file.is_file()):
        content = file.read_bytes()
        assert SECRET.encode() not in content
        assert (TOKEN.encode() in content) is (file.name == "token-dapodik")
    assert TOKEN not in told.out + told.err + refused.err
