"""Form fields as the pages show them: the right class on each control, errors that link to their field."""

from dataclasses import dataclass

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class Dressed:
    """A field ready for components/field.html."""

    bound: BoundField
    control: SafeString | None  # None: the template draws the choices one by one
    is_checkbox: bool


@dataclass(frozen=True)
class Problem:
    """A line of the error summary; field_id is empty for what concerns the whole form."""

    text: str
    field_id: str


def dressed(bound: BoundField, width: str = "") -> Dressed:
    """Return the field with its control drawn; width is a suffix of .input--…"""
    widget = bound.field.widget
    if isinstance(widget, CHOICES):
        return Dressed(bound, None, is_checkbox=False)
    if isinstance(widget, forms.CheckboxInput):
        return Dressed(bound, bound.as_widget(), is_checkbox=True)
    classes = f"{_class(widget)} input--{width}" if width else _class(widget)
    return Dressed(bound, bound.as_widget(attrs={"class": classes}), is_checkbox=False)


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
        found += [Problem(str(text), _target(bound)) for text in bound.errors]
    return found


def _target(bound: BoundField) -> str:
    """The first control of the field: a group of choices has no element with the field's own id."""
    if isinstance(bound.field.widget, CHOICES):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
