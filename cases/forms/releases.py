"""What leaves the house: proposed row by row, released after another person approved exactly that."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import productions
from cases.actions.documents import add_document
from cases.actions.productions import Row, rows_for_all
from cases.forms.acts import ActForm, day_field, text_field
from cases.forms.targets import target_field
from cases.models import Case, CaseDocument
from cases.rules.manifest import files_of
from cases.rules.scope import SUBSCRIBER_FIELDS, fields_of
from cases.states import ApprovalKind, Category, DisclosureResult
from vault.forms import MultipleDocumentField

GIVEN = [
    (DisclosureResult.PRODUCED, DisclosureResult.PRODUCED.label),
    (DisclosureResult.NO_RECORDS, DisclosureResult.NO_RECORDS.label),
    (DisclosureResult.WITHHELD, DisclosureResult.WITHHELD.label),
]
ENDINGS = {"preserved": DisclosureResult.PRESERVED, "effect": DisclosureResult.EFFECT_GIVEN}


class ProposeRelease(ActForm):
    """One result for each data category, or one for all where the instrument ends in no disclosure; files; a reason."""

    kind: ClassVar[ApprovalKind]
    is_urgent: ClassVar[bool] = False

    def prepare(self) -> None:
        self.disclosed = list(self._disclosed())
        for category in self.disclosed:
            self.fields[_result(category)] = forms.ChoiceField(label=Category(category).label, choices=GIVEN)
        self._offer_items()
        if not self.disclosed:
            endings = [
                (ENDINGS[one], ENDINGS[one].label) for one in sorted(self.case.instrument.ends_in & set(ENDINGS))
            ]
            self.fields["overall"] = forms.ChoiceField(label=gettext_lazy("What was done"), choices=endings)
        self.fields["targets"] = target_field(self.case)
        self._offer_files()
        if self.is_urgent:
            delay = timedelta(days=settings.WRITDESK.emergency_delay_days)
            self.fields["delay_until"] = day_field(
                gettext_lazy("The notice to the customers is put off until"), initial=(self.now + delay).date()
            )
        self.fields["reason"] = text_field(gettext_lazy("Your reason, for the second person"))

    def _disclosed(self) -> Iterator[str]:
        """Yield the categories to speak of: those asked, where the instrument ends in a disclosure."""
        if self.case.instrument.ends_in & {"disclosure", "prospective"}:
            yield from self.case.asked

    def _offer_items(self) -> None:
        """Offer the items that the instrument reaches, where it knows items; those authorised are ticked."""
        letters = sorted(letter for one in self.disclosed for letter in fields_of(self.case.instrument_code, one))
        if not letters:
            return
        authorised = self.case.targets.values_list("authorised_fields", flat=True).distinct()
        self.fields["items"] = forms.MultipleChoiceField(
            label=gettext_lazy("Items that leave"),
            choices=[(letter, f"({letter}) {_(SUBSCRIBER_FIELDS[letter].title)}") for letter in letters],
            initial=sorted({letter for fields in authorised for letter in fields}),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("Of each target no more than counsel authorised for it."),
        )

    def _offer_files(self) -> None:
        kept = productions_waiting(self.case)
        self.kept = {str(row.document_id): row for row in kept}
        if self.kept:
            self.fields["files"] = forms.MultipleChoiceField(
                label=gettext_lazy("Files kept for handing over"),
                choices=[(str(row.document_id), row.document.name) for row in kept],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["uploads"] = MultipleDocumentField(
            label=gettext_lazy("Files to hand over"),
            required=False,
            help_text=gettext_lazy(
                "They are sealed under this case's key as they arrive, and stay if this is refused."
            ),
        )

    def keep_uploads(self) -> list[str]:
        self.sent = [
            str(add_document(upload=upload, role="production", **self.who).pk)
            for upload in self.cleaned_data["uploads"]
        ]
        return self.sent

    def perform(self) -> str | Promise:
        productions.propose_release(
            kind=self.kind,
            rows=self._rows(),
            files=[*self.cleaned_data.get("files", []), *self.sent],
            reason=self.cleaned_data["reason"],
            delay_until=self.cleaned_data.get("delay_until"),
            **self.who,
        )
        return _("Proposed. Another counsel approves exactly this; then it is released by hand.")

    def _rows(self) -> list[Row]:
        results = {category: self.cleaned_data[_result(category)] for category in self.disclosed}
        rows = rows_for_all(
            self.case, results, overall=self.cleaned_data.get("overall", ""), fields=self.cleaned_data.get("items")
        )
        wanted = set(self.cleaned_data["targets"])
        return [row for row in rows if not wanted or row.target_id in wanted]


class ProposeAnswer(ProposeRelease):
    kind = ApprovalKind.ANSWER


class ProposePart(ProposeRelease):
    kind = ApprovalKind.PRODUCE_PART


class ProposeEmergencyAnswer(ProposeRelease):
    kind = ApprovalKind.ANSWER_EMERGENCY
    is_urgent = True


def productions_waiting(case: Case) -> list[CaseDocument]:
    """Return the files kept for handing over that no production has taken yet."""
    taken = {entry["sha256"] for production in case.productions.all() for entry in files_of(production.manifest)}
    rows = case.documents.filter(role="production").select_related("document")
    return [row for row in rows if row.document.sha256 not in taken]


def _result(category: str) -> str:
    return f"result-{category}"
