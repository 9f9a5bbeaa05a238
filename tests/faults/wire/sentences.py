"""Is a sentence one for the operator: readable Indonesian, a next step, nothing of the machine's, nothing that steers?"""

from __future__ import annotations

import re
import unicodedata

_STEPS = re.compile(
    r"dicoba lagi|dikirim lagi|coba lagi|kirim lagi|[Pp]eriksa|hubungi|mintalah|minta |tanyakan|buka browser|[Pp]akai |isi "
    r"|aman di komputer|Dikirim lagi|[Tt]arik|ajukan"
)
_WORDS = re.compile(
    r"\b(server|jaringan|jawaban|sambungan|alamat|rencana|lagi|yang|dan|tidak|ini|dari|untuk|internet|menolak|sedang|dalam)\b",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\b\w*(Error|Exception|Traceback|Warning)\b|\bErrno\b|\b(None|True|False|NoneType|null|NaN)\b|0x[0-9a-f]{4}|\bhttpx\b|\bssl\b"
    r"|<[a-z]|\.py\b|\[(SSL|Errno)|line \d+|b'|timed out|refused|disconnected|expected|invalid|unexpected",
)
_QUOTED = re.compile(r'"[^"]*(?:"[^"]*)*"(?= |$)')
LONGEST = 900


def flaw(sentence: str, *, step: bool = True) -> str:
    """What is wrong with a sentence; empty when nothing is. What the server said in quotation marks may be in any words."""
    if not sentence.strip() or sentence != sentence.strip():
        return "empty, or with blanks around it"
    if len(sentence) > LONGEST:
        return f"{len(sentence)} characters"
    if not sentence.isprintable():
        return f"control characters: {sorted({hex(ord(c)) for c in sentence if not c.isprintable()})}"
    if any(unicodedata.category(letter) in ("Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp") for letter in sentence):
        return "invisible characters"
    own = _QUOTED.sub('"…"', sentence)
    if not _WORDS.search(own):
        return "no Indonesian word"
    if found := _MACHINE.search(own):
        return f"the machine's words: {found[0]!r}"
    if step and not _STEPS.search(own):
        return "no next step"
    return ""
