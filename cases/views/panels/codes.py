"""The codes of ledger entries in words, by the field that holds them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Role
from cases.forms.triage import ROLES
from cases.models import (
    Answer,
    ChallengeResult,
    ChallengeSubject,
    DeliveryWay,
    Forum,
    LetterKind,
    Party,
    VerificationMethod,
)
from cases.queries.marks import law_cited
from cases.rules.art17 import NATURES
from cases.rules.clocks import CLOCKS
from cases.rules.conflict import OUTCOMES
from cases.rules.delivery import MEANS
from cases.rules.fraud_signals import SIGNALS
from cases.rules.grounds import GROUNDS
from cases.rules.instruments import INSTRUMENTS
from cases.rules.laws import LAWS, OTHER
from cases.rules.nondisclosure import BASES
from cases.rules.remedies import REMEDIES
from cases.rules.review import ITEMS
from cases.states import (
    ApprovalKind,
    ApprovalState,
    CaseState,
    Category,
    Channel,
    ClockState,
    DutyKind,
    DutyState,
    ObjectionState,
    Outcome,
)
from cases.views.words import clock_words

Words = Mapping[str, str | Promise]

CATEGORIES: Words = dict(Category.choices)
STATES: Words = {**dict(CaseState.choices), **dict(DutyState.choices), **dict(ClockState.choices)}


def codes() -> Mapping[str, Words]:
    """Return for each field the words of its codes, in the reader's language. A code without words stands as it is."""
    rules = {code: clock_words(code) for code in (*CLOCKS, "return_date", "interim", "challenge")}
    return {
        **dict.fromkeys(("asked", "authorised", "cut", "left"), CATEGORIES),
        **dict.fromkeys(("rule", "rules", "paused"), rules),
        "answer": dict(Answer.choices),
        "basis": {code: _(basis.title) for code, basis in BASES.items()},
        "channel": dict(Channel.choices),
        "code": {code: _(signal.title) for code, signal in SIGNALS.items()},
        "decision": dict(ApprovalState.choices),
        "facts": _facts(),
        "forum": dict(Forum.choices),
        "ground": {code: _(ground.sentence) for code, ground in GROUNDS.items()},
        "how": dict(ObjectionState.choices),
        "instrument": {code: _(instrument.title) for code, instrument in INSTRUMENTS.items()},
        "item": {code: _(item.question) for code, item in ITEMS.items()},
        "kind_of_duty": dict(DutyKind.choices),
        "law": {**{code: law_cited(code) for code in LAWS}, OTHER: _("a law that is not on record")},
        "letter_kind": dict(LetterKind.choices),
        "means": {code: _(title) for code, title in MEANS.items()},
        "method": dict(VerificationMethod.choices),
        "nature": {code: _(words) for code, words in NATURES.items()},
        "outcome": {**dict(Outcome.choices), **{code: _(outcome.title) for code, outcome in OUTCOMES.items()}},
        "party": dict(Party.choices),
        "remedy": {code: _(remedy.title) for code, remedy in REMEDIES.items()},
        # An entry does not say whether it was the request or the order not to tell that stands.
        "result": {**dict(ChallengeResult.choices), ChallengeResult.UPHELD: _("What was challenged stands")},
        "role": {**dict(Role.choices), **dict(ROLES)},
        "state": STATES,
        "subject": dict(ChallengeSubject.choices),
        "way": dict(DeliveryWay.choices),
        "what": dict(ApprovalKind.choices),
    }


def _facts() -> Words:
    return {
        "country": _("country of residence"),
        "nationality": _("nationality"),
        "is_us_person": _("US person"),
        "role": _("role"),
        "language": _("language"),
    }
