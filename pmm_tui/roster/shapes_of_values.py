"""The shape of a text without its content: `9{18}` for a NIP, `Aa Aa` for a name, and the words of headings as they are."""

from __future__ import annotations

import re
import unicodedata

from pmm_tui.roster.headings import ASIDE, COLUMNS, KNOWN_UNUSED, PRIVATE

_MORE = (
    "atasan", "angka", "asal", "awal", "bagian", "baru", "beban", "belakang", "bidang", "bulan", "catatan", "contoh", "daerah", "daftar",
    "dan", "data", "dengan", "depan", "diisi", "digit", "dinas", "dokumen", "duk", "format", "formulir", "gol", "golongan", "gtk",
    "guru", "hari", "honor", "ijazah", "info", "instansi", "isi", "isian", "jabatan", "jam", "jenis", "jenjang", "jml", "jumlah",
    "jurusan", "kabupaten", "kecamatan", "kelas", "kelompok", "kepala", "kepegawaian", "kerja", "keterangan", "ket", "kode", "kolom",
    "kualifikasi", "lahir", "laki", "lama", "lembar", "lengkap", "lulus", "mapel", "masa", "mata", "mengajar", "mutasi", "nama",
    "negeri", "nik", "nip", "no", "nomor", "npsn", "nrg", "nuptk", "pangkat", "pegawai", "pelajaran", "pendidik", "pendidikan",
    "pensiun", "perempuan", "periode", "petunjuk", "pns", "pokok", "pppk", "program", "provinsi", "ptk", "ruang", "satuan", "sd",
    "sekolah", "sertifikasi", "sk", "sma", "smk", "smp", "spasi", "status", "studi", "tahun", "tambahan", "tanggal", "tanpa",
    "teks", "tempat", "tenaga", "terakhir", "tgl", "tingkat", "tk", "tmt", "tugas", "unit", "universitas", "urut", "usia", "utama",
    "wajib", "yang", "absen", "absensi", "aktif", "bawah", "berikut", "bln", "formal", "halaman", "hadir", "induk", "jk", "kab", "kec",
    "kependidikan", "kepangkatan", "kesejahteraan", "keluar", "kontrak", "madrasah", "menurut", "model", "nuks", "orang", "pembelajaran",
    "pend", "pengangkatan", "pengisian", "peserta", "ponsel", "rekap", "rekapitulasi", "riwayat", "rombel", "rumpun", "rwy", "sesuai",
    "siswa", "skp", "subjek", "tambah", "telepon", "terdaftar", "terhitung", "thn", "tim", "total", "tunjangan", "umur", "urutan",
    "verval", "wilayah",
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
