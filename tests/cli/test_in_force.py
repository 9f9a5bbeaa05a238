"""What is in force: whose catalogue, which period, which school."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from pmm_tui.cli.own_katalog import configured_in_force
from pmm_tui.config import Config, KepalaConfig, SekolahConfig
from pmm_tui.errors import ConfigError
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import KepalaSekolah, Sekolah

DAY = date(2026, 1, 8)
KATALOG = (Path(__file__).parents[2] / "pmm_tui" / "katalog" / "katalog.toml").read_text("utf-8")


class Answer(Struct):
    """A stored answer of the server."""

    body: bytes


def served(**documents: Any) -> Callable[[str], Answer | None]:
    """What the server has told; `__` stands for `/` and `_` in a period for `-`."""
    known = {
        name.replace("__", "/").replace("_", "-"): value if isinstance(value, bytes) else msgspec.json.encode(value)
        for name, value in documents.items()
    }
    return lambda name: Answer(known[name]) if name in known else None


def find(config: Config | None = None, answers: Any = None, day: date = DAY, chosen: str = "", file: Path | None = None) -> InForce:
    return configured_in_force(config or Config(), file or Path("/tidak/ada/config.toml"), answers or served(), day, chosen)


@pytest.mark.parametrize(
    ("day", "wanted", "skema"),
    [
        (date(2024, 3, 1), "2024-1", "pmm-2024"),
        (date(2024, 12, 31), "2024-2", "pmm-2024"),
        (date(2025, 7, 1), "2025", "ruang-gtk"),
        (date(2026, 1, 1), "2026", "ruang-gtk"),
        (date(2031, 1, 1), "2027", "ruang-gtk"),
        (date(2020, 1, 1), "2024-1", "pmm-2024"),
    ],
)
def test_the_day_tells_the_period(day: date, wanted: str, skema: str) -> None:
    """Without any setting the period is the one that runs, else the nearest; its scheme comes with it."""
    found = find(day=day)
    assert (found.periode, found.katalog.skema_periode(found.periode).id, found.katalog_source) == (wanted, skema, "bawaan")


def test_what_is_named_goes_before_the_day() -> None:
    """The command line's period goes before the configuration's, and that before the day's and the server's."""
    config = Config(periode="2025")
    answers = served(sekolah={"nama": "X", "periode": "2024-2"})
    assert find(config, answers, chosen="2024-1").periode == "2024-1"
    assert find(config, answers).periode == "2025"
    assert find(answers=answers).periode == "2026"


def test_the_server_tells_a_period_that_we_do_not_know_yet() -> None:
    """When no period of ours runs today, the server's is taken, with the server's catalogue of it."""
    one = bundled().only_periode("2027")
    year = {"mulai": date(2028, 1, 1), "selesai": date(2028, 12, 31), "rencana_mulai": date(2028, 1, 1), "tahap": ()}
    coming = msgspec.structs.replace(one.periode[0], id="2028", rencana_batas=date(2028, 1, 31), **year)
    served_katalog = msgspec.json.encode(msgspec.structs.replace(one, periode=(coming,)))
    answers = served(sekolah={"nama": "X", "periode": "2028"}, katalog__2028=served_katalog)
    found = find(answers=answers, day=date(2028, 2, 1))
    assert (found.periode, found.katalog_source, found.notes) == ("2028", "server", ())


def test_the_operators_catalogue_goes_before_the_servers(tmp_path: Path) -> None:
    """A catalogue file that the configuration names, beside it, replaces every other; the server's replaces the bundled one."""
    server = msgspec.structs.replace(bundled().only_periode("2026"), versi="dari server")
    answers = served(katalog__2026=server)
    assert find(answers=answers).katalog.versi == "dari server"
    assert find(answers=answers).katalog_source == "server"
    (tmp_path / "milik-saya.toml").write_text(KATALOG.replace(f'versi = "{bundled().versi}"', 'versi = "saya"'), "utf-8")
    found = find(Config(katalog="milik-saya.toml"), answers, file=tmp_path / "config.toml")
    assert (found.katalog.versi, found.katalog_source) == ("saya", "berkas")


def test_importing_works_under_the_servers_catalogue_too() -> None:
    """What only importing needs, which the server's catalogue leaves out, is the bundled one's."""
    found = find(answers=served(katalog__2026=bundled().only_periode("2026")))
    assert found.katalog.impor_dapodik == bundled().impor_dapodik != {}


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (KATALOG.replace('skema = "pmm-2024"', 'skema = "pmm-2023"', 1).encode(), "periode[0].skema"),
        (b"= x", "TOML"),
        (b"\xff", "UTF-8"),
        (b"#" * 3_000_000, "MB"),
        (None, "tidak ada"),
    ],
)
def test_a_faulty_catalogue_of_the_operators_names_the_place(tmp_path: Path, content: bytes | None, part: str) -> None:
    """A catalogue file that cannot be used is refused with its path and place: nobody plans by another one unknowingly."""
    file = tmp_path / "k.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        find(Config(katalog=str(file)))
    assert str(file) in caught.value.sentence
    assert part in caught.value.sentence


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'{"versi": 1}', b"null"])
def test_faulty_answers_of_the_server_are_left_aside_and_told(body: bytes) -> None:
    """Stored answers that do not hold up are left aside with a sentence each; the rest is in force."""
    found = find(answers=served(sekolah=body, katalog__2026=body, rapor__2026=body))
    assert found.katalog_source == "bawaan"
    assert len(found.notes) >= 1
    assert (found.sekolah, dict(found.rapor.capaian)) == (Sekolah(), {})


def test_an_unknown_period_names_the_nearest() -> None:
    """A period that is not in the catalogue in force is refused, with the nearest that is."""
    with pytest.raises(ConfigError, match='"2026"'):
        find(Config(periode="2O26"))


def test_the_configurations_school_goes_before_the_servers() -> None:
    """What the configuration says of the school counts, the server fills what it leaves empty; the head is taken as one."""
    answers = served(
        sekolah={
            "npsn": "20512345",
            "nama": "Server",
            "jenjang": "smp",
            "kepala_sekolah": {"nama": "Ani", "plt": True},
            "peran": "x",
        }
    )
    found = find(answers=answers).sekolah
    assert found == Sekolah(npsn="20512345", nama="Server", jenjang="SMP", kepala_sekolah=KepalaSekolah(nama="Ani", plt=True))
    own = SekolahConfig(nama="Kita", kepala_sekolah=KepalaConfig(nama="Budi"))
    found = find(Config(sekolah=own), answers).sekolah
    assert found == Sekolah(npsn="20512345", nama="Kita", jenjang="SMP", kepala_sekolah=KepalaSekolah(nama="Budi"))


def test_the_rapor_of_the_period() -> None:
    """The school's results are those of the period in force."""
    answers = served(rapor__2026={"capaian": {"aktivitas-interaktif": "kurang"}}, rapor__2025={"capaian": {}})
    assert find(answers=answers).rapor.capaian == {"aktivitas-interaktif": "kurang"}
    assert find(answers=answers, chosen="2025").rapor.capaian == {}
