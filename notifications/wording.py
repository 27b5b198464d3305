"""Law in a customer's words: kinds of process, kinds of data, days and countries, in the language in use."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_name
from django.utils.functional import Promise
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from cases.models import MeasureKind
from cases.rules.instruments import Instrument
from cases.rules.measures import WORLDWIDE
from cases.states import Category

ORDERS: Mapping[str, Promise] = {
    "us_subpoena": _("a subpoena (a legal demand for records)"),
    "us_court_order": _("a court order"),
    "us_search_warrant": _("a search warrant"),
    "us_pen_register": _("a court order to record connections"),
    "us_wiretap": _("a court order to intercept communications"),
    "us_nsl": _("a National Security Letter"),
    "us_fisa_content": _("an order under the US Foreign Intelligence Surveillance Act"),
    "us_fisa_noncontent": _("an order under the US Foreign Intelligence Surveillance Act"),
    "us_preservation": _("a letter asking us to keep a copy of data"),
    "emergency_disclosure": _("an emergency request"),
    "mlat": _("a court order for an authority of another country"),
    "cloud_act_uk": _("an order under the agreement between the United States and the United Kingdom"),
    "cloud_act_au": _("an order under the agreement between the United States and Australia"),
    "foreign_direct": _("a request"),
    "civil_subpoena": _("a subpoena in a civil case (a legal demand for records)"),
    "civil_court_order": _("a court order in a civil case"),
    "eu_epoc": _("a European Production Order"),
    "eu_epoc_pr": _("a European Preservation Order"),
    "dsa_order_to_act": _("an order to act against content that it calls illegal"),
    "dsa_order_to_inform": _("an order to provide information"),
    "content_order": _("an order against content"),
    "domain_seizure": _("an order to seize a domain"),
}
ASKED: Mapping[str, Promise] = {
    Category.SUBSCRIBER: _("who you are: the name, address, contact and payment details on your account"),
    Category.IDENTIFICATION: _("when you signed in, and from which IP addresses"),
    Category.TRAFFIC: _("whom you were in contact with and when, without what was said"),
    Category.CONTENT: _("the content of your messages, files or pages"),
}
# The same to a controller, who is another than the person.
ASKED_OF_PERSON: Mapping[str, Promise] = {
    Category.SUBSCRIBER: _("who the person is: the name, address, contact and payment details on the account"),
    Category.IDENTIFICATION: _("when the person signed in, and from which IP addresses"),
    Category.TRAFFIC: _("whom the person was in contact with and when, without what was said"),
    Category.CONTENT: _("the content of the person's messages, files or pages"),
}
EFFECTS: Mapping[str, Promise] = {
    MeasureKind.BLOCK: _("access to it is blocked"),
    MeasureKind.REMOVE: _("the content is removed"),
    MeasureKind.SUSPEND: _("the account or domain is suspended"),
    MeasureKind.SEIZE: _("the domain is seized"),
    MeasureKind.REDIRECT: _("the domain is redirected"),
}
# Where Babel's own full form has a comma that a sentence of ours does not want, or the order of another country.
DAY_PATTERNS = {"en": "EEEE d MMMM y", "fr": "EEEE d MMMM y"}
PASSWORD = _("your password: we do not hand it out and never ask you for it")


def order_words(instrument: Instrument) -> str:
    """Return the kind of process with its article: “a search warrant”."""
    return str(ORDERS.get(instrument.code, instrument.title))


def country_words(code: str) -> str:
    """Return the name of a country; its two letters where the language has no name for it."""
    return str(_locale().territories.get(code, code))


def effect_words(kind: str, territories: Sequence[str]) -> str:
    """Return what an order does and where: “access to it is blocked (Germany, France)”."""
    where = _("everywhere") if WORLDWIDE in territories else ", ".join(map(country_words, territories))
    return f"{EFFECTS[kind]} ({where})"


def day_words(day: date) -> str:
    """Return “Monday 14 December 2026”, as the language writes a day in full."""
    locale = _locale()
    return format_date(day, DAY_PATTERNS.get(locale.language, "full"), locale=locale)


def last_day_words(ends_at: datetime, zone: ZoneInfo) -> str:
    """Return the last day of a period that ends, exclusive, at midnight: “Monday 14 December 2026 (Eastern Time)”."""
    name = "UTC" if zone.key.endswith("UTC") else get_timezone_name(zone, locale=_locale())
    return f"{day_words(last_day(ends_at, zone))} ({name})"


def last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """Return the last day of a period that ends, exclusive, at this moment."""
    # In UTC: a day on which the clock changes is 23 or 25 hours long.
    return (ends_at.astimezone(UTC) - datetime.resolution).astimezone(zone).date()


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))
