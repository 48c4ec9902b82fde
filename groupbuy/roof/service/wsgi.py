"""The site as ``manage.py serve`` runs it: a web worker never outlives its server, and
nobody's page waits for the database without end."""

import os
import signal

from django.conf import settings
from django.db import connections

from groupbuy.shared.patience import be_short
from groupbuy.shared.processes import die_with_parent
from groupbuy.wsgi import application

__all__ = ["application"]

die_with_parent(os.getppid(), signal.SIGKILL)
be_short(connections.settings["default"], settings.WEB_PATIENCE)
