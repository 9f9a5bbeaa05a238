"""A walk over every screen of the program, by keys, for what has to hold on all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from pmm_tui.errors import DiskFullError
from pmm_tui.roster.model import ComparedRow, FieldChange, Remark
from pmm_tui.skp.model import KepalaSekolah, Pegawai
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import Outcome, Sent
from pmm_tui.tui.ports import SendOutcome, Settings
from tests.tui.fake_services import MOMENT, SEKOLAH, FakeServices, rejected
from tests.tui.samples import ANI, BUDI, CITRA, full_plan
from tests.tui.stage import Stage, stage_app

STEPS = (
    ("roster", ""),
    ("help", "f1"),
    ("search", "escape 'dewi'"),
    ("periode", "escape f6"),
    ("data-diri", "escape home enter"),
    ("help-data-diri", "f1"),
    ("confirmed", "escape enter"),
    ("rapor", "down enter"),
    ("praktik", "enter"),
    ("praktik-all", "down*3 enter space"),
    ("kompetensi", "f6"),
    ("choose-rhk", "f4"),
    ("kompetensi-filled", "enter '2'"),
    ("kompetensi-own", "down*2 enter 'Menulis modul ajar' down"),
    ("tugas", "f6"),
    ("tugas-sk", "ctrl+home down space down '800/12' down 'kemarin' down"),
    ("perilaku", "f6"),
    ("masalah", "f6"),
    ("rangkuman", "f7 ctrl+home enter*7"),
    ("cannot-be-submitted", "f9"),
    ("submit", "ctrl+u '2-1-2026' down f6*2 ctrl+end up space f9"),
    ("queued", "down enter"),
    ("outbox", "f8"),
    ("outbox-next", "down"),
    ("roster-queued", "escape escape"),
    ("prerequisites", "alt+p"),
    ("prerequisites-step", "down f3"),
    ("filter", "escape*2 f2*4"),
    ("settings", "f2*2 f7"),
    ("settings-end", "ctrl+end"),
    ("import", "escape f4"),
    ("import-dapodik", "f4"),
    ("preview", "escape ctrl+home 'guru.xlsx' down enter"),
    ("preview-next", "down"),
    ("emergency", "escape '198904' enter"),
)
"""Name of each screen and the keys that lead there from the one before."""


class Kit:
    """The words that the walk meets; every one of them may be hostile."""

    def __init__(self, word: str = "") -> None:
        self.word = word

    def __call__(self, usual: str) -> str:
        """The hostile word, or the usual one when there is none."""
        return self.word or usual

    def teachers(self) -> tuple[Pegawai, ...]:
        """Three teachers; the first is not begun, the last has a finished plan."""
        other = {
            "jenis_ptk": self(ANI.jenis_ptk),
            "status_kepegawaian": self(ANI.status_kepegawaian),
            "golongan": self(ANI.golongan),
        }
        return (
            msgspec.structs.replace(ANI, nama=self(ANI.nama), tugas_tambahan=self("Guru Piket"), **(other if self.word else {})),
            msgspec.structs.replace(BUDI, nama=f"{self('B')}{BUDI.nama}"),
            msgspec.structs.replace(CITRA, nama=f"Z{self('')}{CITRA.nama}"),
        )

    def services(self, store: Store) -> FakeServices:
        """The outside, in these words."""
        kepala = KepalaSekolah(nama=self(SEKOLAH.kepala_sekolah.nama), plt=True)
        services = FakeServices(store, sekolah=msgspec.structs.replace(SEKOLAH, nama=self(SEKOLAH.nama), kepala_sekolah=kepala))
        services.address = self(services.address)
        services.stored_settings = Settings(
            url=self("https://pmm.contoh.id"), school_name=self("SMP"), kepala=self("Nur"), token=self("")
        )
        if self.word:
            services.send_result = SendOutcome(sentence=self.word, ok=False)
        ani = ANI
        services.read_result = (
            (
                ComparedRow(row=6, outcome="ditolak", name=self("Eko"), reasons=(Remark(self("NIP"), self("NIP berupa angka.")),)),
                ComparedRow(
                    row=7,
                    outcome="diperbarui",
                    name=self("Ani"),
                    pegawai=ani,
                    old=ani,
                    field_changes=(FieldChange("golongan", "Pangkat Golongan", self("III/c"), self("III/d")),),
                ),
            ),
            self('guru.xlsx: XLSX, lembar "Guru", judul di baris 5.'),
        )
        return services


def fill_outbox(store: Store, words: Kit) -> None:
    """Seal the two finished plans: one was refused, one has its receipt."""
    answers: dict[str, Callable[[OutboxEntry], Outcome]] = {
        BUDI.nip: rejected("/rangkuman", words("Kepala sekolah belum ditetapkan.")),
        CITRA.nip: lambda _: Sent(receipt=words("TT-1"), at=words(MOMENT.isoformat()), status="diajukan"),
    }
    for pegawai in store.roster.all():
        if pegawai.nip in answers:
            entry = store.outbox.seal(pegawai, "2026", full_plan(), 1, MOMENT)
            store.outbox.mark_sending([entry.id])
            store.outbox.record_all({entry.id: answers[pegawai.nip](entry)})


@asynccontextmanager
async def walk_app(store: Store, word: str = "", **other: Any) -> AsyncIterator[Stage]:
    """Run the app as `walk` needs it; `word` takes the place of every word from outside."""
    kit = Kit(word)
    teacher = kit.teachers()
    async with stage_app(
        store, teachers=teacher, draft={g.nama: full_plan() for g in teacher[1:]}, services=kit.services(store), **other
    ) as u:
        fill_outbox(store, kit)
        await u.press("f9")
        await u.until_text("1 dari 3 selesai")
        yield u


async def walk(u: Stage) -> AsyncIterator[str]:
    """Go over all screens; yields the name of each while it is shown."""
    for name, script in STEPS:
        if name == "emergency":
            original = u.store.drafts.save
            u.store.drafts.save = _full  # type: ignore[method-assign]
            await u.press(f"{script} f7*3 up '7' down enter '7'")
            u.advance(0.5)
            await u.until_text("Rencana belum tersimpan")
            u.store.drafts.save = original  # type: ignore[method-assign]
        else:
            await u.press(script)
        if name == "preview":
            await u.until_text("pratinjau")
        yield name


def _full(*_: object) -> None:
    raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")
