"""The templates: plans of no teacher, under a name, to be applied to many."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.errors import CorruptError, InputError, ShapeError
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.skp.plan_carry import bare
from pmm_tui.store.database import Database
from pmm_tui.store.times import from_text, to_text
from pmm_tui.text import clean, quoted

MAX_NAME = 60
"""Characters of a template's name."""
_SELECT = "SELECT nama, periode, sasaran, rencana, ditandai FROM templat WHERE rencana <> x''"


class Template(Struct, frozen=True):
    """A plan without a teacher, made in a period; `sasaran` is the id of the form that it is for, empty for a teacher's."""

    name: str
    periode: str
    sasaran: str
    rencana: RencanaKinerja
    at: datetime


class Templates:
    """The templates, one for a name, whatever its case; one that was removed stays as an empty plan with its time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self, name: str, periode: str, sasaran: str, rencana: RencanaKinerja, now: datetime, *, replace: bool = False
    ) -> Template:
        """Keep what of a plan is no teacher's own: neither data diri, SK nor confirmation.

        Raises InputError for a name that is none, or taken unless it is to be replaced; StorageError.
        """
        template = Template(template_name(name), periode, sasaran, bare(rencana), now)
        self._database.call(self._save, template, replace)
        return template

    def get(self, name: str) -> Template | None:
        """The template of that name, whatever its case; raises CorruptError for one that can no longer be read."""
        row = self._database.call(self._one, name_key(name))
        try:
            return _template(row) if row else None
        except ShapeError:
            raise CorruptError(
                f"Templat {quoted(name)} rusak; hapus lalu simpan lagi, atau kembalikan cadangan terakhir."
            ) from None

    def all(self) -> tuple[Template, ...]:
        """All templates, by name; one that can no longer be read is left out, `get` says why."""
        found = []
        for row in self._database.call(self._all):
            try:
                found.append(_template(row))
            except ShapeError:
                continue
        return tuple(sorted(found, key=lambda one: name_key(one.name)))

    def remove(self, name: str, now: datetime) -> bool:
        """Remove a template; false when there is none of that name. Raises StorageError."""
        return self._database.call(self._remove, name_key(name), to_text(now))

    # ---- in the database's thread

    def _save(self, template: Template, replace: bool) -> None:
        key = name_key(template.name)
        with self._database.transaction() as connection:
            if not replace and self._one(key) is not None:
                raise InputError(f"Templat {quoted(template.name)} sudah ada; pakai nama lain, atau timpa.")
            connection.execute(
                "INSERT OR REPLACE INTO templat VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key,
                    template.name,
                    template.periode,
                    template.sasaran,
                    msgspec.json.encode(template.rencana),
                    to_text(template.at),
                ),
            )

    def _one(self, key: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = None
        if self._there():
            row = self._database.connection.execute(f"{_SELECT} AND kunci = ?", (key,)).fetchone()
        return row

    def _all(self) -> list[tuple[Any, ...]]:
        return self._database.connection.execute(_SELECT).fetchall() if self._there() else []

    def _remove(self, key: str, at: str) -> bool:
        with self._database.transaction() as connection:
            removed = connection.execute(
                "UPDATE templat SET rencana = x'', ditandai = ? WHERE kunci = ? AND rencana <> x''", (at, key)
            ).rowcount
        return bool(removed)

    def _there(self) -> bool:
        connection: sqlite3.Connection = self._database.connection
        # read beside a window that an older program opened there is none
        return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'templat'").fetchone() is not None


def template_name(typed: str) -> str:
    """A template's name as it is kept; raises InputError for an empty or a long one."""
    name = " ".join(clean(typed).split())
    if not name or len(name) > MAX_NAME:
        raise InputError(f"Nama templat: tulis 1 sampai {MAX_NAME} huruf.")
    return name


def name_key(name: str) -> str:
    """What makes two names one: case and spacing aside."""
    return " ".join(clean(name).split()).casefold()


def _template(row: tuple[Any, ...]) -> Template:
    name, periode, sasaran, rencana, at = row
    if not isinstance(rencana, bytes):
        raise ShapeError("Templat: bukan templat.")
    return Template(name, periode, sasaran, decode_json(rencana, RencanaKinerja, "Templat"), from_text(at))
