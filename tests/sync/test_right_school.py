"""Plans go to their own school, and no two rosters mix: one laptop, the tokens of two schools, and the reference server."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import open_envelope
from pmm_tui.sync.known_school import make_for
from tests.server.sample_school import NIP, OTHER_NIP, complete_plan
from tests.sync.two_laptops import NPSN, OTHER_NPSN, Laptop, Server, World

pytestmark = pytest.mark.anyio

PLAN = complete_plan()
STRANGERS = (Pegawai(nama="Cici Asing", nip="197706062005012009", status_kepegawaian="PNS"),)


async def _with_two_schools(world: World, *, named: bool) -> tuple[Server, Laptop, str]:
    """A laptop of one school with a plan that waits, and the other school's token."""
    server = world.server()
    laptop = world.laptop(server, server.school(named=named))
    strange = server.school(OTHER_NPSN, STRANGERS, named=named)
    assert (await laptop.pull()).stop is None
    laptop.write(PLAN)
    assert laptop.submit().result == "antre"
    return server, laptop, strange


@pytest.mark.parametrize("named", [True, False])
async def test_with_another_schools_token_nothing_is_sent(world: World, named: bool) -> None:
    """The plan stays here, it is said whose the token is, and with the right token it goes to its school."""
    server, laptop, strange = await _with_two_schools(world, named=named)
    own, laptop.token = laptop.token, strange

    found = await laptop.send()

    assert found.stop is not None
    assert found.stop.kind == "akses"
    assert OTHER_NPSN in found.stop.reason
    assert (server.held(), server.held(OTHER_NPSN)) == ([], [])
    assert laptop.states() == ["queued"]
    again = (await laptop.send(forced=False)).stop
    assert again is not None
    assert again.kind == "akses"  # no waiting mends that, so none is asked for
    laptop.token = own
    assert (await laptop.send()).sent == 1
    assert (server.revisions(), server.held(OTHER_NPSN)) == ([(1, 0)], [])


async def test_with_another_schools_token_nothing_is_sent_after_a_sound_start_either(world: World) -> None:
    """A token that is exchanged between two batches is asked about like the first one."""
    server, laptop, strange = await _with_two_schools(world, named=True)
    assert (await laptop.send()).sent == 1
    own, laptop.token = laptop.token, strange
    laptop.write(PLAN, nip=OTHER_NIP)
    laptop.submit(nip=OTHER_NIP)

    assert (await laptop.send()).stop is not None

    assert server.held(OTHER_NPSN) == []
    laptop.token = own
    assert (await laptop.send()).sent == 1


@pytest.mark.parametrize("named", [True, False])
async def test_with_another_schools_token_no_roster_is_mixed_in(world: World, named: bool) -> None:
    """`tarik` stops at the school, also where the schools have no name."""
    _, laptop, strange = await _with_two_schools(world, named=named)
    before = laptop.store.roster.all()
    laptop.token = strange

    found = await laptop.pull()

    assert found.stop is not None
    assert OTHER_NPSN in found.stop.reason
    assert laptop.store.roster.all() == before


async def test_a_school_without_a_profile_is_usable(world: World) -> None:
    """Roster, plans and decisions come and go like any other school's, at every fetch, and nothing is complained of."""
    server = world.server()
    laptop = world.laptop(server, server.school(named=False))

    first, second = await laptop.pull(), await laptop.pull()

    assert (first.stop, first.sentences, first.new_teachers) == (None, (), 2)
    assert (second.stop, second.sentences) == (None, ())
    assert (await laptop.hand_in(PLAN)).sent == 1
    assert (await laptop.pull()).sentences == ()
    assert laptop.in_force().sekolah.npsn == NPSN


async def test_the_school_is_asked_once(world: World) -> None:
    """One question before the first batch over an address and token, none afterwards."""
    server = world.server()
    token = server.school()
    other = world.laptop(server, token)
    other.store.roster.write(Pegawai(nama=one.nama, nip=one.nip, status_kepegawaian="PNS") for one in STRANGERS)
    other.write(PLAN, nip=STRANGERS[0].nip)
    other.submit(nip=STRANGERS[0].nip)

    assert (await other.send()).sent == 1
    assert [request.url.path for request in server.requests] == ["/v1/sekolah", "/v1/rencana"]
    other.write(complete_plan("aktivitas-interaktif"), nip=STRANGERS[0].nip)
    other.submit(nip=STRANGERS[0].nip)
    assert (await other.send()).sent == 1

    assert [request.url.path for request in server.requests] == ["/v1/sekolah", "/v1/rencana", "/v1/rencana"]


async def test_an_envelope_names_its_school(world: World) -> None:
    """So that a server can refuse it elsewhere, whatever way it takes."""
    _, laptop, _ = await _with_two_schools(world, named=True)

    newest = laptop.newest(nip=NIP)

    assert newest is not None
    assert open_envelope(newest.line).npsn == NPSN


async def test_records_that_were_made_for_a_school_take_no_other(world: World) -> None:
    """Also while there is no teacher yet, whatever the configuration says; with its own token they are filled."""
    server = world.server()
    token, strange = server.school(), server.school(OTHER_NPSN, STRANGERS)
    laptop = world.laptop(server, strange)
    make_for(laptop.store, NPSN)

    found = await laptop.pull()
    assert found.stop is not None
    assert (found.stop.kind, OTHER_NPSN in found.stop.reason) == ("akses", True)
    assert not laptop.store.roster.all()

    laptop.token = token
    assert (await laptop.pull()).stop is None
    assert (await laptop.hand_in(PLAN)).sent == 1
    assert (server.revisions(), server.held(OTHER_NPSN)) == ([(1, 0)], [])


async def test_a_token_that_was_taken_before_is_asked_about_again(world: World) -> None:
    """Exchanged for the other school's and back: each is compared with what the records were made for."""
    server, laptop, strange = await _with_two_schools(world, named=True)
    make_for(laptop.store, NPSN)
    own, laptop.token = laptop.token, strange
    assert (await laptop.send()).stop is not None
    laptop.token = own
    assert (await laptop.send()).sent == 1
    assert server.held(OTHER_NPSN) == []
