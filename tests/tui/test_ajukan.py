"""From the finished plan to the receipt: nothing is called submitted before the server has said so."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.errors import DiskFullError, ServerError
from pmm_tui.skp.wire import open_envelope
from pmm_tui.tui.ports import SendOutcome
from tests.tui.conftest import Open
from tests.tui.fake_services import KEPALA, SEKOLAH, accepted, rejected
from tests.tui.samples import ANI, BUDI, full_plan, started_plan

pytestmark = pytest.mark.anyio
READY = {ANI.nama: full_plan()}
SUBMITTED = "Perencanaan Kinerja sudah diajukan ke kepala sekolah"
QUEUED = "Antre, akan dikirim saat ada jaringan"


@pytest.mark.parametrize("keys", ["f9", "ctrl+s"])
async def test_refused_with_the_first_problem(stage_app: Open, keys: str) -> None:
    """Ajukan on an unfinished plan names the first problem and goes to its field; nothing is sealed."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press(f"enter f6*2 {keys}")
        assert u.tab == "1 Praktik"
        assert "Belum dapat diajukan: Pilih satu indikator" in u.status
        assert u.store.outbox.all() == ()


async def test_refused_while_the_data_diri_are_not_confirmed(stage_app: Open) -> None:
    """A plan that was not begun leads to the confirmation of the data diri."""
    async with stage_app() as u:
        await u.press("enter f9")
        assert "Data diri belum dinyatakan sesuai" in u.status
        assert u.cursor == "Data sudah sesuai"


async def test_dialog_says_who_when_whom_and_through_what(stage_app: Open) -> None:
    """Before anything is sealed the dialog names teacher, NIP, period, head and server."""
    async with stage_app(draft=READY) as u:
        await u.press("enter f9")
        for content in (
            "Ajukan Perencanaan Kinerja",
            "Ani Lestari, S.Pd.",
            "19850714 201001 2 001",
            "Januari–Desember 2026",
            "Dra. Nur'aini Batubara, M.Pd.",
            "pmm.dinas-contoh.go.id",
        ):
            assert content in u.text
        assert "Plt." not in u.text
        assert u.store.outbox.all() == ()


async def test_dialog_says_what_an_acting_head_means(stage_app: Open) -> None:
    """With an acting head the dialog warns that the plan is approved without being looked at."""
    plt = msgspec.structs.replace(SEKOLAH, kepala_sekolah=msgspec.structs.replace(KEPALA, plt=True))
    async with stage_app(draft=READY, sekolah=plt) as u:
        await u.press("enter f9")
        assert "Dra. Nur'aini Batubara, M.Pd. (Plt.)" in u.text
        assert "langsung disetujui tanpa diperiksa" in u.dialog


async def test_dialog_without_a_server_or_a_head(stage_app: Open) -> None:
    """Where no server is set the dialog says where the plan will wait."""
    async with stage_app(draft=READY, sekolah=msgspec.structs.replace(SEKOLAH, kepala_sekolah=type(KEPALA)())) as u:
        u.services.address = ""
        await u.press("enter f9")
        assert "Kepada kepala sekolah" in u.dialog
        assert "server belum diatur; rencana menunggu di Kotak Kirim" in u.dialog


@pytest.mark.parametrize("cancelled", ["escape", "enter", "down*2 up enter", "tab*2 enter", "space", "ctrl+w"])
async def test_cancelling_seals_nothing(stage_app: Open, cancelled: str) -> None:
    """Batal, Esc and Ctrl+W leave the plan as it was."""
    async with stage_app(draft=READY) as u:
        await u.press(f"enter f9 {cancelled}")
        assert "Ajukan Perencanaan Kinerja" not in u.text
        assert u.store.outbox.all() == ()
        assert u.services.called("send") in ([], [False])


async def test_queued_until_the_server_answers(stage_app: Open) -> None:
    """Without network the plan is sealed and called queued, here, on reopening and in the roster; never submitted."""
    async with stage_app(draft=READY) as u:
        await u.press("enter f9 down enter")
        await u.until_text(QUEUED)
        assert SUBMITTED not in u.text
        (entry,) = u.store.outbox.all("2026")
        assert entry.keadaan == "queued"
        assert open_envelope(entry.line).rencana == full_plan()
        assert u.cursor == f"Lanjut ke guru berikutnya yang belum: {BUDI.nama}"
        await u.press("down")
        assert u.cursor == "Kembali ke Daftar Guru"
        await u.press("enter")
        assert "antre" in u.row("Ani Lestari")
        assert "0 dari 4 selesai" in u.screen_text()[1]
        assert "1 antre" in u.status
        await u.go_to("Ani")
        await u.press("enter")
        assert QUEUED in u.text
        assert SUBMITTED not in u.text


