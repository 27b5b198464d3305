"""The project's own settings, with a folder that goes away, weak password hashes and nothing sent anywhere."""

import atexit
import os
import shutil
import tempfile
from base64 import b64encode

# Before the settings read them. The workers of xdist, and processes that a test starts, inherit the first one's choice.
if "WRITDESK_VAR" not in os.environ:
    os.environ["WRITDESK_VAR"] = tempfile.mkdtemp(prefix="writdesk-tests-")
    atexit.register(shutil.rmtree, os.environ["WRITDESK_VAR"], ignore_errors=True)
os.environ.setdefault("WRITDESK_EMBEDDED", os.path.join(os.path.dirname(__file__), "..", "var", "tests"))
# The same keys for every process of a run, and none made on the way.
os.environ.setdefault("WRITDESK_KEK", b64encode(b"k" * 32).decode())
os.environ.setdefault("WRITDESK_LEDGER_KEY", b64encode(b"s" * 32).decode())

from config.settings import *  # noqa: F403

# What a power cut would lose is remade by the next run.
EMBEDDED_POSTGRES_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
ACCOUNT_RATE_LIMITS = False
