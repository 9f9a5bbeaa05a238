"""Locks the content of a transfer file with a passphrase; the only module that imports PyNaCl.

A file is a header and a box: magic, version, and the cost and salt of Argon2id; then a nonce and XChaCha20-Poly1305, which covers
the header too. Nothing else of it can be read, and nothing of it be changed, without the passphrase.
"""

from __future__ import annotations

import os
import struct
import unicodedata

from pmm_tui.errors import InputError

MAX_BYTES = 8 * 1024 * 1024
"""Of a whole file."""
SHORTEST, LONGEST = 8, 1024
"""Letters of a passphrase, and bytes of it at most."""

_MAGIC, _VERSION = b"PMMKIRIM", 1
_HEAD = struct.Struct("<8sBBI16s")  # magic, version, passes, memory in KiB, salt
_PASSES, _MEMORY = 3, 64 * 1024  # 64 MiB: a laptop with 2 GB copes
_MOST_PASSES, _LEAST_MEMORY, _MOST_MEMORY = 10, 8 * 1024, 256 * 1024  # what a file may ask of the computer that opens it
_NONCE, _TAG = 24, 16

NO_TRANSFER_FILE = "bukan berkas kiriman pmm-tui; pilih berkas yang ditulis dengan: pmm-tui kirim --ke-berkas."
NEWER = "ditulis oleh pmm-tui yang lebih baru; perbarui program di komputer ini."
NOT_OPENED = (
    "tidak dapat dibuka: kata sandinya lain, atau isinya rusak atau terpotong. Pakai kata sandi yang dipakai saat menulisnya;"
    " bila tetap begini, tulis ulang berkasnya di komputer asal (isinya masih ada di sana)."
)


class TransferFileError(InputError):
    """A transfer file that cannot be used; the sentence goes on after the file's name."""


class Lock:
    """A passphrase made into a key, which is slow on purpose: kept for the writes of one run."""

    def __init__(self, passphrase: str, head: bytes = b"") -> None:
        """Derive the key: with the cost and salt of a file's `head`, or with new ones. Raises TransferFileError, ValueError."""
        from nacl.exceptions import CryptoError  # lazy, all of it: only the transfer file needs the library
        from nacl.pwhash import argon2id
        from nacl.secret import Aead

        _, _, passes, memory, salt = _HEAD.unpack(head) if head else (b"", 0, _PASSES, _MEMORY, os.urandom(16))
        if not (1 <= passes <= _MOST_PASSES and _LEAST_MEMORY <= memory <= _MOST_MEMORY):
            raise TransferFileError(NOT_OPENED)
        self._head = head or _HEAD.pack(_MAGIC, _VERSION, passes, memory, salt)
        try:
            self._box = Aead(argon2id.kdf(Aead.KEY_SIZE, _bytes(passphrase), salt, passes, memory * 1024))
        except (CryptoError, MemoryError):
            raise TransferFileError(
                "memori komputer ini tidak cukup untuk membukanya; tutup program lain lalu coba lagi."
            ) from None

    def close_up(self, content: bytes) -> bytes:
        """The file that holds `content`; each time with a nonce of its own."""
        return self._head + bytes(self._box.encrypt(content, self._head))

    def open_up(self, data: bytes) -> bytes:
        """What a file with this lock's head holds; raises TransferFileError."""
        from nacl.exceptions import CryptoError

        try:
            return bytes(self._box.decrypt(data[_HEAD.size :], self._head))
        except (CryptoError, ValueError):
            raise TransferFileError(NOT_OPENED) from None


def unlock(data: bytes, passphrase: str) -> tuple[bytes, Lock]:
    """The content of a file, and its lock to write it anew with; raises TransferFileError."""
    if len(data) < len(_MAGIC) or not data.startswith(_MAGIC):
        raise TransferFileError(NO_TRANSFER_FILE)
    if len(data) > len(_MAGIC) and data[len(_MAGIC)] > _VERSION:
        raise TransferFileError(NEWER)
    if len(data) < _HEAD.size + _NONCE + _TAG or data[len(_MAGIC)] != _VERSION:
        raise TransferFileError(NOT_OPENED)
    lock = Lock(passphrase, data[: _HEAD.size])
    return lock.open_up(data), lock


def passphrase_fault(passphrase: str) -> str:
    """Why a passphrase cannot be taken, as a sentence with the next step; empty when it can."""
    if len(passphrase.strip()) < SHORTEST:
        return f"Kata sandi minimal {SHORTEST} huruf; pakai beberapa kata yang mudah diingat, misalnya empat kata acak."
    if len(_bytes(passphrase)) > LONGEST:
        return f"Kata sandi paling banyak {LONGEST} huruf; pakai yang lebih pendek."
    return ""


def _bytes(passphrase: str) -> bytes:
    """The same letters give the same key on every system, however they are composed."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
