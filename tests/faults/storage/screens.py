"""An operator at the screen who keeps book: what was typed when, and what the screen called saved."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Mapping, Sequence

from msgspec import Struct

from pmm_tui.skp.model import RencanaKinerja
from tests.faults.storage.parent import Induk, TerminalInduk
from tests.faults.storage.syscalls import Call
from tests.journeys.steps import ANTRE, di

BIDANG = ("uraian", "satuan", "bukti")
"""The fields that are typed into, from the top."""
PADA_RISIKO = 0.5
"""Seconds of typing that a kill may cost."""
_LABEL = {"uraian": "Uraian RHK", "satuan": "Satuan", "bukti": "Bukti"}
_TERSIMPAN = re.compile(r"^ Tersimpan \d\d\.\d\d(?! \*)", re.M)
_LONGEST = 20  # letters in a field, so that all of it is in sight

Teks = tuple[str, str, str]


def teks_dari(rencana: RencanaKinerja) -> Teks:
    """The three fields in a plan."""
    rhk = rencana.pengembangan_kompetensi.rhk[0]
    return rhk.uraian, rhk.satuan, rhk.bukti


class Keadaan(Struct, frozen=True):
    """What the fields say after a key, when it was pressed, and how long the program had waited for a processor until then."""

    teks: Teks
    saat: float
    antre: float


class Ketikan(TerminalInduk):
    """A screen open at the first RHK's fields. `keadaan` is what the fields have said since, key by key.

    `janji` is the number of the newest of them that the screen has shown while it called everything saved.
    """

    def __init__(
        self,
        induk: Induk | None,
        env: Mapping[str, str],
        teks: Teks,
        chance: random.Random,
        *,
        work: Sequence[str] = (),
        call: Call | None = None,
    ) -> None:
        super().__init__(induk, env, work=work, call=call)
        self.janji = 0
        self._chance = chance
        self._di = 0
        self._urung: list[Teks] = []
        self._ulang: list[Teks] = []
        self._kelompok = ""
        self.keadaan = [Keadaan(teks, time.perf_counter(), 0.0)]
        self._antre_akhir = self._mati = 0.0

    def siap(self) -> None:
        """Wait for the pane; raises Missing."""
        self.wait("[2 Kompetensi]", di(f"  {_LABEL['uraian']}"), "Tersimpan")

    # ---- keys, and what each has to do

    def sesuatu(self) -> None:
        """Do one of the things that operators do."""
        teks = self.keadaan[-1].teks[self._di]
        what = self._chance.random()
        if what < 0.6:
            for _ in range(self._chance.randrange(1, 9)):
                if len(self.keadaan[-1].teks[self._di]) < _LONGEST:
                    self.huruf(self._chance.choice("abcdefghijklmnopqrstuvwxyz"))
        elif what < 0.7 and teks:
            self._tekan("backspace", self._diganti(teks[:-1]))
        elif what < 0.8:
            self._langkah("ctrl+z", self._urung, self._ulang)
        elif what < 0.85:
            self._langkah("ctrl+y", self._ulang, self._urung)
        elif what < 0.95 and self._di < 2:
            self._di += 1
            self._tekan("down", self.keadaan[-1].teks)
        else:
            self._pane()

    def huruf(self, huruf: str) -> None:
        """Type a letter."""
        self._tekan(huruf, self._diganti(self.keadaan[-1].teks[self._di] + huruf))
        self.tunggu(self._chance.choice((0.0, 0.01, 0.03, 0.06)))

    def _diganti(self, isi: str) -> Teks:
        """The fields with another text in the current one; letters into one field are one step of undo."""
        now = self.keadaan[-1].teks
        if self._kelompok != BIDANG[self._di]:
            self._urung.append(now)
        self._kelompok = BIDANG[self._di]
        self._ulang.clear()
        a, b, c = (isi if n == self._di else old for n, old in enumerate(now))
        return a, b, c

    def _langkah(self, key: str, dari: list[Teks], ke: list[Teks]) -> None:
        """Undo or redo where that changes what is seen; what was typed just before or is typed after may come on its wrong side."""
        now = self.keadaan[-1].teks
        if not dari or dari[-1] == now:
            return
        self._tampak(now)
        ke.append(now)
        self._kelompok = ""
        self._tekan(key, dari.pop())
        self._tampak(self.keadaan[-1].teks)

    def _tampak(self, teks: Teks) -> None:
        self.until(lambda screen: _bidang(screen) == teks, f"{teks}")

    def _pane(self) -> None:
        """To the next pane, and often back."""
        self._tekan("ctrl+n", self.keadaan[-1].teks)
        self.wait("[3 Tugas]")
        self.tunggu(self._chance.random() * 0.05)
        self._tekan("ctrl+b", self.keadaan[-1].teks)
        self.wait("[2 Kompetensi]")

    def _tekan(self, key: str, sesudah: Teks) -> None:
        self.keadaan.append(Keadaan(sesudah, time.perf_counter(), self._antre()))
        self.press(key)

    # ---- time

    def bunuh(self) -> None:
        """SIGKILL, now, unless a call was deadly before; then read what it had still written."""
        self._antre_akhir, self._mati = self._antre(), time.perf_counter()
        super().bunuh()
        if self._call:  # when that was is not known: surely not before its last word
            self._mati = self.chunks[-1].at

    def _antre(self) -> float:
        """Seconds that the program's threads have waited for a processor: a machine that is busy with others is not at fault."""
        waited = 0
        try:
            for task in os.listdir(f"/proc/{self.pid}/task"):
                with open(f"/proc/{self.pid}/task/{task}/schedstat", encoding="ascii") as file:
                    waited += int(file.read().split()[1])
        except (OSError, IndexError):
            return self.keadaan[-1].antre if self.keadaan else 0.0
        return waited / 1e9

    # ---- what the screen said

    def terlihat(self) -> int:
        """The number of the newest state that is on the screen."""
        self.tunggu(0.05)
        shown = _bidang(self.shown())
        return max((n for n, k in enumerate(self.keadaan) if k.teks == shown), default=0)

    def riwayat(self) -> str:
        """What was typed and shown, for whoever has to find out why."""
        keys = (f"{k.saat - self._mati:7.3f} {k.antre - self._antre_akhir:7.3f} {k.teks}" for k in self.keadaan)
        return "\n".join((f"promised: {self.janji}", *keys, self.shown()))

    def draw(self) -> bool:
        """Draw a frame, and note what it promises once a moment has brought nothing more.

        The system hands a frame over in pieces now and then (one in 300 blocks of 250 bytes, measured); half of one is no promise.
        """
        drawn = super().draw()
        if drawn and not self._frames and not self.read(0.001):
            self._dengar(self.shown())
        return drawn

    def _dengar(self, screen: str) -> None:
        if not _TERSIMPAN.search(screen) or "[2 Kompetensi]" not in screen:
            return
        shown = _bidang(screen)
        later = (n for n, k in enumerate(self.keadaan[self.janji :], self.janji) if k.teks == shown)
        self.janji = max(self.janji, next(later, self.janji))

    def boleh(self) -> set[Teks]:
        """What may stand on the disk after the kill: nothing older than a promise, nothing typed more than half a second before."""
        at_risk = (n for n, k in enumerate(self.keadaan) if self._mati - k.saat - (self._antre_akhir - k.antre) <= PADA_RISIKO)
        oldest = max(self.janji, next(at_risk, len(self.keadaan)) - 1)
        return {k.teks for k in self.keadaan[oldest:]}


