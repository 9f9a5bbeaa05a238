"""The real server with TLS in a process of its own: `python -m tests.bench.wire_server DATABASE PORT`.

It prints its port when it answers, one line a request after that, and ends with its standard input.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from tests.bench.wire_certificates import CHAIN, KEY

_ROOT = Path(__file__).parents[2]
_WAIT = 30.0


class ServerProcess:
    """A running server: where its database is, its port, and a line for each request that it has answered."""

    def __init__(self, process: subprocess.Popen[str], database: str) -> None:
        self.database = database
        self.log: list[str] = []
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        self.port = int(self._lines.get(timeout=_WAIT))

    def requests(self) -> int:
        """How many requests it has answered up to now."""
        while not self._lines.empty():
            self.log.append(self._lines.get())
        return sum(" ! " not in line and not line.startswith("!") for line in self.log)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._lines.put(line.strip())


@contextmanager
def server_process(folder: Path, port: int = 0) -> Iterator[ServerProcess]:
    """Run the server on a fresh database; `port` 0 takes a free one."""
    database = str(folder / "server.db")
    command = [sys.executable, "-m", "tests.bench.wire_server", database, str(port)]
    process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield ServerProcess(process, database)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(_WAIT)


def main(database: str, port: int) -> None:
    """Serve until standard input ends."""
    from pmm_tui.server.serve import serve

    over = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        over.set()

    def say(line: str) -> None:
        print(line, flush=True)

    threading.Thread(target=watch, daemon=True).start()
    ready = lambda url: say(url.rsplit(":", 1)[1])  # noqa: E731
    serve("127.0.0.1", port, database, on_ready=ready, stop=over, log=say, tls_certificate=CHAIN, tls_key=KEY)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
