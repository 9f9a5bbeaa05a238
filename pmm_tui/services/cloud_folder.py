"""Whether a folder is one that a program copies to a cloud: what is printed there leaves the computer by itself."""

from __future__ import annotations

from pathlib import Path

_NAMES = {
    "OneDrive": ("onedrive",),
    "Google Drive": ("google drive", "googledrive", "my drive", "drive saya"),
    "Dropbox": ("dropbox",),
    "iCloud": ("icloud", "mobile documents", "com~apple~clouddocs"),
}
"""How the folders of each service begin, small letters; `OneDrive - Dinas` and `OneDrive_Dinas` are OneDrive's too."""


def cloud_of(folder: Path) -> str:
    """The service that copies a folder, by the names on its path; empty when none seems to. Links are followed."""
    try:
        parts = {part.casefold() for path in (folder, folder.resolve()) for part in path.parts}
    except (OSError, RuntimeError):
        parts = {part.casefold() for part in folder.parts}
    for service, beginnings in _NAMES.items():
        if any(part.startswith(beginnings) for part in parts):
            return service
    return ""


def cloud_warning(folder: Path) -> str:
    """The sentence about such a folder; empty for any other."""
    service = cloud_of(folder)
    if not service:
        return ""
    return f"Folder ini tampaknya disalin ke {service}; data pribadi guru ikut ke sana. Pilih folder lain bila tidak boleh."
