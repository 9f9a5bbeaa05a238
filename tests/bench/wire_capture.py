"""Counting packets: a network namespace of our own, and a capture of everything in it. Linux only.

In the namespace there is nothing but a loopback device, set to what a line has: an MTU of 1500, and no offload that would hand over
many segments as one. Every IPv4 packet is then seen as a line would carry it, acknowledgements too.
"""

from __future__ import annotations

import array
import asyncio
import fcntl
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress

from tests.bench.wire_count import Counts

_TRIAL = "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)"
_INSIDE = "PMM_BENCH_NAMESPACE"
_SET_FLAGS, _GET_FLAGS, _SET_MTU, _ETHTOOL = 0x8914, 0x8913, 0x8922, 0x8946
_OFFLOADS = (0x1F, 0x24, 0x2C)  # ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO
_ALL_PROTOCOLS, _TCP, _SYN = 3, 6, 0x02
_QUIET = 0.3  # seconds without a packet; a delayed acknowledgement takes 0.04
_MTU = 1500


def enter_namespace() -> bool:
    """Whether this process runs in a namespace of its own; where one can be had it begins again inside, and is told so then."""
    if os.environ.get(_INSIDE):
        _set_up_line()
        return True
    command = [shutil.which("unshare") or "unshare", "--net", "--map-root-user", sys.executable]
    try:
        subprocess.run([*command, "-c", _TRIAL], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    os.execve(command[0], [*command, *sys.argv], os.environ | {_INSIDE: "1"})
    return True


def _set_up_line() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        fcntl.ioctl(sock, _SET_MTU, struct.pack("16si", b"lo", _MTU))
        for command in _OFFLOADS:
            value = array.array("B", struct.pack("II", command, 0))
            fcntl.ioctl(sock, _ETHTOOL, struct.pack("16sP", b"lo", value.buffer_info()[0]))
        flags = struct.unpack("16sh", fcntl.ioctl(sock, _GET_FLAGS, struct.pack("16sh", b"lo", 0)))[1]
        fcntl.ioctl(sock, _SET_FLAGS, struct.pack("16sh", b"lo", flags | 1))


class Capture:
    """Captures the packets to and from a port of this namespace; a context manager."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._packets: list[tuple[bool, int, int, int]] = []
        self._last = time.monotonic()
        self._sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL_PROTOCOLS))
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self._sock.bind(("lo", 0))
        self._wake, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._listen)

    def __enter__(self) -> Capture:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.write(self._waker, b"x")
        self._thread.join()
        self._sock.close()
        os.close(self._wake)
        os.close(self._waker)

    def zero(self) -> None:
        """Begin anew."""
        self._packets = []

    def read(self) -> Counts:
        """What was captured since."""
        packets = list(self._packets)
        up = [packet for packet in packets if packet[0]]
        down = [packet for packet in packets if not packet[0]]
        return Counts(
            up=sum(size for _, size, _, _ in up),
            down=sum(size for _, size, _, _ in down),
            payload_up=sum(content for _, _, content, _ in up),
            payload_down=sum(content for _, _, content, _ in down),
            packets_up=len(up),
            packets_down=len(down),
            connections=sum(bool(flags & _SYN) for _, _, _, flags in up),
        )

    async def settled(self, opened: int = 0) -> None:
        """Wait for silence on the line, however many connections are open."""
        self._last = time.monotonic()
        while (left := self._last + _QUIET - time.monotonic()) > 0:
            await asyncio.sleep(left)

    def _listen(self) -> None:
        while True:
            readable = select.select([self._sock.fileno(), self._wake], [], [])[0]
            if self._sock.fileno() not in readable:
                return
            with suppress(BlockingIOError):
                while True:
                    packet, address = self._sock.recvfrom(65536, socket.MSG_DONTWAIT)
                    if address[2] != socket.PACKET_OUTGOING:  # the loopback device shows each packet going and coming
                        self._take(packet)

    def _take(self, packet: bytes) -> None:
        if packet[0] >> 4 != 4 or packet[9] != _TCP:
            return
        head = (packet[0] & 15) * 4
        source, target = struct.unpack_from("!HH", packet, head)
        if self.port not in (source, target):
            return
        size = struct.unpack_from("!H", packet, 2)[0]
        assert size <= _MTU, "the line hands over more than its MTU"
        content = size - head - (packet[head + 12] >> 4) * 4
        self._packets.append((target == self.port, size, content, packet[head + 13]))
        self._last = time.monotonic()
