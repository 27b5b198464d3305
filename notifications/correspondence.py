"""Everything that leaves and is no notice: letters to authorities, word to staff, codes for the customer's door.

No facts are declared here: a letter's text is counsel's, word to staff says reference, kind and day and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.models import LetterKind
from notifications.models import StaffMailKind

PRACTICE = "practice of published guidelines"


@dataclass(frozen=True)
class Sent:
    """One kind of what leaves: for whom, on what basis, and whether an order not to tell the customer stops it."""

    whom: str
    basis: str
    stopped_by_order: bool = False


# To who asks, who knows of any order: none of them is stopped by one.
LETTERS: Mapping[LetterKind, Sent] = {
    LetterKind.ACKNOWLEDGEMENT: Sent("who asks: that it came, and when", PRACTICE),
    LetterKind.DEFICIENCY: Sent(
        "who asks: what is missing or wrong", "Reg. (EU) 2023/1543 Art. 10(6); Reg. (EU) 2022/2065 Arts. 9(2), 10(2)"
    ),
    LetterKind.QUESTION: Sent("who asks: a question", PRACTICE),
    LetterKind.REJECTION: Sent("who asks: that we do not comply, and why", "the ground of each: docs/law.md"),
    LetterKind.NARROWING: Sent("who asks: what we can answer of it", "18 USC 2703(d); practice"),
    LetterKind.EXTENSION: Sent("who asks: for more time, until the customer's days are over", PRACTICE),
    LetterKind.MLAT_REDIRECT: Sent("who asks from abroad: by which way to ask", "18 USC 2702, 2703; practice"),
    LetterKind.ANNEX_III: Sent(
        "who issued a European order: why it cannot be executed, a conflict of law among the reasons",
        "Reg. (EU) 2023/1543 Arts. 10(6), (8), 11(5), 17(2), Annex III",
    ),
    LetterKind.ANSWER: Sent("who asks: what goes with what we produce", "the instrument's own provision"),
    LetterKind.COSTS: Sent("who asks: an invoice", "18 USC 2706; Reg. (EU) 2023/1543 Art. 14"),
    LetterKind.EFFECT_REPORT: Sent(
        "who ordered it: what effect was given, and when", "Reg. (EU) 2022/2065 Art. 9(1) (not verified); practice"
    ),
    LetterKind.RETURN_DEMAND: Sent("who got what they must not keep: to return or delete it", PRACTICE),
    LetterKind.GOVERNMENT: Sent(
        "a qualifying foreign government: the fact of process, and no more", "18 USC 2703(h)(5)"
    ),
}
STAFF: Mapping[StaffMailKind, Sent] = {
    StaffMailKind.DIGEST: Sent("each member of staff, at their hour: what stands in their inbox", "none is needed"),
    StaffMailKind.URGENT: Sent("whom an emergency concerns, at once", "none is needed"),
    StaffMailKind.ESCALATION: Sent("who is next, where nobody acted", "none is needed"),
}
DOOR_CODE = Sent(
    "the customer who opens their page: a code, and nothing of the case", "operator's policy", stopped_by_order=True
)
