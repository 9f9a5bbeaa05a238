"""That the tests of this folder see: each of their witnesses is shown what it has to find."""

from __future__ import annotations

import base64
import sys

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.faults.input.broken import NAMA, NIP, TOKEN, ada
from tests.faults.input.places import kata, siapkan
from tests.faults.input.sentence_rules import cacat
from tests.faults.input.test_words_on_screen import lihat
from tests.tui.stage import app_uji

if sys.platform == "linux":
    from tests.faults.input.cases import Komputer
    from tests.faults.input.in_process import jalan
    from tests.faults.input.outputs import aman
    from tests.faults.input.payloads import serang


@pytest.mark.parametrize("putaran", range(3))
@pytest.mark.anyio
async def test_a_screen_without_its_last_door(putaran: int, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last door lets everything through, the look at a screen fails."""
    monkeypatch.setattr("pmm_tui.tui.widgets.line_text._cleaned", lambda text: text)
    async with app_uji(store) as u:
        siapkan(u, kata(44 + putaran), putaran)  # escapes, C1, bidi in the names
        u.app.acuan = u.layanan.acuan()
        await u.app.segarkan_semua()
        with pytest.raises(AssertionError):
            lihat(u, "daftar")


@pytest.mark.skipif(sys.platform != "linux", reason="time zones as Linux has them")
@pytest.mark.parametrize("nama", ["csi-warna", "osc-papan", "c1-osc", "rtlo", "lebar-nol", "banjir"])
def test_a_command_line_without_its_door(nama: str, k: Komputer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the command line does not clean what it says, its witness fails."""
    monkeypatch.setattr("pmm_tui.cli.output.clean", lambda text, **_: text)
    with Store.open(k.basis) as store:
        store.roster.write([Pegawai(nama=serang(nama), nuptk="1234567890123450")])
    with pytest.raises(AssertionError):
        aman(jalan(k, "daftar"))


@pytest.mark.parametrize(
    "kalimat",
    [
        "File not found.",
        "Berkas a.toml: [Errno 2] No such file or directory. Periksa lagi.",
        "Isian target: expected int, got str; perbaiki.",
        "ValueError di baris 3; perbaiki.",
        "<msgspec object at 0x7f1370923c90> tidak dapat dibaca; perbaiki.",
        "Berkas a.toml rusak.",
        "Perbaiki a.toml",
        "Perbaiki\na.toml.",
        "Perbaiki \x1b[31ma.toml.",
    ],
)
def test_a_bad_sentence(kalimat: str) -> None:
    """English, a library's words, a class, no next step, no end, two lines, an escape: each is found."""
    assert cacat(kalimat)


@pytest.mark.parametrize("rahasia", [NAMA, NIP, TOKEN])
def test_a_secret_in_any_spelling(rahasia: str) -> None:
    """In plain letters, Base64, hexadecimal, UTF-16 and inside an address a secret is found."""
    for content in (
        f"log: {rahasia}!".encode(),
        base64.b64encode(rahasia.encode()),
        rahasia.encode().hex().encode(),
        f'{{"a": "{rahasia}"}}'.encode("utf-16-le"),
        f"https://x/{rahasia.replace(' ', '%20')}/y".encode(),
    ):
        assert ada(content, rahasia)
    assert not ada(b"Siti 198507142010012012 token", rahasia)
