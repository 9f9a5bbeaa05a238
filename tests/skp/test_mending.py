"""Where each fault is mended: every code has its place, and each place says who and how."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmm_tui.skp.finding import sign_of
from pmm_tui.skp.mending import MENDINGS, System, mending_of
from pmm_tui.skp.model import TEACHER_FIELDS
from pmm_tui.skp.rules import entry, identity, rank
from pmm_tui.skp.sync_messages import bundled_messages

_CODE = re.compile(r'(?:Masalah|_warning)\(\s*"([a-z-]+)"')
_OF_PLAN = {"belum-sesuai", "rapor-belum"}
"""Codes of the identity rules that are about the plan, not the teacher's data."""


@pytest.mark.parametrize("module", [identity, rank, entry])
def test_every_rule_about_the_teacher_says_where_it_is_mended(module: object) -> None:
    """So that no new rule ends up under "di sini" by being forgotten."""
    codes = set(_CODE.findall(Path(str(module.__file__)).read_text("utf-8")))  # type: ignore[attr-defined]
    assert codes - _OF_PLAN
    assert codes - _OF_PLAN <= set(MENDINGS)


def test_each_says_who_and_how_in_known_fields_and_messages() -> None:
    """Fields are a teacher's, messages are those of Bantuan Sinkron; only an account's step is that of its state."""
    messages = {one.id for one in bundled_messages().pesan}
    for code, mending in MENDINGS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert mending.who
        assert mending.step.endswith(".") or mending.here == "akun", code
        assert set(mending.fields) <= set(TEACHER_FIELDS)
        assert not mending.message or mending.message in messages
    assert mending_of("rhk-kosong").system is System.HERE


def test_only_a_fault_of_the_nip_leads_to_the_missing_button() -> None:
    """Bantuan Sinkron gives another NIP as its cause: a NUPTK that is wrong or missing is no such fault, nor a setting here."""
    blamed = {code for code, mending in MENDINGS.items() if mending.message == "tombol-sinkron-tidak-muncul"}
    assert blamed == {"nip-kosong", "nip-salah", "nip-beda", "nip-dini"}
    assert not [code for code, mending in MENDINGS.items() if mending.system is System.HERE and mending.message]


def test_no_step_is_a_command_where_there_is_a_setting() -> None:
    """On the screen and in practice the settings are the way; commands stand in what commands say."""
    assert not [code for code, mending in MENDINGS.items() if mending.here == "atur" and "pmm-tui" in mending.step]


def test_a_sign_tells_faults_apart_and_holds_no_value() -> None:
    """Another number is another fault; the number does not stand in it."""
    one, other = sign_of("nip-salah", "123"), sign_of("nip-salah", "124")
    assert one == sign_of("nip-salah", "123") != other
    assert "123" not in (one, other)
    assert re.fullmatch("[0-9a-f]{16}", one)
    assert sign_of("a", "bc") != sign_of("a", "b", "c")
