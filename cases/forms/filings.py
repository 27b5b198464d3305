"""What is filed for a conflict of law: the motion's factors, a reasoned objection, word to a foreign government."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import comity
from cases.actions.reasoned_objections import SectionE, object_to_epoc
from cases.forms.acts import ActForm, text_field
from cases.forms.conflict import CONNECTIONS
from cases.rules.art17 import NATURES
from cases.rules.conflict import COMITY_FACTORS


class WriteFactors(ActForm):
    """A field for each of the eight factors, A to H."""

    def prepare(self) -> None:
        written = dict(self.case.comity_factors.values_list("letter", "text"))
        for letter, title in COMITY_FACTORS.items():
            self.fields[letter] = text_field(f"({letter}) {_(title)}", required=False, initial=written.get(letter, ""))

    def perform(self) -> str | Promise:
        comity.write_factors(texts={letter: self.cleaned_data[letter] for letter in COMITY_FACTORS}, **self.who)
        return _("The factors are written down.")


class ObjectArt17(ActForm):
    """Section E of Annex III."""

    law = forms.CharField(label=gettext_lazy("Title of the law"), max_length=300, required=False)
    provision = forms.CharField(label=gettext_lazy("Its provision"), max_length=200, required=False)
    nature = forms.ChoiceField(
        label=gettext_lazy("What it protects"),
        choices=[(code, gettext_lazy(words)) for code, words in NATURES.items()],
        widget=forms.RadioSelect,
    )
    why_applicable = text_field(gettext_lazy("Why the law applies"), required=False)
    why_conflict = text_field(gettext_lazy("Why there is a conflict"), required=False)
    rests_on = forms.MultipleChoiceField(
        label=gettext_lazy("The objection rests on"), choices=CONNECTIONS, widget=forms.CheckboxSelectMultiple
    )
    link = text_field(gettext_lazy("Link between us and the third country"), required=False)
    consequences = text_field(gettext_lazy("Consequences for us"), required=False)
    other = text_field(gettext_lazy("Other information"), required=False)

    def perform(self) -> str | Promise:
        names = ("law", "provision", "nature", "why_applicable", "why_conflict", "link", "consequences", "other")
        said = {name: self.cleaned_data[name] for name in names}
        object_to_epoc(objection=SectionE(**said, rests_on=tuple(self.cleaned_data["rests_on"])), **self.who)
        return _("The objection is drafted as Annex III. Send it, then record how.")


class TellGovernment(ActForm):
    """Which government, which authority of it, and why."""

    country = forms.ChoiceField(label=gettext_lazy("Government"))
    authority = forms.CharField(label=gettext_lazy("Its designated authority"), max_length=200)
    reason = text_field(gettext_lazy("Reason"))
    text = text_field(
        gettext_lazy("Text of the letter"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("The fact of process, and no more: no target, no customer, not who asks or what for."),
    )

    def suggested(self) -> dict[str, Any]:
        return {"authority": next(iter(self.offered.values()), ""), "text": comity.government_text(self.case)}

    @property
    def offered(self) -> dict[str, str]:
        """The governments that may be told, with the authority designated."""
        return comity.governments_to_tell(self.case, self.now)

    def prepare(self) -> None:
        self.offer("country", [("", gettext_lazy("Choose")), *((code, code) for code in self.offered)])
        if not self.offered:
            self.fields["country"].help_text = gettext_lazy(
                "None: the law lets us tell only a government with an agreement in force, of its national or resident."
            )

    def perform(self) -> str | Promise:
        names = ("country", "authority", "reason", "text")
        comity.decide_government_notice(**{name: self.cleaned_data[name] for name in names}, **self.who)
        return _("Decided. Send it, then record how.")


class GovernmentTold(ActForm):
    how = forms.CharField(label=gettext_lazy("How it was sent"), max_length=200)

    def perform(self) -> str | Promise:
        comity.record_government_told(notice_id=self.subject.pk, how=self.cleaned_data["how"], **self.by_whom)
        return _("It is on record that the government was told.")
