"""Choosing among the targets of a case: by ticking a few, or by naming some of thousands."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case, Target

TICKABLE = 25


def target_field(case: Case) -> forms.Field:
    """Return a field for some of the targets; its value is a list of ids, empty where none was chosen."""
    if case.target_count <= TICKABLE:
        return TickedTargets(case)
    return NamedTargets(case)


class TickedTargets(forms.MultipleChoiceField):
    """A box for each target."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            label=gettext_lazy("Only for these targets"),
            help_text=gettext_lazy("With none ticked, it is for all."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.ids = {f"{target.kind}:{target.value}": target.pk for target in case.targets.all()}
        self.choices = [(name, name.split(":", 1)[1]) for name in self.ids]

    def clean(self, value: object) -> list[int]:
        return [self.ids[name] for name in super().clean(value)]


class NamedTargets(forms.CharField):
    """Targets named one a line."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            label=gettext_lazy("Only for these targets"),
            help_text=gettext_lazy("One a line, as the request names them. Left empty, it is for all."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.case = case

    def clean(self, value: object) -> list[int]:
        names = {line.strip() for line in super().clean(value).splitlines() if line.strip()}
        if not names:
            return []
        found = dict(Target.objects.filter(Q(case=self.case) & Q(value__in=names)).values_list("pk", "value"))
        if unknown := names - set(found.values()):
            raise ValidationError(_("Not named in this request: %(targets)s") % {"targets": ", ".join(sorted(unknown))})
        return list(found)
