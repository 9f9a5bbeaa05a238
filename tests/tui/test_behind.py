"""Work behind the screens that fails or is stopped: each has its sentence, and the screens go on."""

from __future__ import annotations

import pytest

from pmm_tui.errors import ConfigError, ServerError, StorageError
from pmm_tui.tui.ports import FetchOutcome, SendOutcome
from pmm_tui.tui.screens.plan_dialogs import offer_emergency_copy
from tests.tui.conftest import Open
from tests.tui.keyboard import settled
from tests.tui.samples import ANI, full_plan

pytestmark = pytest.mark.anyio


async def test_a_fetch_that_fails_sends_nothing(stage_app: Open) -> None:
    """Trouble and a refusal are both told; only after a good fetch is sent what waits."""
    async with stage_app() as u:
        for outcome, sentence in (
            (ServerError("Server tidak terjangkau."), "Server tidak terjangkau."),
            (FetchOutcome(sentence="Token tidak dikenal.", ok=False), "Token tidak dikenal."),
        ):
            u.services.pull_result = outcome
            before = len(u.services.called("send"))
            await u.press("f5")
            await u.until(lambda sentence=sentence: sentence in u.status)
            assert len(u.services.called("send")) == before
        u.services.pull_result = FetchOutcome(sentence="Data sudah terbaru.", ok=True)
        await u.press("f5")
        await u.until(lambda: len(u.services.called("send")) > before)
        assert u.services.called("send")[-1] is False


async def test_a_sending_that_fails_is_told_and_its_end_too(stage_app: Open) -> None:
    """Trouble of the quiet sending is told, and so is the first time it goes well again."""
    async with stage_app() as u:
        u.services.send_result = StorageError("Disk penuh.")
        u.app.background.send(forced=False)
        await u.until(lambda: "Disk penuh." in u.status)
        u.services.send_result = SendOutcome(sentence="Semua terkirim.", ok=True)
        u.app.background.send(forced=False)
        await u.until(lambda: "Semua terkirim." in u.status)
        u.services.send_result = SendOutcome(sentence="Tidak dikatakan lagi.", ok=True)
        before = len(u.services.called("send"))
        u.app.background.send(forced=False)
        await u.until(lambda: len(u.services.called("send")) > before)
        assert "Tidak dikatakan lagi." not in u.text


async def test_what_waits_is_sent_again_after_the_wait(stage_app: Open) -> None:
    """When a run says how long to wait, the next comes then and not before, without being forced."""
    async with stage_app() as u:
        u.services.send_result = SendOutcome(sentence="Nanti.", ok=True, retry_in=1000.0)
        u.app.background.send(forced=True)
        await u.until(lambda: "Nanti." in u.status)
        u.services.send_result = None
        before = len(u.services.called("send"))
        u.advance(900)
        await u.press("down")
        assert len(u.services.called("send")) == before
        u.advance(101)
        await u.until(lambda: len(u.services.called("send")) == before + 1)
        assert u.services.called("send")[-1] is False


async def test_damage_is_told_at_the_start(stage_app: Open) -> None:
    """What the guard of the records found stands in the status line, and so does a guard that failed."""
    async with stage_app(check_result="Sebagian data rusak. Tutup program.") as u:
        await u.until(lambda: "Sebagian data rusak." in u.status)
        u.services.faults["check_records"] = StorageError("Disk tidak dapat dibaca.")
        u.app.background.check_records()
        await u.until(lambda: "Disk tidak dapat dibaca." in u.status)


async def test_the_emergency_file_may_fail_too(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file cannot be written either the sentence says so, and the plan stays on the screen."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        u.services.faults["save_emergency_copy"] = StorageError("Berkas darurat pun tidak dapat ditulis.")
        await u.press("enter")
        await offer_emergency_copy(u.app.screen, "Disk penuh.", u.pegawai("Ani"), full_plan())
        await settled(u.app)
        await u.press("enter")
        assert "Berkas darurat pun tidak dapat ditulis." in u.status
        assert u.title.startswith(" ‹ Ani")


async def test_an_envelope_of_nobody_opens_nothing(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of the outbox whose teacher is gone says so and stays."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        u.store.outbox.seal(u.pegawai("Ani"), "2026", full_plan(), 1, u.services.now())
        await u.press("f8")
        monkeypatch.setattr(u.store.roster, "get", lambda _: None)
        await u.press("enter")
        assert "Guru ini tidak ada lagi di daftar" in u.status
        assert "Kotak Kirim" in u.title
        monkeypatch.undo()


async def test_fetching_from_the_outbox(stage_app: Open) -> None:
    """The outbox fetches with the same key as the list."""
    async with stage_app() as u:
        await u.press("f8 f5")
        await u.until(lambda: u.services.called("pull"))


async def test_beginning_without_a_server_that_cannot_be_kept(stage_app: Open) -> None:
    """Where the configuration cannot be written the wizard stays and says why."""
    async with stage_app(first_run=True) as u:
        u.services.faults["save"] = ConfigError("server.url: tidak dapat disimpan.", "server.url")
        await u.go_to("Tanpa server")
        button = u.cursor
        await u.press("enter")
        assert "tidak dapat disimpan." in u.status
        assert "server.url: " not in u.status
        assert u.title.startswith(" Selamat datang di pmm-tui")
        del u.services.faults["save"]
        await u.go_to(button)
        await u.press("enter")
        assert u.title.startswith(" Daftar Guru")
