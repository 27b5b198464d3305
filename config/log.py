"""Logs without personal data: no page addresses (they hold references and customers' links), no values of rows."""

import logging
from types import TracebackType

from django.http import HttpRequest

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutAddresses(logging.Filter):
    """Name the view's route in Django's messages about a page, instead of the address that was asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        page = getattr(record, "request", None)
        if isinstance(page, HttpRequest):
            route = page.resolver_match.route if page.resolver_match else "(no such page)"
            hidden = {page.path, page.path_info, page.get_full_path()}
            if isinstance(record.args, tuple):
                record.args = tuple(route if str(argument) in hidden else argument for argument in record.args)
        return True


class WithoutDetails(logging.Formatter):
    """Leave out the lines of a traceback in which PostgreSQL repeats the values it refused."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802
        lines = super().formatException(ei).splitlines()
        return "\n".join(line for line in lines if not line.lstrip().startswith(("DETAIL:", "CONTEXT:")))
