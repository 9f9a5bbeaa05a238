"""The main job, whole: a fresh machine, a Dapodik file, a plan through every pane, and the running server holds it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from tests.journeys.machine import Machine
from tests.journeys.real_server import NPSN, RealServer
from tests.journeys.steps import (
    AHMAD,
    DONE,
    NIP_AHMAD,
    PERILAKU,
    SUBMITTED,
    add_rhk,
    downloads,
    inside,
    open_plan,
    perilaku,
    receipt_number,
    start,
    submit,
)
from tests.terminal import Terminal

NOTHING = "· belum dimulai"
KEPALA, NIP_KEPALA = "Drs. Kepala Sekolah, M.Pd.", "196903121994032001"
RENCANA = {
    "data_diri": {"golongan": "IX", "jenjang_jabatan": "ahli-pertama", "sesuai": True},
    "rapor_pendidikan": {"dimengerti": True},
    "praktik_pembelajaran": {"indikator": ["aktivitas-interaktif"]},
    "pengembangan_kompetensi": {
        "rhk": [
            {"kompetensi": "peserta-seminar-lokakarya", "target": 2},
            {"kompetensi": "peserta-coaching-mentoring", "target": 3},
        ]
    },
    "tugas_tambahan": {"tugas": [{"tugas": "wali-kelas", "nomor_sk": "800/12/SMP/2026", "tanggal_sk": "2026-07-15"}]},
    "perilaku_kerja": {"indikator": PERILAKU},
    "rangkuman": {"dikonfirmasi_guru": True, "cara": "layar", "tanggal": datetime.now().astimezone().date().isoformat()},
}


def test_fresh_machine_to_submitted_plan(machine: Machine, server: RealServer) -> None:
    """By keys alone: first-run wizard, import of 12 teachers, one plan through every pane, Ajukan; the server holds exactly it."""
    server.start()
    downloads(machine.home / "Downloads")
    with machine.open() as t:
        _wizard(t, server)
        _import_from_downloads(t)
        open_plan(t, "Ma'ruf", AHMAD)
        start(t)
        _fill(t)
        asked = submit(t)
        for said in (AHMAD, "19690409 202121 1 002", "Januari–Desember 2026", KEPALA, f"127.0.0.1:{server.port}"):
            assert said in asked
        assert SUBMITTED not in asked
        t.press("enter")
        screen = t.wait(f"\n {SUBMITTED}", "R-", inside("Lanjut ke guru berikutnya"))  # also in the status line, which begins so
        receipt = receipt_number(screen)
        t.press("escape")
        t.wait("▐Ma'ruf ", DONE)
        t.press("escape")
        _is_done(t, receipt)
        t.press("ctrl+q")
        assert t.exit_code() == 0
        assert t.modes_left == set()
    held = server.plan_of(NIP_AHMAD, "2026")
    assert held["amplop"]["rencana"] == RENCANA
    assert (held["revisi"], held["status"], held["tanda_terima"]) == (1, "diajukan", receipt)
    assert [p["nip"] for p in server.get("/v1/pegawai")["pegawai"]] == [NIP_AHMAD]
    server.stop()
    assert server.held() == [(1, "diajukan", receipt)]
    ((sealed, digest),) = machine.rows("SELECT line, sha256 FROM kiriman")
    assert machine.rows("SELECT isi, sha256 FROM amplop", server.database) == [(sealed, held["sha256"])]
    assert digest == held["sha256"] == hashlib.sha256(sealed).hexdigest()
    with machine.open() as t:  # without the server: what was received stays received
        _is_done(t, receipt)
        t.press("ctrl+q")
        assert t.exit_code() == 0


def _wizard(t: Terminal, server: RealServer) -> None:
    t.wait("Selamat datang di pmm-tui", inside("Berlatih dulu"))
    t.type(server.url)  # typed at the very beginning it is the address
    t.wait(inside("Alamat server"))
    t.press("enter")
    t.type(server.token)
    t.press("enter")
    t.type(NPSN)
    screen = t.wait(f"NPSN                 ▐{NPSN}")
    assert server.token not in screen
    t.press(*["down"] * 3)  # the school's name and jenjang come from the server
    t.type(KEPALA)
    t.press("enter")
    t.type(NIP_KEPALA)
    t.press("down", "down")
    t.wait(NIP_KEPALA, "[ ] Kepala sekolah berstatus Plt.", inside("Uji dan simpan"))
    t.press("enter")
    t.wait("Daftar Guru  SMP Negeri 1 Harapan", "0 dari 0 selesai", "Dari server: data sekolah, Rapor Pendidikan, katalog.")


def _import_from_downloads(t: Terminal) -> None:
    t.press("f4")
    t.wait(inside("daftar-guru.xlsx"))
    t.press("enter")
    t.wait("Impor guru: pratinjau", "Baru 12", inside("Siti Nur'aini Wulandari"))
    t.press("enter")
    t.wait("Semua 12 ", "0 dari 12 selesai", "12 guru disimpan")


def _fill(t: Terminal) -> None:
    """The tabs, from the first on; ends in the Rangkuman."""
    t.wait(inside("1 ( ) Umpan Balik Konstruktif"), "Kurang █░░", "Lihat indikator lainnya")
    t.press("down", "enter")
    t.wait("RHK Pengembangan Kompetensi", inside("Tambah"))
    add_rhk(t, "seminar", "2")
    add_rhk(t, "coaching", "3")
    t.press("f6")
    t.wait("Tugas tambahan menurut SK", "Dapodik mencatat: Wali Kelas", inside("2 [ ] Wali kelas"))
    t.press("space", "down")
    t.type("800/12/SMP/2026")
    t.press("enter")
    t.type("15-07-2026")
    t.wait("2 [x] Wali kelas", "800/12/SMP/2026", "15-07-2026")
    t.press("enter")
    t.wait(inside("Lanjut ke 4 Perilaku Kerja"))
    t.press("ctrl+n")
    perilaku(t)


def _is_done(t: Terminal, receipt: str) -> None:
    """The list and the outbox say that the plan was received."""
    screen = t.wait("1 dari 12 selesai", "Semua 12 ", DONE, "Zoë Lestari")
    heading, *teacher = screen.splitlines()[3:16]
    assert sorted(line[heading.index("Status") :].strip() for line in teacher) == [NOTHING] * 11 + [DONE]
    t.press("f8")
    t.wait("Kotak Kirim", AHMAD, "terkirim", receipt, "diterima server")
    t.press("ctrl+w")
    t.wait("Daftar Guru", "1 dari 12 selesai")
