"""The door for web servers: gunicorn --config python:config.gunicorn config.wsgi."""

import os

from django.core.management import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# Refuse to serve with a wrong setting, or from a machine without the keys that this database was sealed under.
BaseCommand().check(databases=["default"])
