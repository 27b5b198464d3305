"""Challenges: their instances and papers, what the deadline does meanwhile, and whether every remedy is exhausted."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Challenge, Instance
from cases.queries.case_page import CasePage
from cases.rules.exhaustion import Exhaustion, exhaustion
from cases.rules.remedies import REMEDIES, Remedy
from cases.views.acts import MOVES
from cases.views.panels.entries import Entry, Mark, Words, links
from cases.views.words import day_words


def challenges(user: User, page: CasePage) -> list[Entry]:
    """Return the challenges with their instances."""
    by_key = _by_key(page)
    beside = [challenge for challenge in by_key if challenge.subject == "nondisclosure"]
    of_request = [challenge for challenge in by_key if challenge.subject != "nondisclosure"]
    return [
        Entry(
            title=_("Challenge of: %(subject)s") % {"subject": challenge.get_subject_display()},
            mark=_mark(challenge),
            lines=list(_lines(page, challenge)),
            rule=_rule(challenge),
            is_unverified=challenge.remedy in REMEDIES and not REMEDIES[challenge.remedy].verified,
            links=[]
            if challenge.ended_at
            else [
                *links(user, page.case, number, *_acts(page, challenge)),
                *_ending(user, page, challenge, beside, of_request),
            ],
        )
        for number, challenge in enumerate(by_key, start=1)
    ]


def dates(page: CasePage) -> list[Entry]:
    """Return the days that pending challenges bring: to file, of a hearing, to appeal; the next one first."""
    found = [day for challenge in _by_key(page) if not challenge.ended_at for day in _dates(page, challenge)]
    return [
        Entry(title=title, mark=("info", day_words(on), "gavel"), lines=[forum])
        for on, title, forum in sorted(found, key=lambda one: one[0])
        if on >= page.dossier.today
    ]


def _dates(page: CasePage, challenge: Challenge) -> Iterator[tuple[date, str, str]]:
    for one in _instances(page, challenge):
        if one.hearing_date and not one.decided_date:
            yield one.hearing_date, _("Hearing"), one.forum_name
    found = _found(page, challenge)
    if found.until:
        title = _("Last day to file") if found.open == "not_filed" else _("Last day to appeal")
        yield found.until, title, _instances(page, challenge)[-1].forum_name if _instances(page, challenge) else ""


def _by_key(page: CasePage) -> list[Challenge]:
    return sorted(page.dossier.challenges, key=lambda challenge: challenge.pk)


def _instances(page: CasePage, challenge: Challenge) -> list[Instance]:
    return [one for one in page.dossier.instances if one.challenge_id == challenge.pk]


def _found(page: CasePage, challenge: Challenge) -> Exhaustion:
    stages = [one.rule for one in _instances(page, challenge)]
    return exhaustion(stages, file_until=challenge.last_day, today=page.dossier.today)


def _mark(challenge: Challenge) -> Mark:
    if challenge.ended_at:
        return "", challenge.result_words(challenge.result), "check"
    return "bad", _("Pending"), "gavel"


def _lines(page: CasePage, challenge: Challenge) -> Iterator[str | Promise]:
    yield challenge.ground
    yield _("Last day to file: %(day)s") % {"day": day_words(challenge.last_day)}
    for one in _instances(page, challenge):
        yield _instance(challenge, one)
        for filing in page.filings:
            if filing.instance_id == one.pk:
                yield _("%(day)s: %(title)s (%(party)s)") % {
                    "day": day_words(filing.filed_date),
                    "title": filing.title,
                    "party": filing.get_party_display(),
                }
    if found := REMEDIES.get(challenge.remedy):
        yield _effect(found)
    finding = _found(page, challenge).explanation
    yield _("Finding: %(finding)s.") % {"finding": finding}


def _effect(found: Remedy) -> str:
    if found.suspends:
        return _("The deadline to answer stands still. %(effect)s") % {"effect": _(found.effect)}
    return _("The deadline to answer does not stand still. %(effect)s") % {"effect": _(found.effect)}


def _rule(challenge: Challenge) -> tuple[Words, Words] | None:
    found = REMEDIES.get(challenge.remedy)
    return (found.source, _(found.title)) if found else None


def _acts(page: CasePage, challenge: Challenge) -> Iterator[str]:
    yield "record-instance"
    yield "record-filing"
    if _found(page, challenge).open == "appealable":
        yield "record-appeal"


def _ending(
    user: User, page: CasePage, challenge: Challenge, beside: list[Challenge], of_request: list[Challenge]
) -> list[tuple[Words, str]]:
    if challenge in beside:
        return links(user, page.case, beside.index(challenge) + 1, "resolve-order-challenge")
    act = MOVES["resolve-challenge"]
    place = of_request.index(challenge) + 1
    url = reverse("cases:act_on_row", args=[page.case.reference, "resolve-challenge", place])
    return [(act.label, url)] if user.has_role(*act.who) else []


def _instance(challenge: Challenge, one: Instance) -> str:
    words = [one.forum_name]
    if one.filed_date:
        words.append(_("filed %(day)s") % {"day": day_words(one.filed_date)})
    if one.hearing_date:
        words.append(_("hearing %(day)s") % {"day": day_words(one.hearing_date)})
    if one.decided_date:
        words.append(_("decided %(day)s") % {"day": day_words(one.decided_date)})
    if one.result:
        words.append(_("result: %(result)s") % {"result": challenge.result_words(one.result)})
    if one.appeal_until_date:
        words.append(_("can be appealed until %(day)s") % {"day": day_words(one.appeal_until_date)})
    if one.appealed_date:
        words.append(_("appealed %(day)s") % {"day": day_words(one.appealed_date)})
    return ", ".join(words)
