"""What is wrong with this installation's ledger."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.utils.translation import gettext as _

from ledger import grants


@register(Tags.database)
def history_is_out_of_reach(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """In production, the role that serves requests must not be able to rewrite the ledger."""
    if not settings.PRODUCTION or not databases:
        return []
    if "ledger_entry" not in connection.introspection.table_names():
        return []
    if not (tables := grants.could_rewrite()):
        return []
    return [
        Error(
            _("The application's database role can rewrite %(tables)s.") % {"tables": ", ".join(tables)},
            hint=_("Migrate as the owner and connect as another role: manage.py ledger_grants --role NAME --apply"),
            id="ledger.E001",
        )
    ]
