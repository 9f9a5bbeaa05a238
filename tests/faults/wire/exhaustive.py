"""What must hold after every fault and at the end of a chain of them: nothing lost, nothing twice, nothing falsely called sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pmm_tui.sync.http.line import Limits
from tests.faults.wire.conftest import MakeClient, Stage
from tests.faults.wire.disturbances import Disturbance
from tests.faults.wire.sentences import flaw
from tests.faults.wire.wire_kit import PERIODE, WireClient

AT_ONCE = Limits(envelopes=40, bytes=64 * 1024)


def chain(
    stage: Stage,
    make_client: MakeClient,
    faults: Iterable[Disturbance],
    *,
    length: int = 10,
    many: int = 40,
    total: float = 5.0,
    gzip: bool = True,
    same_receipts: bool = True,
) -> int:
    """Meet one fault after another with the same unsettled envelopes, `length` at a time; then send until quiet and compare.

    `same_receipts` says whether the receipts must be the server's, too: a line that changes bytes may change theirs where nothing
    guards the answer. Returns how many faults were met.
    """
    met = 0
    for group in _groups(faults, length):
        client = make_client(many, total=total, gzip=gzip)
        for disturbance in group:
            if not client.waiting:
                _complete(stage, client, many, same_receipts)
                client = make_client(many, total=total, gzip=gzip)
            meet(stage, client, disturbance, same_receipts=same_receipts)
            met += 1
        stage.proxy.cleared()
        client.until_finished()
        _complete(stage, client, many, same_receipts)
    return met


def meet(stage: Stage, client: WireClient, disturbance: Disturbance, *, same_receipts: bool = True) -> None:
    """Send once while the line does this; what the client then says must be true."""
    stage.proxy.cleared()
    stage.proxy.install(disturbance)
    client.store.reference.set_memo("kirim/batas", "")  # a time-out before has halved the batch: begin with a whole one again
    result = client.send(AT_ONCE)
    stage.proxy.settled()
    client.clock.advance(hours=8)
    wrong = stage.witness.falsely_sent(client, stage.sekolah.npsn, same_receipts=same_receipts)
    assert not wrong, (disturbance, wrong)
    assert result.sent + result.rejected + result.conflict + result.waiting >= len(client.store.outbox.due(1000)), disturbance
    if result.stop is not None:
        assert not flaw(result.stop.reason), (disturbance, flaw(result.stop.reason), result.stop)


def _complete(stage: Stage, client: WireClient, many: int, same_receipts: bool) -> None:
    """Every sealed plan is sent, and the server holds these and nothing else, once each."""
    npsn = stage.sekolah.npsn
    sealed = client.store.outbox.all(PERIODE)
    others = [(k.keadaan, k.catatan, k.masalah) for k in sealed if k.keadaan != "sent"]
    assert (len(sealed), others) == (many, []), others
    assert stage.witness.falsely_sent(client, npsn, same_receipts=same_receipts) == []
    held = stage.witness.envelopes(npsn)
    assert sorted((a.nip, a.revision, a.sha256) for a in held) == sorted((k.kunci["nip"], k.revisi, k.sha256) for k in sealed)
    assert stage.witness.bodies(npsn) == {k.line for k in sealed}
    assert stage.witness.teachers(npsn) == 40


def _groups(faults: Iterable[Disturbance], size: int) -> Iterator[tuple[Disturbance, ...]]:
    rest = iter(faults)
    while group := tuple(islice(rest, size)):
        yield group
