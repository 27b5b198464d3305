"""Sample facts of every mail, in the language in use: for who previews a wording, and for the test of all mails.

A sample set is one way in which a mail can be complete: all that it may say, only what it needs, and what is between.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import MeasureKind
from cases.rules.instruments import INSTRUMENTS
from cases.states import Category
from notifications.catalogue import STATED, Mail
from notifications.facts import Context, Silence
from notifications.outcomes import Result
from notifications.targets import Accounts
from notifications.wording import ASKED, ASKED_OF_PERSON, PASSWORD, country_words, day_words, effect_words, order_words

REFERENCE = "WD-2026-MD3BVP8KR"
# In the language of its court, as an order would have it.
REASONS = "Die Seiten bieten nachgedruckte Bücher unter dem Namen einer anderen Buchhandlung an."
REDRESS = "Klage vor dem Verwaltungsgericht Köln innerhalb eines Monats nach Bekanntgabe."
ALL, LEAST, EFFECT = "all", "least", "effect"


@dataclass(frozen=True)
class SampleSet:
    """A way in which a mail can be complete: its name, and what it has of the facts that a mail may state."""

    name: str
    label: Promise
    may: frozenset[str] | None  # None: all of them


SETS = (
    SampleSet(ALL, gettext_lazy("All that it may say"), None),
    SampleSet(LEAST, gettext_lazy("Only what it must say"), frozenset()),
    SampleSet("window", gettext_lazy("With days to object"), frozenset({"asked", "not_asked", "window_until"})),
    SampleSet("result", gettext_lazy("With what became of it"), frozenset({"asked", "not_asked", "result"})),
    SampleSet("keeps", gettext_lazy("Data are kept, nothing left"), frozenset({"asked", "not_asked", "keeps"})),
    SampleSet("silence", gettext_lazy("Withheld before"), frozenset({"asked_of_person", "silence"})),
    SampleSet("decision", gettext_lazy("With the reasons of a decision"), frozenset({"decision"})),
    SampleSet(EFFECT, gettext_lazy("With the effect of an order"), STATED | {"result"}),
)


def sets_of(mail: Mail) -> dict[str, SampleSet]:
    """Return the sample sets of a mail by name, none that says the same as one before."""
    found: dict[frozenset[str], SampleSet] = {}
    for one in SETS:
        found.setdefault(mail.may if one.may is None else mail.may & one.may, one)
    return {one.name: one for one in found.values()}


def sample(mail: Mail, name: str = ALL) -> Context:
    """Return the facts of one sample set of a mail; what the set does not have is None. An unknown name is all."""
    chosen = sets_of(mail).get(name, SETS[0])
    present = mail.needs | (mail.may if chosen.may is None else mail.may & chosen.may)
    facts = facts_of_samples() | (_of_an_order() if name == EFFECT or _takes_effect(mail) else {})
    return {fact: facts[fact] if fact in present else None for fact in mail.facts}


def facts_of_samples() -> dict[str, object]:
    """Return every fact there is, as one case that never was would have it."""
    subscriber = str(ASKED[Category.SUBSCRIBER])
    blocked = [effect_words(MeasureKind.BLOCK, ["DE", "FR"])]
    return {
        "provider": settings.WRITDESK.provider_name,
        "contact": settings.WRITDESK.contact_email,
        "reference": REFERENCE,
        "accounts": Accounts(("carla-books.example", "carla@customer.example"), 3),
        "page": settings.WRITDESK.public_url + reverse("notifications:notice", args=["sample"]),
        "page_until": day_words(date(2027, 1, 29)),
        "agency": f"Marion County Sheriff’s Office ({country_words('US')})",
        "order": order_words(INSTRUMENTS["us_subpoena"]),
        "law": INSTRUMENTS["us_subpoena"].cite,
        "received_on": day_words(date(2026, 11, 30)),
        "asked": [subscriber, str(ASKED[Category.IDENTIFICATION])],
        "asked_of_person": [str(ASKED_OF_PERSON[Category.SUBSCRIBER])],
        "not_asked": [str(ASKED[Category.TRAFFIC]), str(ASKED[Category.CONTENT]), str(PASSWORD)],
        "keeps": True,
        "window_until": _last_day(date(2026, 12, 10)),
        "answer_from": _last_day(date(2026, 12, 2)),
        "silence": Silence("18 USC 2705(b)", "D. Or.", _last_day(date(2026, 11, 1))),
        "result": Result(_("We handed over to the authority what is listed here."), (subscriber,)),
        "decision": "The order is narrow: it asks for one account and for nothing that was written.\n\nIt stands.",
        "effects": blocked,
        "reasons": REASONS,
        "redress": REDRESS,
        "hit": ["carla-books.example"],
        "hit_effects": blocked,
        "is_lifted": True,
    }


def _takes_effect(mail: Mail) -> bool:
    """Whether the mail is about an order that takes effect, and nothing else."""
    return "asked" not in mail.facts and bool(mail.facts & {"effects", "hit_effects"})


def _of_an_order() -> dict[str, object]:
    """Return what is otherwise where an order takes effect."""
    order = INSTRUMENTS["dsa_order_to_act"]
    return {
        "agency": f"Verwaltungsgericht Köln ({country_words('DE')})",
        "order": order_words(order),
        "law": order.cite,
        "result": Result(_("We did what the order demands.")),
    }


def _last_day(day: date) -> str:
    return f"{day_words(day)} (UTC)"