async def test_submitted_only_with_a_receipt(stage_app: Open) -> None:
    """Once the envelope is sent and has its receipt, the sentence and the receipt's number stand there."""
    async with stage_app(draft=READY) as u:
        u.services.respond = accepted
        await u.press("enter f9 down enter")
        await u.until_text(f"{SUBMITTED}. Tanda terima TT-0001.")
        assert QUEUED not in u.text
        await u.press("escape")
        assert "1 dari 4 selesai" in u.screen_text()[1]
        assert "terkirim" in u.row("Ani Lestari")


async def test_refusal_of_the_server_leads_to_its_words(stage_app: Open) -> None:
    """A plan that the server refuses is not called submitted; its reason stands in the Rangkuman."""
    async with stage_app(draft=READY) as u:
        u.services.respond = rejected("/tugas_tambahan/tidak_ada", "Wajib ada SK.")
        await u.press("enter f9 down enter")
        await u.until_text("Server menolak: Wajib ada SK.")
        assert SUBMITTED not in u.text
        await u.press("escape")
        assert "perlu diperbai" in u.row("Ani Lestari")
        assert "1 perlu perbaikan" in u.status


async def test_sent_while_another_plan_is_open(stage_app: Open) -> None:
    """When the answer comes late, the plan that is open then keeps its screen, and the roster knows."""
    async with stage_app(draft=READY) as u:
        u.services.respond = accepted
        u.close_gate()
        await u.press("enter f9 down enter")
        assert QUEUED in u.text
        await u.press("enter")
        assert u.title.startswith(" ‹ Budi")
        u.open_gate()
        await u.until(lambda: u.store.outbox.all()[0].keadaan == "sent")
        assert u.title.startswith(" ‹ Budi")
        assert SUBMITTED not in u.text
        await u.press("escape")
        assert "1 dari 4 selesai" in u.screen_text()[1]


async def test_asking_twice_seals_once(stage_app: Open) -> None:
    """Ajukan on a plan that waits sends it again instead of sealing another envelope."""
    async with stage_app(draft=READY) as u:
        await u.press("enter f9 down enter")
        await u.until_text(QUEUED)
        before = len(u.services.called("send"))
        await u.press("f9")
        await u.until(lambda: len(u.services.called("send")) > before)
        assert len(u.store.outbox.all()) == 1


async def test_edit_after_submitting_is_said(stage_app: Open) -> None:
    """A plan that was changed after it was sent says so, and can be submitted as the next revision."""
    async with stage_app(draft=READY, size=(80, 50)) as u:
        u.services.respond = accepted
        await u.press("enter f9 down enter")
        await u.until_text(SUBMITTED)
        await u.press("up space")
        assert "Ubah rencana ini" in u.text
        await u.press("down enter space")
        assert "berubah" in u.status
        assert "Berubah sejak dikirim; ajukan lagi" in u.text
        await u.go_to("2 Kompetensi")
        await u.press("enter ctrl+home '9' f6*3")
        await u.go_to("[ ] Sudah")
        await u.press("space f9 down enter")
        await u.until_text(SUBMITTED)
        assert [k.revisi for k in u.store.outbox.all()] == [2, 1]
        assert open_envelope(u.store.outbox.all()[0].line).dasar == 1


async def test_undone_edit_counts_as_sent(stage_app: Open) -> None:
    """An edit that was taken back leaves the plan submitted."""
    async with stage_app(draft=READY) as u:
        u.services.respond = accepted
        await u.press("enter f9 down enter")
        await u.until_text(SUBMITTED)
        await u.press("up space down enter space ctrl+z")
        assert "terkirim" in u.status
        assert SUBMITTED in u.text


@pytest.mark.parametrize(
    "result", [ServerError("Alamat itu bukan server pmm-tui."), SendOutcome(sentence="Token ditolak server.", ok=False)]
)
async def test_trouble_of_sending_is_one_quiet_sentence(stage_app: Open, result: SendOutcome | Exception) -> None:
    """Trouble on the way is said in the status line, no dialog; the plan stays queued."""
    async with stage_app(draft=READY) as u:
        u.services.send_result = result
        await u.press("enter f9 down enter")
        await u.until_text(result.sentence)
        assert u.tab == "5 Rangkuman"
        assert u.store.outbox.all()[0].keadaan == "queued"


async def test_sealing_on_a_full_disk_offers_a_file(stage_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the envelope cannot be written nothing is called queued, and a file of its own is offered."""

    def full(*_: object) -> None:
        raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")

    async with stage_app(draft=READY) as u:
        monkeypatch.setattr(u.store.outbox, "seal", full)
        await u.press("enter f9 down enter")
        await u.until_text("Disk penuh")
        assert QUEUED not in u.text
        assert u.cursor == "Simpan ke berkas"
        await u.press("enter")
        assert u.services.called("save_emergency_copy")[0][2] == full_plan()
