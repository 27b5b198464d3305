"""The emergency's call back and paper, signs of fraud, and a fraud that is proven."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import breaches, call_backs, ending, fraud, letters, papers, signals
from cases.actions.documents import add_document
from cases.forms.acts import ActForm, text_field
from cases.forms.people import ColleagueField
from vault.forms import DocumentField


class RecordCallBack(ActForm):
    """Whom we called, where the number is from, what was said, and who else vouches for it."""

    number_called = forms.CharField(label=gettext_lazy("Number called"), max_length=40)
    number_source = forms.CharField(
        label=gettext_lazy("Where the number called was found"),
        max_length=200,
        help_text=gettext_lazy("A directory that you found. Never the letter, its signature or the sender's page."),
    )
    numbers_in_request = forms.CharField(
        label=gettext_lazy("Numbers that stand in the request"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line. The one that you called must be none of them."),
    )
    evidence = text_field(gettext_lazy("What was said, and by whom"))
    second_verifier = ColleagueField(
        label=gettext_lazy("Second verifier"), help_text=gettext_lazy("Another person, who verified the call with you.")
    )

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("number_called", "number_source", "evidence")}
        call_backs.record_call_back(
            **asked,
            second_verifier=self.cleaned_data["second_verifier"],
            numbers_in_request=self.cleaned_data["numbers_in_request"].splitlines(),
            **self.who,
        )
        return _("The call back is on record. It counts for this request only.")


class RecordPaper(ActForm):
    """The paper that follows an emergency, or that it will not come."""

    came = forms.TypedChoiceField(
        label=gettext_lazy("The follow-up paper"),
        choices=[("yes", gettext_lazy("came")), ("no", gettext_lazy("will not come: a sign of fraud"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    document = DocumentField(label=gettext_lazy("The paper itself"), required=False)
    note = text_field(gettext_lazy("How it came and what it is, or why it will not come"))

    def perform(self) -> str | Promise:
        upload = self.cleaned_data["document"]
        with transaction.atomic():  # if it is refused its document does not stay either
            document = add_document(upload=upload, role="process", **self.who) if upload else None
            asked = {name: self.cleaned_data[name] for name in ("came", "note")}
            papers.record_paper(document=document, **asked, **self.who)
        if self.cleaned_data["came"]:
            return _("The follow-up paper is on record.")
        return _("Recorded. It counts as a sign of fraud: look at it.")


class ClearSignal(ActForm):
    note = text_field(gettext_lazy("What you checked, and why this is no fraud"))

    def perform(self) -> str | Promise:
        signals.clear_signal(signal_id=self.subject.pk, note=self.cleaned_data["note"], **self.by_whom)
        return _("Recorded as looked at.")


class ProveForgery(ActForm):
    """What shows that the request was forged, for the record; and what its sender reads, which is another matter."""

    reason = text_field(
        gettext_lazy("What shows it, for our record"),
        help_text=gettext_lazy(
            "It never leaves. A case that ended is reopened with a second counsel; an open one is rejected."
        ),
    )
    letter = text_field(
        gettext_lazy("What the letter says"),
        required=False,
        help_text=gettext_lazy(
            "It goes to whoever forged the request: nothing of how it showed, nothing of any customer. "
            "Empty: no letter."
        ),
    )

    def suggested(self) -> dict[str, Any]:
        """Return a letter that tells a forger nothing."""
        return {"letter": letters.neutral_text(self.case)}

    def prepare(self) -> None:
        if not self.case.is_open:  # it is reopened first, and no letter leaves with that
            del self.fields["letter"]

    def perform(self) -> str | Promise:
        reason: Any = self.cleaned_data["reason"]
        if not self.case.is_open:
            ending.propose_reopening(because="fraud", reason=reason, **self.who)
            return _("Proposed. Another counsel decides.")
        if ending.reject(ground=fraud.FORGED, text=self.cleaned_data["letter"], reason=reason, **self.who):
            return _("Proposed: another counsel decides on this rejection.")
        return _("Rejected as a fraud. Its sender's other requests are flagged; its orders wait for another counsel.")


class ProposeVoiding(ActForm):
    reason = text_field(gettext_lazy("Your reason, for the second person"))

    def perform(self) -> str | Promise:
        fraud.propose_voiding(reason=self.cleaned_data["reason"], **self.who)
        return _("Proposed. Another counsel decides.")


class BreachDealtWith(ActForm):
    notified = forms.TypedChoiceField(
        label=gettext_lazy("The supervisory authority"),
        choices=[
            ("yes", gettext_lazy("was notified")),
            ("no", gettext_lazy("need not be: no risk to anybody's rights is likely")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = text_field(gettext_lazy("Which authority, when and how; or why no risk is likely"))

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("notified", "note")}
        breaches.record_breach_dealt_with(**asked, **self.who)
        return _("What was done about the breach is on record.")
