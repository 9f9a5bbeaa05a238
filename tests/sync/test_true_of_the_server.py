"""What is called sent is true of the server that is asked, and nobody but that server makes it so or makes an operator wait."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import open_envelope
from tests.server.sample_school import OTHER_NIP, complete_plan
from tests.sync.two_laptops import EARLIER, Laptop, Server, World, changed
from tests.sync.world import answer

pytestmark = pytest.mark.anyio

FIRST = complete_plan("penerapan-disiplin-positif")
SECOND = complete_plan("keteraturan-suasana-kelas")
OTHER = complete_plan("aktivitas-interaktif")


async def _laptop(world: World) -> tuple[Server, Laptop]:
    server = world.server()
    laptop = world.laptop(server, server.school())
    assert (await laptop.pull()).stop is None
    return server, laptop


# ---- F4: a server that was restored, another address


async def test_after_a_restored_server_the_same_bytes_go_again(world: World) -> None:
    """One plan is older there, one is gone: both are told, nothing of them is called sent, and both go again as they were."""
    server, laptop = await _laptop(world)
    await laptop.hand_in(FIRST)
    server.copy(world.folder / "backup.db")
    await laptop.hand_in(SECOND)
    await laptop.hand_in(OTHER, nip=OTHER_NIP)
    sent = server.held()

    server.put_back(world.folder / "backup.db")
    found = await laptop.pull()

    assert "2 rencana" in " ".join(found.sentences)
    assert laptop.states() == ["sent", "unknown", "unknown"]
    assert {laptop.state(), laptop.state(nip=OTHER_NIP)} == {State.QUEUED}
    assert (await laptop.send()).sent == 2
    assert server.held() == sent
    assert (await laptop.pull()).sentences == ()


async def test_after_a_restored_server_what_a_colleague_sent_goes_again_too(world: World) -> None:
    """Whoever still has the bytes brings them back; when the colleague comes, they are there."""
    server, laptop = await _laptop(world)
    colleague = world.laptop(server, laptop.token)
    await colleague.pull()
    server.copy(world.folder / "backup.db")
    await colleague.hand_in(FIRST)
    await laptop.pull()
    sent = server.held()

    server.put_back(world.folder / "backup.db")
    await laptop.pull()
    assert (await laptop.send()).sent == 1
    await colleague.pull()
    await colleague.send()

    assert server.held() == sent
    assert (laptop.state(), colleague.state()) == (State.SENT, State.SENT)


async def test_what_ended_waits_for_the_operators_word_after_a_restored_server(world: World) -> None:
    """A plan of a period that has ended is offered, not sent by itself; asked for, it goes with the same bytes."""
    server, laptop = await _laptop(world)
    server.copy(world.folder / "backup.db")
    await laptop.hand_in(FIRST, EARLIER)
    await laptop.hand_in(SECOND)
    sent = server.held()

    server.put_back(world.folder / "backup.db")
    found = await laptop.pull()
    await laptop.send()

    assert EARLIER in " ".join(found.sentences)
    assert [periode for _, periode, *_ in server.held()] == ["2026"]
    assert laptop.store.outbox.held_back() == {EARLIER: 1}
    assert "terkirim" not in laptop.state(EARLIER).word
    assert laptop.store.outbox.release() == 1
    assert (await laptop.send()).sent == 1
    assert server.held() == sent


async def test_another_address_gets_everything(world: World) -> None:
    """Nothing that only the old server had is called sent: it goes to the new one as well, and back again."""
    old, laptop = await _laptop(world)
    await laptop.hand_in(FIRST)
    await laptop.hand_in(SECOND)
    new = world.server("b")
    token = new.school()
    old_token, laptop.server, laptop.token = laptop.token, new, token

    found = await laptop.send()

    assert found.sent == 2
    assert "Alamat server berganti" in " ".join(found.sentences)
    assert [line for *_, line in new.held()] == [line for *_, line in old.held()]
    laptop.server, laptop.token = old, old_token
    await laptop.send()
    assert laptop.states() == ["sent", "sent"]
    assert old.revisions() == new.revisions() == [(1, 0), (2, 1)]


async def test_another_address_is_noticed_by_a_fetch_too(world: World) -> None:
    """After the fetch nothing is called sent that is not there, though nothing was sent yet."""
    _, laptop = await _laptop(world)
    await laptop.hand_in(FIRST)
    new = world.server("b")
    laptop.server, laptop.token = new, new.school()

    assert (await laptop.pull()).stop is None

    assert laptop.state() is State.QUEUED
    assert (await laptop.send()).sent == 1
    assert new.revisions() == [(1, 0)]


async def test_another_address_gets_what_ended_only_when_asked(world: World) -> None:
    """Also a new server gets a plan of an ended period by the operator's word alone."""
    _, laptop = await _laptop(world)
    await laptop.hand_in(FIRST, EARLIER)
    new = world.server("b")
    laptop.server, laptop.token = new, new.school()

    found = await laptop.send()

    assert new.held() == []
    assert laptop.store.outbox.release() == 1
    assert EARLIER in " ".join(found.sentences)
    assert (await laptop.send()).sent == 1


