"""libfaketime: a process whose clock is wrong, and no other's.

Where it is not installed it is fetched with apt into a folder of this run's own.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.chaos.told import Skip

FOUND = "CHAOS_FAKETIME"  # where the library lies; "" where there is none
FETCHED = "chaos-faketime-"
NAME = "faketime/libfaketime.so.1"


def find() -> None:
    """Tell this process and those after it; fetching needs the machine's network."""
    if FOUND in os.environ:
        return
    installed = sorted(Path("/usr/lib").glob(f"*/{NAME}"))
    os.environ[FOUND] = str(installed[0]) if installed else fetched()


def fetched() -> str:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return ""
    folder = Path(tempfile.mkdtemp(prefix=FETCHED))
    folder.chmod(0o755)
    command = ["apt-get", "download", "--quiet", "libfaketime"]
    try:
        quiet = subprocess.DEVNULL
        subprocess.run(
            command, cwd=folder, check=True, timeout=60, stdout=quiet, stderr=quiet
        )
        (package,) = folder.glob("*.deb")
        subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    except (subprocess.SubprocessError, ValueError):
        shutil.rmtree(folder)
        return ""
    return str(next(folder.rglob(f"*{NAME}")))


def forget() -> None:
    """Throw away what was fetched."""
    for folder in Path(os.environ.get(FOUND, "")).parents:
        if folder.name.startswith(FETCHED):
            shutil.rmtree(folder, ignore_errors=True)


def wrong_by(seconds: int) -> dict[str, str]:
    """The environment of a process whose clock is so far ahead.

    Raises Skip where the library could not be had.
    """
    library = os.environ.get(FOUND, "")
    if not library:
        raise Skip("there is no libfaketime, and apt could not fetch it")
    return {
        "LD_PRELOAD": library,
        "FAKETIME": f"{seconds:+d}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
