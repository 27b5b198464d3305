"""What the ledger says about reports, in a stream for each period."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

PUBLISHED = declare(
    "report_published",
    _("The report of {period} was published as revision {revision}, with the hash {sha256}."),
    period=Field.CODE,
    revision=Field.COUNT,
    method=Field.COUNT,
    checkpoint=Field.COUNT,
    sha256=Field.COMMITMENT,
)


def stream(label: str) -> str:
    """Return the ledger stream of a period's report."""
    return f"report:{label}"
