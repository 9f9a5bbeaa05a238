"""Where files of the screens go, and how they are shown."""

from __future__ import annotations

from pathlib import Path

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import SYNC_MESSAGES


class ScreenFolders:
    """See `tui.ports.Folders`."""

    _context: RunContext

    @property
    def export_folder(self) -> Path:
        """Where what is printed goes, unless another folder is named."""
        return self._context.locations.export_folder

    @property
    def messages_file(self) -> Path:
        """The school's own messages of e-Kinerja, which may not be there."""
        return self._context.config_file.with_name(SYNC_MESSAGES)

    def open_folder(self, path: Path) -> bool:
        """Show a folder in the desktop's file manager; false where there is none."""
        from pmm_tui.cli.open_folder import open_folder  # lazy: after printing, if at all

        return open_folder(path, self._context.env)
