"""The settings of every process in the storm: embedded servers of its own, hours that pass in seconds."""

from config.embedded import address
from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, REDIS_URL, VAR_DIR

INSTALLED_APPS = [*INSTALLED_APPS, "tests.storm"]
CELERY_BROKER_URL = address.broker_url(REDIS_URL)
# What is killed here is processes, not the machine: what they wrote is kept by its page cache.
EMBEDDED_POSTGRES_OPTIONS = {"fsync": "off", "full_page_writes": "off", "max_connections": "60"}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"file": {"class": "logging.FileHandler", "filename": VAR_DIR / "storm.log"}},
    "root": {"handlers": ["file"], "level": "WARNING"},
}
