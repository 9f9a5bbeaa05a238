"""What the command line says after words that attack came in: all of it harmless, and readable."""

from __future__ import annotations

import json
import re

from tests.faults.input.cases import Komputer
from tests.faults.input.in_process import Keluaran, jalan
from tests.faults.input.payloads import SERANGAN, banjir, jujur, terlarang

BERSURAT = [nama for nama in SERANGAN if not re.search("[\ud800-\udfff]", SERANGAN[nama])]
"""Those that are text: unpaired surrogates can be in an answer of a server and in names of files, not in a file's text."""
PERINTAH: tuple[tuple[str, ...], ...] = (
    ("daftar",),
    ("periksa",),
    ("ajukan", "--semua-lengkap", "--uji-coba"),
    ("kirim", "--uji-coba"),
    ("diagnosa",),
    ("lokasi",),
)


def nip(number: int) -> str:
    """A NIP of the right shape."""
    return f"19850714201001{1 + number % 2}{number:03}"


def aman(k: Keluaran, *, baris: int = 1_000_000) -> None:
    """Nothing in it that a terminal obeys, no flood, no line too many, no trace of a crash."""
    assert terlarang(k.semua) == []
    assert banjir(k.semua) <= 3
    assert k.semua.count("\n") <= baris
    assert "Program keliru" not in k.err
    assert "Traceback" not in k.semua


def semua(k: Komputer) -> dict[str, Keluaran]:
    """Every command that only tells, as text and as JSON, all of it safe; JSON says the same after it was read."""
    found = {}
    for perintah in PERINTAH:
        for bentuk in ((), ("--json",)):
            said = jalan(k, *perintah, *bentuk)
            aman(said)
            if bentuk:
                json.loads(said.out)
            found[" ".join((*perintah, *bentuk))] = said
    return found


def terbaca(found: dict[str, Keluaran], perintah: str, kata: set[str]) -> None:
    assert kata <= jujur(found[perintah].semua)
    assert kata <= jujur(found[f"{perintah} --json"].semua)


def ekspor(k: Komputer, folder: str) -> str:
    """Export the first teacher's plan and import it again; returns the file's text, which is safe to look at in a terminal."""
    siti = "198507142010012012"
    said = jalan(k, "rencana", "ekspor", siti, "--ke", k.kerja / folder, "--timpa")
    aman(said)
    (path,) = (k.kerja / folder).iterdir()
    text = path.read_text("utf-8")
    assert terlarang(text) == []
    assert jalan(k, "rencana", "impor", path).kode in (0, 1)
    return text
