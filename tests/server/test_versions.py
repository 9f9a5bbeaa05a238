"""The school's `versi`: one ETag that stands for everything that a token can read."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from pmm_tui.server.sekolah import load_school
from pmm_tui.skp.model import KepalaSekolah, Pegawai, Rapor, Sekolah
from tests.server.sample_school import NIP, OTHER_NIP, PERIODE, MakeSekolah, SampleSchool

BUDI = Pegawai(nama="Budi Santoso", nip=NIP)


def ask(sekolah: SampleSchool, etag: str = "") -> httpx.Response:
    """The school, unless it is what `etag` stands for."""
    return sekolah.http.get("/v1/sekolah", headers={"If-None-Match": etag} if etag else {})


def load(sekolah: SampleSchool, *teacher: Pegawai, rapor: dict[str, Rapor] | None = None) -> None:
    """Load more of the school."""
    load_school(sekolah.database, Sekolah(npsn=sekolah.npsn), teacher, rapor)


CHANGES: dict[str, Callable[[SampleSchool], object]] = {
    "a plan": lambda s: s.store(),
    "a teacher more": lambda s: load(s, Pegawai(nama="Siti Aminah", nip=OTHER_NIP)),
    "a teacher's data": lambda s: load(s, Pegawai(nama="Budi Santoso, S.Pd.", nip=NIP)),
    "results": lambda s: load(s, rapor={PERIODE: Rapor(capaian={"penerapan-disiplin-positif": "baik"})}),
    "the head": lambda s: load_school(s.database, Sekolah(npsn=s.npsn, nama="X", kepala_sekolah=KepalaSekolah(nama="Y"))),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_makes_a_new_version(make_sekolah: MakeSekolah, change: Callable[[SampleSchool], object]) -> None:
    """With the tag of before the answer is a whole one after a change, and 304 where nothing changed."""
    sekolah = make_sekolah(BUDI)
    before = ask(sekolah)
    assert ask(sekolah, before.headers["etag"]).status_code == 304

    change(sekolah)

    after = ask(sekolah, before.headers["etag"])
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert ask(sekolah, after.headers["etag"]).status_code == 304


def test_a_decision_makes_a_new_version(make_sekolah: MakeSekolah) -> None:
    """What the head decides is news; the same decision again is not."""
    sekolah = make_sekolah(BUDI)
    sekolah.store()
    (id,) = sekolah.ids().values()
    before = ask(sekolah).headers["etag"]

    assert sekolah.decide(id, 1, "setujui").status_code == 200
    after = ask(sekolah, before).headers["etag"]
    assert sekolah.decide(id, 1, "setujui").status_code == 200

    assert after != before
    assert ask(sekolah, after).status_code == 304


def test_another_school_s_news_are_none(make_sekolah: MakeSekolah) -> None:
    """A plan of one school changes nothing for another."""
    ours, theirs = make_sekolah(BUDI), make_sekolah(BUDI)
    before = ask(ours).headers["etag"]

    theirs.store()

    assert ask(ours, before).status_code == 304
