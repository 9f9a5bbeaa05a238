"""The flows by their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults.storage.flow import Flow, ImportPlans, ImportTeachers, Send, Submit
from tests.faults.storage.flow_copy import UndoStep, UseTemplate
from tests.faults.storage.flow_data import BackUp, FirstStart, Migration, Restore, RestoreNamed
from tests.faults.storage.flow_decide import Decide
from tests.faults.storage.flow_stick import SendFile, TakeFile, WriteFile

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
    "kirim ke berkas": WriteFile,
    "terima": TakeFile,
    "pulihkan": Restore,
    "pulihkan bernama": RestoreNamed,
}
WITH_SERVER: dict[str, Callable[[Path, int], Send | SendFile]] = {"kirim": Send, "kirim dari berkas": SendFile}
"""Those that need a server."""
