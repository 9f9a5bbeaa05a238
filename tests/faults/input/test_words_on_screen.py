"""Words that attack (issue 3, point 7), on the screens: the last door by itself keeps them letters, and readable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from pmm_tui.store import Store
from pmm_tui.tui.ports import Tampilan
from tests.faults.conftest import Banyak
from tests.faults.input.payloads import SERANGAN, banjir, jujur, terlarang
from tests.faults.input.places import TEMPAT, TEMPAT_LAIN, kata
from tests.faults.input.tour import keliling
from tests.tui.keyboard import strip_layar
from tests.tui.stage import Panggung, app_uji

pytestmark = pytest.mark.anyio
RUPA = {
    "80x24": ((80, 24), Tampilan()),
    "120x40": ((120, 40), Tampilan()),
    "hemat": ((100, 30), Tampilan(hemat=True, warna=False)),  # plain ASCII too
}


def lihat(u: Panggung, where: str) -> set[str]:
    """The honest words on the screen, once nothing else is there but letters: no control, no link, no action, no line too long."""
    lebar = u.app.size.width
    lines = []
    for strip in strip_layar(u.app):
        text = "".join(segment.text for segment in strip)
        assert terlarang(text) == [], (where, text)
        assert banjir(text) <= 3, (where, text)
        assert "\n" not in text
        assert cell_len(text) == lebar, (where, text)
        for segment in strip:
            assert not (segment.style and (segment.style.meta or segment.style.link)), where
            assert not segment.control
        lines.append(text)
    assert not u.app.crashed, where
    return jujur("\n".join(lines))


@pytest.mark.parametrize("rupa", RUPA)
async def test_every_screen(rupa: str, banyak: Banyak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In every place of every screen: no crash, nothing obeyed, and the honest letters can be read."""
    ukuran, tampilan = RUPA[rupa]
    dipanggil: list[Any] = []
    monkeypatch.chdir(tmp_path)
    for nama in ("bell", "exit", "copy_to_clipboard", "open_url", "notify"):
        monkeypatch.setattr(f"pmm_tui.tui.app.PmmApp.{nama}", lambda *isi, nama=nama: dipanggil.append(nama))
    mulai = list(RUPA).index(rupa) * 17
    for putaran in range(mulai, mulai + banyak(1, len(SERANGAN) if rupa == "80x24" else 25)):
        dipanggil.clear()  # the round before has left its app
        with Store.open(tmp_path / f"{putaran}.db") as store:
            async with app_uji(store, ukuran=ukuran, tampilan=tampilan) as u:
                dilihat: set[str] = set()
                async for where in keliling(u, kata(putaran), putaran):
                    dilihat |= lihat(u, where)
                assert {TEMPAT[t] for t in TEMPAT if f"Kata{t}" not in dilihat} == set(), putaran
                assert u.layanan.laporan == []
                assert dipanggil == []


def test_each_attack_has_a_place() -> None:
    """The quick form alone puts every attack into a place of some screen."""
    places = [*TEMPAT, *TEMPAT_LAIN]
    put = {kata(number * 17)(place).partition("z")[2] for number in range(len(RUPA)) for place in places}
    assert {f"{isi}Akhir" for isi in SERANGAN.values()} <= put
    assert len(SERANGAN) >= 60
