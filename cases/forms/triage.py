"""What an analyst does first."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Compartment
from cases.actions import compartments, review
from cases.actions.changing import Refused
from cases.actions.documents import add_document
from cases.forms.acts import ActForm, day_field, text_field
from cases.forms.people import ColleagueField
from cases.models import Case
from cases.rules.scope import issuer_problems
from vault.forms import DocumentField


class BeginReview(ActForm):
    def perform(self) -> str | Promise:
        review.begin_review(**self.who)
        return _("Legal review has begun.")


class SetEmergency(ActForm):
    """The danger, in an analyst's words."""

    danger = text_field(gettext_lazy("Who is in danger, of what, and why no court could be asked"))
    data_to_danger = text_field(gettext_lazy("How this data averts the danger"), required=False)
    follow_up_paper_date = day_field(gettext_lazy("The day by which the paper follows"), required=False)

    def suggested(self) -> dict[str, Any]:
        return {name: getattr(self.case, name) for name in ("danger", "data_to_danger", "follow_up_paper_date")}

    def perform(self) -> str | Promise:
        fields = {name: self.cleaned_data[name] for name in ("danger", "data_to_danger", "follow_up_paper_date")}
        review.set_emergency(**fields, **self.who)
        return _("The emergency is set: its clocks run.")


class ClearEmergency(ActForm):
    reason = text_field(gettext_lazy("Why this is no emergency"))

    def perform(self) -> str | Promise:
        review.clear_emergency(reason=self.cleaned_data["reason"], **self.who)
        return _("The emergency is taken back: the ordinary clocks run.")


class SetIssuer(ActForm):
    """Who issued it, out of those who can issue such an instrument."""

    issuer = forms.ChoiceField(label=gettext_lazy("Issued, or validated, by"))

    def suggested(self) -> dict[str, Any]:
        return {"issuer": self.case.issuer}

    def prepare(self) -> None:
        self.offer("issuer", [(one, issuer_words(one)) for one in self.case.instrument.issuers])

    def perform(self) -> str | Promise:
        issuer = self.cleaned_data["issuer"]
        review.set_issuer(issuer=issuer, **self.who)
        problems = [
            problem for one in self.case.asked for problem in issuer_problems(self.case.instrument, issuer, one)
        ]
        if not problems:
            return _("It is recorded who issued it.")
        return _("Recorded: %(why)s. Cut it, or answer by Annex III, reason %(code)s.") % {
            "why": "; ".join(_(problem.explanation) for problem in problems),
            "code": problems[0].code,
        }


def issuer_words(code: str) -> str:
    """Return an issuer as people read it."""
    return code.replace("_", " ").capitalize()


class Assign(ActForm):
    assignee = ColleagueField(
        label=gettext_lazy("Who works on this case"), required=False, empty_label=gettext_lazy("No one")
    )

    def suggested(self) -> dict[str, Any]:
        return {"assignee": self.case.assignee.email if self.case.assignee else None}

    def perform(self) -> str | Promise:
        person = self.cleaned_data["assignee"]
        if person and not Case.objects.visible_to(person).filter(pk=self.case.pk).exists():
            raise Refused(_("%(name)s may not know of this case.") % {"name": person.name})
        compartments.assign(assignee=person, **self.who)
        return _("Assigned to %(name)s.") % {"name": person.name} if person else _("Assigned to no one.")


class Seal(ActForm):
    compartment = forms.ModelChoiceField(
        Compartment.objects.order_by("name"), label=gettext_lazy("Compartment"), to_field_name="code"
    )

    def prepare(self) -> None:
        field = self.fields["compartment"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as declared
        field.queryset = Compartment.objects.filter(pk__in=self.by.compartment_ids).order_by("name")

    def perform(self) -> str | Promise:
        seen_by = compartments.seal(compartment=self.cleaned_data["compartment"], **self.who)
        if not seen_by:
            return _("Sealed. Nobody outside the compartment has seen this case.")
        return ngettext(
            "Sealed. %(total)d person outside the compartment has seen this case, and keeps knowing it: %(names)s.",
            "Sealed. %(total)d people outside the compartment have seen this case, and keep knowing it: %(names)s.",
            len(seen_by),
        ) % {"total": len(seen_by), "names": ", ".join(person.name for person in seen_by)}


ROLES = [
    ("process", gettext_lazy("Legal process")),
    ("order", gettext_lazy("Order not to tell")),
    ("production", gettext_lazy("To be handed over")),
    ("filing", gettext_lazy("Filing with a court")),
    ("evidence", gettext_lazy("Evidence")),
    ("objection", gettext_lazy("Sent with an objection")),
]


class AddDocument(ActForm):
    role = forms.ChoiceField(label=gettext_lazy("What it is"), choices=ROLES)
    document = DocumentField(label=gettext_lazy("Document"))

    def perform(self) -> str | Promise:
        upload = self.cleaned_data["document"]
        add_document(upload=upload, role=self.cleaned_data["role"], **self.who)
        return upload.remark or _("“%(name)s” is kept, sealed under this case's key.") % {"name": upload.name}
