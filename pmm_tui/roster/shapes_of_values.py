"""The shape of a text without its content: `9{18}` for a NIP, `Aa Aa` for a name, and the words of headings as they are."""

from __future__ import annotations

import re
import unicodedata

from pmm_tui.roster.headings import ASIDE, COLUMNS, KNOWN_UNUSED, PRIVATE

_MORE = (
    "absen", "absensi", "aktif", "angka", "asal", "atasan", "awal", "bagian", "baru", "bawah", "beban", "belakang",
    "berikut", "bidang", "bln", "bulan", "catatan", "contoh", "daerah", "daftar", "dan", "data", "dengan", "depan", "digit",
    "diisi", "dinas", "dokumen", "duk", "formal", "format", "formulir", "gol", "golongan", "gtk", "guru", "hadir", "halaman",
    "hari", "honor", "ijazah", "induk", "info", "instansi", "isi", "isian", "jabatan", "jam", "jenis", "jenjang", "jk",
    "jml", "jumlah", "jurusan", "kab", "kabupaten", "kec", "kecamatan", "kelas", "kelompok", "keluar", "kepala",
    "kepangkatan", "kepegawaian", "kependidikan", "kerja", "kesejahteraan", "ket", "keterangan", "kode", "kolom", "kontrak",
    "kualifikasi", "lahir", "laki", "lama", "lembar", "lengkap", "lulus", "madrasah", "mapel", "masa", "mata", "mengajar",
    "menurut", "model", "mutasi", "nama", "negeri", "nik", "nip", "no", "nomor", "npsn", "nrg", "nuks", "nuptk", "orang",
    "pangkat", "pegawai", "pelajaran", "pembelajaran", "pend", "pendidik", "pendidikan", "pengangkatan", "pengisian",
    "pensiun", "perempuan", "periode", "peserta", "petunjuk", "pns", "pokok", "ponsel", "pppk", "program", "provinsi", "ptk",
    "rekap", "rekapitulasi", "riwayat", "rombel", "ruang", "rumpun", "rwy", "satuan", "sd", "sekolah", "sertifikasi",
    "sesuai", "siswa", "sk", "skp", "sma", "smk", "smp", "spasi", "status", "studi", "subjek", "tahun", "tambah", "tambahan",
    "tanggal", "tanpa", "teks", "telepon", "tempat", "tenaga", "terakhir", "terdaftar", "terhitung", "tgl", "thn", "tim",
    "tingkat", "tk", "tmt", "total", "tugas", "tunjangan", "umur", "unit", "universitas", "urut", "urutan", "usia", "utama",
    "verval", "wajib", "wilayah", "yang",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"([^\W\d_]+)|(\d+)|(.)", re.DOTALL)
_SHORT_RUN = 4  # digits that are written out: days, months, years
_LONGEST = 120
_UNSEEN = frozenset("\t\n\v\f\r\x85\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
"""What stands in lists without being seen: told by its number."""

KNOWN_WORDS = frozenset(
    word
    for names in (*COLUMNS.values(), *ASIDE.values(), PRIVATE, KNOWN_UNUSED, _MORE)
    for name in names
    for word in _WORD.findall(name.casefold())
)
"""Words that headings are made of: no name of anybody, and all that is ever shown as it is."""


def shape(text: str, *, heading: bool = False) -> str:
    """The shape of a text; of a `heading` the words of headings stay."""
    whole = ""
    for match in _PART.finditer(text):
        if len(whole) > _LONGEST:
            return f"{whole}(...)"
        whole += _shown(match, heading)
    return whole


def _shown(match: re.Match[str], heading: bool) -> str:
    letters, digits, other = match.groups()
    if letters:
        if heading and letters.casefold() in KNOWN_WORDS:
            return letters
        return _word_shape(letters)
    if digits:
        return "9" * len(digits) if len(digits) <= _SHORT_RUN else f"9{{{len(digits)}}}"
    if other.isascii() and other.isprintable():
        return other
    return f"<U+{ord(other):04X}>" if unicodedata.category(other)[0] in "ZPS" or other in _UNSEEN else "<?>"


def _word_shape(letters: str) -> str:
    if len(letters) == 1:
        return "A" if letters.isupper() else "a"
    if letters.isupper():
        return "AA"
    return "Aa" if letters[0].isupper() else "aa"


def is_heading(texts: list[str]) -> bool:
    """Whether a row of texts is made of the words of headings: half of its cells have one, and none a long number."""
    filled = [text for text in texts if text.strip()]
    if not filled or any(re.search(r"\d{6}", text) for text in filled):
        return False
    known = sum(any(word in KNOWN_WORDS for word in _WORD.findall(text.casefold())) for text in filled)
    return 2 * known >= len(filled) and (known > 1 or len(filled) == 1)
