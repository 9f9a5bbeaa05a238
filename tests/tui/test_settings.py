"""Settings, and the first run."""

from __future__ import annotations

import gc

import pytest

from pmm_tui.errors import ConfigError, ServerError
from pmm_tui.tui import PRACTISE
from pmm_tui.tui.ports import HasilTarik, Pengaturan
from tests.tui.conftest import Buka

pytestmark = pytest.mark.anyio
ISI = Pengaturan(
    url="https://pmm.dinas-contoh.go.id",
    npsn="69900001",
    nama="SMP Negeri 1 Khayalan",
    jenjang="SMP",
    kepala="Dra. Nur'aini",
    kepala_nip="196903121994032001",
)


async def test_practice_is_one_enter_away(app_uji: Buka) -> None:
    """On the first run the cursor stands on practice; Enter ends the app with that wish."""
    async with app_uji(guru=(), atur=True) as u:
        assert "Selamat datang di pmm-tui" in u.teks
        assert u.kursor == "Latihan dengan sekolah contoh"
        await u.tekan("enter")
        assert u.app.return_value == PRACTISE
        assert u.layanan.dipanggil("simpan") == []


async def test_start_without_a_server(app_uji: Buka) -> None:
    """The second choice opens the list; nothing was fetched or sent meanwhile."""
    async with app_uji(guru=(), atur=True) as u:
        assert not u.layanan.dipanggil("kirim") + u.layanan.dipanggil("tarik")
        await u.tekan("down enter")
        assert u.kepala.startswith(" Daftar Guru")


async def test_first_run_filled_in_tested_and_saved(app_uji: Buka) -> None:
    """Address, token and school are typed, tried and saved; the token is never shown; then the data are fetched."""
    async with app_uji(guru=(), atur=True) as u:
        u.layanan.alamat = "pmm.contoh.id"
        await u.tekan("down*2 'https://pmm.contoh.id' enter 'rahasia-123' enter '69900001' enter 'SMP Negeri 1' enter")
        assert "rahasia" not in u.teks
        assert "•" * 11 in u.teks
        await u.ke("( ) SMP")
        await u.tekan("enter 'Nur' enter '19690312' enter space down enter")
        await u.sampai_teks("Server menjawab; token diterima.")
        harap = Pengaturan(
            url="https://pmm.contoh.id",
            token="rahasia-123",
            npsn="69900001",
            nama="SMP Negeri 1",
            jenjang="SMP",
            kepala="Nur",
            kepala_nip="19690312",
            plt=True,
        )
        assert u.layanan.dipanggil("uji") == [harap]
        await u.tekan("down enter")
        assert u.layanan.dipanggil("simpan") == [harap]
        assert u.kepala.startswith(" Daftar Guru")
        await u.sampai(lambda: u.layanan.dipanggil("tarik"))


@pytest.mark.parametrize(
    "hasil", [ServerError("Alamat itu bukan server pmm-tui."), HasilTarik(kalimat="Token ditolak; minta yang baru.", beres=False)]
)
async def test_failed_try_says_what_is_wrong(app_uji: Buka, hasil: HasilTarik | Exception) -> None:
    """A connection that fails is explained above the buttons, and the settings stay to be mended."""
    async with app_uji() as u:
        u.layanan.setelan = ISI
        u.layanan.hasil_uji = hasil
        await u.tekan("f7 ctrl+end up enter")
        await u.sampai_teks(hasil.sentence if isinstance(hasil, ServerError) else hasil.kalimat)
        assert u.layanan.dipanggil("simpan") == []
        assert u.kursor == "Uji sambungan"


async def test_settings_that_cannot_be_right_are_refused(app_uji: Buka) -> None:
    """What the configuration refuses is said, and the screen stays."""
    async with app_uji() as u:
        u.layanan.galat["simpan"] = ConfigError("server.url: http hanya untuk komputer ini; pakai https.")
        await u.tekan("f7 'http://x' f9")
        await u.sampai_teks("http hanya untuk komputer ini")
        assert u.kepala.startswith(" Pengaturan")


@pytest.mark.parametrize("kunci", ["f7", "ctrl+e"])
async def test_settings_in_force_are_shown_and_can_be_changed(app_uji: Buka, kunci: str) -> None:
    """The settings open with what is in force; a change is saved with all the rest."""
    async with app_uji() as u:
        u.layanan.setelan = ISI
        await u.tekan(kunci)
        for isi in ("https://pmm.dinas-contoh.go.id", "69900001", "SMP Negeri 1 Khayalan", "(•) SMP", "196903121994032001"):
            assert isi in u.teks
        await u.ke("NPSN")
        await u.tekan("backspace '2' ctrl+s")
        (baru,) = u.layanan.dipanggil("simpan")
        assert baru.npsn == "69900002"
        assert baru.kepala == ISI.kepala
        assert baru.token == ""


@pytest.mark.parametrize("kunci", ["escape"])
async def test_leaving_saves_nothing(app_uji: Buka, kunci: str) -> None:
    """Esc goes back without writing anything."""
    async with app_uji() as u:
        await u.tekan(f"f7 'x' {kunci}")
        assert u.kepala.startswith(" Daftar Guru")
        assert u.layanan.dipanggil("simpan") == []


async def test_collector_runs_after_the_first_run(app_uji: Buka) -> None:
    """The start keeps the garbage collector waiting; with the first screen it runs again, in the wizard too."""
    gc.disable()
    try:
        async with app_uji(atur=True) as u:
            await u.tekan("down enter")
            await u.pilot.pause(0.2)
            assert gc.isenabled()
    finally:
        gc.enable()
