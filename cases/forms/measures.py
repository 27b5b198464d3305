"""Orders that take effect: what they ask, where, whom else it hits, what the notice repeats, and undoing it."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from cases.actions import measures, reversal, statements
from cases.actions.measures import Hit, NewMeasure
from cases.forms.acts import ActForm, day_field, text_field
from cases.forms.countries import country_choices
from cases.forms.targets import target_field
from cases.models import MeasureKind
from cases.queries.beside import LOOKED_AT, Neighbour, neighbours
from cases.queries.customers import by_number
from cases.rules.measures import WORLDWIDE

BLANK_ROWS, MOST_ROWS = 3, 40
CAUSES = [
    ("court", gettext_lazy("A court decided so")),
    ("authority", gettext_lazy("The authority lifted it")),
    ("end", gettext_lazy("The order's last day has passed")),
]
TOLD = [("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))]


class TerritoryField(forms.CharField):
    """Countries by their two letters, or the whole world."""

    def __init__(self, label: StrOrPromise) -> None:
        super().__init__(
            label=label,
            max_length=2000,
            help_text=gettext_lazy("Countries by their two letters, such as DE, FR; or: worldwide."),
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        words = [word for word in re.split(r"[\s,;]+", super().clean(value)) if word]
        codes = tuple(dict.fromkeys(WORLDWIDE if word.lower() == WORLDWIDE else word.upper() for word in words))
        known = {WORLDWIDE, *(code for code, _name in country_choices())}
        if unknown := [code for code in codes if code not in known]:
            raise ValidationError(_("Not a country: %(codes)s") % {"codes": ", ".join(unknown)})
        return codes


class SetMeasures(ActForm):
    """What the order asks, as its paper says it."""

    kind = forms.ChoiceField(label=gettext_lazy("What it asks to be done"))
    territories = TerritoryField(gettext_lazy("Where it asks for it"))
    last_day = day_field(gettext_lazy("Last day of the order, where it has one"), required=False)
    reasons = text_field(gettext_lazy("The reasons that it states"), required=False)
    redress = text_field(gettext_lazy("The redress that it names"), required=False)

    def prepare(self) -> None:
        asked = self.case.instrument.measures
        self.offer("kind", [(code, MeasureKind(code).label) for code in asked])
        for name in ("reasons", "redress"):
            self.fields[name].required = name in self.case.instrument.notice_states
            self.fields[name].help_text = gettext_lazy("The notice repeats it to the customer, word for word.")
        self.fields["targets"] = target_field(self.case)

    def perform(self) -> str | Promise:
        asked = self.cleaned_data
        new = NewMeasure(
            kind=MeasureKind(asked["kind"]),
            territories=asked["territories"],
            reasons=asked["reasons"],
            redress=asked["redress"],
            last_day=asked["last_day"],
        )
        total = measures.set_measures(new=new, target_ids=asked["targets"], **self.who)
        return ngettext("Recorded for %d target.", "Recorded for %d targets.", total) % total


class Narrow(ActForm):
    """As far as strictly necessary, and no further than asked."""

    territories = TerritoryField(gettext_lazy("Where it is to have effect"))
    reason = text_field(gettext_lazy("Why it reaches less far than was asked"))

    def prepare(self) -> None:
        self.fields["targets"] = target_field(self.case)

    def perform(self) -> str | Promise:
        asked = self.cleaned_data
        total = measures.narrow(
            territories=asked["territories"], reason=asked["reason"], target_ids=asked["targets"], **self.who
        )
        return ngettext("%d measure is narrowed.", "%d measures are narrowed.", total) % total


SHARED: dict[str, StrOrPromise] = {
    "domain": gettext_lazy("Proposed: the same domain, %(target)s."),
    "below": gettext_lazy("Proposed: a domain below %(target)s."),
    "address": gettext_lazy("Proposed: the same address, %(target)s."),
    "page": gettext_lazy("Proposed: the same page, %(target)s."),
}


class CheckCollateral(ActForm):
    """A few lines for who is hit, those that we know of filled in; and where somebody looked."""

    note = text_field(gettext_lazy("Where you looked, and what you found"), required=False)

    def prepare(self) -> None:
        self.rows = list(self._rows())
        if self.case.target_count > LOOKED_AT:
            self.fields["note"].help_text = _("Only the first %(number)d targets were looked up for you.") % {
                "number": LOOKED_AT
            }
        self.fields["targets"] = target_field(self.case)

    def _rows(self) -> Iterator[int]:
        found = neighbours(self.by, self.case)
        sent = sum(name.startswith("what_") for name in self.data)
        for number in range(1, min(max(len(found) + BLANK_ROWS, sent), MOST_ROWS) + 1):
            known = found[number - 1] if number <= len(found) else None
            self._add_row(number, known)
            yield number

    def _add_row(self, number: int, known: Neighbour | None) -> None:
        place = {"number": number}
        self.fields[f"what_{number}"] = forms.CharField(
            label=_("%(number)d. What is hit") % place,
            max_length=500,
            required=False,
            initial=known.what if known else "",
            help_text=" ".join(_hints(number, known)),
        )
        self.fields[f"customer_{number}"] = forms.CharField(
            label=_("%(number)d. Number of the customer, if it is one of ours") % place,
            max_length=100,
            required=False,
            initial=known.identifier if known else "",
        )
        self.fields[f"told_{number}"] = forms.ChoiceField(
            label=_("%(number)d. Are they told?") % place, choices=TOLD, required=False, initial="no"
        )
        self.fields[f"reason_{number}"] = forms.CharField(
            label=_("%(number)d. Why, or why not") % place, max_length=2000, required=False
        )

    def clean(self) -> dict[str, Any]:
        numbers = {self.cleaned_data.get(f"customer_{row}", "").strip() for row in self.rows} - {""}
        self.customers = by_number(self.case, numbers)
        for row in self.rows:
            number = self.cleaned_data.get(f"customer_{row}", "").strip()
            if number and number not in self.customers:
                self.add_error(f"customer_{row}", gettext_lazy("No customer has this number."))
        return self.cleaned_data

    def perform(self) -> str | Promise:
        total = measures.check_collateral(
            hit=list(self._hit()),
            note=self.cleaned_data["note"],
            target_ids=self.cleaned_data["targets"],
            **self.who,
        )
        return ngettext("The check of %d measure is recorded.", "The check of %d measures is recorded.", total) % total

    def _hit(self) -> Iterator[Hit]:
        said = self.cleaned_data
        for row in self.rows:
            if what := said[f"what_{row}"].strip():
                yield Hit(
                    what=what,
                    customer=self.customers.get(said[f"customer_{row}"].strip()),
                    is_told=said[f"told_{row}"] == "yes",
                    reason=said[f"reason_{row}"].strip(),
                )


def _hints(number: int, known: Neighbour | None) -> Iterator[str]:
    """Yield what to heed in the first row, and why somebody is proposed."""
    if number == 1:
        yield _("Whoever is told reads this: name nothing of anybody else.")
    if known:
        yield str(SHARED[known.shares]) % {"target": known.target}
        yield _("The customer directory says so.") if known.is_from_directory else _("It stands so in another case.")


class StateOrder(ActForm):
    reasons = text_field(gettext_lazy("The reasons that the order states"))
    redress = text_field(gettext_lazy("The redress that it names"))

    def prepare(self) -> None:
        for name in ("reasons", "redress"):
            self.fields[name].help_text = gettext_lazy("The notice repeats it to the customer, word for word.")

    def perform(self) -> str | Promise:
        statements.state_order(reasons=self.cleaned_data["reasons"], redress=self.cleaned_data["redress"], **self.who)
        return _("Recorded. The notice repeats it.")


class DecideSilence(ActForm):
    reason = text_field(gettext_lazy("By which law the order not to tell goes before the notice"))

    def perform(self) -> str | Promise:
        statements.decide_silence(reason=self.cleaned_data["reason"], **self.who)
        return _("Recorded. The notice waits until the order not to tell ends.")


class ProposeReversal(ActForm):
    cause = forms.ChoiceField(label=gettext_lazy("Why it is undone"), choices=CAUSES)
    reason = text_field(gettext_lazy("What was decided, by whom, and when"))

    def prepare(self) -> None:
        self.fields["targets"] = target_field(self.case)

    def perform(self) -> str | Promise:
        asked = self.cleaned_data
        reversal.propose_reversal(cause=asked["cause"], reason=asked["reason"], target_ids=asked["targets"], **self.who)
        return _("Proposed. It is undone in the moment in which another counsel agrees.")
