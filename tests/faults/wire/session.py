"""Random sessions: two clients of one school and one of another, two servers that die and come back older, all weather between."""

from __future__ import annotations

import asyncio
from pathlib import Path

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pmm_tui.errors import InputError
from tests.faults.wire.computer import PERIODS, Computer, WithoutReceipts
from tests.faults.wire.disturbances import SMOOTH, Disturbance
from tests.faults.wire.fair_play import FairPlay
from tests.faults.wire.fault_world import DiesWhileSending
from tests.faults.wire.places import FORMS, Place
from tests.faults.wire.sentences import flaw
from tests.faults.wire.weather import PORTAL, REFUSED, disturbance
from tests.faults.wire.wire_kit import START, Campus, copied, rencana, settings_for

TEACHERS = 3
_client = st.integers(0, 2)
_teacher = st.integers(0, TEACHERS - 1)
_content = st.integers(0, 4)
_periode = st.sampled_from((*PERIODS, PERIODS[1]))
_place = st.sampled_from((0, 0, 1))


class World:
    """What all sessions have in common. `stores` are stores of each school with a roster and nothing else."""

    def __init__(self, folder: Path, places: list[Place], stores: list[Path]) -> None:
        self.folder, self.places, self.stores = folder, places, stores
        self.sessions = self.steps = self.sends = self.replaced = self.looks = 0


