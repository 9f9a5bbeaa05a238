"""One answer as it came off the wire: what it is worth as a document, and whose wish to wait it brings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec
from msgspec import Struct

from pmm_tui.sync.http import problem, response_body, trouble
from pmm_tui.sync.results import LONGEST_OF_OTHERS, Document, Stop, retry_after

_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')


class Answer(Struct, frozen=True):
    """Status, headers and the whole body, inflated."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def server_time(self) -> datetime | None:
        """The server's clock, where it told."""
        try:
            at = parsedate_to_datetime(self.headers.get("date", ""))
        except (ValueError, TypeError, OverflowError):
            return None
        return at.replace(tzinfo=at.tzinfo or UTC)

    @property
    def cannot_inflate(self) -> bool:
        """Whether a 415 is about the compression (RFC 9110 12.5.3): unless it names gzip as welcome, that is worth a try."""
        return self.status == 415 and "gzip" not in self.headers.get("accept-encoding", "").lower()

    def document(self, *, doubtful: bool = False) -> Document | Stop:
        """The JSON of a 200; anything else is trouble, and so is JSON that leaves something to guess, unless `doubtful` lets it."""
        if self.status != 200:
            return trouble.not_ours(self.status) if self.status < 300 else self._trouble()
        if not self._is("json"):
            return trouble.not_ours()
        try:
            value = response_body.strict_json(self.content)
        except response_body.BodyError as error:
            if not (doubtful and response_body.is_whole(self.content)):
                return trouble.damaged(str(error))
            value = None
        etag = self.headers.get("etag", "")
        return Document(value, etag if _ETAG.fullmatch(etag) else "", self.content)

    def _trouble(self) -> Stop:
        """What an error says; only our own server's wish to wait binds, anybody else's counts for a minute at most."""
        wait = retry_after(self.headers.get("retry-after", ""), self.server_time or datetime.now(UTC))
        ours = self._is("problem+json")
        if wait is not None and not ours:
            wait = min(wait, LONGEST_OF_OTHERS)
        about = (self.headers, self.content)
        stop = trouble.of_status(self.status, wait, problem.words_of(*about), problem.type_of(*about) if ours else "")
        return msgspec.structs.replace(stop, binding=ours and wait is not None)

    def _is(self, kind: str) -> bool:
        return response_body.is_json(self.headers.get("content-type", ""), kind)
