"""Production's settings, with the bare view beside the product's pages."""

from groupbuy.settings import *

ROOT_URLCONF = "tests.bench.urls"
