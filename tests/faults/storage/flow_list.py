"""The flows by their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults.storage.flow import Flow, ImportPlans, ImportTeachers, Submit
from tests.faults.storage.flow_copy import UndoStep, UseTemplate
from tests.faults.storage.flow_data import BackUp, FirstStart, Migration, Restore, RestoreNamed
from tests.faults.storage.flow_decide import Decide

FLOWS: dict[str, Callable[[Path], Flow]] = {
    "rencana impor": ImportPlans,
    "ajukan": Submit,
    "putuskan": Decide,
    "impor": ImportTeachers,
    "templat pakai": UseTemplate,
    "urungkan": UndoStep,
    "cadangan": BackUp,
    "skema baru": Migration,
    "mulai pertama": FirstStart,
    "pulihkan": Restore,
    "pulihkan bernama": RestoreNamed,
}
"""All but `Send`, which needs a server."""
