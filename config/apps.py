from django.apps import AppConfig
from django.conf import settings

from config.translations import compile_stale


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers itself

        compile_stale([*settings.LOCALE_PATHS, *settings.BASE_DIR.glob("*/locale")])
