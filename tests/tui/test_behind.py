"""Work behind the screens that fails or is stopped: each has its sentence, and the screens go on."""

from __future__ import annotations

import pytest

from pmm_tui.errors import ConfigError, ServerError, StorageError
from pmm_tui.tui.ports import HasilKirim, HasilTarik
from pmm_tui.tui.screens.plan_dialogs import offer_emergency_copy
from tests.tui.conftest import Buka
from tests.tui.samples import ANI, rencana_penuh

pytestmark = pytest.mark.anyio


async def test_a_fetch_that_fails_sends_nothing(app_uji: Buka) -> None:
    """Trouble and a refusal are both told; only after a good fetch is sent what waits."""
    async with app_uji() as u:
        for outcome, sentence in (
            (ServerError("Server tidak terjangkau."), "Server tidak terjangkau."),
            (HasilTarik(kalimat="Token tidak dikenal.", beres=False), "Token tidak dikenal."),
        ):
            u.layanan.hasil_tarik = outcome
            before = len(u.layanan.dipanggil("kirim"))
            await u.tekan("f5")
            await u.sampai(lambda sentence=sentence: sentence in u.status)
            assert len(u.layanan.dipanggil("kirim")) == before
        u.layanan.hasil_tarik = HasilTarik(kalimat="Data sudah terbaru.", beres=True)
        await u.tekan("f5")
        await u.sampai(lambda: len(u.layanan.dipanggil("kirim")) > before)
        assert u.layanan.dipanggil("kirim")[-1] is False


async def test_a_sending_that_fails_is_told_and_its_end_too(app_uji: Buka) -> None:
    """Trouble of the quiet sending is told, and so is the first time it goes well again."""
    async with app_uji() as u:
        u.layanan.hasil_kirim = StorageError("Disk penuh.")
        u.app.background.send(forced=False)
        await u.sampai(lambda: "Disk penuh." in u.status)
        u.layanan.hasil_kirim = HasilKirim(kalimat="Semua terkirim.", beres=True)
        u.app.background.send(forced=False)
        await u.sampai(lambda: "Semua terkirim." in u.status)
        u.layanan.hasil_kirim = HasilKirim(kalimat="Tidak dikatakan lagi.", beres=True)
        before = len(u.layanan.dipanggil("kirim"))
        u.app.background.send(forced=False)
        await u.sampai(lambda: len(u.layanan.dipanggil("kirim")) > before)
        assert "Tidak dikatakan lagi." not in u.teks


async def test_what_waits_is_sent_again_after_the_wait(app_uji: Buka) -> None:
    """When a run says how long to wait, the next comes then and not before, without being forced."""
    async with app_uji() as u:
        u.layanan.hasil_kirim = HasilKirim(kalimat="Nanti.", beres=True, tunggu=1000.0)
        u.app.background.send(forced=True)
        await u.sampai(lambda: "Nanti." in u.status)
        u.layanan.hasil_kirim = None
        before = len(u.layanan.dipanggil("kirim"))
        u.maju(900)
        await u.tekan("down")
        assert len(u.layanan.dipanggil("kirim")) == before
        u.maju(101)
        await u.sampai(lambda: len(u.layanan.dipanggil("kirim")) == before + 1)
        assert u.layanan.dipanggil("kirim")[-1] is False


async def test_damage_is_told_at_the_start(app_uji: Buka) -> None:
    """What the guard of the records found stands in the status line, and so does a guard that failed."""
    async with app_uji(hasil_jaga="Sebagian data rusak. Tutup program.") as u:
        await u.sampai(lambda: "Sebagian data rusak." in u.status)
        u.layanan.galat["jaga"] = StorageError("Disk tidak dapat dibaca.")
        u.app.background.check_records()
        await u.sampai(lambda: "Disk tidak dapat dibaca." in u.status)


async def test_the_emergency_file_may_fail_too(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file cannot be written either the sentence says so, and the plan stays on the screen."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}) as u:
        u.layanan.galat["simpan_darurat"] = StorageError("Berkas darurat pun tidak dapat ditulis.")
        await u.tekan("enter")
        await offer_emergency_copy(u.app.screen, "Disk penuh.", u.pegawai("Ani"), rencana_penuh())
        await u.tekan("enter")
        assert "Berkas darurat pun tidak dapat ditulis." in u.status
        assert u.kepala.startswith(" Ani")


async def test_an_envelope_of_nobody_opens_nothing(app_uji: Buka, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of the outbox whose teacher is gone says so and stays."""
    async with app_uji(draf={ANI.nama: rencana_penuh()}) as u:
        u.store.outbox.seal(u.pegawai("Ani"), "2026", rencana_penuh(), 1, u.layanan.sekarang())
        await u.tekan("f8")
        monkeypatch.setattr(u.store.roster, "get", lambda _: None)
        await u.tekan("enter")
        assert "Guru ini tidak ada lagi di daftar" in u.status
        assert "Kotak Kirim" in u.kepala
        monkeypatch.undo()


async def test_fetching_from_the_outbox(app_uji: Buka) -> None:
    """The outbox fetches with the same key as the list."""
    async with app_uji() as u:
        await u.tekan("f8 f5")
        await u.sampai(lambda: u.layanan.dipanggil("tarik"))


async def test_beginning_without_a_server_that_cannot_be_kept(app_uji: Buka) -> None:
    """Where the configuration cannot be written the wizard stays and says why."""
    async with app_uji(atur=True) as u:
        u.layanan.galat["simpan"] = ConfigError("server.url: tidak dapat disimpan.", "server.url")
        await u.tekan("down")
        button = u.kursor
        await u.tekan("enter")
        assert "tidak dapat disimpan." in u.status
        assert "server.url: " not in u.status
        assert u.kepala.startswith(" Mulai")
        del u.layanan.galat["simpan"]
        await u.ke(button)
        await u.tekan("enter")
        assert u.kepala.startswith(" Daftar Guru")
