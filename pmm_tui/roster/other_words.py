"""The words that other lists have for what Dapodik calls otherwise: employment status and kind of teacher."""

from __future__ import annotations

import re

from pmm_tui.skp.katalog import Katalog

_STATUS = {
    "PNS": ("asnpns", "pnsasn", "pnsdaerah", "pnsd", "pegawainegerisipil", "pegawainegerisipilpns"),
    "PNS Depag": ("pnskemenag", "pnskementerianagama", "pnsdepartemenagama"),
    "CPNS": ("calonpns", "calonpegawainegerisipil"),
    "PPPK": ("asnpppk", "pppkasn", "p3k", "pppkguru", "p3kguru", "pppkpenuhwaktu", "p3kpenuhwaktu"),
    "PPPK Paruh Waktu": ("pppkpw", "p3kpw", "p3kparuhwaktu", "pppkparuhwaktu"),
    "GTY/PTY": ("gty", "pty", "guruyayasan", "gurutetapyayasan"),
    "Guru Honor Sekolah": ("honorsekolah", "guruhonorersekolah", "honorersekolah"),
}
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_CLASS = re.compile(r"guru kelas(?: (?:sd|[ivx]{1,4}|[1-9]|1[0-2]))?(?:[ /.-]?[a-f])?", re.IGNORECASE)
_JENIS_PTK = {
    "Guru Mapel": (
        "gurumatapelajaran",
        "gurubidangstudi",
        "gurupai",
        "guruagama",
        "guruagamaislam",
        "gurupendidikanagamaislam",
        "gurupjok",
        "gurupenjas",
        "gurupenjasorkes",
        "guruolahraga",
        "gurubahasainggris",
        "gurubahasaindonesia",
        "gurumatematika",
        "guruipa",
        "guruips",
        "gurumulok",
    ),
    "Kepala Sekolah": ("kepsek", "kepalasekolah", "ks"),
    "Guru Kelas": ("gurukelassd", "gurukelastk"),
    "Guru BK": ("gurubimbingandankonseling", "gurubimbingankonseling", "konselor"),
    "Guru TIK": ("gurutikkkpi",),
}
"""Dapodik's word by what means the same, letters and digits alone."""


_NO_STATUS = frozenset(
    ("aktif", "tidakaktif", "nonaktif", "valid", "tidakvalid", "invalid", "residu", "induk", "noninduk", "kawin", "menikah",
     "belumkawin", "belummenikah", "cerai", "janda", "duda", "ada", "ya", "tidak", "lengkap", "belumlengkap", "sudah", "belum",
     "verval")
)  # fmt: skip


def no_status(said: str) -> bool:
    """Whether a word is of another kind of status than that of employment."""
    return "".join(filter(str.isalnum, said.casefold())) in _NO_STATUS


def known_status(said: str, katalog: Katalog) -> str:
    """The catalogue's label of an employment status, also by another word that means just that; else what was said."""
    for words in (said, _BRACKETS.sub("", said)):
        label = _meant(words, _STATUS) or words
        if known := katalog.find_status(words) or katalog.find_status(label):
            return known.label
    return said


def known_jenis_ptk(said: str, katalog: Katalog) -> str:
    """The catalogue's word for a kind of teacher, also by another that means just that; else what was said."""
    entitled = {kind.casefold(): kind for kind in katalog.jenis_ptk.berhak}
    for words in (said, _BRACKETS.sub("", said)):
        meant = "Guru Kelas" if _CLASS.fullmatch(words) else _meant(words, _JENIS_PTK)
        if known := entitled.get(words.casefold()) or entitled.get(meant.casefold()):
            return known
    return said


def _meant(said: str, words: dict[str, tuple[str, ...]]) -> str:
    key = "".join(filter(str.isalnum, said.casefold()))
    return next(
        (word for word, others in words.items() if key in others or key == "".join(filter(str.isalnum, word.casefold()))), ""
    )
