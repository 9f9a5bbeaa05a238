"""By USB stick: the file is written, sent from, taken back; whenever one dies, the file is the old or the new one, whole."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.sync.transfer_file import Parcel
from pmm_tui.sync.transfer_lines import plan_lines, result_of
from pmm_tui.sync.transfer_pack import origin_of, pack
from tests.faults.storage.flow import MANY, Flow
from tests.faults.storage.parent import Ending
from tests.faults.storage.storage_kit import MOMENT, PERIODE, content, on_server
from tests.journeys.real_server import NPSN, RealServer
from tests.sync.parcels import PASSPHRASE, opened, packed


class _Stick(Flow):
    """Everything is sealed, and a stick is in."""

    def prepare(self) -> None:
        """Seal everything."""
        self.computer.env["PMM_TUI_SANDI"] = PASSPHRASE
        folder = self.computer.home / "usb"
        folder.mkdir()
        self.file = folder / "kiriman.pmm"
        with Store.open(self.database) as store:
            for pegawai in store.roster.all():
                draft = store.drafts.get(pegawai.id, PERIODE)
                assert draft is not None
                store.outbox.seal(pegawai, PERIODE, draft.rencana, draft.edit, MOMENT, NPSN)
            store.database.call(origin_of, store)
            self.content: Parcel = store.database.call(pack, store, NPSN, PERIODE, MOMENT).parcel

    def states(self) -> list[str]:
        """How the envelopes stand."""
        return [envelope.state for envelope in content(self.database).envelopes]


class WriteFile(_Stick):
    """What waits into a file."""

    def prepare(self) -> None:
        """Name the file."""
        super().prepare()
        self.work = ("kirim", "--ke-berkas", str(self.file))

    def middle(self, victim: Ending) -> None:
        """There is no file, or one with everything; and nothing that a file may hold is called untouched."""
        states = self.states()
        assert set(states) <= {"queued", "unknown"}
        if self.file.exists():
            assert opened(self.file).plans == self.content.plans
            assert states == ["unknown"] * MANY
        else:
            assert "tertulis ke" not in victim.err

    def end(self, victim: Ending) -> None:
        """The file has everything, and it waits."""
        assert opened(self.file).plans == self.content.plans
        assert self.states() == ["unknown"] * MANY
        self.file.unlink()


class TakeFile(_Stick):
    """Receipts out of a file."""

    def prepare(self) -> None:
        """Let another computer have sent it."""
        super().prepare()
        results = [
            result_of(Sent(f"R-{line.id}", "2026-01-08T02:11:05Z", "diajukan"), line) for line in plan_lines(self.content.plans)
        ]
        plans = tuple(replace(item, result=result) for item, result in zip(self.content.plans, results, strict=True))
        self.file.write_bytes(packed(replace(self.content, plans=plans)))
        self.work = ("terima", str(self.file))

    def middle(self, victim: Ending) -> None:
        """All receipts or none, and all once a line was said."""
        assert self.states() in (["queued"] * MANY, ["sent"] * MANY)
        assert "tanda terima" not in victim.out or self.states() == ["sent"] * MANY

    def end(self, victim: Ending) -> None:
        """All receipts."""
        found = content(self.database).envelopes
        assert sorted(envelope.receipt for envelope in found) == [f"R-{number}" for number in range(MANY)]


class SendFile(_Stick):
    """A file to the server, which `to` names, one plan a batch."""

    def __init__(self, folder: Path, first: int = 1) -> None:
        super().__init__(folder, first + 50)  # other teachers than those of `Send`, whose envelopes name no school

    def prepare(self) -> None:
        """Write the file as another computer would."""
        super().prepare()
        self.first = packed(self.content)
        self.file.write_bytes(self.first)
        config = self.computer.home / "config" / "pmm-tui" / "config.toml"
        config.write_text(f"{config.read_text('utf-8')}\n[kirim]\nbatas_amplop = 1\n", "utf-8")
        self.work = ("kirim", "--dari-berkas", str(self.file))

    def to(self, server: RealServer) -> SendFile:
        """Name the server."""
        self.computer.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
        self.server = server
        return self

    def middle(self, victim: Ending) -> None:
        """The file is whole; each receipt in it is the server's; the records of this computer are as they were."""
        found = opened(self.file)
        assert [item.text for item in found.plans] == [item.text for item in self.content.plans]
        held = {envelope.sha256: envelope.receipt for envelope in on_server(self.server.database)}
        for item in found.plans:
            assert item.result is None or held[item.sha256] == item.result.tanda_terima
        assert content(self.database) == self.as_before

    def end(self, victim: Ending) -> None:
        """All has its receipt, and stands there once."""
        found = opened(self.file)
        assert found.waiting == (0, 0)
        digests = [envelope.sha256 for envelope in on_server(self.server.database)]
        assert all(digests.count(item.sha256) == 1 for item in found.plans)
        assert content(self.database) == self.as_before
        self.file.write_bytes(self.first)
