"""What each fact is, in a sentence for who reads or writes a wording, and in which form a wording can use it.

The order is the one in which facts are shown. How they are read from a case: facts.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Form(Enum):
    """How a fact can stand in a text."""

    WORDS = "words"  # within a sentence
    BLOCK = "block"  # on a line of its own: a list, a quotation, or a sentence with a list
    FLAG = "flag"  # asked after, never shown


@dataclass(frozen=True)
class Described:
    """A fact: what it is, and its form."""

    words: Promise
    form: Form = Form.WORDS


DESCRIBED: Mapping[str, Described] = {
    "provider": Described(_("Our name.")),
    "contact": Described(_("The address at which we can be reached.")),
    "reference": Described(_("The number of the notice.")),
    "accounts": Described(_("What the request names of theirs: accounts, domains, addresses."), Form.BLOCK),
    "hit": Described(_("What of theirs is hit, though the order is not directed at them."), Form.BLOCK),
    "hit_effects": Described(_("What the order does to it, and where."), Form.BLOCK),
    "agency": Described(_("Who asks, with the country.")),
    "order": Described(_("The kind of process with its article, such as “a search warrant”.")),
    "law": Described(_("The provision that it rests on.")),
    "received_on": Described(_("The day on which we received it, in the customer’s zone.")),
    "asked": Described(_("The kinds of data that are asked for."), Form.BLOCK),
    "asked_of_person": Described(_("The same, said to who is responsible for data about another."), Form.BLOCK),
    "not_asked": Described(_("The kinds of data that are not asked for."), Form.BLOCK),
    "keeps": Described(_("Whether we are asked to keep a copy and to hand over nothing."), Form.FLAG),
    "window_until": Described(_("The last day on which they can object, with its time zone.")),
    "answer_from": Described(_("The last day on which nothing is handed over yet.")),
    "silence": Described(_("What forbade telling earlier, and until when."), Form.BLOCK),
    "result": Described(_("What became of it, and what was handed over."), Form.BLOCK),
    "decision": Described(_("Our reasons for deciding on their objection."), Form.BLOCK),
    "effects": Described(_("What the order does, and where."), Form.BLOCK),
    "reasons": Described(_("The reasons that the order gives."), Form.BLOCK),
    "redress": Described(_("What the order says can be done against it."), Form.BLOCK),
    "is_lifted": Described(_("Whether nothing of it has any effect now."), Form.FLAG),
    "page": Described(_("The address of their own page.")),
    "page_until": Described(_("The last day on which that address works.")),
}
