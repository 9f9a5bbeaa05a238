"""The belajar.id account of a teacher: how it can stand, what an address looks like, what is odd about one (facts-2, 7)."""

from __future__ import annotations

import re
from enum import Enum


class AccountState(Enum):
    """How an account stands: word here and on the command line, words for people, what is to be done."""

    UNCHECKED = (
        "belum-dicek",
        "belum dicek",
        "Cek di belajar.id, menu Cek Akun: PTK, NPSN, nama dan tanggal lahir seperti di Dapodik.",
    )
    NONE = (
        "tidak-ada",
        "belum punya akun",
        "Perbaiki nama, tanggal lahir dan NUPTK di Dapodik, sinkronkan, tunggu, lalu minta akun; tanpa akun tidak bisa masuk.",
    )
    INACTIVE = (
        "belum-aktif",
        "ada, belum aktif",
        "Guru masuk sekali di mail.google.com, menyetujui syarat, dan mengganti sandinya.",
    )
    ACTIVE = ("aktif", "aktif", "")
    FORGOTTEN = ("lupa-sandi", "lupa sandi", "Pakai Lupa kata sandi, atau minta Admin Sekolah meresetnya.")
    ELSEWHERE = ("bukan-induk", "bukan sekolah induk", "Guru memakai akun dari sekolah induknya dan merencanakan di sana.")

    def __init__(self, word: str, label: str, step: str) -> None:
        self.word = word
        self.label = label
        self.step = step

    @property
    def to_fix(self) -> bool:
        """Whether somebody has to do something before the teacher can log in."""
        return self is not AccountState.ACTIVE


_ADDRESS = re.compile(r"(?<![\w.@-])([a-z0-9][a-z0-9._-]{0,63})@((?:[a-z0-9-]{1,30}\.){0,4}belajar\.id)(?![\w@-]|\.\w)")
_LEVELS = {"TK": ("tk", "paud"), "KB": ("paud",), "TPA": ("paud",), "SPS": ("paud",), "PAUD": ("paud", "tk")}
"""The parts of an address that go with a kind of school, where it is not the kind's own name."""
_WORDS = {
    "aktif": AccountState.ACTIVE, "active": AccountState.ACTIVE, "sudah aktif": AccountState.ACTIVE,
    "sudah diaktivasi": AccountState.ACTIVE, "sudah aktivasi": AccountState.ACTIVE, "belum aktif": AccountState.INACTIVE,
    "tidak aktif": AccountState.INACTIVE, "belum diaktivasi": AccountState.INACTIVE, "belum aktivasi": AccountState.INACTIVE,
    "inactive": AccountState.INACTIVE, "never logged in": AccountState.INACTIVE, "lupa sandi": AccountState.FORGOTTEN,
    "lupa kata sandi": AccountState.FORGOTTEN, "tidak ada": AccountState.NONE, "belum tersedia": AccountState.NONE,
    "belum punya": AccountState.NONE, "belum ada": AccountState.NONE, "bukan induk": AccountState.ELSEWHERE,
    "non induk": AccountState.ELSEWHERE, "bukan sekolah induk": AccountState.ELSEWHERE, "belum dicek": AccountState.UNCHECKED,
}  # fmt: skip


def state_of(word: str) -> AccountState | None:
    """The state of a word of ours or of a file; None for an unknown one."""
    folded = " ".join(word.casefold().replace("-", " ").split())
    ours = {state.word.replace("-", " "): state for state in AccountState} | {state.label: state for state in AccountState}
    return ours.get(folded) or _WORDS.get(folded)


def address_in(text: str) -> str:
    """The one account that a text holds, in lower case; empty where it holds none or several. Whatever else it holds is left."""
    found = {match[0] for match in _ADDRESS.finditer(text[:400].casefold())}
    return found.pop() if len(found) == 1 else ""


def address_fault(address: str) -> str:
    """Why an address cannot be a teacher's account; empty where it can."""
    if not address or address_in(address) != address.casefold():
        return "bukan alamat akun belajar.id (nama@guru.jenjang.belajar.id)"
    return ""


def address_doubt(address: str, jenjang: str) -> str:
    """What is odd about an account: another kind of school than ours, or no teacher's; empty where nothing is."""
    host = address.rpartition("@")[2].split(".")[:-2]
    if host and host[0] in ("admin", "dinas", "kepsek"):
        return f"akun {host[0]}, bukan akun guru"
    if not host or host[0] != "guru":
        return "akun murid atau lain, bukan akun guru"
    ours = _LEVELS.get(jenjang.upper(), (jenjang.casefold(),))
    if jenjang and len(host) > 1 and host[1] not in ours:
        return f"akun jenjang {host[1].upper()}, sekolah ini {jenjang.upper()}; mungkin dari sekolah lain"
    return ""
