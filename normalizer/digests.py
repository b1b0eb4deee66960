"""SHA-256 of bytes, at first without OpenSSL.

Loading OpenSSL takes a quarter of a bare Python's start, as long as hashing a
megabyte with the interpreter's own code, which is five times slower. So a run
over one article does without it, and a run over many soon has it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: What is hashed before OpenSSL is loaded, in bytes.
SMALL = 1024 * 1024

_left = SMALL
_sha256: Callable[[bytes], Any] | None = None


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal.

    >>> sha256_hex(b"")[:8]
    'e3b0c442'
    """
    global _left, _sha256
    _left -= len(data)
    if _left < 0:
        _left = 1 << 62  # never again
        _sha256 = _load(openssl=True)
    elif _sha256 is None:
        _sha256 = _load(openssl=False)
    digest: str = _sha256(data).hexdigest()
    return digest


def _load(*, openssl: bool) -> Callable[[bytes], Any]:
    if not openssl:
        for name in ("_sha2", "_sha256"):  # Python 3.12 and later, 3.11
            try:
                found: Callable[[bytes], Any] = __import__(name).sha256
            except (ImportError, AttributeError):
                continue
            return found
    from hashlib import sha256

    return sha256
