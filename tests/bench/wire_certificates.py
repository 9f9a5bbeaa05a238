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
ROOT, CHAIN, KEY = TLS / "root.pem", TLS / "chain.pem", TLS / "key.pem"
HOST = "pmm.dinas-contoh.go.id"
"""The name in the certificate; as long as such names are, and nobody's."""

_FROM, _UNTIL = "20200101000000Z", "20491231235959Z"  # the last year of UTCTime: the dates are as long as today's
_ROOT = """\
[x]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
_INTERMEDIATE = """\
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
_LEAF = """\
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
database = index
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


def create() -> None:
    """Write root, chain and key into `tls/`."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        sct = ":".join(f"{byte:02X}" for byte in os.urandom(242))  # two signed timestamps, which nobody here checks
        (folder / "ca.cnf").write_text(_CA, "ascii")
        (folder / "root.cnf").write_text(_ROOT, "ascii")
        (folder / "intermediate.cnf").write_text(_INTERMEDIATE, "ascii")
        (folder / "leaf.cnf").write_text(_LEAF.format(host=HOST, sct=sct), "ascii")
        (folder / "index").touch()
        _sign(folder, "root", ("rsa:4096",), "/C=ID/O=Contoh Akar Keamanan/CN=Contoh Root X1", "root", "sha256")
        _sign(folder, "intermediate", _ec("P-384"), "/C=ID/O=Contoh Enkripsi/CN=E7", "root", "sha256")
        _sign(folder, "leaf", _ec("P-256"), f"/CN={HOST}", "intermediate", "sha384")
        TLS.mkdir(exist_ok=True)
        ROOT.write_bytes((folder / "root.pem").read_bytes())
        CHAIN.write_bytes((folder / "leaf.pem").read_bytes() + (folder / "intermediate.pem").read_bytes())
        KEY.write_bytes((folder / "leaf.key").read_bytes())


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
    create()
    sys.exit(0)
