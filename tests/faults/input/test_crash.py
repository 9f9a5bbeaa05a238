"""A bug of ours (issue 3, point 8): the draft is saved, the report and the terminal hold no value, one sentence, exit code 1."""

from __future__ import annotations

import json
import re
import stat
import sys
from pathlib import Path

import pytest

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store
from tests.faults.input.broken import BUG, NAMA, NIP, TOKEN
from tests.faults.input.cases import PERIODE, RENCANA, SAAT
from tests.faults.input.sentence_rules import cacat

if sys.platform == "linux":
    from tests.faults.input.window import Jendela
    from tests.journeys.machine import Mesin

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")

URAIAN = "Menyusun modul yang belum tersimpan"
_AKHIR = b"\x1b[?1049l"


@pytest.fixture
def mesin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mesin:
    """A computer with one teacher, whose plan is begun."""
    monkeypatch.chdir(tmp_path)
    mesin = Mesin(tmp_path)
    mesin.env |= {"PMM_TUI_SERVER": "http://127.0.0.1:9", "PMM_TUI_TOKEN": TOKEN}
    with Store.open(mesin.basis) as store:
        store.roster.write([Pegawai(nama=NAMA, nip=NIP, status_kepegawaian="PNS", golongan="III/c")])
        store.drafts.save(store.roster.all()[0].id, PERIODE, RENCANA, 1, SAAT)
        place = {"pegawai": 1, "bagian": "pengembangan_kompetensi", "kursor": "rhk/0/uraian", "periode": PERIODE}
        store.reference.set_memo("tempat", json.dumps(place))
    return mesin


def _jalan(mesin: Mesin, bug: str, *argv: str) -> Jendela:
    return Jendela([sys.executable, "-m", "tests.faults.input.broken", bug, *argv], mesin.env)


def _draf(mesin: Mesin) -> RencanaKinerja:
    with Store.open(mesin.basis) as store:
        draf = store.drafts.get(store.roster.all()[0].id, PERIODE)
    assert draf is not None
    return draf.rencana


def _sesudah(t: Jendela) -> str:
    """What stands on the terminal after the screen was left."""
    content = b"".join(chunk.content for chunk in t.chunks)
    text = content.rpartition(_AKHIR)[2].decode()
    return re.sub(r"\x1b\[[?<>]?[0-9;]*[a-zA-Z]", "", text).replace("\r", "").strip()


def _laporan(mesin: Mesin) -> str:
    """The one report."""
    (path,) = (mesin.home / "pmm" / "laporan").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    return path.read_text("utf-8")


def _bersih(text: str) -> None:
    assert not [rahasia for rahasia in (NAMA, NIP, TOKEN, URAIAN) if rahasia in text]


def _satu_kalimat(t: Jendela) -> str:
    said = _sesudah(t)
    assert cacat(said) == []
    _bersih(said)
    assert t.modes_left == set()
    return said


@pytest.mark.parametrize("bug", ["on_mount", "tombol", "pekerja", "gambar", "baca", "nilai"])
def test_a_bug_while_typing(bug: str, mesin: Mesin) -> None:
    """Wherever it is: what was typed a moment ago is saved, the report says where and no value, and the terminal is as it was."""
    with _jalan(mesin, bug) as t:
        t.wait(NAMA, "Uraian RHK")
        t.press("ctrl+u")
        t.type(URAIAN)
        t.wait(URAIAN)
        t.press("ctrl+n" if bug == "on_mount" else "ctrl+y")
        if bug in ("gambar", "nilai"):
            t.type(".")
        assert t.exit_code() == 1
        said = _satu_kalimat(t)
    assert "isian terakhir sudah disimpan" in said
    assert "laporan-" in said
    assert _draf(mesin).pengembangan_kompetensi.rhk[0].uraian.rstrip(".") == URAIAN
    report = _laporan(mesin)
    _bersih(report)
    assert {"ValueError", "KeyError", "meledak"} <= set(re.findall(r"\w+", report))


def test_a_bug_behind_the_screens(mesin: Mesin) -> None:
    """Fetching broke: the same, from the worker that nobody waits for."""
    with _jalan(mesin, "tarik") as t:
        assert t.exit_code() == 1
        assert "laporan-" in _satu_kalimat(t)
    _bersih(_laporan(mesin))


def test_a_bug_in_saving(mesin: Mesin) -> None:
    """The records cannot take the draft: it is in a file of its own, for its owner alone, and the sentence says where."""
    with _jalan(mesin, "simpan") as t:
        t.wait(NAMA, "Uraian RHK")
        t.press("ctrl+u")
        t.type(URAIAN)
        assert t.exit_code() == 1
        said = _satu_kalimat(t)
    found = re.search(r"isian terakhir ada di (\S+\.toml)\.", said)
    assert found
    path = Path(found[1])
    text = path.read_text("utf-8")
    assert any(URAIAN.startswith(part) and part for part in re.findall(r'uraian = "(.*?)"', text))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    _bersih(_laporan(mesin))


def test_a_bug_that_the_loop_finds(mesin: Mesin) -> None:
    """What breaks where nobody waits for it is reported, once, and the operator goes on."""
    with _jalan(mesin, "jadwal") as t:
        t.wait(NAMA, "Uraian RHK")
        t.press("ctrl+y", "ctrl+y", "ctrl+y", "ctrl+u")
        t.type(URAIAN)
        t.wait(URAIAN)
        t.press("ctrl+q")
        assert t.exit_code() == 0
        assert _sesudah(t) == ""
    assert _draf(mesin).pengembangan_kompetensi.rhk[0].uraian == URAIAN
    _bersih(_laporan(mesin))


def test_a_bug_before_the_first_screen(mesin: Mesin) -> None:
    """The program cannot even begin: one sentence all the same."""
    with _jalan(mesin, "awal") as t:
        assert t.exit_code() == 1
        assert "laporan-" in _satu_kalimat(t)
    _bersih(_laporan(mesin))


@pytest.mark.parametrize("argv", [("daftar",), ("daftar", "--json")])
def test_a_bug_in_a_command(argv: tuple[str, ...], mesin: Mesin) -> None:
    """A command that breaks says so in one sentence, with exit code 1, and as JSON when that was asked for."""
    with _jalan(mesin, "perintah", *argv) as t:
        assert t.exit_code() == 1
        content = b"".join(chunk.content for chunk in t.chunks).decode()
    assert cacat(content.splitlines()[0]) == []
    assert len(content.splitlines()) == (1 if len(argv) == 1 else 5)
    _bersih(content)
    _bersih(_laporan(mesin))


def test_every_bug_is_tried() -> None:
    """No place of `rusak` is left out."""
    tried = {"on_mount", "tombol", "pekerja", "gambar", "baca", "nilai", "tarik", "simpan", "jadwal", "awal", "perintah"}
    assert tried == set(BUG)