class Session(RuleBasedStateMachine):
    """One session; ends with everything settled and named, and servers and clients of one opinion."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        for place in self.world.places:
            place.begin()
        self.world.sessions += 1
        self._opened = self._lasts = 0
        self.fair = FairPlay(self.world.places, TEACHERS)
        self.clients = [self._open(number) for number in range(3)]

    def _open(self, number: int) -> Computer:
        campus = self.world.places[0].schools[number // 2]
        path = copied(self.world.stores[number // 2], self._fresh(number) / "pmm.db")
        client = Computer(path, settings_for(self.world.places[0].proxy.url, campus.token), campus.npsn, self.fair.registry)
        self._set(client)
        return client

    def _fresh(self, number: int) -> Path:
        self._opened += 1
        folder = self.world.folder / f"klien-{self.world.sessions}-{number}-{self._opened}"
        folder.mkdir()
        return folder

    def _set(self, client: Computer, total: float = 0.25) -> None:
        """Let a client use its address, and its school's token or the other school's."""
        place = self.world.places[client.at]
        token = next(campus.token for campus in place.schools if (campus.npsn == client.npsn) is not client.strange)
        client.settings = settings_for(place.proxy.url, token, total)

    # ---- what operators do

    @initialize(plans=st.lists(st.tuples(_client, _teacher, _content), min_size=3, max_size=9))
    def start(self, plans: list[tuple[int, int, int]]) -> None:
        """Begin with plans that wait."""
        for who, teacher, content in plans:
            self.edits_and_seals(who, teacher, PERIODS[1], content)

    def edits_and_seals(self, who: int, teacher: int, periode: str, content: int) -> None:
        """Fill a plan in and seal it."""
        self.edits(who, teacher, periode, content)
        self.submits_without_looking(who, teacher, periode)

    @rule(who=_client, teacher=_teacher, periode=_periode, content=_content)
    def edits(self, who: int, teacher: int, periode: str, content: int) -> None:
        """Fill a plan in."""
        client = self.clients[who]
        client.edit(client.teacher(teacher), periode, rencana(content))

    @rule(who=_client, teacher=_teacher, periode=_periode, content=_content)
    def seals_below_the_services(self, who: int, teacher: int, periode: str, content: int) -> None:
        """Seal whatever stands here without asking anybody: that replaces nothing unseen either."""
        client = self.clients[who]
        client.seal(client.teacher(teacher), periode, rencana(content))

    @rule(who=_client, teacher=_teacher, periode=_periode)
    def submits_without_looking(self, who: int, teacher: int, periode: str) -> None:
        """Submit a plan; where the server holds what nobody here has seen, that is refused."""
        client = self.clients[who]
        before = len(client.own_entries())
        row, done = client.submit(client.teacher(teacher), periode)
        if row.state.needs_look:
            sealed = len(client.own_entries()) - before
            assert (done.result, sealed) == ("ditolak", 0), "submitted over what nobody has seen"
            assert not flaw(done.reason), done.reason

    @rule(who=_client, periode=_periode)
    def submits_all_complete(self, who: int, periode: str) -> None:
        """Submit all that is complete; what needs a look is not among it."""
        assert not any(row.state.needs_look or done.result == "ditolak" for row, done in self.clients[who].submit_all(periode))

    @rule(who=_client, teacher=_teacher, periode=_periode)
    def looks_and_keeps_ours(self, who: int, teacher: int, periode: str) -> None:
        """Look at both, and let ours replace what was seen."""
        client, pegawai = self.clients[who], self.clients[who].teacher(teacher)
        if (found := client.looks(pegawai, periode)) is not None:
            self.world.looks += 1
            client.submit(pegawai, periode, found.revision)

    @rule(who=_client, teacher=_teacher, periode=_periode)
    def looks_and_takes_theirs(self, who: int, teacher: int, periode: str) -> None:
        """Look at both, and take the server's."""
        client = self.clients[who]
        found = client.looks(client.teacher(teacher), periode)
        if found is not None and found.theirs is not None:
            self.world.looks += 1
            client.takes(found)
            assert client.store.drafts.all(periode)[found.plan.pegawai_id].rencana == found.theirs

    @rule(who=_client, teacher=_teacher, periode=_periode)
    def takes_it_back(self, who: int, teacher: int, periode: str) -> None:
        """Undo the taking."""
        self.clients[who].takes_back(self.clients[who].teacher(teacher), periode)

    @rule(who=_client, teacher=_teacher, periode=_periode)
    def looks(self, who: int, teacher: int, periode: str) -> None:
        """Look, and decide later."""
        self.clients[who].looks(self.clients[who].teacher(teacher), periode)

    @rule(who=_client, take=st.booleans())
    def decides_late(self, who: int, take: bool) -> None:
        """Decide by an earlier look, whatever came since."""
        client = self.clients[who]
        if (found := client.look) is None:
            return
        pegawai = client.store.roster.get(found.plan.pegawai_id)
        assert pegawai is not None
        if take and found.theirs is not None:
            client.takes(found)
        elif not take:
            client.submit(pegawai, found.plan.periode, found.revision)

    @rule(who=_client, teacher=_teacher, periode=_periode)
    def opens_the_screen(self, who: int, teacher: int, periode: str) -> None:
        """Open a plan on the screen."""
        self.clients[who].opens(self.clients[who].teacher(teacher), periode)

    @rule(who=_client, take=st.integers(0, 2), seal=st.booleans())
    def settles_on_the_screen(self, who: int, take: int, seal: bool) -> None:
        """Look at both on the screen and take theirs by field."""
        client = self.clients[who]
        if client.screen is not None:
            asyncio.run(client.settles(client.screen, take))
            if seal:
                self.seals_on_the_screen(who)

    @rule(who=_client)
    def seals_on_the_screen(self, who: int) -> None:
        """Submit what the screen shows, which may have been opened before news came."""
        client = self.clients[who]
        if client.screen is not None and not client.screen.line.blocking and not client.screen.submitted:
            refused = ""
            try:
                asyncio.run(client.screen.seal())
            except InputError as error:
                refused = error.sentence
            assert not refused or client.screen.needs_look or "sejak layar dibuka" in refused

    # ---- what computers, lines and servers do

    @rule(who=_client, weather=st.lists(disturbance, max_size=3), patient=st.booleans(), gzip=st.booleans())
    def send(self, who: int, weather: list[Disturbance], patient: bool, gzip: bool) -> None:
        """Send while the line does these things, one a connection."""
        client = self.clients[who]
        self.world.places[client.at].proxy.install(*weather)
        client.gzip = gzip
        before = client.waiting
        result = client.send(forced=not patient)
        self._sent_once()
        assert result.stop is None or not flaw(result.stop.reason), (result.stop, flaw(result.stop.reason))
        assert before == 0 or result.stop or result.deferred or not client.waiting, result

    @rule(who=_client)
    def send_smoothly(self, who: int) -> None:
        """Send while the line does nothing."""
        self.send(who, [], patient=False, gzip=True)

    @rule(who=_client, periode=_periode)
    def pulls_smoothly(self, who: int, periode: str) -> None:
        """Fetch while the line does nothing."""
        self.pull(who, [], periode)

    @rule(who=_client, teacher=_teacher, periode=_periode, content=_content, look=st.booleans())
    def fetches_and_works(self, who: int, teacher: int, periode: str, content: int, look: bool) -> None:
        """What most operators do: fetch, fill a plan in, perhaps look at what the server has, submit, send."""
        self.pulls_smoothly(who, periode)
        self.works(who, teacher, periode, content, look)

    @rule(who=_client, teacher=_teacher, periode=_periode, content=_content, look=st.booleans())
    def works(self, who: int, teacher: int, periode: str, content: int, look: bool) -> None:
        """The same without fetching."""
        self.edits(who, teacher, periode, content)
        if look:
            self.looks_and_keeps_ours(who, teacher, periode)
        self.submits_without_looking(who, teacher, periode)
        self.send_smoothly(who)

    @rule(who=_client, teacher=_teacher, take=st.booleans())
    def colleague_came_first(self, who: int, teacher: int, take: bool) -> None:
        """A colleague sends the same teacher's plan first; then this operator sends, looks at the conflict and decides."""
        if who < 2:
            self.works(1 - who, teacher, PERIODS[1], 3, look=False)
            self.works(who, teacher, PERIODS[1], 4, look=False)
            (self.looks_and_takes_theirs if take else self.looks_and_keeps_ours)(who, teacher, PERIODS[1])
            self.send_smoothly(who)

    @rule(at=_place, who=_client, teacher=_teacher, content=_content)
    def loses_a_day(self, at: int, who: int, teacher: int, content: int) -> None:
        """A server is backed up, a day is worked, and it comes back as it was in the morning."""
        self.backs_up(at)
        self.fetches_and_works(who, teacher, PERIODS[1], content, look=True)
        self.comes_back_older(at)
        self.pulls_smoothly(who, PERIODS[1])

    @rule(who=_client, receipt=st.sampled_from(("", "  ", "\u200b", None)))
    def loses_receipts(self, who: int, receipt: str | None) -> None:
        """Send over a line that empties every receipt: nothing of it is called sent."""
        client = self.clients[who]
        assert asyncio.run(client.send_with(lambda: WithoutReceipts(client.settings, receipt))).sent == 0
        self._sent_once()

    @rule(who=_client)
    def refuses(self, who: int) -> None:
        """The server refuses the content of what was never sent before; only then is a made-up refusal like the server's."""
        client = self.clients[who]
        due, proxy = client.store.outbox.due(100), self.world.places[client.at].proxy
        if due and not any(k.percobaan for k in due):
            proxy.always = Disturbance(fake=REFUSED)
            client.send()
            proxy.always = SMOOTH

    @rule(who=_client, weather=st.lists(disturbance, max_size=1), before=st.booleans())
    def dies_while_sending(self, who: int, weather: list[Disturbance], before: bool) -> None:
        """Kill the program in the middle of sending and start it again."""
        client, path = self.clients[who], self._fresh(who) / "pmm.db"
        self.world.places[client.at].proxy.install(*weather)
        asyncio.run(client.send_with(lambda: DiesWhileSending(client, path, before)))
        self._sent_once()
        if path.exists():
            client.opened(path)

    @rule(who=_client)
    def reopens(self, who: int) -> None:
        """Close the program and start it again."""
        self.clients[who].reopen()

    @rule(who=_client)
    def copies_the_data(self, who: int) -> None:
        """Copy the data folder."""
        self.clients[who].copies(self._fresh(who))

    @rule(who=_client)
    def puts_the_data_back(self, who: int) -> None:
        """Put the data folder back from its old copy."""
        self.clients[who].puts_back(self._fresh(who))

    @rule(who=_client, day=st.sampled_from((-3650.0, -30.0, -7.0, -0.01, 0.01, 0.3, 2.0, 7.0, 3650.0)))
    def clock_jumps(self, who: int, day: float) -> None:
        """Set a computer's clock; it stays so."""
        self.clients[who].clock.advance(days=day)

    @rule(who=_client, weather=st.lists(disturbance, max_size=2), periode=_periode)
    def pull(self, who: int, weather: list[Disturbance], periode: str) -> None:
        """Fetch what is new, while the line does these things."""
        client = self.clients[who]
        self.world.places[client.at].proxy.install(*weather)
        pulled = client.pull(periode)
        assert pulled.stop is None or not flaw(pulled.stop.reason), pulled.stop
        assert not client.strange or pulled.stop is not None, "another school's data were taken in"

    @rule(who=_client)
    def wrong_token(self, who: int) -> None:
        """Send once with a token that the server does not know."""
        client, right = self.clients[who], self.clients[who].settings
        client.settings = settings_for(right.url, "bukan-token-yang-benar", total=0.25)
        assert client.send().sent == 0
        client.settings = right

    @rule(who=_client)
    def exchanges_tokens(self, who: int) -> None:
        """Put in the other school's token, or the right one again."""
        client = self.clients[who]
        client.strange = not client.strange
        self._set(client)

    @rule(who=_client)
    def changes_address(self, who: int) -> None:
        """Set the computer to the other server, which has a token of its own for the school."""
        client = self.clients[who]
        client.at, client.doubted, client.wandered = 1 - client.at, True, True
        self._set(client)

    @rule(at=_place)
    def backs_up(self, at: int) -> None:
        """Make a backup of a server."""
        self.world.places[at].back_up()

    @rule(at=_place)
    def comes_back_older(self, at: int) -> None:
        """Put a server back from its backup."""
        self.world.places[at].comes_back_older()
        for client in self.clients:
            client.doubted = client.doubted or client.at == at
            client.wandered = True

    @rule(at=_place, school=st.integers(0, 1), teacher=_teacher, periode=_periode, content=_content,
          form=st.integers(0, len(FORMS) - 1), told=st.booleans())  # fmt: skip
    def other_program_sends(self, at: int, school: int, teacher: int, periode: str, content: int, form: int, told: bool) -> None:
        """Another conforming program reads what stands and sends on top of it, in bytes of its own."""
        place = self.world.places[at]
        if place.server.alive:
            line = place.other_program(school, teacher, periode, rencana(50 + content), form, told)
            self.fair.foreign.add((place.schools[school].npsn, line))

    @rule(at=_place, many=st.integers(1, 30))
    def crowd_without_token(self, at: int, many: int) -> None:
        """Somebody without a token asks again and again."""
        if self.world.places[at].server.alive:
            assert self.world.places[at].crowd(many) <= {401, 429, 503}

    def _sent_once(self) -> None:
        """Count, and let what lasts for some runs come to its end."""
        self.world.sends += 1
        self._lasts -= 1
        if self._lasts <= 0:
            for place in self.world.places:
                place.proxy.always = SMOOTH
                place.turn_on()

    @rule(at=_place, page=st.sampled_from(PORTAL), old=st.integers(1, 3))
    def portal(self, at: int, page: bytes, old: int) -> None:
        """A login page answers everybody for the next runs."""
        self.world.places[at].proxy.always, self._lasts = Disturbance(fake=page), old

    @rule(at=_place, backwards=st.booleans())
    def arrives_late(self, at: int, backwards: bool) -> None:
        """Deliver what was held up."""
        self.world.places[at].proxy.release(backwards=backwards)

    @rule(at=_place, old=st.integers(0, 2))
    def server_dies(self, at: int, old: int) -> None:
        """Kill a server; it comes back after that many runs of a sender."""
        self.world.places[at].server.kill()
        self._lasts = old
        if not old:
            self.world.places[at].turn_on()

    @rule(
        at=_place, school=st.integers(0, 1), which=st.integers(0, TEACHERS - 1), decision=st.sampled_from(("setujui", "kembalikan"))
    )
    def head_decides(self, at: int, school: int, which: int, decision: str) -> None:
        """The head decides on a plan that the server holds."""
        if self.world.places[at].server.alive:
            self._decide(self.world.places[at], self.world.places[at].schools[school], decision, which)

    def _decide(self, place: Place, campus: Campus, decision: str, which: int | None = None) -> None:
        """Decide on one plan of a school, or on all."""
        with place.http(campus.token_kepala) as http:
            held = http.get("/v1/rencana").json()["perubahan"]
            for plan in held if which is None else held[which : which + 1]:
                content = {"revisi": plan["revisi"], "keputusan": decision, "catatan": ""}
                http.post(f"/v1/rencana/{plan['periode']}/{plan['pegawai']}/keputusan", json=content).raise_for_status()

    # ---- what must hold

    @invariant()
    def check_steps(self) -> None:
        """After each step: see `FairPlay.check`."""
        self.world.steps += 1
        self.fair.check(self.clients)

    def teardown(self) -> None:
        """Let the weather clear and look who says what."""
        try:
            self._heal()
            self.fair.settled(self.clients)
            self._solved()
            self.world.replaced += self.fair.replaced
        finally:
            for client in self.clients:
                client.close()

    def _heal(self) -> None:
        for place in self.world.places:
            place.turn_on()
            place.proxy.cleared()
            place.proxy.release()
            place.proxy.settled()
        for client in self.clients:
            client.strange, client.clock.now = False, START
            self._set(client, total=10.0)
        for _ in range(3):  # what one brings back is news to the others
            for client in self.clients:
                self._fetch_and_send(client)
                self.check_steps()

    def _fetch_and_send(self, client: Computer) -> None:
        assert client.pull().stop is None
        client.store.outbox.release()
        client.until_finished()
        assert client.pull().stop is None

    def _solved(self) -> None:
        """What was refused, in conflict or newer on the server goes through once its operator has looked and sealed anew."""
        for place in self.world.places:
            for campus in place.schools:
                self._decide(place, campus, "kembalikan")
        for number, client in enumerate(self.clients):
            self._fetch_and_send(client)
            edited = []
            for periode in PERIODS:
                client.clock.now = START
                for row in client.rows(periode):
                    newest = client.store.outbox.newest(row.pegawai.id, periode)
                    if row.state.needs_look or (newest is not None and newest.keadaan in ("rejected", "conflict")):
                        client.edit(row.pegawai, periode, rencana(900 + number))
                        found = client.looks(row.pegawai, periode)
                        _, done = client.submit(row.pegawai, periode, found.revision if found and row.state.needs_look else None)
                        assert done.result == "antre", done
                        edited.append((row.pegawai.id, periode))
            self._fetch_and_send(client)
            for key in edited:
                newest = client.store.outbox.newest(*key)
                assert newest is not None
                assert newest.keadaan == "sent"
            self.check_steps()
