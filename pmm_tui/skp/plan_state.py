"""How a teacher's plan stands, in words and a sign: one definition for the list on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Protocol

from pmm_tui.errors import ShapeError
from pmm_tui.skp.model import Masalah, RencanaKinerja
from pmm_tui.skp.periksa import lengkap
from pmm_tui.skp.wire import open_envelope


class Keadaan(Enum):
    """How a plan stands: its words, its sign, and the sign where there is only ASCII.

    The signs are all in WGL4, which the fonts of Windows consoles have.
    """

    BELUM = ("belum dimulai", "·", ".")
    DRAF = ("draf", "…", "~")
    LENGKAP = ("lengkap", "○", "o")
    ANTRE = ("antre", "↑", "^")
    TERKIRIM = ("terkirim", "●", "*")
    DIPERBAIKI = ("perlu diperbaiki", "×", "x")
    BENTROK = ("bentrok", "≠", "#")
    DISETUJUI = ("disetujui", "√", "v")
    DIKEMBALIKAN = ("dikembalikan", "←", "<")
    BERUBAH = ("berubah", "±", "+")

    def __init__(self, kata: str, tanda: str, plain_sign: str) -> None:
        self.kata = kata
        self.tanda = tanda
        self.ascii = plain_sign

    @property
    def selesai(self) -> bool:
        """Whether the server has confirmed that it holds the plan as it stands; one that only waits to be sent is not done."""
        return self in (Keadaan.TERKIRIM, Keadaan.DISETUJUI)

    @property
    def is_submitted(self) -> bool:
        """Whether nothing is left to submit: the plan as it stands waits to be sent, or `selesai`."""
        return self is Keadaan.ANTRE or self.selesai

    @property
    def perlu_perhatian(self) -> bool:
        """Whether somebody has to act before the plan can be done."""
        return self in (Keadaan.DIPERBAIKI, Keadaan.BENTROK, Keadaan.DIKEMBALIKAN, Keadaan.BERUBAH)


class Terkirim(Protocol):
    """What this module has to know of the newest envelope of a plan; the outbox's own record is one."""

    @property
    def keadaan(self) -> str:
        """`queued`, `sending`, `unknown`, `sent`, `rejected`, `conflict` or `superseded`."""

    @property
    def line(self) -> bytes:
        """The sealed envelope."""

    @property
    def suntingan(self) -> int:
        """The edit of the draft that it was sealed from."""

    @property
    def status_server(self) -> str:
        """What the head has decided: `disetujui`, `dikembalikan`, or anything else while nothing is."""


def keadaan_rencana(
    rencana: RencanaKinerja | None, suntingan: int, masalah: Iterable[Masalah], kiriman: Terkirim | None
) -> Keadaan:
    """Return how a plan stands.

    `rencana` and `suntingan` are the draft's (None: never begun), `masalah` what `periksa` found in it, `kiriman` the newest
    envelope of the plan.
    """
    siap = Keadaan.LENGKAP if lengkap(tuple(masalah)) else Keadaan.DRAF
    if kiriman is None or kiriman.keadaan == "superseded":
        return Keadaan.BELUM if rencana is None else siap
    berubah = berubah_sejak(rencana, suntingan, kiriman)
    if kiriman.keadaan == "conflict":
        return Keadaan.BENTROK
    if kiriman.keadaan == "rejected":
        return siap if berubah and siap is Keadaan.LENGKAP else Keadaan.DIPERBAIKI
    if berubah:
        return Keadaan.BERUBAH
    if kiriman.keadaan != "sent":
        return Keadaan.ANTRE
    return {"disetujui": Keadaan.DISETUJUI, "dikembalikan": Keadaan.DIKEMBALIKAN}.get(kiriman.status_server, Keadaan.TERKIRIM)


def berubah_sejak(rencana: RencanaKinerja | None, suntingan: int, kiriman: Terkirim) -> bool:
    """Whether the draft says something else than the envelope; an edit that was undone again is none."""
    if rencana is None or suntingan == kiriman.suntingan:
        return False
    try:
        return open_envelope(kiriman.line).rencana != rencana
    except ShapeError:
        return True


def banyak_selesai(keadaan: Iterable[Keadaan]) -> tuple[int, int]:
    """How many plans are done, and of how many."""
    semua = list(keadaan)
    return sum(k.selesai for k in semua), len(semua)
