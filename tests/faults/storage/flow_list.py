"""The flows by their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults.storage.flow import Ajukan, Alur, ImporGuru, ImporRencana
from tests.faults.storage.flow_data import Cadangan, Migrasi, Pertama, Pulihkan, PulihkanBernama

ALUR: dict[str, Callable[[Path], Alur]] = {
    "rencana impor": ImporRencana,
    "ajukan": Ajukan,
    "impor": ImporGuru,
    "cadangan": Cadangan,
    "skema baru": Migrasi,
    "mulai pertama": Pertama,
    "pulihkan": Pulihkan,
    "pulihkan bernama": PulihkanBernama,
}
"""All but `Kirim`, which needs a server."""
