"""What a colleague wrote is never replaced by somebody who has not seen it: two laptops of one school and the reference server."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pmm_tui.errors import InputError
from pmm_tui.services.compare import take_theirs, undo_take
from pmm_tui.services.status_words import status_sentence
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import open_envelope
from tests.server.sample_school import NIP, OTHER_NIP, complete_plan
from tests.sync.two_laptops import EARLIER, Laptop, Server, World, changed
from tests.sync.world import answer

pytestmark = pytest.mark.anyio

OURS = complete_plan("penerapan-disiplin-positif")
THEIRS = complete_plan("keteraturan-suasana-kelas")
NEWER, NEWEST = complete_plan("aktivitas-interaktif"), complete_plan("umpan-balik-konstruktif")


async def _two_laptops(world: World) -> tuple[Server, Laptop, Laptop]:
    server = world.server()
    token = server.school()
    ours, theirs = world.laptop(server, token), world.laptop(server, token)
    for laptop in (ours, theirs):
        assert (await laptop.pull()).stop is None
    return server, ours, theirs


async def _replaces_nothing(laptop: Laptop, server: Server, periode: str) -> None:
    """No act but a look replaces what the server holds of the plan."""
    before = server.held()
    assert laptop.state(periode) is State.NEWER
    assert laptop.submit_all_complete(periode) == []
    assert laptop.submit(periode).result == "ditolak"
    with pytest.raises(InputError):
        await laptop.open_screen(periode).seal()
    await laptop.send()
    assert server.held() == before


# ---- F1: a plan of another period


async def test_a_plan_of_a_period_that_is_not_in_force_is_taken_in(world: World) -> None:
    """A pull for one period brings the colleague's plan of another: the cursor passes neither."""
    _, ours, theirs = await _two_laptops(world)
    await theirs.hand_in(THEIRS, EARLIER)

    await ours.pull()
    await ours.pull(EARLIER)

    assert ours.draft(EARLIER) == THEIRS
    assert ours.state(EARLIER) is State.SENT


async def test_a_plan_of_a_period_that_is_not_in_force_is_not_replaced_unseen(world: World) -> None:
    """With a draft of one's own of that period, neither bulk act nor submission nor screen replaces it."""
    server, ours, theirs = await _two_laptops(world)
    ours.write(OURS, EARLIER)
    await theirs.hand_in(THEIRS, EARLIER)

    await ours.pull()
    await ours.pull(EARLIER)

    await _replaces_nothing(ours, server, EARLIER)
    assert server.revisions() == [(1, 0)]


# ---- F2: one's own older draft


async def test_an_older_draft_does_not_replace_what_a_pull_brought(world: World) -> None:
    """The list says that the server's is newer, whose and when; nobody is told that their own change waits to be submitted."""
    server, ours, theirs = await _two_laptops(world)
    ours.write(OURS)
    await theirs.hand_in(THEIRS)

    await ours.pull()

    await _replaces_nothing(ours, server, "2026")
    said = status_sentence(ours.state(), ours.newest(), ours.store.held.get(ours.teacher().id, "2026"))
    assert "revisi 1" in said
    assert "Januari 2026" in said
    assert "ajukan lagi" not in said
    assert ours.draft() == OURS


async def test_a_data_folder_put_back_from_an_old_copy_does_not_replace_newer_plans(world: World) -> None:
    """Its own revision 3 is news to it, to be looked at; taking it is one step, and can be undone."""
    server, ours, _ = await _two_laptops(world)
    await ours.hand_in(OURS)
    ours.copy(world.folder / "copy")
    await ours.hand_in(NEWER)
    await ours.hand_in(NEWEST)

    ours.put_back(world.folder / "copy")
    ours.write(THEIRS)  # the old plan, edited before anybody noticed
    await ours.pull()

    await _replaces_nothing(ours, server, "2026")
    assert server.revisions() == [(1, 0), (2, 1), (3, 2)]
    found = ours.look()
    assert (found.revision, found.theirs, found.seen) == (3, NEWEST, False)
    take_theirs(ours.store, found, ours.now)
    assert (ours.draft(), ours.state()) == (NEWEST, State.SENT)
    assert undo_take(ours.store, ours.teacher().id, "2026", ours.now)
    assert ours.draft() == THEIRS


