"""The site as ``manage.py serve`` runs it: a web worker never outlives its server, and
nobody's page waits for the database without end.

What is loaded once stays for good, so it is loaded before the first request and the collector
of garbage need not look at it again and again: that was a tenth of the rush (``make bench``).
"""

import gc
import os
import signal

from django.conf import settings
from django.db import connections
from django.urls import get_resolver

from groupbuy.shared.patience import be_short
from groupbuy.shared.processes import die_with_parent
from groupbuy.wsgi import application

__all__ = ["application"]

die_with_parent(os.getppid(), signal.SIGKILL)
be_short(connections.settings["default"], settings.WEB_PATIENCE)

_ = get_resolver().url_patterns  # imports every page's module
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 50, 100)  # objects; a request leaves some hundreds in circles
