"""The project's own settings, with a folder and keys that go away, and limits that let one sender send much."""

import atexit
import os
import shutil
import tempfile
from base64 import b64encode
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"
VAR.mkdir(exist_ok=True)
# Beside the real one, not under /tmp: that may be memory, where writing to disk costs nothing.
os.environ["WRITDESK_VAR"] = tempfile.mkdtemp(prefix="bench-", dir=VAR)
atexit.register(shutil.rmtree, os.environ["WRITDESK_VAR"], ignore_errors=True)
os.environ.setdefault("WRITDESK_EMBEDDED", str(VAR / "bench"))
os.environ["WRITDESK_KEK"] = b64encode(b"k" * 32).decode()
os.environ["WRITDESK_LEDGER_KEY"] = b64encode(b"s" * 32).decode()

from config.settings import *  # noqa: E402, F403

SUBMISSIONS_PER_HOUR = 10**9
# Nothing from here reaches a relay but what the notices' benchmark sends to its own.
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING_CONFIG = None