async def test_an_old_copy_that_sends_before_it_pulls_ends_in_a_conflict(world: World) -> None:
    """What was sealed from the old copy builds on what the copy knew, and the server says no."""
    server, ours, _ = await _two_laptops(world)
    await ours.hand_in(OURS)
    ours.copy(world.folder / "copy")
    await ours.hand_in(NEWER)
    before = server.held()

    ours.put_back(world.folder / "copy")

    assert (await ours.hand_in(THEIRS)).conflict == 1
    assert server.held() == before
    assert ours.state() is State.CONFLICT


async def test_an_old_copy_that_nobody_edited_becomes_what_the_server_holds(world: World) -> None:
    """Where the copy's draft is what was sent then, there is still no revision over the newer plan."""
    server, ours, _ = await _two_laptops(world)
    await ours.hand_in(OURS)
    ours.copy(world.folder / "copy")
    await ours.hand_in(NEWER)
    await ours.hand_in(NEWEST)

    ours.put_back(world.folder / "copy")
    await ours.pull()

    await _replaces_nothing(ours, server, "2026")


# ---- F3: another conforming program's bytes


def _spaced(line: bytes) -> bytes:
    return json.dumps(json.loads(line), indent=None, separators=(", ", ": ")).encode()


def _escaped(line: bytes) -> bytes:
    assert b"Guru" in line
    return line.replace(b"Guru", b"\\u0047uru")


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "space-after-colon": _spaced,
    "escape": _escaped,
    "carriage-return": lambda line: line + b"\r",
    "spaces-around": lambda line: b"  " + line + b" \t",
}


async def _foreign_plan(server: Server, laptop: Laptop, form: str) -> bytes:
    """Let another program send the teacher's plan; returns its bytes."""
    laptop.write(THEIRS)
    entry = laptop.store.outbox.seal(laptop.teacher(), "2026", THEIRS, 1, laptop.now)
    line = FORMS[form](entry.line.replace(b"Budi Santoso", b"Guru Budi Santoso"))
    (result,) = await server.post(laptop.token, line)
    assert result["keadaan"] == "tersimpan"
    return line


@pytest.mark.parametrize("form", FORMS)
async def test_a_plan_in_other_bytes_is_shown_like_any_other(world: World, form: str) -> None:
    """Without a plan of one's own it becomes the draft, and stands as sent."""
    server, ours, theirs = await _two_laptops(world)
    line = await _foreign_plan(server, theirs, form)

    assert (await ours.pull()).stop is None

    assert (ours.draft(), ours.state()) == (THEIRS, State.SENT)
    newest = ours.newest()
    assert newest is not None
    assert newest.line == line


@pytest.mark.parametrize("form", FORMS)
async def test_a_plan_in_other_bytes_is_not_replaced_unseen(world: World, form: str) -> None:
    """With one's own plan both are looked at; then ours goes, built upon the very bytes that stand."""
    server, ours, theirs = await _two_laptops(world)
    ours.write(OURS)
    line = await _foreign_plan(server, theirs, form)

    await ours.pull()

    await _replaces_nothing(ours, server, "2026")
    found = ours.look()
    assert (found.revision, found.theirs) == (1, THEIRS)
    assert ours.submit(replacing=1).result == "antre"
    assert (await ours.send()).sent == 1
    assert server.revisions() == [(1, 0), (2, 1)]
    assert server.held()[0][4] == line


# ---- F7: one plan that cannot be read


