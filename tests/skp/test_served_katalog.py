"""The catalogue of one period, as the server lends it."""

from __future__ import annotations

import re

import msgspec
import pytest

from pmm_tui.errors import ShapeError
from pmm_tui.skp.katalog_reader import bundled, parse_katalog


def test_the_import_of_rosters_does_not_leave_the_server() -> None:
    """One period and its scheme go out; how a Dapodik file is read, where an entry was found, and its other names cost none."""
    whole = bundled()
    assert whole.rujukan
    assert whole.impor_dapodik
    for periode in whole.periode:
        lent = whole.only_periode(periode.id)
        assert lent.impor_dapodik == {}
        assert [one.id for one in lent.periode] == [periode.id]
        assert [one.id for one in lent.skema] == [whole.skema_periode(periode.id).id]
        assert [one.peran for one in lent.kompetensi] == [one.peran for one in whole.kompetensi]
        assert lent.rujukan == ()
        assert {t.id: t.alias for t in lent.tugas_tambahan}["koordinator-pkb"] == ("Koordinator PKB", "Koordinator PKG")


def test_a_period_that_is_not_there_is_not_lent() -> None:
    """It is told by its name."""
    with pytest.raises(ShapeError, match="1999"):
        bundled().only_periode("1999")


def test_a_program_of_before_can_use_what_is_lent() -> None:
    """It knows `{indikator}` alone in the sentence, the label of a tugas as it stands, and needs every member without a default."""
    for periode in bundled().periode:
        lent = bundled().only_periode(periode.id)
        assert re.findall(r"{\w+}", lent.praktik.rhk_pola) == ["{indikator}"]
        assert not any(tugas.dahulu or tugas.mulai for tugas in lent.tugas_tambahan)
        assert lent.jenis_ptk.tambahan == ()
        sent = msgspec.json.decode(msgspec.json.encode(lent))
        for name in ("versi", "skema", "periode", "praktik", "komponen", "indikator", "kompetensi", "tugas_tambahan", "perilaku"):
            assert sent[name]
        assert parse_katalog(sent, "server") == lent