async def test_a_colleagues_plan_in_whose_place_another_stands_is_not_called_sent(world: World) -> None:
    """The server came back older, and somebody sent another plan under the same number: that is no `terkirim` of what is here."""
    server, laptop = await _laptop(world)
    colleague, third = world.laptop(server, laptop.token), world.laptop(server, laptop.token)
    await third.pull()
    server.copy(world.folder / "backup.db")
    await colleague.pull()
    await colleague.hand_in(FIRST)
    await colleague.hand_in(FIRST, nip=OTHER_NIP)
    await laptop.pull()
    assert laptop.state() is State.SENT
    server.put_back(world.folder / "backup.db")
    await third.hand_in(OTHER)

    await laptop.pull()
    await laptop.send()

    assert (laptop.look().theirs, laptop.draft(), laptop.state()) == (OTHER, OTHER, State.SENT)
    entries = [entry for entry in laptop.store.outbox.all() if entry.pegawai_id == laptop.teacher().id]
    (lost,) = [entry for entry in entries if open_envelope(entry.line).rencana == FIRST]
    assert lost.keadaan != "sent"


async def test_what_ended_does_not_keep_what_follows_it_waiting(world: World) -> None:
    """A newer revision was asked for already when the address changed: what it builds on goes before it."""
    old, laptop = await _laptop(world)
    await laptop.hand_in(FIRST, EARLIER)
    laptop.write(SECOND, EARLIER)
    laptop.submit(EARLIER)
    new = world.server("b")
    laptop.server, laptop.token = new, new.school()

    assert (await laptop.send()).sent == 2

    assert (new.revisions(), old.revisions()) == ([(1, 0), (2, 1)], [(1, 0)])


async def test_a_plan_that_a_restored_server_lost_is_submitted_again(world: World) -> None:
    """Revision 2 builds on what is gone: it is told, and after a look at nothing the same plan goes as a first one."""
    server, laptop = await _laptop(world)
    colleague = world.laptop(server, laptop.token)
    server.copy(world.folder / "backup.db")
    await laptop.hand_in(FIRST)
    await colleague.pull()
    colleague.open_screen()
    server.put_back(world.folder / "backup.db")

    assert (await colleague.hand_in(SECOND)).conflict == 1
    assert colleague.look().revision == 0
    assert colleague.submit().result == "ditolak"
    assert colleague.submit(replacing=0).result == "antre"
    assert (await colleague.send()).sent == 1
    assert [base for _, base in server.revisions()] == [0]


# ---- F9: no receipt, no `terkirim`


def _with_receipts(edit: Callable[[dict[str, Any]], Any]) -> Callable[[httpx.Request, httpx.Response], httpx.Response]:
    def change(request: httpx.Request, answered: httpx.Response) -> httpx.Response:
        def body(content: bytes) -> bytes:
            value = json.loads(content)
            for result in value["hasil"]:
                edit(result)
            return json.dumps(value).encode()

        return changed(answered, body) if request.method == "POST" else answered

    return change


