#!/usr/bin/env python
"""Run a Writdesk command."""

import os
import signal
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # A command that is told to end cleans up first: it rolls back, and stops the services if it was their last user.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError

    from config.embedded.processes import ServiceDidNotStart

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, ServiceDidNotStart) as error:
        sys.exit(str(error))
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None):  # the database answered; what it said is a fault of ours
            raise
        sys.exit(" ".join(f"The database does not answer: {error}".split()))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
