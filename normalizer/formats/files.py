"""Writing files so that a full disk or a kill leaves the old file or the new one.

What is written goes to a hidden file beside the target first, and then takes the
target's place in one step. Where it replaces a file it reaches the disk before, so
that a power cut loses neither; a new file has nothing to lose, and is not waited for.
"""

from __future__ import annotations

import os
import stat

from normalizer.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO


class NewFile:
    """A file in the making: ``write`` to it, then ``finish`` or ``discard``.

    A symbolic link is followed: what it points to is replaced, the link stays.
    A file that is replaced keeps its permissions. Devices and pipes are written
    to directly. Folders above are made.
    """

    __slots__ = ("_file", "_old", "_path", "_temporary")

    def __init__(self, path: str) -> None:
        self._path = os.path.realpath(path)
        self._temporary: str | None = None
        try:
            self._open(path)
        except OSError as error:
            error.filename = path
            raise

    def _open(self, path: str) -> None:
        self._old = _state(self._path)
        if self._old is not None and not stat.S_ISREG(self._old.st_mode):
            if stat.S_ISDIR(self._old.st_mode):
                raise InputError(f"{path}: is a folder; name a file")
            self._file: BinaryIO = open(self._path, "wb")  # noqa: SIM115
            return
        if self._old is not None and not os.access(self._path, os.W_OK):
            raise InputError(f"{path}: is read-only; change its permissions, or write elsewhere")
        folder = os.path.dirname(self._path)
        if self._old is None and not os.path.isdir(folder):
            os.makedirs(folder, exist_ok=True)
        temporary = os.path.join(folder, f".normalizer-{os.getpid()}-{os.urandom(4).hex()}.tmp")
        self._file = open(temporary, "xb")  # noqa: SIM115 - see discard
        self._temporary = temporary

    def write(self, data: bytes) -> None:
        """Add bytes to the file in the making."""
        self._file.write(data)

    def close(self) -> None:
        """Complete the file in the making; ``finish`` can then hardly fail."""
        if self._temporary is not None and not self._file.closed:
            self._file.flush()
            if self._old is not None:
                _keep_permissions(self._file.fileno(), self._old)
                os.fsync(self._file.fileno())
        self._file.close()

    def finish(self) -> None:
        """Put the file in its place."""
        self.close()
        if self._temporary is not None:
            os.replace(self._temporary, self._path)
            self._temporary = None

    def discard(self) -> None:
        """Leave no trace of the file in the making; does nothing after ``finish``."""
        try:  # noqa: SIM105 - no contextlib on the way to a warm start
            self._file.close()
        except OSError:
            pass  # what could not be written is not wanted
        if self._temporary is not None:
            try:  # noqa: SIM105
                os.unlink(self._temporary)
            except OSError:
                pass
            self._temporary = None


def _state(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _keep_permissions(descriptor: int, old: os.stat_result) -> None:
    """Give a new file the permissions and, where allowed, the owner of the old one."""
    if hasattr(os, "fchown") and (old.st_uid, old.st_gid) != (os.getuid(), os.getgid()):
        try:  # noqa: SIM105
            os.fchown(descriptor, old.st_uid, old.st_gid)
        except OSError:
            pass
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
