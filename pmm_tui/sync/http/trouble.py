"""What went wrong between us and the server, in one sentence that says what the operator can do."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from pmm_tui.sync.results import Stop, StopKind

_LOGIN = "Jaringan ini mungkin meminta login (wifi sekolah atau hotel): buka browser, masuk, lalu coba lagi."
_ADDRESS = "Periksa alamat server di pengaturan."
_CLOCK = "Periksa tanggal dan jam komputer ini; bila sudah benar, hubungi pengelola server."

_STATUS: dict[int, tuple[StopKind, str]] = {
    401: ("token", "Server tidak mengenal token ini; mintalah token baru kepada pengelola server dan isi di pengaturan."),
    403: ("akses", "Token ini tidak berhak untuk sekolah atau tugas ini; tanyakan kepada pengelola server."),
    404: ("alamat", f"Alamat server tampaknya salah: tidak ada layanan pmm di sana. {_ADDRESS}"),
    405: ("alamat", f"Alamat server tampaknya salah: layanan di sana tidak menerima permintaan ini. {_ADDRESS}"),
    407: ("proksi", "Proxy meminta nama pengguna dan sandi; isi keduanya pada alamat proxy di pengaturan."),
    408: ("waktu", "Server menunggu terlalu lama; jaringan sedang lambat. Akan dicoba lagi."),
    409: ("sibuk", "Server masih mengerjakan kiriman yang sama; akan dicoba lagi."),
    410: ("alamat", f"Layanan di alamat ini sudah ditutup. {_ADDRESS}"),
    415: ("asing", f"Server tidak mengerti bentuk kiriman ini; mungkin bukan server pmm atau versinya lain. {_ADDRESS}"),
    423: ("sibuk", "Server masih mengerjakan kiriman yang sama; akan dicoba lagi."),
    425: ("sibuk", "Server meminta menunggu sebentar; akan dicoba lagi."),
    429: ("sibuk", "Server meminta jeda karena terlalu banyak permintaan; akan dicoba lagi."),
    501: ("asing", f"Server tidak mengenal layanan ini; mungkin bukan server pmm. {_ADDRESS}"),
    503: ("sibuk", "Server sedang penuh atau diperbaiki; akan dicoba lagi."),
    511: ("portal", _LOGIN),
}
_TYPES: dict[str, tuple[StopKind, str]] = {
    "/problems/mulai-ulang": ("gangguan", "Server perlu dijalankan ulang oleh pengelolanya; kabari pengelola. Akan dicoba lagi."),
}
_EXPIRED = frozenset({10, 0x800B0101, -67818})
_NOT_YET_VALID = frozenset({9, -67819})
_ISSUER = frozenset({2, 18, 19, 20, 21, 0x800B0109, 0x800B010A, -67843})
_NAMES = frozenset({62, 64, 0x800B010F, -67602})
_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


def of_status(status: int, wait: float | None = None, words: str = "", kind_of_problem: str = "") -> Stop:
    """The trouble that an HTTP status tells; `words` is the server's own explanation, `kind_of_problem` its problem's type."""
    if kind_of_problem in _TYPES:
        kind, sentence = _TYPES[kind_of_problem]
        words = ""
    elif status in _STATUS:
        kind, sentence = _STATUS[status]
    elif 300 <= status < 400:
        kind, sentence = "portal", f"Jaringan atau server mengalihkan ke alamat lain, dan itu tidak diikuti. {_LOGIN}"
    elif status >= 500:
        kind, sentence = "gangguan", f"Server sedang terganggu (kode {status}); akan dicoba lagi."
    else:
        kind, sentence = "asing", f"Server menjawab dengan kode {status} yang tidak dikenal; mungkin bukan server pmm. {_ADDRESS}"
    if words:
        sentence += f' Kata server: "{words}"'
    return Stop(reason=sentence, kind=kind, retry_after=wait, status=status)


def not_ours(status: int = 200) -> Stop:
    """Something answered that is not JSON: most often a login page."""
    return Stop(reason=f"Yang menjawab bukan server pmm. {_LOGIN}", kind="portal", status=status)


def other_service() -> Stop:
    """JSON came, but not what a server of this protocol says."""
    return Stop(reason=f"Yang menjawab bukan server pmm, atau versinya lain. {_ADDRESS}", kind="asing", status=200)


def damaged(reason: str) -> Stop:
    """The answer's body cannot be believed."""
    return Stop(
        reason=f"Jawaban server {reason}; jaringan atau proxy mungkin mengubahnya. Akan dicoba lagi.", kind="rusak", status=200
    )


def too_slow(seconds: float) -> Stop:
    """The whole exchange took longer than it may."""
    return Stop(reason=f"Server belum selesai menjawab dalam {seconds:.0f} detik; jaringan lambat. Akan dicoba lagi.", kind="waktu")


def of_error(error: BaseException, host: str, *, slow: bool, proxy: bool, untouched: bool) -> Stop:
    """The trouble behind an exception of the connection.

    `slow`: it was a time-out; `proxy`: a proxy is in the way; `untouched`: no byte of the request can have left.
    """
    kind, sentence = _explain(list(_causes(error)), host, slow, proxy, untouched)
    return Stop(reason=sentence, kind=kind, untouched=untouched)


def _explain(causes: list[BaseException], host: str, slow: bool, proxy: bool, untouched: bool) -> tuple[StopKind, str]:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "tls", _certificate(cause, host)
        if isinstance(cause, socket.gaierror):
            return "jaringan", f"Belum ada internet, atau nama {'proxy' if proxy else f'server {host}'} tidak ditemukan."
        if isinstance(cause, ssl.SSLError):
            return "tls", f"Sambungan aman ke {host} gagal; periksa alamat dan port server, atau jaringan yang dipakai."
        if isinstance(cause, ConnectionRefusedError):
            who = "Proxy" if proxy else f"Server {host}"
            return "server-mati", f"{who} tidak menerima sambungan; mungkin sedang mati atau portnya keliru. Akan dicoba lagi."
        if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
            return "jaringan", "Belum ada internet."
        if type(cause).__name__ == "ProxyError" and str(cause).startswith("407"):
            return _STATUS[407]
        if type(cause).__name__ == "ProxyError":
            return "proksi", "Proxy menolak sambungan ke server; periksa alamat dan sandi proxy di pengaturan."
    if slow:
        return "waktu", f"{host} tidak menjawab pada waktunya; jaringan lambat atau server penuh. Akan dicoba lagi."
    if untouched:
        return "jaringan", f"Belum ada sambungan ke {host}. Akan dicoba lagi."
    return "putus", "Sambungan terputus sebelum jawaban server utuh. Akan dicoba lagi."


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> str:
    code = getattr(error, "verify_code", 0)
    if code in _EXPIRED:
        return f"Sertifikat {host} dinyatakan kedaluwarsa. {_CLOCK}"
    if code in _NOT_YET_VALID:
        return f"Sertifikat {host} dinyatakan belum berlaku. {_CLOCK}"
    if code in _NAMES:
        return (
            f"Sertifikat yang ditunjukkan bukan milik {host}: alamat server salah, atau jaringan ini meminta login lewat browser."
        )
    if code in _ISSUER:
        reason = "jaringan atau proxy mungkin membuka sambungan ini"
        step = "Pakai jaringan lain, atau isi ca_file bila pengelola memberikannya."
        return f"Sertifikat {host} tidak dari penerbit yang dipercaya: {reason}. {step}"
    return f"Sertifikat {host} tidak dapat dipercaya (kode {code}); hubungi pengelola server."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and what led to it, innermost last."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
