"""That the tests of this folder see: each of their witnesses is shown what it has to find."""

from __future__ import annotations

import base64
import sys

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from tests.faults.input.broken import NAME, NIP, TOKEN, holds
from tests.faults.input.places import prepare, words_of
from tests.faults.input.sentence_rules import flaws
from tests.faults.input.test_words_on_screen import look_at
from tests.tui.stage import stage_app

if sys.platform == "linux":
    from tests.faults.input.cases import Computer
    from tests.faults.input.in_process import run_program
    from tests.faults.input.outputs import safe
    from tests.faults.input.payloads import attack


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.anyio
async def test_a_screen_without_its_last_door(turn: int, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last door lets everything through, the look at a screen fails."""
    monkeypatch.setattr("pmm_tui.tui.widgets.line_text._cleaned", lambda text: text)
    async with stage_app(store) as u:
        prepare(u, words_of(44 + turn), turn)  # escapes, C1, bidi in the names
        u.app.in_force = u.services.in_force()
        await u.app.refresh_all()
        with pytest.raises(AssertionError):
            look_at(u, "daftar")


@pytest.mark.skipif(sys.platform != "linux", reason="time zones as Linux has them")
@pytest.mark.parametrize("name", ["csi-warna", "osc-papan", "c1-osc", "rtlo", "lebar-nol", "banjir"])
def test_a_command_line_without_its_door(name: str, k: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the command line does not clean what it says, its witness fails."""
    monkeypatch.setattr("pmm_tui.cli.output.clean", lambda text, **_: text)
    with Store.open(k.database) as store:
        store.roster.write([Pegawai(nama=attack(name), nuptk="1234567890123450")])
    with pytest.raises(AssertionError):
        safe(run_program(k, "daftar"))


@pytest.mark.parametrize(
    "sentence",
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
def test_a_bad_sentence(sentence: str) -> None:
    """English, a library's words, a class, no next step, no end, two lines, an escape: each is found."""
    assert flaws(sentence)


@pytest.mark.parametrize("secret", [NAME, NIP, TOKEN])
def test_a_secret_in_any_spelling(secret: str) -> None:
    """In plain letters, Base64, hexadecimal, UTF-16 and inside an address a secret is found."""
    for content in (
        f"log: {secret}!".encode(),
        base64.b64encode(secret.encode()),
        secret.encode().hex().encode(),
        f'{{"a": "{secret}"}}'.encode("utf-16-le"),
        f"https://x/{secret.replace(' ', '%20')}/y".encode(),
    ):
        assert holds(content, secret)
    assert not holds(b"Siti 198507142010012012 token", secret)
