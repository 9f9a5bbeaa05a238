"""A walk over every screen of the program, by keys, for what has to hold on all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from pmm_tui.errors import DiskFullError
from pmm_tui.roster.model import BarisBanding, Catatan, Ubahan
from pmm_tui.skp.model import KepalaSekolah, Pegawai
from pmm_tui.store import Kiriman, Store
from pmm_tui.store.outbox_entry import Outcome, Sent
from pmm_tui.tui.ports import HasilKirim, Pengaturan
from tests.tui.fake_services import SAAT, SEKOLAH, LayananUji, ditolak
from tests.tui.samples import ANI, BUDI, CITRA, rencana_penuh
from tests.tui.stage import Panggung, app_uji

LANGKAH = (
    ("roster", ""),
    ("help", "f1"),
    ("search", "escape 'dewi'"),
    ("periode", "escape f6"),
    ("data-diri", "escape home enter"),
    ("help-data-diri", "f1"),
    ("confirmed", "escape enter"),
    ("rapor", "enter"),
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
    ("submit", "ctrl+u '2-1-2026' down f6*2 ctrl+end up enter f9"),
    ("queued", "enter"),
    ("outbox", "f8"),
    ("outbox-next", "down"),
    ("roster-queued", "escape escape"),
    ("filter", "f2*4"),
    ("settings", "f2*2 f7"),
    ("settings-end", "ctrl+end"),
    ("import", "escape f4"),
    ("preview", "ctrl+home 'guru.xlsx' down enter"),
    ("preview-next", "down"),
    ("emergency", "escape '198904' enter"),
)
"""Name of each screen and the keys that lead there from the one before."""


class Bekal:
    """The words that the walk meets; every one of them may be hostile."""

    def __init__(self, kata: str = "") -> None:
        self.kata = kata

    def __call__(self, biasa: str) -> str:
        """The hostile word, or the usual one when there is none."""
        return self.kata or biasa

    def guru(self) -> tuple[Pegawai, ...]:
        """Three teachers; the first is not begun, the last has a finished plan."""
        lain = {
            "jenis_ptk": self(ANI.jenis_ptk),
            "status_kepegawaian": self(ANI.status_kepegawaian),
            "golongan": self(ANI.golongan),
        }
        return (
            msgspec.structs.replace(ANI, nama=self(ANI.nama), tugas_tambahan=self("Guru Piket"), **(lain if self.kata else {})),
            msgspec.structs.replace(BUDI, nama=f"{self('B')}{BUDI.nama}"),
            msgspec.structs.replace(CITRA, nama=f"Z{self('')}{CITRA.nama}"),
        )

    def layanan(self, store: Store) -> LayananUji:
        """The outside, in these words."""
        kepala = KepalaSekolah(nama=self(SEKOLAH.kepala_sekolah.nama), plt=True)
        layanan = LayananUji(store, sekolah=msgspec.structs.replace(SEKOLAH, nama=self(SEKOLAH.nama), kepala_sekolah=kepala))
        layanan.alamat = self(layanan.alamat)
        layanan.setelan = Pengaturan(url=self("https://pmm.contoh.id"), nama=self("SMP"), kepala=self("Nur"), token=self(""))
        if self.kata:
            layanan.hasil_kirim = HasilKirim(kalimat=self.kata, beres=False)
        ani = ANI
        layanan.hasil_baca = (
            (
                BarisBanding(
                    baris=6, keadaan="ditolak", nama=self("Eko"), alasan=(Catatan(self("NIP"), self("NIP berupa angka.")),)
                ),
                BarisBanding(
                    baris=7,
                    keadaan="diperbarui",
                    nama=self("Ani"),
                    pegawai=ani,
                    lama=ani,
                    ubahan=(Ubahan("golongan", "Pangkat Golongan", self("III/c"), self("III/d")),),
                ),
            ),
            self('guru.xlsx: XLSX, lembar "Guru", judul di baris 5.'),
        )
        return layanan


def fill_outbox(store: Store, words: Bekal) -> None:
    """Seal the two finished plans: one was refused, one has its receipt."""
    answers: dict[str, Callable[[Kiriman], Outcome]] = {
        BUDI.nip: ditolak("/rangkuman", words("Kepala sekolah belum ditetapkan.")),
        CITRA.nip: lambda _: Sent(tanda_terima=words("TT-1"), waktu=words(SAAT.isoformat()), status="diajukan"),
    }
    for pegawai in store.roster.all():
        if pegawai.nip in answers:
            kiriman = store.outbox.seal(pegawai, "2026", rencana_penuh(), 1, SAAT)
            store.outbox.mark_sending([kiriman.id])
            store.outbox.record_all({kiriman.id: answers[pegawai.nip](kiriman)})


@asynccontextmanager
async def app_jelajah(store: Store, kata: str = "", **lain: Any) -> AsyncIterator[Panggung]:
    """Run the app as `jelajah` needs it; `kata` takes the place of every word from outside."""
    bekal = Bekal(kata)
    guru = bekal.guru()
    async with app_uji(
        store, guru=guru, draf={g.nama: rencana_penuh() for g in guru[1:]}, layanan=bekal.layanan(store), **lain
    ) as u:
        fill_outbox(store, bekal)
        await u.tekan("f9")
        await u.sampai(lambda: "1 dari 3 selesai" in u.kepala)
        yield u


async def jelajah(u: Panggung) -> AsyncIterator[str]:
    """Go over all screens; yields the name of each while it is shown."""
    for nama, naskah in LANGKAH:
        if nama == "emergency":
            asli = u.store.drafts.save
            u.store.drafts.save = _penuh  # type: ignore[method-assign]
            await u.tekan(f"{naskah} f7*3 up '7'")
            u.maju(0.5)
            await u.sampai_teks("Rencana belum tersimpan")
            u.store.drafts.save = asli  # type: ignore[method-assign]
        else:
            await u.tekan(naskah)
        if nama == "preview":
            await u.sampai_teks("pratinjau")
        yield nama


def _penuh(*_: object) -> None:
    raise DiskFullError("Disk penuh; kosongkan ruang lalu coba lagi.")
