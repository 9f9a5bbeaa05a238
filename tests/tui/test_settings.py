"""Settings, and the first run."""

from __future__ import annotations

import gc

import pytest

from pmm_tui.errors import ConfigError, ServerError
from pmm_tui.tui import PRACTISE
from pmm_tui.tui.ports import FetchOutcome, Settings
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio
CONTENT = Settings(
    url="https://pmm.dinas-contoh.go.id",
    npsn="69900001",
    school_name="SMP Negeri 1 Khayalan",
    jenjang="SMP",
    kepala="Dra. Nur'aini",
    kepala_nip="196903121994032001",
)


async def test_practice_is_one_enter_away(stage_app: Open) -> None:
    """On the first run the cursor stands on practice; Enter ends the app with that wish."""
    async with stage_app(teachers=(), first_run=True) as u:
        assert "Selamat datang di pmm-tui" in u.text
        assert u.cursor == "Latihan dengan sekolah contoh"
        await u.press("enter")
        assert u.app.return_value == PRACTISE
        assert u.services.called("save") == []


async def test_start_without_a_server(stage_app: Open) -> None:
    """The second choice opens the list; nothing was fetched or sent meanwhile."""
    async with stage_app(teachers=(), first_run=True) as u:
        assert not u.services.called("send") + u.services.called("pull")
        await u.press("down enter")
        assert u.title.startswith(" Daftar Guru")


async def test_first_run_filled_in_tested_and_saved(stage_app: Open) -> None:
    """Address, token and school are typed, tried and saved; the token is never shown; then the data are fetched."""
    async with stage_app(teachers=(), first_run=True) as u:
        u.services.address = "pmm.contoh.id"
        await u.press("down*2 'https://pmm.contoh.id' enter 'rahasia-123' enter '69900001' enter 'SMP Negeri 1' enter")
        assert "rahasia" not in u.text
        assert "•" * 11 in u.text
        await u.go_to("( ) SMP")
        await u.press("enter 'Nur' enter '19690312' enter space down enter")
        await u.until_text("Server menjawab; token diterima.")
        expected = Settings(
            url="https://pmm.contoh.id",
            token="rahasia-123",
            npsn="69900001",
            school_name="SMP Negeri 1",
            jenjang="SMP",
            kepala="Nur",
            kepala_nip="19690312",
            plt=True,
        )
        assert u.services.called("try_connection") == [expected]
        await u.press("down enter")
        assert u.services.called("save") == [expected]
        assert u.title.startswith(" Daftar Guru")
        await u.until(lambda: u.services.called("pull"))


@pytest.mark.parametrize(
    "result", [ServerError("Alamat itu bukan server pmm-tui."), FetchOutcome(sentence="Token ditolak; minta yang baru.", ok=False)]
)
async def test_failed_try_says_what_is_wrong(stage_app: Open, result: FetchOutcome | Exception) -> None:
    """A connection that fails is explained above the buttons, and the settings stay to be mended."""
    async with stage_app() as u:
        u.services.stored_settings = CONTENT
        u.services.try_result = result
        await u.press("f7 ctrl+end up enter")
        await u.until_text(result.sentence)
        assert u.services.called("save") == []
        assert u.cursor == "Uji sambungan"


async def test_settings_that_cannot_be_right_are_refused(stage_app: Open) -> None:
    """What the configuration refuses is said, and the screen stays."""
    async with stage_app() as u:
        u.services.faults["save"] = ConfigError("server.url: http hanya untuk komputer ini; pakai https.")
        await u.press("f7 'http://x' f9")
        await u.until_text("http hanya untuk komputer ini")
        assert u.title.startswith(" Pengaturan")


@pytest.mark.parametrize("keys", ["f7", "ctrl+e"])
async def test_settings_in_force_are_shown_and_can_be_changed(stage_app: Open, keys: str) -> None:
    """The settings open with what is in force; a change is saved with all the rest."""
    async with stage_app() as u:
        u.services.stored_settings = CONTENT
        await u.press(keys)
        for content in ("https://pmm.dinas-contoh.go.id", "69900001", "SMP Negeri 1 Khayalan", "(•) SMP", "196903121994032001"):
            assert content in u.text
        await u.go_to("NPSN")
        await u.press("backspace '2' ctrl+s")
        (new,) = u.services.called("save")
        assert new.npsn == "69900002"
        assert new.kepala == CONTENT.kepala
        assert new.token == ""


@pytest.mark.parametrize("keys", ["escape"])
async def test_leaving_saves_nothing(stage_app: Open, keys: str) -> None:
    """Esc goes back without writing anything."""
    async with stage_app() as u:
        await u.press(f"f7 'x' {keys}")
        assert u.title.startswith(" Daftar Guru")
        assert u.services.called("save") == []


async def test_collector_runs_after_the_first_run(stage_app: Open) -> None:
    """The start keeps the garbage collector waiting; with the first screen it runs again, in the wizard too."""
    gc.disable()
    try:
        async with stage_app(first_run=True) as u:
            await u.press("down enter")
            await u.pilot.pause(0.2)
            assert gc.isenabled()
    finally:
        gc.enable()
