"""How gunicorn serves the desk: gunicorn --config python:config.gunicorn config.wsgi."""

import os

bind = "127.0.0.1:8000"
worker_class = "gthread"  # uploads and downloads are slow and wait for the network
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
graceful_timeout = 8
timeout = 60
control_socket_disable = True
# No access log: addresses of pages hold references of cases and customers' links.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