@pytest.mark.parametrize(
    "edit",
    [
        lambda result: result.update(tanda_terima=""),
        lambda result: result.pop("tanda_terima"),
        lambda result: result.update(tanda_terima="  \u00a0 "),
        lambda result: result.update(tanda_terima="\u200b\u0007"),
        lambda result: result.update(tanda_terima="\u2800"),
    ],
    ids=["empty", "missing", "blank", "invisible", "braille blank"],
)
async def test_without_a_receipt_nothing_is_sent(world: World, edit: Callable[[dict[str, Any]], Any]) -> None:
    """It stays unknown, goes again with the same bytes, and gets the first receipt from a server that gives one."""
    server, laptop = await _laptop(world)
    laptop.write(FIRST)
    laptop.submit()
    server.change = _with_receipts(edit)

    found = await laptop.send()

    assert (found.sent, found.deferred) == (0, 1)
    assert laptop.states() == ["unknown"]
    assert laptop.state() is not State.SENT
    server.change = lambda _, answered: answered
    assert (await laptop.send()).sent == 1
    newest = laptop.newest()
    assert newest is not None
    assert newest.tanda_terima.startswith("R-")
    assert server.revisions() == [(1, 0)]


# ---- F10: who may ask an operator to wait


async def test_somebody_elses_wait_binds_nobody_for_long(world: World) -> None:
    """A proxy asks for thirty years: the operator's press goes at once, the program itself within about a minute."""
    server, laptop = await _laptop(world)
    laptop.write(FIRST)
    laptop.submit()
    server.between = lambda _: answer(b"<html>busy</html>", 503, "text/html", retry_after="1000000000")
    assert (await laptop.send(forced=False)).stop is not None
    server.between = lambda _: None

    laptop.now += timedelta(seconds=1)
    waits = await laptop.send(forced=False)
    assert waits.stop is not None
    assert waits.stop.kind == "tunda"
    assert (await laptop.send()).sent == 1

    laptop.write(SECOND)
    laptop.submit()
    server.between = lambda _: answer(b"<html>busy</html>", 503, "text/html", retry_after="1000000000")
    await laptop.send(forced=False)
    server.between = lambda _: None
    laptop.now += timedelta(seconds=60)
    assert (await laptop.send(forced=False)).sent == 1


async def test_our_own_servers_wait_binds_until_it_is_insisted(world: World) -> None:
    """`application/problem+json` is our server's own word: a press waits, `kirim --paksa` or a second press goes."""
    server, laptop = await _laptop(world)
    laptop.write(FIRST)
    laptop.submit()
    server.between = lambda _: answer({"type": "/problems/penuh"}, 503, "application/problem+json", retry_after="600")
    await laptop.send()
    asked = len(server.requests)

    laptop.now += timedelta(seconds=300)
    again = await laptop.send()

    assert again.stop is not None
    assert again.stop.kind == "tunda"
    assert len(server.requests) == asked
    server.between = lambda _: None
    assert (await laptop.send(insist=True)).sent == 1


@pytest.mark.parametrize("status", [429, 503])
async def test_a_page_that_only_looks_like_a_problem_does_not_bind(world: World, status: int) -> None:
    """JSON alone is not our server's word, whatever it says."""
    server, laptop = await _laptop(world)
    laptop.write(FIRST)
    laptop.submit()
    server.between = lambda _: answer({"type": "/problems/penuh"}, status, "application/json", retry_after="900")
    await laptop.send()
    server.between = lambda _: None

    assert (await laptop.send()).sent == 1


async def test_back_at_the_first_server_its_plan_is_sent_again(world: World) -> None:
    """Another server had another content under that number; the first still has ours, and its receipt is had again."""
    server, laptop = await _laptop(world)
    await laptop.hand_in(FIRST)
    other = world.server("b")
    token = other.school()
    colleague = world.laptop(other, token)
    await colleague.pull()
    await colleague.hand_in(SECOND)

    here = (laptop.server, laptop.token)
    laptop.server, laptop.token = other, token
    assert (await laptop.send()).conflict == 1
    laptop.server, laptop.token = here
    await laptop.pull()
    await laptop.send()

    assert laptop.states() == ["sent"]
    assert len(server.held()) == 1
