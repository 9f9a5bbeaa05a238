"""By USB stick on the screen: what is asked, what is refused, and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from pmm_tui.errors import ServerError
from pmm_tui.services import transfer_disk
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.sync.transfer_file import Parcel
from pmm_tui.sync.transfer_lines import plan_lines, result_of
from pmm_tui.tui.ports import SendOutcome
from tests.store.samples import newest_entries
from tests.sync.parcels import PASSPHRASE, cheap_keys, opened, parcel, rewritten
from tests.tui.conftest import Open
from tests.tui.fake_services import MOMENT
from tests.tui.samples import ANI, BUDI, full_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
READY = {p.nama: full_plan() for p in (ANI, BUDI)}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_keys(monkeypatch)
    monkeypatch.setattr(transfer_disk, "stick_folders", list)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The file on the stick, not written yet."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb" / "kiriman.pmm"


def seal(u: Stage) -> None:
    """Let two plans wait."""
    for name in ("Ani", "Budi"):
        pegawai = u.pegawai(name)
        u.store.outbox.seal(pegawai, "2026", full_plan(), 1, MOMENT, u.services.sekolah.npsn)


def states(u: Stage) -> list[str]:
    """How the envelopes stand."""
    return sorted(entry.keadaan for entry in newest_entries(u.store).values())


def answered(content: Parcel) -> Parcel:
    """The content after another computer has sent it all."""
    lines = plan_lines(content.plans)
    results = [result_of(Sent(f"R-{line.id}", MOMENT.isoformat(), "diajukan"), line) for line in lines]
    plans = tuple(replace(item, result=result) for item, result in zip(content.plans, results, strict=True))
    return replace(content, plans=plans)


async def write(u: Stage, stick: Path, passphrase: str = PASSPHRASE, again: str = PASSPHRASE) -> None:
    """Go to Kotak Kirim and write a file."""
    await u.press(f"f8 f6 '{stick}' enter '{passphrase}' enter '{again}' enter enter")


async def test_written_and_taken_back(stage_app: Open, stick: Path) -> None:
    """F6 writes what waits, the rows say so, and F7 proposes that file and records its receipts."""
    async with stage_app(draft=READY) as u:
        seal(u)
        await write(u, stick)
        await u.until(lambda: "tertulis ke" in u.text)
        assert states(u) == ["unknown", "unknown"]
        assert "di berkas" in u.row("Ani Lestari")
        assert "terakhir ke berkas 10.42" in u.screen_text()[1]
        rewritten(stick, answered(opened(stick)))
        await u.press("f7")
        assert "kiriman.pmm" in u.text
        await u.press(f"'{PASSPHRASE}' enter enter")
        await u.until(lambda: "Dari berkas: 2 rencana terkirim." in u.text)
        assert states(u) == ["sent", "sent"]
        assert "terkirim" in u.row("Ani Lestari")


@pytest.mark.parametrize(
    ("passphrase", "again", "says"),
    [("pendek", "pendek", "Kata sandi minimal 8 huruf"), (PASSPHRASE, "lain sekali", "Kedua kata sandi tidak sama")],
)
async def test_passphrases_that_are_refused(stage_app: Open, stick: Path, passphrase: str, again: str, says: str) -> None:
    """A short one, or two that differ, is said in the band; nothing is written, and what was wrong is typed anew."""
    async with stage_app(draft=READY) as u:
        seal(u)
        await write(u, stick, passphrase, again)
        assert says in u.text
        assert (stick.exists(), states(u)) == (False, ["queued", "queued"])
        await u.press("escape")
        assert "Kotak Kirim" in u.title


async def test_the_list_below_knows_what_the_file_brought(stage_app: Open, stick: Path) -> None:
    """Back from Kotak Kirim the plans stand as sent in the list, without anything being opened or fetched."""
    async with stage_app(draft=READY) as u:
        seal(u)
        await write(u, stick)
        await u.until(lambda: "tertulis ke" in u.text)
        rewritten(stick, answered(opened(stick)))
        await u.press(f"f7 '{PASSPHRASE}' enter enter")
        await u.until(lambda: "Dari berkas: 2 rencana terkirim." in u.text)
        await u.press("escape")
        assert "terkirim" in u.row("Ani Lestari"), u.text
        assert "antre" not in u.row("Ani Lestari")


async def test_never_shown(stage_app: Open, stick: Path) -> None:
    """What is typed as a passphrase stands nowhere on the screen."""
    async with stage_app(draft=READY) as u:
        seal(u)
        await u.press(f"f8 f6 '{stick}' enter 'rahasia-sekali'")
        assert "rahasia" not in u.text
        assert "••••" in u.text


async def test_a_file_that_would_be_lost_is_asked_about(stage_app: Open, stick: Path) -> None:
    """The question opens on No; only Yes replaces a file of other records."""
    async with stage_app(draft=READY) as u:
        seal(u)
        rewritten(stick, parcel(npsn=u.services.sekolah.npsn))
        before = stick.read_bytes()
        await write(u, stick)
        await u.until(lambda: "Ganti berkas itu?" in u.text)
        await u.press("enter")
        assert stick.read_bytes() == before
        await u.press("enter")
        await u.until(lambda: "Ganti berkas itu?" in u.text)
        await u.press("right enter")
        await u.until(lambda: "tertulis ke" in u.text)
        assert opened(stick).waiting == (2, 0)


async def test_another_passphrase_on_the_way_back(stage_app: Open, stick: Path) -> None:
    """The sentence stays in the band, and the right one may follow."""
    async with stage_app(draft=READY) as u:
        seal(u)
        await write(u, stick)
        await u.until(lambda: "tertulis ke" in u.text)
        rewritten(stick, answered(opened(stick)))
        await u.press("f7 'bukan yang itu' enter enter")
        await u.until(lambda: "kata sandinya" in u.text)
        assert states(u) == ["unknown", "unknown"]
        await u.press(f"'{PASSPHRASE}' enter enter")
        await u.until(lambda: "2 rencana terkirim" in u.text)


async def test_a_file_of_another_computer_is_sent_after_a_question(stage_app: Open, stick: Path) -> None:
    """Where nothing of the file stands here and a server is set, F7 offers to send it; No leaves everything."""
    async with stage_app(draft=READY) as u:
        rewritten(stick, parcel(npsn=u.services.sekolah.npsn))
        await u.press(f"f8 f7 '{stick}' enter '{PASSPHRASE}' enter enter")
        await u.until(lambda: "Kirim isi berkas ini sekarang?" in u.text)
        assert "1 rencana menunggu dikirim" in u.text
        await u.press("enter")
        assert u.services.called("send_file") == []
        u.services.send_result = SendOutcome(sentence="1 terkirim.", ok=True)
        await u.press("enter")
        await u.until(lambda: "Kirim isi berkas ini sekarang?" in u.text)
        await u.press("right enter")
        await u.until(lambda: "1 terkirim." in u.text)
        assert u.services.called("send_file") == [(stick, PASSPHRASE)]


async def test_trouble_while_sending_a_file(stage_app: Open, stick: Path) -> None:
    """What a run of sending breaks with is said in the band, which stays."""
    async with stage_app(draft=READY) as u:
        rewritten(stick, parcel(npsn=u.services.sekolah.npsn))
        u.services.send_result = ServerError("Server tidak terjangkau.")
        await u.press(f"f8 f7 '{stick}' enter '{PASSPHRASE}' enter enter")
        await u.until(lambda: "Kirim isi berkas ini sekarang?" in u.text)
        await u.press("right enter")
        await u.until(lambda: "Server tidak terjangkau." in u.text)
        assert "Berkas dari USB" in u.text


async def test_another_schools_file(stage_app: Open, stick: Path) -> None:
    """It is refused with both numbers."""
    async with stage_app(draft=READY) as u:
        rewritten(stick, parcel(npsn="20598765"))
        await u.press(f"f8 f7 '{stick}' enter '{PASSPHRASE}' enter enter")
        await u.until(lambda: "milik sekolah NPSN 20598765" in " ".join(u.text.split()))
        assert u.services.called("send_file") == []


async def test_found_from_the_list(stage_app: Open, stick: Path) -> None:
    """Aksi finds both ways by the word USB, over the list of teachers too, and says there what came of it."""
    async with stage_app(draft=READY) as u:
        seal(u)
        await u.press("ctrl+a 'tulis usb' enter")
        assert "Sekali lagi" in u.text
        await u.press(f"'{stick}' enter '{PASSPHRASE}' enter '{PASSPHRASE}' enter enter")
        await u.until(lambda: "tertulis ke" in u.text)
        assert u.title.startswith(" Daftar Guru")
        await u.press("ctrl+a 'hasil usb' enter")
        assert "Buka berkas" in u.text


async def test_a_place_that_does_not_say_where_it_begins(stage_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase that was typed into the wrong field becomes no file's name in the working directory."""
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    async with stage_app(draft=READY) as u:
        seal(u)
        await write(u, Path(PASSPHRASE))
        assert "Tulis letak berkasnya lengkap" in u.text
        assert states(u) == ["queued", "queued"]
    assert {path.name for path in set(tmp_path.iterdir()) - before} & {PASSPHRASE} == set()


