"""The site as ``manage.py serve`` runs it: a web worker never outlives its server."""

import os
import signal

from groupbuy.shared.processes import die_with_parent
from groupbuy.wsgi import application

__all__ = ["application"]

die_with_parent(os.getppid(), signal.SIGKILL)
