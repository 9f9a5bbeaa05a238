"""Facts that the whole app hears."""

from __future__ import annotations

from datetime import datetime

from textual.message import Message


class DraftSaved(Message):
    """The draft is on the disk, safe from a power cut."""

    def __init__(self, saat: datetime) -> None:
        super().__init__()
        self.saat = saat


class SaveFailed(Message):
    """The draft could not be saved; `kalimat` says why and what to do."""

    def __init__(self, kalimat: str) -> None:
        super().__init__()
        self.kalimat = kalimat


class SendProgressed(Message):
    """A batch was answered: `selesai` of `dari` envelopes are done."""

    def __init__(self, selesai: int, dari: int) -> None:
        super().__init__()
        self.selesai = selesai
        self.dari = dari


class SendFinished(Message):
    """A run of sending ended; `kalimat` is its outcome for the status line."""

    def __init__(self, kalimat: str, beres: bool) -> None:
        super().__init__()
        self.kalimat = kalimat
        self.beres = beres
