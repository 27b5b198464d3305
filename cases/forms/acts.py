"""What every form that changes a case has in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django_stubs_ext import StrOrPromise

from accounts.models import User
from cases.models import Case

REASON = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 10_000}


class ActForm(forms.Form):
    """What one act upon a case asks, and the act itself."""

    fields_template: ClassVar[str] = "cases/_fields.html"

    # How far the case's ledger went when the form was shown: what came since, the person has not seen.
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        case: Case,
        subject: Model | None,
        by: User,
        now: datetime,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.case, self.by, self.now = case, by, now
        self.subject: Any = subject  # the row of the case that the act is about, as its entry in the table says
        self.shown_once: list[tuple[str, str]] = []  # secrets that the act made, which nobody can show again
        super().__init__(data, files, initial={**self.suggested(), **(initial or {})})
        self.prepare()

    def suggested(self) -> dict[str, Any]:
        """Return what the fields hold before anyone types."""
        return {}

    def prepare(self) -> None:
        """Fit the fields to the case."""

    def keep_uploads(self) -> list[str]:
        """Keep the files that stay even if the act is refused, and return their ids; inside the caller's lock."""
        return []

    def perform(self) -> str | Promise:
        """Do it and return what to tell the person; raises Refused. Inside the caller's transaction and lock."""
        raise NotImplementedError

    @property
    def who(self) -> dict[str, Any]:
        """What every action is told: which case, by whom, when."""
        return {"case_id": self.case.pk, "by": self.by, "now": self.now}

    @property
    def by_whom(self) -> dict[str, Any]:
        """The same for an action upon a row of the case."""
        return {"by": self.by, "now": self.now}

    def offer(self, name: str, choices: Any) -> None:
        """Give a choice field its choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - by the form's own declaration
        field.choices = choices


class DateInput(forms.DateInput):
    """The browser's own date picker; it sends ISO dates whatever it shows."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: StrOrPromise, **options: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=DateInput(), **options)


def text_field(label: StrOrPromise, **options: Any) -> forms.CharField:
    """Return a field for sentences."""
    return forms.CharField(label=label, **{**REASON, **options})
