"""Settings, and the first run."""

from __future__ import annotations

import gc

import pytest

from pmm_tui.errors import ConfigError, ServerError, StorageError
from pmm_tui.tui import PRACTISE
from pmm_tui.tui.ports import FetchOutcome, Settings
from pmm_tui.tui.widgets.themes import THEMES
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
    """On the first run the cursor stands on practice; Enter ends the app with that wish. The title says which step this is."""
    async with stage_app(teachers=(), first_run=True) as u:
        assert u.title.startswith(" Selamat datang di pmm-tui")
        assert u.title.endswith("langkah 1 dari 2")
        assert u.cursor == "Berlatih dulu"
        await u.press("enter")
        assert u.app.return_value == PRACTISE
        assert u.services.called("save") == []


async def test_what_is_typed_at_once_is_the_address(stage_app: Open) -> None:
    """The cursor begins on a button; letters and a paste go into the first field, and a Space then presses nothing."""
    for way in ("type", "paste"):
        async with stage_app(teachers=(), first_run=True) as u:
            if way == "type":
                await u.press("'https://pmm.contoh.id x'")
            else:
                await u.paste("https://pmm.contoh.id x")
            assert u.cursor.startswith("Alamat server")
            assert "https://pmm.contoh.id x" in u.text


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
        await u.press("ctrl+home 'https://pmm.contoh.id' enter 'rahasia-123' enter '69900001' enter 'SMP Negeri 1' enter")
        assert "rahasia" not in u.text
        assert "•" * 11 in u.text
        await u.press("right*3 enter 'Nur' enter '19690312' enter space down")
        assert u.cursor == "Uji dan simpan"
        await u.press("enter")
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
        await u.until(lambda: u.services.called("save"))
        assert u.services.called("try_connection") == [expected]
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


async def test_the_superior_of_the_head_is_named_here(stage_app: Open) -> None:
    """Who rates the head's own plan stands below the head; Enter from Plt. comes there; the first run does not ask it."""
    async with stage_app() as u:
        u.services.stored_settings = CONTENT
        await u.press("f7")
        await u.go_to("Kepala sekolah berstatus Plt.")
        await u.press("enter")
        assert u.cursor.startswith("Atasan kepala")
        await u.press("'Drs. Budi' enter '197001011995011001' f9")
        await u.until(lambda: u.services.called("save"))
        (new,) = u.services.called("save")
        assert (new.atasan, new.atasan_nip, new.kepala) == ("Drs. Budi", "197001011995011001", CONTENT.kepala)
    async with stage_app(teachers=(), first_run=True) as u:
        assert "Atasan" not in u.text


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


# ---- a try that fails

TOKEN = "Server tidak mengenal token ini; mintalah token baru."


@pytest.mark.parametrize("first_run", [False, True])
async def test_the_reason_of_a_refusal_comes_first_and_again(stage_app: Open, *, first_run: bool) -> None:
    """What the server refuses is said first on the page and in the status line, the cursor goes into the field, nothing is saved;
    F9 once more says the same.
    """
    async with stage_app(teachers=(), first_run=first_run) as u:
        u.services.stored_settings = CONTENT
        u.services.try_result = FetchOutcome(sentence=TOKEN, ok=False, key="token")
        await u.press("" if first_run else "f7")
        await u.press("ctrl+home" if first_run else "")
        if first_run:
            await u.press("'https://pmm.contoh.id'")
        for tries in (1, 2):
            await u.press("f9")
            await u.until(lambda tries=tries: len(u.services.called("try_connection")) == tries)
            reason = next(n for n, line in enumerate(u.screen_text()) if line.startswith(f"  │ {TOKEN}"))
            assert reason < next(n for n, line in enumerate(u.screen_text()) if "Alamat server" in line)
            assert u.status.strip() == f"{TOKEN} Belum ada yang disimpan."
            assert u.cursor.startswith("Token")
            await u.press("ctrl+end")
        assert u.services.called("save") == []


async def test_what_may_pass_is_saved_when_asked_again(stage_app: Open) -> None:
    """A network that fails keeps nobody from beginning: the reason is said first, then that F9 saves all the same."""
    async with stage_app() as u:
        u.services.stored_settings = CONTENT
        u.services.try_result = FetchOutcome(sentence="Belum ada internet.", ok=False)
        await u.press("f7 f9")
        await u.until_text("Belum ada internet. Belum disimpan; F9 sekali lagi menyimpan walau begitu.")
        assert u.services.called("save") == []
        await u.press("f9")
        await u.until(lambda: u.services.called("save"))
        assert len(u.services.called("try_connection")) == 1


