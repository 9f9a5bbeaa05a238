"""Which server addresses are safe to send a token to: https, or http to this very computer."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

# Host and port and nothing else: Python before 3.11.8 reads [::1].contoh.sch.id as ::1.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@]*)(:[0-9]*)?")


def address_fault(url: str) -> str:
    """What is wrong with a server's base URL, as a sentence; empty when it may be used.

    The host is compared as a parsed address, never by how the text begins (CWE-319, CWE-601).
    """
    parts = _split(url)
    if isinstance(parts, str):
        return parts
    if parts.scheme not in ("https", "http"):
        return "alamat harus diawali https://, misalnya https://pmm.sekolah.sch.id."
    if fault := _host_fault(parts):
        return fault
    if parts.query or parts.fragment or "?" in url or "#" in url:
        return "alamat tidak boleh memuat ? atau #; tulis hanya alamat dasarnya."
    if ".." in parts.path.split("/"):
        return 'alamat tidak boleh memuat ".."; tulis hanya alamat dasarnya.'
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        return "http tanpa pengaman hanya boleh ke komputer ini sendiri (127.0.0.1); pakai https://."
    return ""


def proxy_fault(url: str) -> str:
    """What is wrong with a proxy's URL, as a sentence; a name and password before the host are allowed there."""
    parts = _split(url)
    if isinstance(parts, str):
        return parts
    if parts.scheme not in ("http", "https"):
        return "proxy harus diawali http:// atau https://, misalnya http://10.0.0.1:8080."
    return _host_fault(parts, allow_user=True)


def is_loopback(host: str) -> bool:
    """Whether a host is this computer: `localhost` or a loopback address written in full, with or without an URL's brackets."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def without_user(url: str) -> str:
    """A URL as it may be shown: whatever stands before the host's @ is hidden."""
    head, _, rest = url.rpartition("@")
    scheme = head.split("//")[0] if "//" in head else ""
    return f"{scheme}//…@{rest}" if head else url


def _split(url: str) -> SplitResult | str:
    if not (url.isascii() and url.isprintable()) or " " in url or "\\" in url:
        return "alamat hanya boleh huruf, angka dan tanda biasa, tanpa spasi."
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "alamat tidak dapat dibaca; contoh: https://pmm.sekolah.sch.id:8443."
    return parts


def _host_fault(parts: SplitResult, *, allow_user: bool = False) -> str:
    if "@" in parts.netloc and not allow_user:
        return 'alamat tidak boleh memuat "@"; tulis hanya alamat dasarnya, tokennya di berkas token.'
    if not _HOST.fullmatch(parts.netloc.rpartition("@")[2]):
        return "alamat tidak dapat dibaca; contoh: https://pmm.sekolah.sch.id:8443."
    if not parts.hostname:
        return "nama servernya belum ada; contoh: https://pmm.sekolah.sch.id."
    return ""
