"""A network and a table of mounts of this run's own: nothing it breaks is anybody else's."""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

APART = "CHAOS_APART"  # set in the process that has them
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


def step_apart(module: str, arguments: list[str]) -> str:
    """Become the same program, ``python -m module``, apart from the machine. Returns the
    reason if that cannot be, "" in the program that is."""
    if is_apart():
        raise_loopback()
        return ""
    command = ["unshare", "--net", "--mount"]
    if os.geteuid():
        command += ["--user", "--map-current-user", "--keep-caps"]
    if reason := refusal(command):
        return reason
    os.environ[APART] = "1"
    program = [sys.executable, "-m", module, *arguments]
    os.execvp("unshare", [*command, "--", *program])  # noqa: S606 - the same program
    raise AssertionError("exec does not return")


def refusal(command: list[str]) -> str:
    """Why this machine does not permit it; "" if it does."""
    if shutil.which(command[0]) is None:
        return f"there is no {command[0]}"
    tried = subprocess.run(
        [*command, "true"], capture_output=True, text=True, check=False
    )
    return tried.stderr.strip() if tried.returncode else ""


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        found = fcntl.ioctl(any_socket, _GET_FLAGS, asked)
        (flags,) = struct.unpack_from("h", found, 16)
        told = struct.pack("16sh14x", b"lo", flags | _UP)
        fcntl.ioctl(any_socket, _SET_FLAGS, told)


def small_disk(folder: Path, megabytes: int) -> None:
    """Lay a disk of this size over ``folder``. Raises OSError where that is not permitted."""
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"size={megabytes}m,mode=0700".encode()
    if libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, options):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def take_away(folder: Path) -> None:
    """Whatever was laid over ``folder``, even while somebody still has a file of it open."""
    libc = ctypes.CDLL(None)
    libc.umount2(str(folder).encode(), 2)  # MNT_DETACH


def fill(folder: Path, leave: int) -> Path:
    """One file that takes all of the disk but ``leave`` bytes."""
    file = folder / "ballast"
    room = shutil.disk_usage(folder).free - leave
    with file.open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, room)
    return file


def is_apart() -> bool:
    return bool(os.environ.get(APART))
