"""How much one server process takes on before it says no."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """Limits of one server process; times in seconds, sizes in bytes. The defaults suit a small machine and slow links."""

    body_bytes: int = 1024 * 1024
    """Largest request body, both on the wire and inflated."""
    lines: int = 500
    """Most envelopes in one batch."""
    page: int = 200
    """Most changes in one answer."""
    write_places: int = 64
    """Most batches and decisions taken on at once, their bodies whole: waiting or worked on."""
    read_places: int = 128
    """Most other requests taken on at once."""
    school_places: int = 4
    """Most of either that one school holds at once; also how many turns of the waiting list are its own."""
    school_waiting: int = 32
    """Most requests of one school that wait for its share, half of `queue_seconds` each."""
    school_bodies: int = 64
    """Most bodies of one school on their way at once; past it the one that has been coming longest gives way."""
    school_body_bytes: int = 8 * 1024 * 1024
    """Most bytes held for the bodies of one school."""
    all_body_bytes: int = 64 * 1024 * 1024
    """Most bytes held for all bodies."""
    queue_seconds: float = 10.0
    """Longest wait that is promised; a third of the shortest client time-out in use (30 s)."""
    connections: int = 800
    """Most open connections; below the usual 1,024 open files of a process."""
    head_seconds: float = 20.0
    """Time for the head of a request, from its first byte; and for the first byte of a new connection."""
    gap_seconds: float = 30.0
    """Longest silence inside a body."""
    body_seconds: float = 60.0
    """Time for a body, to which `body_rate` adds what has come of it needs."""
    body_rate: int = 500
    """Bytes a second that the slowest useful link brings."""
    body_ceiling_seconds: float = 300.0
    """Time after which no body is waited for, however much of it has come."""
    linger_seconds: float = 30.0
    """How long the rest of a refused body is read and thrown away, so that the refusal can be read by the client."""
    write_seconds: float = 60.0
    """How long a client may leave an answer unread."""
    keep_alive_seconds: int = 90
    """How long an idle connection stays open; a new TLS handshake costs 4 kB."""
    login_burst: int = 10
    """Failed logins of one address before it is told to wait."""
    login_seconds: float = 6.0
    """Time after which one more failed login is allowed."""
