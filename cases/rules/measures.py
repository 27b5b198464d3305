"""Orders that take effect: where, since when, until when, what the notice repeats, and who else is told.

Territories are codes of ISO 3166-1 alpha-2, or "worldwide" alone.
"""

import re
from collections.abc import Collection
from datetime import date

from cases.rules.instruments import Instrument
from cases.rules.problems import Problem

Name = tuple[str, str]  # kind and value of a target

HOSTS = ("domain", "ip", "url")  # kinds of targets behind which others can stand
WORLDWIDE = "worldwide"
CODE = re.compile(r"[A-Z]{2}")
STATED = ("reasons", "redress", "territories")


def territory_problems(territories: Collection[str]) -> list[Problem]:
    """Return what is wrong with a list of territories, whoever asks or gives it."""
    if not territories:
        return [Problem("no_territory", "Say where it is to have effect.")]
    if WORLDWIDE in territories and len(set(territories)) > 1:
        return [Problem("mixed", "Worldwide includes every country: name one or the other.")]
    wrong = sorted(one for one in territories if one != WORLDWIDE and not CODE.fullmatch(one))
    return [Problem("unknown", f"Not a country code of ISO 3166-1: {', '.join(wrong)}.")] if wrong else []


def is_within(given: Collection[str], asked: Collection[str]) -> bool:
    """Return whether effect reaches no further than was asked."""
    return WORLDWIDE in asked or set(given) <= set(asked)


def is_narrower(given: Collection[str], asked: Collection[str]) -> bool:
    """Return whether effect reaches less far than was asked."""
    return is_within(given, asked) and set(given) != set(asked)


def scope_problems(given: Collection[str], asked: Collection[str], reason: str) -> list[Problem]:
    """Return why effect may not be given there; empty when it may.

    Wider than asked is impossible; narrower is what is strictly necessary, and says why.

    Law: Reg. (EU) 2022/2065 Art. 9(2)(b): "limited to what is strictly necessary to achieve its objective". For orders
    under other law: our own reading of proportionality, not verified.
    """
    if problems := territory_problems(given):
        return problems
    if not is_within(given, asked):
        beyond = [WORLDWIDE] if WORLDWIDE in given else sorted(set(given) - set(asked))
        return [Problem("wider", f"The order does not reach so far: {', '.join(beyond)}.")]
    if is_narrower(given, asked) and not reason.strip():
        return [Problem("no_reason", "Say why it reaches less far than was asked.")]
    return []


def unstated(instrument: Instrument, *, reasons: str, redress: str, territories: Collection[str]) -> tuple[str, ...]:
    """Return which of STATED the notice must repeat of the order and is not on record.

    Law: Reg. (EU) 2022/2065 Art. 9(5): reasons, redress, territorial scope; Art. 10(5): reasons and redress.
    """
    given = {"reasons": reasons.strip(), "redress": redress.strip(), "territories": territories}
    return tuple(name for name in instrument.notice_states if not given[name])


def is_over(last_day: date | None, today: date) -> bool:
    """Return whether an order's last day has passed. Undoing is a person's: nothing is reversed by the calendar."""
    return last_day is not None and today > last_day


def counsel_decides_silence(instrument: Instrument, *, silence_in_force: bool) -> bool:
    """Return whether an order not to tell stands against a notice that this instrument's own law demands.

    Law: Reg. (EU) 2022/2065 Arts. 9(6), 10(6): without prejudice to national civil and criminal procedural law.
    """
    return silence_in_force and bool(instrument.silence_source)


def shared(target: Name, other: Name) -> str:
    """Return what something has in common with a target so that a measure may hit it too; empty for nothing.

    "domain": the same one; "below": a domain below the target's; "address": the same IP address; "page": the same URL.
    Names are kind and value, written in one way. An account, a mailbox or a number has nobody beside it, and what
    happens to a domain does not happen to the one above it.
    """
    if target == other:
        return {"domain": "domain", "ip": "address", "url": "page"}.get(target[0], "")
    are_domains = target[0] == other[0] == "domain"
    return "below" if are_domains and other[1].endswith(f".{target[1]}") else ""


def told_problems(*, is_told: bool, reason: str, is_known: bool, is_targets_own: bool) -> list[Problem]:
    """Return why this cannot be what is recorded of somebody hit beside the target; empty when it can.

    Only a customer whom we know can be told; the target's own has a notice of their own. Either way the reason is kept.

    Law: Reg. (EU) 2022/2065 Art. 9(5) speaks of the recipient concerned by the order; that others whom it hits are told
    follows from no text that we read: policy, not verified.
    """
    problems = []
    if not reason.strip():
        problems.append(Problem("no_reason", "Say why they are told, or not."))
    if is_targets_own:
        problems.append(Problem("targets_own", "The customer of the target has a notice of their own."))
    if is_told and not is_known:
        problems.append(Problem("not_known", "Only a customer whom we know can be told."))
    return problems
