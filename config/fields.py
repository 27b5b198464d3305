"""Form fields as the pages show them: the right class on each control, errors that link to their field."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class Dressed:
    """A field ready for components/field.html."""

    bound: BoundField
    control: SafeString | None  # None: the template draws the choices one by one
    is_checkbox: bool
    errors: list[str]


@dataclass(frozen=True)
class Problem:
    """A line of the error summary; field_id is empty for what concerns the whole form."""

    text: str
    field_id: str


def dressed(bound: BoundField, width: str = "") -> Dressed:
    """Return the field with its control drawn; width is a suffix of .input--…"""
    widget = bound.field.widget
    if isinstance(widget, CHOICES):
        return Dressed(bound, None, is_checkbox=False, errors=errors(bound))
    if isinstance(widget, forms.CheckboxInput):
        return Dressed(bound, bound.as_widget(), is_checkbox=True, errors=errors(bound))
    classes = f"{_class(widget)} input--{width}" if width else _class(widget)
    return Dressed(bound, bound.as_widget(attrs={"class": classes}), is_checkbox=False, errors=errors(bound))


def _class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.FileInput):
        return "upload"
    return "select" if isinstance(widget, forms.Select) else "input"


def problems(form: BaseForm) -> list[Problem]:
    """Return what the form refused, in the order of its fields; what concerns the whole form comes first."""
    if not form.is_bound:
        return []
    found = [Problem(str(text), "") for text in form.non_field_errors()]
    for bound in form:
        found += [Problem(text, _target(bound)) for text in errors(bound)]
    return found


def errors(bound: BoundField) -> list[str]:
    """Return what is wrong with a field, each a sentence that says what to do."""
    found = bound.errors.as_data() if bound.form.is_bound else []
    return [_missing(bound) if _is_plainly_missing(bound, one) else " ".join(one.messages) for one in found]


def _is_plainly_missing(bound: BoundField, error: ValidationError) -> bool:
    """Whether Django only says “This field is required”, which helps nobody who reads it away from the field."""
    own = bound.field.error_messages["required"] != forms.Field.default_error_messages["required"]
    return error.code == "required" and not own


def _missing(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.FileInput):
        words = _("Add a file: %(label)s")
    elif isinstance(widget, forms.CheckboxInput):
        words = _("Tick the box: %(label)s")
    elif isinstance(widget, (forms.Select, *CHOICES)):
        words = _("Choose an answer: %(label)s")
    else:
        words = _("Fill in: %(label)s")
    return words % {"label": bound.label}


def _target(bound: BoundField) -> str:
    """The first control of the field: a group of choices has no element with the field's own id."""
    if isinstance(bound.field.widget, CHOICES):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
