"""Every error that the program raises on purpose.

    PmmError                    exit code 1: something was refused or needs attention
    ├── InputError              1: a file, a plan or an answer that cannot be used; says what, where, what next
    │   └── ShapeError          1: structured data of the wrong shape; `place` is the path inside it
    ├── UsageError              2: the command line or the terminal
    │   └── ConfigError         2: the configuration; says file, key and the nearest known key
    ├── AlreadyOpenError        3: another running copy holds the database
    ├── StorageError            4: the disk or the database
    │   ├── DiskFullError       4
    │   ├── ReadOnlyError       4
    │   ├── CorruptError        4
    │   └── NewerSchemaError    4
    └── ServerError             5: the server was not reached, or what answered is not ours

The message of each is one Indonesian sentence for the operator: what, where, and what to do next.
"""

from __future__ import annotations


class PmmError(Exception):
    """Something was refused or needs attention."""

    exit_code = 1

    @property
    def sentence(self) -> str:
        """The sentence for the operator."""
        return str(self.args[0]) if self.args else "Terjadi kesalahan."


class InputError(PmmError):
    """A file or an answer that cannot be used."""


class ShapeError(InputError):
    """Structured data of the wrong shape.

    `place` is the path inside the document, such as `skema[0].poin_min`; empty for the whole of it.
    """

    def __init__(self, sentence: str, place: str = "") -> None:
        super().__init__(sentence)
        self.place = place


class UsageError(PmmError):
    """The command line, or a terminal that cannot show the program."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration cannot be used; `key` is the one that is wrong, such as `server.url`, where there is one."""

    def __init__(self, sentence: str, key: str = "") -> None:
        super().__init__(sentence)
        self.key = key


class AlreadyOpenError(PmmError):
    """Another running copy holds the database."""

    exit_code = 3


class StorageError(PmmError):
    """The disk or the database."""

    exit_code = 4


class DiskFullError(StorageError):
    """No room left where the database is."""


class ReadOnlyError(StorageError):
    """The folder or file of the database cannot be written or opened."""


class CorruptError(StorageError):
    """What stands in the database file is no longer a sound database."""


class NewerSchemaError(StorageError):
    """The database was written by a newer version of this program."""


class ServerError(PmmError):
    """The server was not reached, or what answered is not ours."""

    exit_code = 5
