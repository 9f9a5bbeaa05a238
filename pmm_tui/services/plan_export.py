"""Plans as TOML files, one for each teacher: for the command line and for the marked teachers of the list."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from pmm_tui.file_names import slug
from pmm_tui.private_file import make_private_folder, write_once, write_private
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_file import write_plan_file


class PlanFile(Struct, frozen=True):
    """A file and whose it is; `there`: one of that name stood there, and stays."""

    pegawai: Pegawai
    path: Path
    there: bool = False


def export_plans(rows: Iterable[PlanRow], in_force: InForce, folder: Path, *, over: bool = False) -> tuple[PlanFile, ...]:
    """Write the plans, a plan that was not begun as an empty file to fill in; `over`: files that are there are replaced.

    The folder is made where it is missing; files and folder are the operator's alone. Raises StorageError.
    """
    make_private_folder(folder)
    return tuple(_write(row, in_force, folder, over=over) for row in rows)


def _write(row: PlanRow, in_force: InForce, folder: Path, *, over: bool) -> PlanFile:
    """Write one plan. The name is made of the teacher's number and a slug, so no name can lead to another folder."""
    path = folder / f"{row.pegawai.id:04}-{slug(row.pegawai.nama)}-{slug(in_force.periode)}.toml"
    rencana = row.rencana or RencanaKinerja()
    text = write_plan_file(row.pegawai, in_force.periode, rencana, in_force.katalog, in_force.sekolah.jenjang)
    try:
        (write_private if over else write_once)(path, text.encode())
    except FileExistsError:
        return PlanFile(row.pegawai, path, there=True)
    return PlanFile(row.pegawai, path)