async def test_a_question_that_is_left_leaves_the_form(stage_app: Open, stick: Path) -> None:
    """Esc at "replace it?" is a no: the path and the passphrases stand as they were typed."""
    async with stage_app(draft=READY) as u:
        seal(u)
        rewritten(stick, parcel(npsn="20598765"))
        await write(u, stick)
        await u.until(lambda: "Ganti berkas itu?" in u.text)
        assert "sekolah lain" in u.text
        await u.press("escape")
        assert "Tulis berkas" in u.text
        assert str(stick)[:30] in u.text
        assert u.text.count("•" * len(PASSPHRASE)) == 2


async def test_a_folder_where_another_schools_file_lies(stage_app: Open, stick: Path) -> None:
    """The day's name is taken: ours gets the next one, without a question, and the other stays."""
    async with stage_app(draft=READY) as u:
        seal(u)
        day = transfer_disk.transfer_path(str(stick.parent), u.services.today())
        rewritten(day, parcel(npsn="20598765"))
        before = day.read_bytes()
        await write(u, stick.parent)
        await u.until(lambda: "tertulis ke" in u.text)
        assert day.read_bytes() == before
        assert opened(day.with_stem(f"{day.stem}-2")).waiting == (2, 0)
        assert "Di berkas: menunggu tanda terimanya" in " ".join(u.text.split())
        assert "sudah dicoba" not in u.text
