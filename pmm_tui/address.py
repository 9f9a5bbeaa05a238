"""Which addresses are safe to send a token to: https or http to this very computer, and for Dapodik http within the school."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

# Host and port and nothing else: Python before 3.11.8 reads [::1].contoh.sch.id as ::1.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@]*)(:[0-9]*)?")

DAPODIK_URL = "http://localhost:5774"
"""Where Dapodik's web service is on the computer on which Dapodik runs."""
_DAPODIK_PORT = 5774
_NEAR = tuple(
    map(
        ipaddress.ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)


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


def is_near(address: str) -> bool:
    """Whether an address in numbers is this computer's or one that no router of the internet leads to (RFC 1918, 3927, 4193)."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return any((mapped or found) in network for network in _NEAR)


def dapodik_url(typed: str) -> str:
    """The address of Dapodik's web service as it was meant: `http://` and its port 5774 go without saying."""
    url = typed.strip().rstrip("/") or DAPODIK_URL
    url = url if "://" in url else f"http://{url}"
    parts = _split(url)
    plain = isinstance(parts, SplitResult) and parts.hostname and parts.port is None and not parts.path
    return f"{url}:{_DAPODIK_PORT}" if plain and not url.endswith(":") else url


def dapodik_fault(url: str) -> str:
    """What is wrong with the address of Dapodik's web service, as a sentence; of a name only how it is written is judged here."""
    parts = _split(url)
    if isinstance(parts, str):
        return parts
    if parts.scheme != "http":
        return f"Web Service Dapodik memakai http://, misalnya {DAPODIK_URL}."
    if fault := _host_fault(parts):
        return fault
    if parts.path.strip("/") or parts.query or parts.fragment or "?" in url or "#" in url:
        return f"tulis hanya alamat dasarnya, misalnya {DAPODIK_URL}."
    host = parts.hostname or ""
    if _is_number(host) and not is_near(host):
        return NOT_NEAR
    return ""


NOT_NEAR = "alamat itu di internet; token Dapodik hanya dikirim ke komputer ini atau jaringan sekolah (misalnya 192.168.1.10)."
"""Why an address of the internet is not asked for the roster."""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


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