async def test_the_wizard_fits_the_smallest_terminal(stage_app: Open) -> None:
    """At 60x18 every field and every button is in sight, with a reason of two lines above them too."""
    async with stage_app(teachers=(), first_run=True, size=(60, 18)) as u:
        u.services.try_result = FetchOutcome(sentence=TOKEN, ok=False, key="token")
        await u.press("ctrl+home 'https://pmm.contoh.id' f9")
        await u.until_text("Belum ada yang disimpan.")
        for word in ("│ Server tidak", "Alamat server", "Token", "NPSN", "Jenjang", "NIP kepala", "Plt.", "Berlatih dulu"):
            assert word in u.text, word


# ---- the look


async def test_a_look_acts_at_once_and_is_kept(stage_app: Open) -> None:
    """Right and left, and Space, choose; the screen changes at once, and each choice is written; Enter only goes on."""
    async with stage_app() as u:
        await u.press("f7 ctrl+home")
        assert u.cursor.startswith("Tingkat")
        await u.press("down right")
        assert u.app.look.styles == THEMES["terang"]
        await u.press("left down space")
        assert u.app.look.ascii
        assert u.text.isascii()
        await u.press("enter")
        assert u.cursor.startswith("Tetikus")
        await u.press("space")
        saved = u.services.called("save_look")
        assert [(one.tema, one.ascii, one.mouse) for one in saved] == [
            ("terang", False, False), ("gelap", False, False), ("gelap", True, False), ("gelap", True, True),
        ]  # fmt: skip
        assert "Tampilan diganti dan disimpan." in u.status


async def test_the_thrifty_look_is_chosen_there_too(stage_app: Open) -> None:
    """`hemat` takes hold at once, and the page is as it always was there: without the look."""
    async with stage_app() as u:
        await u.press("f7 ctrl+home right*2")
        assert u.app.thrifty
        assert "Tingkat" not in u.text
        assert "( ) SMP" in u.text
        assert u.services.called("save_look")[-1].tingkat == "hemat"


async def test_a_look_that_cannot_be_written_is_said(stage_app: Open) -> None:
    """The sentence stands in the status line, and nothing has changed."""
    async with stage_app() as u:
        u.services.faults["save_look"] = StorageError("Disk penuh; kosongkan ruang.")
        await u.press("f7 ctrl+home down right")
        assert "Disk penuh" in u.status
        assert u.app.look.styles == THEMES["gelap"]


async def test_practice_says_that_a_look_is_not_kept(stage_app: Open) -> None:
    """In practice the look is that of work, and changes for this time only."""
    async with stage_app() as u:
        u.services.practice = True
        await u.press("f7 ctrl+home down right")
        assert "berlaku sampai latihan ditutup" in u.status


async def test_where_the_values_have_no_room_the_chosen_one_is_shown(stage_app: Open) -> None:
    """At 60 cells a group shows its value between two signs; the keys do the same."""
    async with stage_app(size=(60, 18)) as u:
        await u.press("f7")
        assert "‹ gelap ›" in u.text
        await u.press("ctrl+home down right")
        assert "‹ terang ›" in u.text


async def test_an_empty_field_says_what_belongs_there(stage_app: Open) -> None:
    """Hints stand in the fields that are empty."""
    async with stage_app() as u:
        await u.press("f7 down")
        for hint in ("misalnya https://pmm.dinas-contoh.go.id", "nama lengkap dengan gelar", "18 angka"):
            assert hint in u.text


async def test_a_click_on_a_group_chooses_the_next_value(stage_app: Open) -> None:
    """It stays on its row; a click is not Enter, which goes on."""
    async with stage_app() as u:
        await u.press("f7")
        line = next(n for n, text in enumerate(u.screen_text()) if "Tema warna" in text)
        await u.pilot.click(offset=(30, line))
        await u.until(lambda: u.app.look.styles == THEMES["terang"])
        assert u.cursor.startswith("Tema warna")
        assert len(u.services.called("save_look")) == 1
