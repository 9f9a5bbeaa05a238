"""What a sentence for the operator must be like, by rule."""

from __future__ import annotations

import re

_FOREIGN = re.compile(
    r"\b(the|of|is|not|must|cannot|can't|could|was|with|from|invalid|expected|unexpected|got|error|errors|errno|exception|traceback"
    r"|failed|failure|unknown|unable|missing|found|line|column|value|key|argument|arguments|required|object|field|string|integer"
    r"|boolean|array|decode|codec|bytes|permission|denied|such|directory|null|none|nan|true\b(?! atau)|stack|frame|unsupported"
    r"|warning|usage|default|timeout|refused|connection|database is|disk image|malformed|NoneType)\b",
    re.I,
)
_CLASS = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][A-Za-z]+)?(?:Error|Exception|Warning|Exit|Interrupt)\b|\b0x[0-9a-f]{6,}\b|<[a-z_]+ ")
_QUOTE = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|`[^`]*`|\([A-Z]{2,}\)")
_PLACES = re.compile(
    r"(?:[A-Za-z]+://|~?/)\S+|\b[\w-]+(?:\.[\w\[\]{}…-]+)+|\b[a-z]+_[a-z_]+\b|\b[A-Z_]{4,}\b|--[\w-]+|pmm-tui [\w -]+"
)
_STEPS = re.compile(
    r"\b(impor|kirim|unduh|simpan|salin|pilih|periksa|perbaiki|perbarui|tulis|isi|hapus|ganti|pakai|jalankan|pasang|tutup|tunjuk|ketik"
    r"|tambahkan|kembalikan|pindahkan|kosongkan|betulkan|hubungi|minta|buka|coba|lihat|ambil|harus|hanya|mungkin maksudnya|yang ada"
    r"|yang dikenal|misalnya|contoh|isikan|beri|ubah|dicoba|pastikan)\b",
    re.I,
)


def flaws(sentence: str) -> list[str]:
    """What is wrong with a sentence; empty when nothing is."""
    bare = _PLACES.sub(" ", _QUOTE.sub(" ", sentence))
    found = []
    if "\n" in sentence:
        found.append("more than one line")
    if not sentence.isprintable():
        found.append("characters that do not print")
    if not sentence.endswith((".", "?", ".)")):
        found.append("no full stop")
    if word := _FOREIGN.search(bare):
        found.append(f"a word of a library: {word[0]}")
    if word := _CLASS.search(sentence):
        found.append(f"a class or an address: {word[0]}")
    if not _STEPS.search(sentence):
        found.append("no next step")
    if len(sentence) > 700:
        found.append(f"{len(sentence)} characters")
    return found


_COUNTS = re.compile(r"\d+ rencana (terbaca, \d+ berkas ditolak|masuk Kotak Kirim)\.|\d+ berkas ditulis; .*")


def sentences(out: str, err: str) -> list[str]:
    """The sentences among what a command said: all its lines but the count at the end."""
    return [line for line in f"{out}{err}".splitlines() if line and not _COUNTS.fullmatch(line)]
