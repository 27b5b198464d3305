"""Orders that take effect on content, domains and accounts."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import measures
from cases.models import Case
from cases.states import OPEN
from cases.views.acts.act import BOTH, COUNSEL, Act


def _has_effect(case: Case) -> bool:
    return bool(case.instrument.measures)


def _is_stated(case: Case) -> bool:
    return bool(case.instrument.notice_states) and not case.instrument.measures


def _is_silence_to_decide(case: Case) -> bool:
    return bool(case.instrument.silence_source) and case.is_gagged


WORK: Mapping[str, Act] = {
    "set-measures": Act(
        _("Record what the order asks to be done"),
        measures.SetMeasures,
        BOTH,
        "gavel",
        states=OPEN,
        about=_("As its paper says it. Said anew for a target, it takes the place of what was said before."),
        applies=_has_effect,
    ),
    "narrow-measures": Act(
        _("Narrow where it has effect"),
        measures.Narrow,
        COUNSEL,
        "globe",
        states=OPEN,
        about=_("To what is strictly necessary. Further than the order asks is impossible."),
        applies=_has_effect,
    ),
    "check-collateral": Act(
        _("Look for who else is hit"),
        measures.CheckCollateral,
        BOTH,
        "search",
        states=OPEN,
        about=_("Who else is behind the same domain, address or server. Nothing takes effect before this check."),
        applies=_has_effect,
    ),
    "state-order": Act(
        _("Record what the notice repeats of the order"),
        measures.StateOrder,
        BOTH,
        "doc",
        states=OPEN,
        applies=_is_stated,
    ),
    "decide-silence": Act(
        _("Decide that silence goes before the notice"),
        measures.DecideSilence,
        COUNSEL,
        "scales",
        states=OPEN,
        about=_("Where it does not, record the lifting of the order not to tell: it never bound this notice."),
        applies=_is_silence_to_decide,
    ),
    "reverse-measures": Act(
        _("Propose to undo what took effect"),
        measures.ProposeReversal,
        COUNSEL,
        "arrow",
        kind="danger",
        about=_("Another counsel agrees. Who was told of the effect is told of this too."),
        applies=_has_effect,
    ),
}
