"""Periods and figures in words. Plain values in, sentences in the reader's language out."""

from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.rules.periods import Period

FIGURES = {
    "in_process_start": gettext_lazy("In process at the start"),
    "received": gettext_lazy("Received"),
    "reopened": gettext_lazy("Reopened"),
    "answered": gettext_lazy("Answered"),
    "answered_partial": gettext_lazy("Answered in part"),
    "no_data": gettext_lazy("No data"),
    "rejected": gettext_lazy("Rejected"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "in_process": gettext_lazy("In process at the end"),
    "accounts_affected": gettext_lazy("Accounts affected"),
    "domains_affected": gettext_lazy("Domains affected"),
    "fraudulent": gettext_lazy("Forgeries"),
    "process": gettext_lazy("National security process"),
    "selectors": gettext_lazy("Selectors targeted"),
}
NOTICES = {
    "notified": gettext_lazy("Customer told"),
    "withheld_nondisclosure": gettext_lazy("Withheld: an order forbids telling"),
    "withheld_emergency": gettext_lazy("Withheld: emergency"),
    "withheld_statute": gettext_lazy("Withheld: a statute forbids telling"),
    "withheld_policy": gettext_lazy("Withheld: our decision"),
    "no_contact": gettext_lazy("No way to reach the customer"),
    "not_required": gettext_lazy("No notice owed"),
    "pending": gettext_lazy("Not told yet"),
    "failed": gettext_lazy("Could not be delivered"),
}
CATEGORIES = {
    "": gettext_lazy("National security process"),
    "nsl": gettext_lazy("National Security Letters"),
    "fisa_content": gettext_lazy("FISA orders and directives for content"),
    "fisa_noncontent": gettext_lazy("FISA orders for other data"),
}


def name(figure: str) -> str:
    """Return a figure or the outcome of a notice in words; a code that we have no words for as it is."""
    return str({**FIGURES, **NOTICES}.get(figure, figure))


def period_words(period: Period) -> str:
    """Return “July to December 2018”, or “2018” for a year."""
    if period.kind == "year":
        return period.label
    months = {"first": MONTHS[period.start_date.month], "last": MONTHS[period.last_date.month]}
    return _("%(first)s to %(last)s %(year)d") % {**months, "year": period.start_date.year}


def number(value: int) -> str:
    """Return a whole number as the reader's language writes it."""
    return number_format(value, use_l10n=True, force_grouping=True)


def summary(received: int, answered: int, accounts: int, domains: int) -> str:
    """Return the report in two sentences."""
    first = _("In this period we received %(received)s and answered %(answered)s.") % {
        "received": ngettext("%(n)s request", "%(n)s requests", received) % {"n": number(received)},
        "answered": number(answered),
    }
    second = _("The answers affected %(accounts)s and %(domains)s.") % {
        "accounts": ngettext("%(n)s account", "%(n)s accounts", accounts) % {"n": number(accounts)},
        "domains": ngettext("%(n)s domain", "%(n)s domains", domains) % {"n": number(domains)},
    }
    return f"{first} {second}" if answered else first


def band_words(band: str) -> str:
    """Return a band with a dash between figures: “0–249”, “75,500–75,999”."""
    low, high = map(int, band.split("-"))
    return f"{number(low)}–{number(high)}"
