"""Conflict of law."""

from typing import Any

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import conflict as actions
from cases.actions.conflict import Finding
from cases.findings import Group, groups, targets_of
from cases.forms.acts import ActForm, text_field
from cases.forms.countries import country_choices
from cases.forms.targets import target_field
from cases.queries.findings import FindingWords, group_words, in_words
from cases.queries.marks import law_cited
from cases.rules.conflict import OUTCOMES
from cases.rules.laws import LAWS, OTHER

CONNECTIONS = [
    ("residence", gettext_lazy("Where the customer lives")),
    ("nationality", gettext_lazy("The customer's nationality")),
    ("establishment", gettext_lazy("Where we are established")),
    ("processing_role", gettext_lazy("Our role: controller or processor")),
    ("prohibiting_law", gettext_lazy("A law that forbids the answer")),
    ("agreement", gettext_lazy("An agreement between the states")),
    ("storage_location", gettext_lazy("Where the data is stored (never alone)")),
    ("no_similar_procedure", gettext_lazy("No similar procedure there (never alone)")),
]
ROLES = [("controller", gettext_lazy("Controller")), ("processor", gettext_lazy("Processor"))]


class Assess(ActForm):
    """A finding for some targets, for all of whom the same is known, or for all that have none."""

    fields_template = "cases/_assess.html"

    group = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The fields below are filled with what the facts say of the first."),
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Finding"))
    residence = forms.ChoiceField(label=gettext_lazy("The customer lives in"), required=False)
    rests_on = forms.MultipleChoiceField(
        label=gettext_lazy("The finding rests on"), choices=CONNECTIONS, widget=forms.CheckboxSelectMultiple
    )
    law = forms.ChoiceField(label=gettext_lazy("Law that stands against the answer"), required=False)
    law_title = forms.CharField(
        label=gettext_lazy("Title of a law that is not on record"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("It is shown as not verified, not on record."),
    )
    provision = forms.CharField(label=gettext_lazy("Its provision"), max_length=200, required=False)
    role = forms.ChoiceField(label=gettext_lazy("We are, for this data"), choices=ROLES, initial="controller")
    legal_basis = text_field(
        gettext_lazy("Legal basis under the GDPR"), required=False, help_text=gettext_lazy("Article 6, the first step.")
    )
    transfer_ground = text_field(
        gettext_lazy("Ground of the transfer"),
        required=False,
        help_text=gettext_lazy("Chapter V, the second step."),
    )
    reason = text_field(gettext_lazy("Reason"), help_text=gettext_lazy("“No conflict” needs one too."))

    def prepare(self) -> None:
        self.offer(
            "outcome",
            [("", gettext_lazy("Choose")), *((one.code, gettext_lazy(one.title)) for one in OUTCOMES.values())],
        )
        self.offer("residence", [("", gettext_lazy("Not known")), *country_choices()])
        laws = [(code, law_cited(code)) for code in LAWS]
        self.offer("law", [("", gettext_lazy("None")), *laws, (OTHER, gettext_lazy("Another, not on record"))])
        self._offer_groups()
        self.fields["targets"] = target_field(self.case)
        self.fields["targets"].help_text = gettext_lazy("Named here, they alone are meant.")

    def _offer_groups(self) -> None:
        everyone = ("", gettext_lazy("Everyone without a finding yet"))
        self.offer("group", [everyone, *((_key(group), group_words(group)) for group in self.groups)])

    def perform(self) -> str | Promise:
        texts = ("outcome", "reason", "residence", "law", "provision", "role", "legal_basis", "transfer_ground")
        said = {name: self.cleaned_data[name] for name in texts}
        title = self.cleaned_data["law_title"] if said["law"] == OTHER else ""
        finding = Finding(**said, law_title=title, rests_on=tuple(self.cleaned_data["rests_on"]))
        actions.assess(finding=finding, target_ids=self._targets(), **self.who)
        return _("The finding is recorded.")

    def _targets(self) -> list[int]:
        """Return the targets meant; empty: all that have no finding yet."""
        named: list[int] = self.cleaned_data["targets"]
        if named or not self.cleaned_data["group"]:
            return named
        chosen = next(group for group in self.groups if _key(group) == self.cleaned_data["group"])
        return list(targets_of(self.case, chosen.person).values_list("pk", flat=True))

    @cached_property
    def groups(self) -> list[Group]:
        """What the facts say, by what is known of the customers; those still to assess come first."""
        return groups(self.case, self.now)

    def facts_say(self) -> list[FindingWords]:
        """Return the findings in words."""
        return [in_words(group) for group in self.groups]

    def suggested(self) -> dict[str, Any]:
        """Return what the facts say of the first group, where it has targets without a finding."""
        if not self.groups or not self.groups[0].unassessed:
            return {"residence": self.case.customer_country}
        person, found = self.groups[0].person, self.groups[0].finding
        law = found.laws[0].law if found.laws else None
        only = found.outcomes[0] if len(found.outcomes) == 1 else ""
        return {
            "group": _key(self.groups[0]) if len(self.groups) > 1 else "",
            "outcome": only,
            "residence": person.residence,
            "rests_on": list(found.rests_on),
            "role": person.role or "controller",
            "law": law.code if law else "",
            "provision": law.provision if law else "",
            "reason": "" if found.required else " ".join(_(reason.explanation) for reason in found.reasons),
        }


def _key(group: Group) -> str:
    """Return what tells a group from the others, whatever place it has."""
    person = group.person
    return f"{person.residence}/{person.nationality}/{person.us_person}/{person.role}"


class GoOn(ActForm):
    reason = text_field(gettext_lazy("Why we go on in spite of the conflict, and with what"))

    def perform(self) -> str | Promise:
        actions.propose_going_on(reason=self.cleaned_data["reason"], **self.who)
        return _("Proposed. Another counsel decides.")


class ClearConflict(ActForm):
    def perform(self) -> str | Promise:
        actions.clear_conflict(**self.who)
        return _("The conflict check is cleared. The customers are told next, unless something forbids it.")
