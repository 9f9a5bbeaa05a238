"""What the import screen is given of Dapodik: what is kept after it has answered, and what is not before."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import Output
from pmm_tui.cli.screen_services import ScreenServices
from pmm_tui.config import Config, SekolahConfig, read_config, write_config
from pmm_tui.errors import ConfigError, InputError, ServerError
from pmm_tui.locations import Locations, locate
from pmm_tui.store import Store
from pmm_tui.tui.dapodik_port import DapodikWish
from tests.dapodik_web import NPSN, TOKEN, Imitation, serving

pytestmark = [pytest.mark.anyio, pytest.mark.process]


@pytest.fixture
def token(places: Locations) -> Path:
    """Where the token goes."""
    return places.config_file.with_name("token-dapodik")


@pytest.fixture
def services(places: Locations) -> Iterator[ScreenServices]:
    """The services of a school that is known; nothing comes out on the streams."""
    write_config(places.config_file, Config(sekolah=SekolahConfig(npsn=NPSN, jenjang="SMP")))
    out = Output(io.StringIO(), io.StringIO())
    context = RunContext(env=os.environ, locations=locate(os.environ), out=out, now=lambda: datetime(2026, 1, 8, tzinfo=UTC))
    with Store.open(places.database) as store:
        yield ScreenServices(context, store)


async def test_what_has_led_to_the_roster_is_kept(services: ScreenServices, places: Locations, token: Path) -> None:
    """Token and address are asked for once; the token stands in a file for its owner alone, and in no other."""
    assert services.dapodik_wish() == DapodikWish(url="http://localhost:5774", npsn=NPSN, fixed=True)
    said: list[str] = []
    with serving(Imitation(12)) as url:
        found = await services.read_dapodik(DapodikWish(url=f"{url}/", npsn=NPSN, token=f" {TOKEN} "), said.append)
        assert len(found.rows) == 12
        assert found.head is not None
        assert said[-1] == "Membandingkan dengan yang tersimpan …"
        assert token.read_text() == f"{TOKEN}\n"
        assert os.name == "nt" or token.stat().st_mode & 0o077 == 0
        assert TOKEN not in places.config_file.read_text()
        wish = services.dapodik_wish()
        assert (wish.url, wish.stored, wish.token) == (url, True, "")
        assert len((await services.read_dapodik(wish, said.append)).rows) == 12


async def test_a_refused_token_replaces_none(services: ScreenServices, places: Locations, token: Path) -> None:
    """Nothing is written before Dapodik has answered with a roster."""
    token.write_text(f"{TOKEN}\n")
    token.chmod(0o600)
    before = places.config_file.read_text()
    with serving(Imitation(odd=("ditolak",))) as url, pytest.raises(ConfigError) as raised:
        await services.read_dapodik(DapodikWish(url=url, npsn=NPSN, token="salah-0123456789"), lambda _: None)
    assert raised.value.key == "token"
    assert (token.read_text(), places.config_file.read_text()) == (f"{TOKEN}\n", before)


async def test_without_a_token_it_is_said_at_its_field(services: ScreenServices) -> None:
    """Short, as the band says how to come by one; nothing is asked."""
    with pytest.raises(ConfigError, match="Token belum diisi") as raised:
        await services.read_dapodik(services.dapodik_wish(), lambda _: None)
    assert raised.value.key == "token"


async def test_nobody_there_is_told(services: ScreenServices) -> None:
    """With what to do about it."""
    with serving(Imitation()) as url:
        pass
    with pytest.raises(ServerError, match="buka dulu aplikasi Dapodik"):
        await services.read_dapodik(DapodikWish(url=url, npsn=NPSN, token=TOKEN), lambda _: None)


async def test_the_head_goes_into_the_configuration(services: ScreenServices, places: Locations) -> None:
    """Name and NIP, and what was said of the school before stays."""
    with serving(Imitation(12)) as url:
        found = await services.read_dapodik(DapodikWish(url=url, npsn=NPSN, token=TOKEN), lambda _: None)
    assert found.head is not None
    services.keep_head(found.head)
    school = read_config(places.config_file).sekolah
    assert (school.kepala_sekolah.nama, school.kepala_sekolah.nip) == (found.head.name, found.head.nip)
    assert (school.npsn, school.jenjang) == (NPSN, "SMP")


async def test_practice_asks_no_real_dapodik(services: ScreenServices) -> None:
    """Its school is made up, and its head too."""
    services.practice = True
    imitation = Imitation()
    with serving(imitation) as url, pytest.raises(InputError, match="sekolah khayalan"):
        await services.read_dapodik(DapodikWish(url=url, npsn=NPSN, token=TOKEN), lambda _: None)
    assert imitation.asked == []
