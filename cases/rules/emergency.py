"""What an emergency disclosure needs before anything leaves.

That a mail is authenticated is shown to the analyst and is no value here: a mailbox can be stolen, so it can never
satisfy a requirement. Nor can a number that the request itself gives.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cases.rules.clocks import FOLLOW_UP_PAPER, clock_rule
from cases.rules.deadlines import Deadline, end_of
from cases.rules.scope import is_us_governmental_entity
from cases.rules.wording import long_date

EXTENSION = re.compile(r"(?:\b(?:ext(?:ension)?|x|poste|durchwahl|dw)\b\.?|[x#;])\s*:?\s*\d+\s*$", re.IGNORECASE)
SUBSCRIBER_DIGITS = 8  # at the end of two numbers: where they agree it is the same telephone, whatever stands before
SHORTEST_NUMBER = 6  # digits that two spellings of one telephone number have in common


class Requirement(NamedTuple):
    """One thing that must hold: a code, whether it does, and a sentence for either."""

    code: str
    met: bool
    holds: str
    missing: str


def checks(
    *,
    is_emergency: bool,
    danger: str,
    data_to_danger: str,
    follow_up_paper_date: date | None,
    called_back: bool,
    second_verifier: bool,
) -> tuple[Requirement, ...]:
    """Return every requirement of an emergency release, met or not, in the order in which a person meets them.

    `is_emergency` is an analyst's finding, never the sender's tick. `danger` says who is in danger, of what, and why no
    court could be asked first. `called_back`: by us, for this request, after it came, at a number of independent
    source; `second_verifier`: another person, by name, vouches for that call.

    Law: 18 USC 2702(b)(8), (c)(4); FBI Private Industry Notification of 4 November 2024.
    """
    return (
        Requirement(
            "emergency_found",
            is_emergency,
            "An analyst found that this is an emergency.",
            "An analyst must find that this is an emergency.",
        ),
        Requirement(
            "danger",
            _written(danger),
            "It is stated who is in danger, of what, and why no court could be asked.",
            "State who is in danger, of what, and why no court could be asked.",
        ),
        Requirement(
            "data_to_danger",
            _written(data_to_danger),
            "It is stated how these data avert the danger.",
            "State how these data avert the danger.",
        ),
        Requirement(
            "call_back",
            called_back,
            "The agency was called back at a number found independently.",
            "Call the agency back at a number found independently of the request.",
        ),
        Requirement(
            "second_verifier",
            second_verifier,
            "A second person verified the call.",
            "A second person, by name, must have verified the call.",
        ),
        Requirement(
            "follow_up_paper_date",
            follow_up_paper_date is not None,
            "The date for the follow-up paper is set.",
            "Set the date by which the agency sends the follow-up paper.",
        ),
    )


def paper_deadline(day: date, zone: ZoneInfo) -> Deadline:
    """Return when the follow-up paper is due: the end of the day set for it, in the receiving office's zone."""
    return Deadline(
        due_at=end_of(day, zone),
        not_before_at=None,
        steps=(f"follow-up paper by {long_date(day)}, as set when the emergency was found",),
        explanation=f"due {long_date(day)}: the day set for the paper when the emergency was found",
        source=clock_rule(FOLLOW_UP_PAPER).source,
        alternative="",
        last_day=day,
    )


def needs_counsel(agency_country: str, agency_kind: str) -> bool:
    """Return whether counsel must approve before even records leave: for all but US governmental entities.

    Content cannot go to them at all: scope.releasable.

    Law: 18 USC 2702(c)(6), 2711(4).
    """
    return not is_us_governmental_entity(agency_country, agency_kind)


def is_independent_number(called: str, numbers_in_request: Iterable[str]) -> bool:
    """Return whether the number called is none of those that the request itself gives.

    With and without country or trunk prefix or an extension it is the same telephone.
    """
    number = _digits(called)
    return bool(number) and not any(_same_telephone(number, _digits(other)) for other in numbers_in_request)


def _same_telephone(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    same_end = min(len(shorter), SUBSCRIBER_DIGITS)
    return one == other or (len(shorter) >= SHORTEST_NUMBER and longer[-same_end:] == shorter[-same_end:])


def _digits(number: str) -> str:
    # Without the trunk prefix, dialled at home only, whether it leads or stands as (0); without the extension, behind
    # which the same switchboard answers. Digits of any script are digits.
    plain = EXTENSION.sub("", number.replace("(0)", ""))
    return "".join(str(unicodedata.digit(one)) for one in plain if unicodedata.digit(one, None) is not None).lstrip("0")


def _written(text: str) -> bool:
    return bool(text.strip())
