"""What an order does to the targets: where, since when, whom else it hits, and what the notice repeats of it."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Affected, Measure
from cases.queries.case_page import CasePage
from cases.views.panels.entries import Entry, Mark
from cases.views.words import customer_words, moment_words


def measures(page: CasePage) -> list[Entry]:
    """Return a page of the case's measures, and what its notice repeats where no measure says it."""
    found = [
        Entry(
            title=f"{one.get_kind_display()}: {page.measured[one.target_id].value}",
            mark=_mark(one),
            lines=list(_lines(page, one)),
            rule=_rule(page),
        )
        for one in page.measures
    ]
    return [*found, *_statement(page)]


def _mark(one: Measure) -> Mark:
    if one.reversed_at:
        return "", _("Undone"), "minus"
    if one.ended_at:
        return "bad", _("Last day over: undo it"), "clock"
    if one.effect_at:
        return "good", _("Has effect"), "check"
    if one.collateral_checked_at:
        return "info", _("Can take effect"), "clock"
    return "warn", _("Who else is hit?"), "search"


def _lines(page: CasePage, one: Measure) -> Iterator[str]:
    yield _("Asked for: %(where)s") % {"where": ", ".join(one.asked_territories)}
    if one.territories != one.asked_territories:
        yield _("Narrowed to: %(where)s") % {"where": ", ".join(one.territories)}
        yield one.narrowed_reason
    if one.ends_date:
        yield _("Through %(day)s") % {"day": date_format(one.ends_date, "DATE_FORMAT")}
    if one.reasons:
        yield _("Its reasons, as the notice repeats them: %(reasons)s") % {"reasons": one.reasons}
    if one.redress:
        yield _("The redress that it names: %(redress)s") % {"redress": one.redress}
    if one.effect_at:
        at = moment_words(one.effect_at)
        yield _("In effect since %(at)s, by %(who)s") % {"at": at, "who": page.people.get(one.effect_by_id or 0, "")}
    if one.reversed_at:
        at = moment_words(one.reversed_at)
        yield _("Undone on %(at)s: %(why)s") % {"at": at, "why": one.reversed_reason}
    if one.collateral_note:
        yield _("Looked for who else is hit: %(note)s") % {"note": one.collateral_note}
    yield from (_hit(page, hit) for hit in page.affected if hit.measure_id == one.pk)


def _hit(page: CasePage, hit: Affected) -> str:
    who = customer_words(page.customers.get(hit.customer_id)) if hit.customer_id else _("no customer of ours")
    told = _("told") if hit.is_told else _("not told")
    return _("Also hit: %(what)s (%(who)s), %(told)s: %(why)s") % {
        "what": hit.what,
        "who": who,
        "told": told,
        "why": hit.reason,
    }


def _rule(page: CasePage) -> tuple[str, str] | None:
    instrument = page.case.instrument
    if not instrument.notice_source:
        return (instrument.cite, _("not verified: %(note)s") % {"note": instrument.note}) if instrument.note else None
    return instrument.notice_source, _("the notice is due at the moment effect is given")


def _statement(page: CasePage) -> Iterator[Entry]:
    found = page.statement
    if found and found.reasons:
        yield Entry(title=_("The notice repeats"), lines=[found.reasons, found.redress], rule=_rule(page))
    if found and found.silence_decided_at:
        yield Entry(
            title=_("Silence goes before the notice"),
            mark=("warn", _("Decided by counsel"), "lock"),
            lines=[found.silence_reason],
            rule=(page.case.instrument.silence_source, _("counsel decides")),
        )
