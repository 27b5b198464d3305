"""Letters on their way: let go, taken back, put on record, dropped."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import letter_travel, letters
from cases.forms.acts import ActForm, text_field
from cases.models import LetterKind, LetterWay


class ReleaseLetter(ActForm):
    """To whom a letter goes, and how. The form of a letter that came back says the address again."""

    way = forms.ChoiceField(label=gettext_lazy("How it goes"), choices=LetterWay.choices, widget=forms.RadioSelect)
    recipient = text_field(
        gettext_lazy("To whom"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "An e-mail address in the authority's own domain, or what stands on the envelope, line by line."
        ),
    )

    def prepare(self) -> None:
        if not (self.case.instrument.is_eevidence and settings.WRITDESK.eevidence_url):
            self.offer("way", [choice for choice in LetterWay.choices if choice[0] != LetterWay.EEVIDENCE])

    def suggested(self) -> dict[str, Any]:
        letter = self.subject
        if letter.way:
            return {"way": letter.way, "recipient": letter.recipient}
        if letter.kind == LetterKind.GOVERNMENT:
            return {"way": LetterWay.POST, "recipient": letter.government.authority}
        officer, agency = self.case.officer, self.case.agency
        if self.case.channel == "eevidence" and self.case.instrument.is_eevidence and settings.WRITDESK.eevidence_url:
            return {"way": LetterWay.EEVIDENCE, "recipient": agency.name}
        if officer and officer.email:
            return {"way": LetterWay.EMAIL, "recipient": officer.email}
        return {"way": LetterWay.POST, "recipient": f"{agency.name}\n{agency.postal_address}".strip()}

    def perform(self) -> str | Promise:
        way, recipient = self.cleaned_data["way"], self.cleaned_data["recipient"]
        letter_travel.release_letter(letter_id=self.subject.pk, way=way, recipient=recipient, **self.by_whom)
        if way == LetterWay.POST:
            return _("The letter stands in the queue of what is to be printed and posted.")
        return _("The letter leaves within a minute. Until then you can take it back.")


class TakeBackLetter(ActForm):
    def perform(self) -> str | Promise:
        letter_travel.take_back_letter(letter_id=self.subject.pk, **self.by_whom)
        return _("The letter is a draft again.")


class LetterSent(ActForm):
    how = forms.CharField(label=gettext_lazy("How it was sent"), max_length=200)

    def perform(self) -> str | Promise:
        letters.record_letter_sent(letter_id=self.subject.pk, how=self.cleaned_data["how"], **self.by_whom)
        return _("The letter is on record as sent.")


class DropLetter(ActForm):
    def perform(self) -> str | Promise:
        letters.drop_letter(letter_id=self.subject.pk, **self.by_whom)
        return _("The draft is dropped.")
