"""The words that other lists have for what Dapodik calls otherwise: employment status and kind of teacher."""

from __future__ import annotations

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
_JENIS_PTK = {
    "Guru Mapel": ("gurumatapelajaran", "gurubidangstudi"),
    "Guru Kelas": ("gurukelassd", "gurukelastk"),
    "Guru BK": ("gurubimbingandankonseling", "gurubimbingankonseling", "konselor", "gurubp", "gurubpbk"),
    "Guru TIK": ("gurutikkkpi",),
    "Kepala Sekolah": ("kepsek", "kasek"),
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
    known = katalog.find_status(said) or katalog.find_status(_meant(said, _STATUS) or said)
    key = _key(said)
    known = known or next((status for status in katalog.status_kepegawaian if key and _key(status.label) == key), None)
    return known.label if known else said


def known_jenis_ptk(said: str, katalog: Katalog) -> str:
    """The catalogue's word for a kind of teacher, also by another that means just that; else what was said."""
    entitled = {_key(kind): kind for kind in katalog.jenis_ptk.berhak}
    return entitled.get(_key(said)) or entitled.get(_key(_meant(said, _JENIS_PTK))) or said


def _meant(said: str, words: dict[str, tuple[str, ...]]) -> str:
    key = _key(said)
    return next((word for word, others in words.items() if key in others or key == _key(word)), "")


def _key(said: str) -> str:
    return "".join(filter(str.isalnum, said.casefold()))
