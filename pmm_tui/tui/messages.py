"""Facts that the screens hear."""

from __future__ import annotations

from textual.message import Message


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
