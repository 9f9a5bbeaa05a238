"""Login pages, redirects and statuses that mean anything but `stored`."""

from __future__ import annotations

from tests.faults.wire.impostor import Case, Request, http

_HTML = b"<!DOCTYPE html><html><head><title>Login WiFi</title></head><body><form>Silakan masuk</form></body></html>"
_REFRESH = b'<html><meta http-equiv="refresh" content="0; url=http://portal.example/login"></html>'

_PAGES = {
    "html": http(_HTML, kind="text/html"),
    "html-utf8": http(_HTML, kind="text/html; charset=utf-8"),
    "html-huruf-besar": http(_HTML, kind="TEXT/HTML"),
    "html-refresh": http(_REFRESH, kind="text/html"),
    "html-kosong": http(b"", kind="text/html"),
    "xhtml": http(_HTML, kind="application/xhtml+xml"),
    "teks-ok": http(b"OK", kind="text/plain"),
    "success-apple": http(b"<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>", kind="text/html"),
    "connecttest": http(b"Microsoft Connect Test", kind="text/plain"),
    "tanpa-jenis": http(_HTML, kind=""),
    "biner": http(bytes(range(256)), kind="application/octet-stream"),
    "gambar": http(b"GIF89a\x01\x00\x01\x00", kind="image/gif"),
    "html-disebut-json": http(_HTML),
    "html-disebut-json-utf8": http(_HTML, kind="application/json; charset=utf-8"),
    "html-disebut-problem": http(_HTML, kind="application/problem+json"),
    "html-disebut-json-503": http(_HTML, "503 Service Unavailable"),
    "json-portal": http(b'{"captive":true,"user-portal-url":"https://portal.example/"}', kind="application/captive+json"),
    "json-portal-polos": http(b'{"captive":true,"user-portal-url":"https://portal.example/"}'),
    "json-login": http(b'{"login":"http://portal.example/","status":"ok"}'),
    "json-lain": http(b'{"service":"lain","api":1,"time":"2026-01-08T02:11:05Z"}'),
    "json-versi-lain": http(b'{"service":"pmm","api":2,"time":"2026-01-08T02:11:05Z"}'),
    "json-hal": http(b'{"_links":{"self":{"href":"/"}}}', kind="application/hal+json"),
    "json-teks": http(b"{}", kind="text/json"),
    "javascript": http(b"callback({});", kind="application/javascript"),
    "xml": http(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', kind="application/xml"),
    "multipart": http(b"--x\r\nContent-Type: application/json\r\n\r\n{}\r\n--x--", kind="multipart/mixed; boundary=x"),
    "511": http(_HTML, "511 Network Authentication Required", kind="text/html"),
    "511-json": http(b"{}", "511 Network Authentication Required"),
}
_TARGETS = {
    "luar": "http://portal.example/login",
    "luar-https": "https://portal.example/login",
    "sendiri": "/login",
    "sendiri-mutlak": "http://127.0.0.1:1/v1/rencana",
    "skrip": "javascript:alert(1)",
    "berkas": "file:///etc/passwd",
    "data": "data:application/json,{}",
    "kosong": "",
    "rusak": "http://[::1",
    "panjang": "http://portal.example/" + "a" * 8000,
    "utf8": "http://portal.example/caf\xe9",
}
_OTHER = (
    "400 Bad Request", "401 Unauthorized", "402 Payment Required", "403 Forbidden", "404 Not Found", "405 Method Not Allowed",
    "406 Not Acceptable", "407 Proxy Authentication Required", "408 Request Timeout", "409 Conflict", "410 Gone",
    "411 Length Required", "412 Precondition Failed", "413 Content Too Large", "414 URI Too Long",
    "415 Unsupported Media Type", "416 Range Not Satisfiable", "417 Expectation Failed", "418 I'm a teapot",
    "421 Misdirected Request", "422 Unprocessable Content", "423 Locked", "424 Failed Dependency", "425 Too Early",
    "426 Upgrade Required", "428 Precondition Required", "429 Too Many Requests", "431 Request Header Fields Too Large",
    "451 Unavailable For Legal Reasons", "499 Client Closed Request", "500 Internal Server Error", "501 Not Implemented",
    "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout", "505 HTTP Version Not Supported",
    "507 Insufficient Storage", "508 Loop Detected", "520 Web Server Returned an Unknown Error", "522 Connection Timed Out",
    "526 Invalid SSL Certificate", "599 Network Connect Timeout", "600 Odd", "799 Odd", "999 Request Denied",
)  # fmt: skip
_NOT_200 = (
    "201 Created",
    "202 Accepted",
    "203 Non-Authoritative",
    "206 Partial Content",
    "207 Multi-Status",
    "226 IM Used",
    "299 Odd",
)
_RETRY = (
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "besok",
    "Wed, 99 Foo 2026",
    "Fri, 31 Dec 9999 23:59:59 +9999",
    "\xa07",
    "3, 3",
    "0x10",
)


def _always(answer: bytes) -> object:
    return lambda _: answer


def _honest(status: str) -> object:
    def say(request: Request) -> bytes:
        return http(request.right, status)

    return say


CASES: tuple[Case, ...] = (
    *(Case(f"halaman-{id}", _always(answer)) for id, answer in _PAGES.items()),
    *(
        Case(f"alih-{code}-{id}", _always(http(_HTML, f"{code} Moved", f"Location: {to}", kind="text/html")))
        for code, id, to in [(code, id, to) for code in (302, 307) for id, to in _TARGETS.items()]
    ),
    *(Case(f"alih-{code}", _always(http(b"", f"{code} Moved", "Location: http://portal.example/")))
      for code in (300, 301, 303, 305, 308)),
    Case("alih-tanpa-tujuan", _always(http(b"", "302 Found", kind=""))),
    Case("304", _always(http(b"", "304 Not Modified", 'ETag: "x"', kind="", length=-1))),
    *(Case(f"status-{text[:3]}", _always(http(_HTML, text, kind="text/html"))) for text in _OTHER),
    *(Case(f"benar-tetapi-{text[:3]}", _honest(text)) for text in _NOT_200),
    Case("204", _always(http(b"", "204 No Content", kind="", length=-1))),
    Case("205", _always(http(b"", "205 Reset Content"))),
    *(Case(f"retry-after-{n}", _always(http(b"", "503 Busy", f"Retry-After: {text}"))) for n, text in enumerate(_RETRY)),
    Case("tanggal-aneh", _always(http(b"", "503 Busy", "Date: Foo, 99 Bar 99999", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"))),
    Case("415-tanpa-akhir", _always(http(b"", "415 Unsupported Media Type", "Accept-Encoding: identity"))),
    Case("415-gzip", _always(http(b"", "415 Unsupported Media Type", "Accept-Encoding: gzip"))),
)  # fmt: skip
