"""The words that other lists have for what Dapodik calls otherwise: employment status and kind of teacher."""

from __future__ import annotations

import re

from pmm_tui.skp.katalog import Katalog

_STATUS = {
    "PNS": ("pnsdaerah", "pnsd", "pegawainegerisipil", "pegawainegerisipilpns", "asnpns", "pnsasn"),
    "PNS Depag": ("pnskemenag", "pnskementerianagama", "pnsdepartemenagama"),
    "CPNS": ("calonpns", "calonpegawainegerisipil"),
    "PPPK": (
        "p3k", "pppkguru", "p3kguru", "pppkpenuhwaktu", "p3kpenuhwaktu", "pegawaipemerintahdenganperjanjiankerja",
        "pegawaipemerintahdenganperjanjiankerjapppk", "asnpppk", "pppkasn",
    ),
    "PPPK Paruh Waktu": ("pppkpw", "p3kpw", "p3kparuhwaktu", "pppkparuhwaktu"),
    "GTY/PTY": ("gty", "pty", "guruyayasan", "gurutetapyayasan"),
    "Guru Honor Sekolah": ("honorsekolah", "guruhonorersekolah", "honorersekolah"),
}  # fmt: skip
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
    "Kepala Sekolah": ("kepsek", "kasek", "kepalasekolah", "ks"),
    "Guru Kelas": ("gurukelassd", "gurukelastk"),
    "Guru BK": ("gurubimbingandankonseling", "gurubimbingankonseling", "konselor", "gurubp", "gurubpbk"),
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
    return _key(said) in _NO_STATUS or (bool(said) and not any(map(str.isalpha, said)))


def known_status(said: str, katalog: Katalog) -> str:
    """The catalogue's label of an employment status, also by another word that means just that; else what was said."""
    for words in (said, _BRACKETS.sub("", said)):
        label = _meant(words, _STATUS) or words
        if known := katalog.find_status(words) or katalog.find_status(label):
            return known.label
        key = _key(words)  # dots and blanks aside
        if same := next((status for status in katalog.status_kepegawaian if key and _key(status.label) == key), None):
            return same.label
    return said


def known_jenis_ptk(said: str, katalog: Katalog) -> str:
    """The catalogue's word for a kind of teacher, also by another that means just that; else what was said."""
    entitled = {_key(kind): kind for kind in katalog.jenis_ptk.berhak}
    for words in (said, _BRACKETS.sub("", said)):
        meant = "Guru Kelas" if _CLASS.fullmatch(words) else _meant(words, _JENIS_PTK)
        if known := entitled.get(_key(words)) or entitled.get(_key(meant)):
            return known
    return said


def _meant(said: str, words: dict[str, tuple[str, ...]]) -> str:
    key = _key(said)
    return next((word for word, others in words.items() if key in others or key == _key(word)), "")


def _key(said: str) -> str:
    return "".join(filter(str.isalnum, said.casefold()))