async def test_one_bad_plan_is_left_out_and_told_and_the_others_come(world: World) -> None:
    """A key twice in one teacher's envelope: it is said whose, the sound one behind it comes, and so does tomorrow's."""
    server, ours, theirs = await _two_laptops(world)
    await theirs.hand_in(THEIRS, nip=OTHER_NIP)
    await theirs.hand_in(THEIRS)
    bad = f"/v1/rencana/2026/{ours.teacher(OTHER_NIP).id_server}"
    server.change = lambda request, answered: (
        changed(answered, lambda body: body.replace(b'"dasar":0', b'"dasar":0,"dasar":0', 1))
        if request.url.path == bad
        else answered
    )

    found = await ours.pull()

    assert found.stop is None
    assert "Ani Lestari" in " ".join(found.sentences)
    assert (ours.draft(), ours.draft(nip=OTHER_NIP)) == (THEIRS, None)
    await theirs.hand_in(NEWER)
    assert (await ours.pull()).stop is None
    assert ours.draft() == NEWER


async def test_a_bad_plan_is_not_replaced_by_the_way(world: World) -> None:
    """What cannot be read has not been seen either."""
    server, ours, theirs = await _two_laptops(world)
    ours.write(OURS)
    await theirs.hand_in(THEIRS)
    server.change = lambda request, answered: (
        changed(answered, lambda body: body.replace(b'"dasar":0', b'"dasar":0,"dasar":0', 1))
        if request.url.path.startswith("/v1/rencana/2026/")
        else answered
    )

    await ours.pull()

    await _replaces_nothing(ours, server, "2026")


# ---- a plan that is open meanwhile


async def test_an_open_screen_submits_only_what_it_shows(world: World) -> None:
    """A fetch takes a colleague's newer plan in behind one that nobody edited: the screen shows it before it submits anything."""
    server, ours, theirs = await _two_laptops(world)
    await theirs.hand_in(THEIRS)
    await ours.pull()
    screen = ours.open_screen()
    await theirs.hand_in(NEWER)
    await ours.pull()

    with pytest.raises(InputError):
        await screen.seal()
    screen.refresh(ours.in_force())

    assert screen.rencana == NEWER
    await ours.send()
    assert server.revisions() == [(1, 0), (2, 1)]


async def test_what_is_typed_while_a_fetch_takes_another_in_is_saved(world: World) -> None:
    """The fetch numbers the draft that it puts in place of ours; the letter typed meanwhile has that number too, and is kept."""
    _, ours, theirs = await _two_laptops(world)
    await theirs.hand_in(THEIRS)
    await ours.pull()
    screen = ours.open_screen()
    screen.unlock()
    await theirs.hand_in(NEWER)
    await ours.pull()

    assert screen.edit(NEWEST.praktik_pembelajaran)
    assert await screen.save()

    assert ours.draft() == screen.rencana
    assert ours.state() is not State.SENT
    assert screen.edit(OURS.praktik_pembelajaran)
    assert await screen.save()
    assert ours.draft() == screen.rencana


# ---- F12: a conflict


async def test_a_conflict_is_not_answered_by_submitting_again(world: World) -> None:
    """Only a look, and the revision that stands, let ours replace theirs; what is looked at is here without another command."""
    server, ours, theirs = await _two_laptops(world)
    await theirs.hand_in(THEIRS)
    assert (await ours.hand_in(OURS)).conflict == 1
    before = server.held()
    assert ours.state() is State.CONFLICT

    assert ours.submit().result == "ditolak"
    assert ours.submit_all_complete() == []
    for revision in (0, 2, 7):
        assert ours.submit(replacing=revision).result == "ditolak"
    with pytest.raises(InputError):
        await ours.open_screen().seal()
    await ours.send()
    assert server.held() == before

    assert (ours.look().revision, ours.look().theirs) == (1, THEIRS)
    assert ours.submit(replacing=1).result == "antre"
    assert (await ours.send()).sent == 1
    assert server.revisions() == [(1, 0), (2, 1)]
    assert open_envelope(server.held()[-1][4]).rencana == OURS