class Pengajuan(TerminalInduk):
    """A screen open at the Rangkuman of a plan without fault.

    `antre` is whether the screen has said that the plan is queued, `tanda_terima` the receipt that it has shown.
    """

    antre = False
    tanda_terima = ""

    def ajukan(self) -> None:
        """Confirm and submit, up to the last key."""
        self.wait("[5 Rangkuman]", di("[ ] Sudah dikonfirmasi guru"))
        self.press("enter")
        self.wait(di("Lanjut"))
        self.press("enter")
        self.wait(di("Ajukan"))
        self.press("enter")
        self.wait("Ajukan Perencanaan Kinerja?", di("Ya, ajukan"))
        self.press("enter")

    def tunggu_janji(self) -> None:
        """Wait until it is called queued or received."""
        self.until(lambda _: self.antre or bool(self.tanda_terima), "a promise")

    def draw(self) -> bool:
        """Draw a frame, and note what it promises."""
        drawn = super().draw()
        if drawn and "[5 Rangkuman]" in (screen := self.shown()):
            self.antre = self.antre or ANTRE in screen
            found = re.search(r"R-\w{4}-\w{4}", screen)
            self.tanda_terima = found[0] if found else self.tanda_terima
        return drawn


def _bidang(screen: str) -> Teks:
    a, b, c = (_isi(screen, label) for label in _LABEL.values())
    return a, b, c


def _isi(screen: str, label: str) -> str:
    found = re.search(rf"^.{{1,4}}{label} +(.*?) *$", screen, re.M)
    return found[1] if found else ""
