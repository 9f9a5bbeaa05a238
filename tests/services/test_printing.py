"""Printing plans of a real store: whose content it is, which files come of it, and what is said."""

from __future__ import annotations

import os
import socket
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.cetak.document import texts_of
from pmm_tui.cetak.skp_form import skp_document
from pmm_tui.cetak.subject import PlanPaper
from pmm_tui.cli.parser import FORMATS, PAPERS
from pmm_tui.errors import UsageError
from pmm_tui.services import print_request
from pmm_tui.services.cloud_folder import cloud_of
from pmm_tui.services.listing import all_rows
from pmm_tui.services.print_request import KINDS, SUFFIX, Format, PrintReport, PrintRequest
from pmm_tui.services.printing import papers_of, print_documents, printed_school
from pmm_tui.skp.model import Pegawai, TugasTambahan
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.cetak.samples import NAMES, PLAN, SCHOOL, paper
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.tui.samples import ANI

AT = datetime(2026, 1, 10, 3, 42, tzinfo=UTC)


def printed(folder: Path, what: str, form: Format, people: list[PlanPaper], **more: bool) -> PrintReport:
    return print_documents(PrintRequest(what=what, form=form, folder=folder, **more), people, SCHOOL)


def send(store: Store, pegawai: Pegawai, status: str = "diajukan") -> None:
    """Seal the plan of a teacher and let the server have it."""
    store.drafts.save(pegawai.id, PERIODE, PLAN, 1, NOW)
    store.outbox.seal(pegawai, PERIODE, PLAN, 1, NOW)
    (entry,) = store.outbox.claim(10, 1_000_000, NOW) if hasattr(store.outbox, "claim") else ()
    store.outbox.settle(entry, Sent("TT01", "2026-01-10T03:00:00+00:00", status), NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files go; it is not there yet."""
    return tmp_path / "cetakan" / "hari ini"
