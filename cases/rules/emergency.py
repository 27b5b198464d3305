"""What an emergency disclosure needs before anything leaves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cases.rules.scope import is_us_governmental_entity


@dataclass(frozen=True)
class EmergencyRecord:
    """What is on record about an emergency request, as plain values; empty text: nothing is."""

    who_is_in_danger: str = ""
    danger: str = ""  # of death or serious physical injury
    why_no_process: str = ""  # why a court could not be asked first
    data_to_danger: str = ""  # how these data help against it
    number_called: str = ""
    number_source: str = ""  # the independent directory the number was found in
    numbers_in_letter: tuple[str, ...] = ()
    caller: str = ""  # who of us called back
    second_verifier: str = ""  # another person of ours
    follow_up_paper_date: date | None = None
    mail_authenticated: bool = False  # shown, and never enough: a mailbox can be stolen
    agency_country: str = ""
    agency_kind: str = ""
    categories: Collection[str] = ()
    counsel_approved: bool = False


def missing(record: EmergencyRecord) -> tuple[str, ...]:
    """Return the codes of what is missing before release; empty: a second person may approve it.

    The call back goes to a number found elsewhere than in the letter. Content goes to a US governmental entity only;
    records go to others with counsel's approval. That the mail is authenticated satisfies nothing.

    Law: 18 USC 2702(b)(8), (c)(4), (c)(6), 2711(4); FBI Private Industry Notification of 4 November 2024.
    """
    governmental = is_us_governmental_entity(record.agency_country, record.agency_kind)
    wanted = {
        "who_is_in_danger": _written(record.who_is_in_danger),
        "danger": _written(record.danger),
        "why_no_process": _written(record.why_no_process),
        "data_to_danger": _written(record.data_to_danger),
        "independent_call_back": _called_back(record),
        "second_verifier": _written(record.second_verifier) and record.second_verifier != record.caller,
        "follow_up_paper_date": record.follow_up_paper_date is not None,
        "us_governmental_entity_for_content": governmental or "content" not in record.categories,
        "counsel_approval": governmental or record.counsel_approved,
    }
    return tuple(code for code, holds in wanted.items() if not holds)


def _called_back(record: EmergencyRecord) -> bool:
    number = _digits(record.number_called)
    copied = any(_same_line(number, _digits(letter)) for letter in record.numbers_in_letter)
    return bool(number) and _written(record.number_source) and _written(record.caller) and not copied


def _same_line(one: str, other: str) -> bool:
    # With and without country or trunk prefix it is the same telephone.
    shorter, longer = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return len(shorter) >= 6 and longer.endswith(shorter)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _written(text: str) -> bool:
    return bool(text.strip())
