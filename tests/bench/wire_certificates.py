"""The bench's certificates, with the sizes of Let's Encrypt's: `python tests/bench/wire_certificates.py` makes `tls/` anew.

A leaf of 938 bytes (P-256) signed by an intermediate of 1,110 (P-384), which a root that the client knows (RSA-4096) has signed;
the server shows the first two. Needs the `openssl` command, which nothing else does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

TLS = Path(__file__).parent / "tls"
AKAR, RANTAI, KUNCI = TLS / "akar.pem", TLS / "rantai.pem", TLS / "kunci.pem"
HOST = "pmm.dinas-contoh.go.id"
"""The name in the certificate; as long as such names are, and nobody's."""

_FROM, _UNTIL = "20200101000000Z", "20491231235959Z"  # the last year of UTCTime: the dates are as long as today's
_AKAR = """\
[x]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
_ANTARA = """\
[x]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, digitalSignature, keyCertSign, cRLSign
extendedKeyUsage = clientAuth, serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = caIssuers;URI:http://x1.i.contoh.id/
certificatePolicies = 2.23.140.1.2.1
crlDistributionPoints = URI:http://x1.c.contoh.id/
"""
_DAUN = """\
[x]
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
basicConstraints = critical, CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = caIssuers;URI:http://e7.i.contoh.id/
subjectAltName = DNS:{host}, DNS:localhost, IP:127.0.0.1
certificatePolicies = 2.23.140.1.2.1
crlDistributionPoints = URI:http://e7.c.contoh.id/104.crl
1.3.6.1.4.1.11129.2.4.2 = DER:04:81:F2:{sct}
"""
_CA = """\
[ca]
default_ca = d
[d]
database = indeks
new_certs_dir = .
rand_serial = yes
unique_subject = no
email_in_dn = no
policy = p
[p]
commonName = supplied
countryName = optional
organizationName = optional
[req]
distinguished_name = n
[n]
"""


def buat() -> None:
    """Write root, chain and key into `tls/`."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        sct = ":".join(f"{byte:02X}" for byte in os.urandom(242))  # two signed timestamps, which nobody here checks
        (folder / "ca.cnf").write_text(_CA, "ascii")
        (folder / "akar.cnf").write_text(_AKAR, "ascii")
        (folder / "antara.cnf").write_text(_ANTARA, "ascii")
        (folder / "daun.cnf").write_text(_DAUN.format(host=HOST, sct=sct), "ascii")
        (folder / "indeks").touch()
        _sign(folder, "akar", ("rsa:4096",), "/C=ID/O=Contoh Akar Keamanan/CN=Contoh Root X1", "akar", "sha256")
        _sign(folder, "antara", _ec("P-384"), "/C=ID/O=Contoh Enkripsi/CN=E7", "akar", "sha256")
        _sign(folder, "daun", _ec("P-256"), f"/CN={HOST}", "antara", "sha384")
        TLS.mkdir(exist_ok=True)
        AKAR.write_bytes((folder / "akar.pem").read_bytes())
        RANTAI.write_bytes((folder / "daun.pem").read_bytes() + (folder / "antara.pem").read_bytes())
        KUNCI.write_bytes((folder / "daun.key").read_bytes())


def _ec(curve: str) -> tuple[str, ...]:
    return ("ec", "-pkeyopt", f"ec_paramgen_curve:{curve}")


def _sign(folder: Path, name: str, key: tuple[str, ...], subject: str, issuer: str, digest: str) -> None:
    """Make a key and its certificate; a root is its own issuer."""
    request = ("-newkey", *key, "-noenc", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
    _openssl(folder, "req", "-new", *request)
    by = ("-selfsign",) if name == issuer else ("-cert", f"{issuer}.pem")
    dates = ("-startdate", _FROM, "-enddate", _UNTIL)
    form = ("-extfile", f"{name}.cnf", "-extensions", "x", "-notext", "-batch", "-md", digest)
    _openssl(folder, "ca", "-config", "ca.cnf", *by, "-keyfile", f"{issuer}.key", *dates, *form, *_files(name))


def _files(name: str) -> tuple[str, ...]:
    return ("-in", f"{name}.csr", "-out", f"{name}.pem")


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    buat()
    sys.exit(0)
