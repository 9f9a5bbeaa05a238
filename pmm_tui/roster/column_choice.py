"""What the operator says a column is: read from the command line, kept for the next file with the same headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from pmm_tui.errors import UsageError
from pmm_tui.roster.heading_match import ANY, Remembered
from pmm_tui.roster.headings import COLUMNS, PRIVATE, heading_key
from pmm_tui.shapes.decode import nearest
from pmm_tui.skp.katalog import Katalog
from pmm_tui.text import quoted

MEMO = "kolom_impor"
"""The memo that keeps the choices, by the shape of the headings."""
LEAVE, FORGET = "abaikan", "otomatis"
"""Said of a column that is not to be read, and of one that is to be told by its heading again."""

_LONGEST = 8_000  # bytes: they go to the reading process as an argument, and Windows has 32,767 letters for all of them
_MOST = 50  # shapes that are kept: who has more kinds of lists starts again with the oldest


def read_choices(asked: Iterable[str], katalog: Katalog) -> dict[str, str]:
    """The field by heading of what was typed as `JUDUL=isian`; raises UsageError."""
    found: dict[str, str] = {}
    for text in asked:
        heading, sign, field = text.rpartition("=")
        heading, field = heading.strip(), field.strip().casefold().replace(" ", "_")
        known = (*COLUMNS, LEAVE, FORGET)
        if not sign or not heading_key(heading):
            raise UsageError(f'--kolom {quoted(text)}: tulis JUDUL=isian, misalnya "Kode Pegawai=nip".')
        if field not in known:
            hint = f"{nearest(field, known)} Pilih dari {', '.join(known)}."
            raise UsageError(f"--kolom {quoted(text)}: isian {quoted(field)} tidak dikenal. {hint}")
        if is_private(heading, katalog):
            raise UsageError(f"--kolom {quoted(text)}: kolom {quoted(heading)} berisi data pribadi dan tidak pernah dibaca.")
        found[heading] = field
    return found


def is_private(heading: str, katalog: Katalog) -> bool:
    """Whether a column is never read, whatever anybody says."""
    more = katalog.impor_dapodik.get("jangan_disimpan")
    names = (*PRIVATE, *(name for name in more if isinstance(name, str))) if isinstance(more, (list, tuple)) else PRIVATE
    return heading_key(heading) in set(map(heading_key, names))


def remembered(memo: str | None, choices: Mapping[str, str]) -> Remembered:
    """What was kept, and the choices of this time on top of it."""
    found = {shape: dict(fields) for shape, fields in _kept(memo).items()}
    forgotten = {heading_key(heading) for heading, field in choices.items() if field == FORGET}
    for fields in found.values():
        for key in forgotten:
            fields.pop(key, None)
    now = {heading_key(heading): "" if field == LEAVE else field for heading, field in choices.items() if field != FORGET}
    return {**found, ANY: now} if now else found


def kept(memo: str | None, shapes: Iterable[str], choices: Mapping[str, str]) -> str:
    """The memo with the choices for files of these shapes, the newest last."""
    found = {shape: dict(fields) for shape, fields in _kept(memo).items()}
    for shape in shapes:
        fields = found.pop(shape, {})
        for heading, field in choices.items():
            fields.pop(heading_key(heading), None)
            if field != FORGET:
                fields[heading_key(heading)] = "" if field == LEAVE else field
        if fields:
            found[shape] = fields
    newest = list(found.items())[-_MOST:]
    while len(encoded := msgspec.json.encode(dict(newest))) > _LONGEST and newest:
        del newest[0]
    return encoded.decode()


def _kept(memo: str | None) -> dict[str, dict[str, str]]:
    try:
        return msgspec.json.decode(memo or "{}", type=dict[str, dict[str, str]])
    except msgspec.DecodeError:
        return {}
