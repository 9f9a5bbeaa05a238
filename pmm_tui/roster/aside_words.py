"""What is read of a remark or a post: whether somebody has left, or is no teacher. Nothing else of them is kept."""

from __future__ import annotations

import re

_LEFT = re.compile(
    r"(?<!\w)(pensiun|purna ?(?:tugas|bakti)|mutasi|pindah|meninggal|wafat|almarhum(?:ah)?|alm\.|almh\.|"
    r"keluar(?! (?:kota|negeri|daerah))|berhenti|"
    r"diberhentikan|mengundurkan diri|resign|non ?-?aktif|tidak aktif)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"(?:belum|akan|calon|persiapan|menjelang|bukan|usul(?:an)?|proses)(?: \w+)? ?\Z", re.IGNORECASE)
_CAME = re.compile(r"(?:an|)(?: tugas)? ?(?:masuk|dari)(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TITLE = re.compile(
    r"(?:guru|ptk|gtk|pegawai|pendidik|daftar|data)\W+(?:\w+\W+){0,2}?(?:yang (?:sudah |telah )?)?"
    r"(pensiun|purna ?tugas|mutasi|pindah|keluar|meninggal|berhenti|non ?-?aktif|tidak aktif)(?! masuk)",
    re.IGNORECASE,
)

_NO_TEACHER = re.compile(
    r"(?<!\w)(?:pengadministrasi|tata usaha|tenaga (?:administrasi|kependidikan|kebersihan|perpustakaan|lab\w*)|administrasi|"
    r"operator|penjaga|pustakawan|laboran|bendahara|satpam|security|petugas|pesuruh|pramu\w*|tukang|sopir|staff?|caraka|tendik|teknisi)(?!\w)",
    re.IGNORECASE,
)


def left(text: str) -> str:
    """The word by which a remark says that somebody has left, with the year that it names; empty when it says nothing of it."""
    content = " ".join(text.split())
    for match in _LEFT.finditer(content):
        if _NOT_YET.search(content[: match.start()]) or _CAME.match(content, match.end()):
            continue
        year = _YEAR.search(content)
        return f"{match[1].capitalize()}{f' {year[0]}' if year else ''}"
    return ""


def title_left(text: str) -> str:
    """The word by which the words above a table say that these are people who have left."""
    match = _TITLE.search(text)
    return match[1].capitalize() if match else ""


def left_by(word: str, year: int) -> bool:
    """Whether what `left` found has happened: a year in it has not to be one to come."""
    found = _YEAR.search(word)
    return bool(word) and not (found and int(found[0]) > year)


def post_kind(text: str) -> str:
    """A post that says that somebody is no teacher; empty for all others, which say too little of the kind of teacher."""
    content = " ".join(text.split())[:60]
    if re.match(r"(?:guru|wali kelas|kepala sekolah|wakil)\b", content, re.IGNORECASE):
        return ""
    return content if _NO_TEACHER.search(content) else ""
