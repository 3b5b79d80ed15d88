"""Production's settings, with the floors beside the pages."""

import os
from pathlib import Path

from portal.settings.production import *  # noqa: F403
from portal.settings.production import TEMPLATES, VAR_DIR

ROOT_URLCONF = "tests.benchmarks.floors"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
#: 0 keeps none.
PAGE_CACHE_SECONDS = int(os.environ.get("PAGES_KEPT", "0"))
PART_CACHE_SECONDS = int(os.environ.get("PARTS_KEPT", "0"))
STATIC_ROOT = VAR_DIR / "benchmark-static"
LOGGING = {"version": 1, "disable_existing_loggers": False}