async def test_what_was_not_fetched_was_not_seen(world: World) -> None:
    """The line broke between the conflict and its content: naming the revision replaces nothing until it was fetched."""
    server, ours, theirs = await _two_laptops(world)
    await theirs.hand_in(THEIRS)
    server.between = lambda request: answer(b"", 503, "text/html") if request.url.path.startswith("/v1/rencana/") else None
    assert (await ours.hand_in(OURS)).conflict == 1

    assert ours.submit(replacing=1).result == "ditolak"
    found = ours.look()
    assert (found.revision, found.theirs, found.unreadable) == (1, None, False)
    screen = ours.open_screen()
    with pytest.raises(InputError):
        await screen.settle(found, [])
    await ours.send()
    assert server.revisions() == [(1, 0)]

    server.between = lambda _: None
    await ours.pull()
    assert ours.look().theirs == THEIRS
    assert ours.submit(replacing=1).result == "antre"


async def test_a_look_does_not_hold_for_what_came_after_it(world: World) -> None:
    """Between the look and the submission the colleague sent another revision: it is not replaced."""
    server, ours, theirs = await _two_laptops(world)
    ours.write(OURS)
    await theirs.hand_in(THEIRS)
    await ours.pull()
    assert ours.look().theirs == THEIRS
    await theirs.hand_in(NEWER)

    assert ours.submit(replacing=1).result == "antre"  # nobody here knows better yet
    assert (await ours.send()).conflict == 1
    assert server.revisions() == [(1, 0), (2, 1)]
    assert ours.submit(replacing=1).result == "ditolak"
    assert ours.look().theirs == NEWER


async def test_nothing_below_the_services_replaces_unseen_work(world: World) -> None:
    """Also what is sealed without asking anybody builds on what was seen, so that the server answers `bentrok`."""
    server, ours, theirs = await _two_laptops(world)
    await theirs.hand_in(THEIRS)
    ours.write(OURS)
    await ours.pull()

    ours.store.outbox.seal(ours.teacher(NIP), "2026", OURS, 1, ours.now)

    assert (await ours.send()).conflict == 1
    assert server.revisions() == [(1, 0)]


async def test_the_same_number_of_a_restored_server_is_not_the_same_plan(world: World) -> None:
    """Revision 2 was seen here, another revision 2 stands since the server came back older: it is not replaced for its number."""
    server, ours, theirs = await _two_laptops(world)
    await ours.hand_in(OURS)
    await theirs.pull()
    theirs.open_screen()
    server.copy(world.folder / "backup.db")
    await ours.hand_in(NEWER)
    server.put_back(world.folder / "backup.db")
    await theirs.hand_in(THEIRS)

    assert (await ours.hand_in(NEWEST)).conflict == 1  # sealed upon the revision 2 that is gone
    assert open_envelope(server.held()[-1][4]).rencana == THEIRS


# ---- taken in is not yet seen


async def test_what_was_taken_in_and_never_shown_is_not_replaced(world: World) -> None:
    """A plan file over a colleague's plan that only the list has named: left out of the bulk act, refused by itself."""
    server, ours, theirs = await _two_laptops(world)
    await ours.hand_in(OURS)
    await theirs.pull()
    assert theirs.row().state is State.SENT

    theirs.write(THEIRS)

    assert theirs.row().state is State.NEWER
    assert theirs.submit_all_complete() == []
    assert theirs.submit().result == "ditolak"
    assert len(server.held()) == 1
    assert theirs.look().theirs == OURS
    assert theirs.submit(replacing=1).result == "antre"
    assert (await theirs.send()).sent == 1


async def test_what_a_screen_has_shown_is_seen(world: World) -> None:
    """The plan was opened as it came, and what is written then builds on it."""
    server, ours, theirs = await _two_laptops(world)
    await ours.hand_in(OURS)
    await theirs.pull()

    theirs.open_screen()
    theirs.write(THEIRS)

    assert theirs.row().state is State.CHANGED
    assert theirs.submit().result == "antre"
    assert (await theirs.send()).sent == 1
    assert [base for _, base in server.revisions()] == [0, 1]


async def test_opening_another_content_shows_nothing_of_theirs(world: World) -> None:
    """The draft was written over before it was opened: the screen shows ours, and theirs stays to be looked at."""
    _, ours, theirs = await _two_laptops(world)
    await ours.hand_in(OURS)
    await theirs.pull()
    theirs.write(THEIRS)

    theirs.open_screen()

    assert theirs.row().state is State.NEWER
