"""What this person may do, and why not."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.changing import only
from cases.dossier import Dossier
from cases.guards import missing
from cases.states import CaseState
from cases.views.acts import MOVES, WORK, Act

ALWAYS_EXPLAINED = ("answer",)  # stays in place, with its reason, in every open state: everyone asks for it


def moves(user: User, d: Dossier) -> list[dict[str, Any]]:
    """Return the acts that move this case on, refused ones with the reason under them."""
    return [_drawn(name, act, user, d) for name, act in MOVES.items() if _belongs(name, act, d)]


def work(user: User, d: Dossier) -> list[dict[str, Any]]:
    """Return what can be set and recorded meanwhile, by those whose work it is."""
    return [
        _drawn(name, act, user, d)
        for name, act in WORK.items()
        if act.is_possible_in(d.case.state) and act.applies(d.case) and user.has_role(*act.who)
    ]


def _belongs(name: str, act: Act, d: Dossier) -> bool:
    if act.rows is not None or not act.applies(d.case):
        return False
    return act.is_possible_in(d.case.state) or (name in ALWAYS_EXPLAINED and d.case.is_open)


def _drawn(name: str, act: Act, user: User, d: Dossier) -> dict[str, Any]:
    return {
        "name": name,
        "label": act.label,
        "icon": act.icon,
        "url": reverse("cases:act", args=[d.case.reference, name]),
        "posts": not act.asks,
        "kind": act.kind,
        "key": act.key,
        "refusals": list(_refusals(act, user, d)),
    }


def _refusals(act: Act, user: User, d: Dossier) -> Iterator[str]:
    if not user.has_role(*act.who):
        yield only(act.who)
    elif not act.is_possible_in(d.case.state):
        states = ", ".join(str(CaseState(state).label) for state in act.states)
        yield _("Only when the case is in: %(states)s.") % {"states": states}
    elif act.transition:
        yield from (str(sentence) for sentence in missing(act.transition, d))
