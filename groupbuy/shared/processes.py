"""Processes that never outlive the one that started them."""

import ctypes
import os
import signal
import sys

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, sign: int = signal.SIGTERM) -> None:
    """Linux: the kernel sends ``sign`` to this process when its parent is gone.

    ``parent`` is who it should be: one that died before this call counts, too. Other
    systems have no such thing; there only an orderly stop ends the children.
    """
    if sys.platform != "linux":
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(sign))
    if os.getppid() != parent:
        os.kill(os.getpid(), sign)
