"""Random sessions: two clients of one school and one of another, a server that dies, and every weather between them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pmm_tui.store import OutboxEntry, Store
from pmm_tui.sync.sender import send_due
from tests.faults.wire.disturbances import SMOOTH, Disturbance
from tests.faults.wire.fault_world import DiesWhileSending, World
from tests.faults.wire.sentences import flaw
from tests.faults.wire.weather import PORTAL, REFUSED, disturbance
from tests.faults.wire.wire_kit import OPEN, PERIODE, Campus, WireClient, copied, rencana, settings_for
from tests.store.samples import held, newest_entries

TEACHERS = 3
_client = st.integers(0, 2)
_teacher = st.integers(0, TEACHERS - 1)
_content = st.integers(0, 4)


class Session(RuleBasedStateMachine):
    """One session; ends with everything settled and named, and server and clients of one opinion."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        world = self.world
        if not world.server.alive:
            self.turn_on()
        world.proxy.cleared()
        world.proxy.held.clear()
        world.witness.clear()
        world.sessions += 1
        self._opened = self._lasts = 0
        self.owned = (world.schools[0], world.schools[0], world.schools[1])
        self.clients = [self._open(world.stores[number // 2], world.schools[number // 2], number) for number in range(3)]

    def _open(self, store: Path, sekolah: Campus, number: int) -> WireClient:
        path = copied(store, self._fresh(number))
        return WireClient(path, settings_for(self.world.proxy.url, sekolah.token, total=0.25))

    def _fresh(self, number: int) -> Path:
        self._opened += 1
        folder = self.world.folder / f"klien-{self.world.sessions}-{number}-{self._opened}"
        folder.mkdir()
        return folder / "pmm.db"

    # ---- what operators, heads, computers and lines do

    @initialize(plans=st.lists(st.tuples(_client, _teacher, _content), min_size=3, max_size=9))
    def start(self, plans: list[tuple[int, int, int]]) -> None:
        """Begin with plans that wait."""
        for who, teacher, content in plans:
            self.submit(who, teacher, content)

    @rule(who=_client, teacher=_teacher, content=_content)
    def submit(self, who: int, teacher: int, content: int) -> None:
        """Seal a plan."""
        client = self.clients[who]
        client.store.outbox.seal(client.store.roster.all()[teacher], PERIODE, rencana(content), 1, client.clock())

    @rule(who=_client, weather=st.lists(disturbance, max_size=3), patient=st.booleans(), gzip=st.booleans())
    def send(self, who: int, weather: list[Disturbance], patient: bool, gzip: bool) -> None:
        """Send while the line does these things, one a connection."""
        self.world.proxy.install(*weather)
        client = self.clients[who]
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

    @rule(who=_client)
    def refuses(self, who: int) -> None:
        """The server refuses the content of what was never sent before; only then is a made-up refusal like the server's."""
        client = self.clients[who]
        due = client.store.outbox.due(100)
        if due and not any(k.percobaan for k in due):
            self.world.proxy.always = Disturbance(fake=REFUSED)
            client.send()
            self.world.proxy.always = SMOOTH

    @rule(who=_client, weather=st.lists(disturbance, max_size=1), before=st.booleans())
    def dies_while_sending(self, who: int, weather: list[Disturbance], before: bool) -> None:
        """Kill the program in the middle of sending and start it again."""
        self.world.proxy.install(*weather)
        client, path = self.clients[who], self._fresh(who)
        asyncio.run(self._send(client, path, before))
        self._sent_once()
        if path.exists():
            client.close()
            client.path, client.store = path, Store.open(path)

    async def _send(self, client: WireClient, path: Path, before: bool) -> None:
        await send_due(
            client.store, lambda: DiesWhileSending(client, path, before), now=client.clock, forced=True, random=lambda: 0.5
        )

    @rule(who=_client)
    def reopen(self, who: int) -> None:
        """Close the program and start it again."""
        self.clients[who].reopen()

    @rule(who=_client, day=st.sampled_from((-3650.0, -30.0, -0.01, 0.01, 0.3, 2.0, 3650.0)))
    def clock_jumps(self, who: int, day: float) -> None:
        """Set a computer's clock."""
        self.clients[who].clock.advance(days=day)

    @rule(who=_client, weather=st.lists(disturbance, max_size=2))
    def pull(self, who: int, weather: list[Disturbance]) -> None:
        """Fetch what is new, while the line does these things."""
        self.world.proxy.install(*weather)
        pulled = self.clients[who].pull()
        assert pulled.stop is None or not flaw(pulled.stop.reason), pulled.stop

    @rule(who=_client)
    def wrong_token(self, who: int) -> None:
        """Send once with a token that the server does not know."""
        client, right = self.clients[who], self.clients[who].settings
        client.settings = settings_for(right.url, "bukan-token-yang-benar", total=0.25)
        assert client.send().sent == 0
        client.settings = right

    def _sent_once(self) -> None:
        """Count, and let what lasts for some runs come to its end."""
        self.world.sends += 1
        self._lasts -= 1
        if self._lasts <= 0:
            self.world.proxy.always = SMOOTH
            self.turn_on()

    @rule(page=st.sampled_from(PORTAL), old=st.integers(1, 3))
    def portal(self, page: bytes, old: int) -> None:
        """A login page answers everybody for the next runs."""
        self.world.proxy.always, self._lasts = Disturbance(fake=page), old

    @rule(backwards=st.booleans())
    def arrives_late(self, backwards: bool) -> None:
        """Deliver what was held up."""
        self.world.proxy.release(backwards=backwards)

    @rule(old=st.integers(0, 2))
    def server_dies(self, old: int) -> None:
        """Kill the server; it comes back after that many runs of a sender."""
        self.world.server.kill()
        self._lasts = old
        if not old:
            self.turn_on()

    def turn_on(self) -> None:
        """Start the server, if it is dead."""
        if not self.world.server.alive:
            self.world.server.start()
            self.world.proxy.target = self.world.server.port

    @rule(sekolah=st.integers(0, 1), which=st.integers(0, TEACHERS - 1), decision=st.sampled_from(("setujui", "kembalikan")))
    def head_decides(self, sekolah: int, which: int, decision: str) -> None:
        """The head decides on a plan that the server holds."""
        if self.world.server.alive:
            self._decide(self.world.schools[sekolah], decision, which)

    def _decide(self, sekolah: Campus, decision: str, which: int | None = None) -> None:
        """Decide on one plan of a school, or on all."""
        headers = {"authorization": f"Bearer {sekolah.token_kepala}"}
        base = f"http://127.0.0.1:{self.world.server.port}"
        with httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=20) as http:
            held = http.get("/v1/rencana").json()["perubahan"]
            for plan in held if which is None else held[which : which + 1]:
                content = {"revisi": plan["revisi"], "keputusan": decision, "catatan": ""}
                http.post(f"/v1/rencana/{PERIODE}/{plan['pegawai']}/keputusan", json=content).raise_for_status()

    # ---- what must hold

    @invariant()
    def check_steps(self) -> None:
        """After each step: what is called sent is on the server, which holds each revision once and only what clients sealed."""
        world = self.world
        world.steps += 1
        world.proxy.settled()
        for sekolah in world.schools:
            own = [client for client, owned in zip(self.clients, self.owned, strict=True) if owned == sekolah]
            held = world.witness.envelopes(sekolah.npsn)
            assert len({(a.nip, a.revision) for a in held}) == len(held)
            assert world.witness.bodies(sekolah.npsn) <= {k.line for client in own for k in client.store.outbox.all()}
            assert world.witness.teachers(sekolah.npsn) == TEACHERS
            for client in own:
                assert world.witness.falsely_sent(client, sekolah.npsn) == []

    def teardown(self) -> None:
        """Let the weather clear and look who says what."""
        try:
            self._heal()
            self._settled()
            self._solved()
        finally:
            for client in self.clients:
                client.close()

    def _heal(self) -> None:
        world = self.world
        self.turn_on()
        world.proxy.cleared()
        world.proxy.release()
        world.proxy.settled()
        for client in self.clients:
            client.settings = settings_for(world.proxy.url, client.settings.token, total=10.0)
            client.until_finished()
        world.proxy.settled()

    def _settled(self) -> None:
        """Every envelope is sent, or says what became of it; whatever the server holds, its client calls sent."""
        self.check_steps()
        for client, sekolah in zip(self.clients, self.owned, strict=True):
            assert client.pull().stop is None
            for entry in client.store.outbox.all():
                self._named(client, entry)
            self._same_opinion(client, sekolah)
        sent = {k.line for client in self.clients for k in client.store.outbox.all() if k.keadaan == "sent"}
        for sekolah in self.world.schools:
            assert self.world.witness.bodies(sekolah.npsn) <= sent

    def _named(self, client: WireClient, entry: OutboxEntry) -> None:
        assert entry.keadaan not in OPEN
        if entry.keadaan == "rejected":
            assert entry.masalah
            assert all(masalah.pesan for masalah in entry.masalah)
        elif entry.keadaan == "superseded":
            others = [k for k in client.store.outbox.all() if k.pegawai_id == entry.pegawai_id and k is not entry]
            assert entry.catatan
            assert any(k.revisi > entry.revisi or k.keadaan in ("rejected", "conflict") for k in others)

    def _same_opinion(self, client: WireClient, sekolah: Campus) -> None:
        """A client that has asked knows what the server holds of each plan, and has an envelope of that revision, whose ever."""
        stands = {a.nip: (a.revision, a.sha256) for a in self.world.witness.envelopes(sekolah.npsn) if a.standing}
        for pegawai in client.store.roster.all():
            assert held(client.store, pegawai.id, PERIODE) == stands.get(pegawai.nip, (0, ""))
        known = {(k.kunci["nip"], k.revisi) for k in client.store.outbox.all()}
        assert {(nip, revision) for nip, (revision, _) in stands.items()} <= known

    def _solved(self) -> None:
        """What was refused or in conflict goes through once its operator has fetched, edited and sealed anew."""
        for sekolah in self.world.schools:
            self._decide(sekolah, "kembalikan")
        for number, client in enumerate(self.clients):
            assert client.pull().stop is None
            unsolved = [k for k in newest_entries(client.store).values() if k.keadaan in ("rejected", "conflict")]
            for entry in unsolved:
                pegawai = client.store.roster.get(entry.pegawai_id)
                assert pegawai is not None
                client.store.outbox.seal(pegawai, PERIODE, rencana(900 + number), 2, client.clock())
            client.until_finished()
            assert {k.keadaan for k in newest_entries(client.store).values()} <= {"sent"}
        self.check_steps()
