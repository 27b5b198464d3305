"""How long preserved data are held, and when a hold can be prolonged.

Days are the receiving office's; a hold lasts through its last day. The amounts: data/clocks.toml.
"""

from datetime import date, timedelta

from cases.rules.clocks import Extension, clock_rule
from cases.rules.wording import long_date


class SecondExtensionRefused(Exception):
    """The hold was prolonged once already; a further request is what the rule says it is."""


class ExtensionTooLate(Exception):
    """The hold had lapsed when the request to prolong it came."""


class NotExtendable(Exception):
    """This clock is not a preservation."""


def first_hold(rule_code: str, start: date) -> date:
    """Return the last day of a hold asked for, or received, on `start`.

    Law: 18 USC 2703(f)(2), 90 days; Reg. (EU) 2023/1543 Art. 11(1), 60 days.
    """
    return start + timedelta(days=clock_rule(rule_code).amount)


def renewed(rule_code: str, *, last_day: date, asked_on: date, extensions: int) -> date:
    """Return the last day of a hold that was to end on `last_day` and is prolonged by a request of `asked_on`.

    `extensions` is how often it was prolonged before. The extension runs from the end of the hold, not from the day the
    request came. Raises SecondExtensionRefused (for a 2703(f) letter: treat it as a new letter, for counsel) and
    ExtensionTooLate.

    Law: 18 USC 2703(f)(2) "an additional 90-day period"; Reg. (EU) 2023/1543 Art. 11(1), Annex VI.
    """
    extension = _extension(rule_code)
    if extensions > 0:
        raise SecondExtensionRefused(f"prolonged once already; a further {extension.form} is {extension.afterwards}")
    if asked_on > last_day:
        raise ExtensionTooLate(f"the hold ended on {long_date(last_day)}; the request came on {long_date(asked_on)}")
    return last_day + timedelta(days=extension.amount)


def open_ended(rule_code: str, *, last_day: date, confirmed_on: date) -> None:
    """Return None, the end of a hold whose production request was confirmed in time.

    Raises ExtensionTooLate, and NotExtendable where no paper has this effect: a 2703(f) letter always ends.

    Law: Reg. (EU) 2023/1543 Art. 11(2), Annex V: preserve "as long as necessary to produce".
    """
    if not _extension(rule_code).confirmation:
        raise NotExtendable(rule_code)
    if confirmed_on > last_day:
        raise ExtensionTooLate(f"the hold ended on {long_date(last_day)}; confirmed on {long_date(confirmed_on)}")


def for_counsel(rule_code: str) -> bool:
    """Return whether a request beyond the one extension is a new letter, which counsel looks at."""
    return _extension(rule_code).for_counsel


def release_wanted(last_day: date | None, *, today: date, other_holds: bool) -> bool:
    """Return whether a person should be asked to release what was held: the end passed and nothing else holds it.

    Never deletes: a release is a task for a person, and another hold on the same data keeps them.
    """
    return last_day is not None and today > last_day and not other_holds


def _extension(rule_code: str) -> Extension:
    extension = clock_rule(rule_code).extension
    if extension is None:
        raise NotExtendable(rule_code)
    return extension
