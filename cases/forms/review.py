"""Legal review: the checklist, and what may be given."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.actions import review as actions
from cases.forms.acts import ActForm, text_field
from cases.forms.targets import target_field
from cases.models import Answer, Case, ReviewAnswer
from cases.rules import review as rules
from cases.rules.scope import SUBSCRIBER_FIELDS, compellable, fields_asked, fields_of
from cases.states import Category


class Checklist(ActForm):
    """Every question of the instrument's checklist, with a note each; what changed is saved.

    What a rule answers stands filled in with its reason: left as it is, it stays the rule's.
    """

    fields_template = "cases/_checklist.html"

    @cached_property
    def items(self) -> tuple[rules.ReviewItem, ...]:
        """The questions of this instrument, from where this request comes."""
        return rules.items(self.case.instrument_code, self.case.agency_country)

    def prepare(self) -> None:
        answers = {answer.item: answer for answer in self.case.review_answers.all()}
        for item in self.items:
            self.fields[item.code] = forms.ChoiceField(
                label=gettext_lazy(item.question),
                help_text=_help(item, answers.get(item.code)),
                choices=[("", gettext_lazy("Not answered yet")), *Answer.choices],
                required=False,
            )
            self.fields[_note(item.code)] = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=2000)
        for answer in answers.values():
            self.initial.update({answer.item: answer.answer, _note(answer.item): answer.note})

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Yield each question with its note."""
        for item in self.items:
            yield self[item.code], self[_note(item.code)]

    def clean(self) -> dict[str, Any]:
        for item in self.items:
            said, note = self.cleaned_data.get(item.code), self.cleaned_data.get(_note(item.code), "")
            if said and rules.needs_note(said) and not note.strip():
                why = gettext_lazy("Say what is wrong.") if said == Answer.NO else gettext_lazy("Say why.")
                self.add_error(_note(item.code), ValidationError(why))
        return self.cleaned_data

    def perform(self) -> str | Promise:
        changed = {item: (answer, note) for item, answer, note in self._changed()}
        if not changed:
            return _("Nothing was changed.")
        actions.answer_items(answers=changed, **self.who)
        return ngettext("%(total)d answer saved.", "%(total)d answers saved.", len(changed)) % {"total": len(changed)}

    def _changed(self) -> Iterator[tuple[str, Answer, str]]:
        for item in self.items:
            said, note = self.cleaned_data[item.code], self.cleaned_data[_note(item.code)].strip()
            before = (self.initial.get(item.code, ""), self.initial.get(_note(item.code), ""))
            if said and (said, note) != before:
                yield item.code, Answer(said), note


def _help(item: rules.ReviewItem, answer: ReviewAnswer | None) -> str:
    """Return the source of a question, whether it is verified, and what a rule answers by the facts."""
    words = [item.source]
    if not item.verified:
        words.append(_("Not verified: counsel confirms it."))
    if answer and answer.answered_by_id is None:
        words.append(_("Answered by rule: %(reason)s Say otherwise with a note of your own.") % {"reason": answer.note})
    return " ".join(words)


def _note(item: str) -> str:
    return f"{item}-note"


class NameItems(ActForm):
    """The items that the paper names, where the law of its instrument counts items."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Items that the paper names (18 USC 2703(c)(2))"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None ticked: it tells no items apart, and asks for all that the instrument reaches."),
    )

    def suggested(self) -> dict[str, Any]:
        return {"items": self.case.asked_fields}

    def prepare(self) -> None:
        self.offer("items", item_words(items_reached(self.case)))

    def perform(self) -> str | Promise:
        actions.name_items(fields=self.cleaned_data["items"], **self.who)
        return _("What the paper names is recorded. What may be given is to be decided again.")


def items_reached(case: Case) -> list[str]:
    """Return the letters of 18 USC 2703(c)(2) that can be asked for here; none where no items are told apart."""
    return sorted(letter for one in case.asked for letter in fields_of(case.instrument_code, one))


def item_words(letters: Iterable[str]) -> list[tuple[str, str]]:
    """Return the choices of items, each by its letter and its name."""
    return [(letter, f"({letter}) {_(SUBSCRIBER_FIELDS[letter].title)}") for letter in letters]


class Authorise(ActForm):
    """What may be given of what was asked."""

    categories = forms.MultipleChoiceField(
        label=gettext_lazy("May be given"), widget=forms.CheckboxSelectMultiple, required=False
    )
    fields_given = forms.MultipleChoiceField(
        label=gettext_lazy("Of these items (18 USC 2703(c)(2))"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Nothing else was asked and can be compelled. Items of a category not ticked above count as cut."
        ),
    )
    reason = text_field(
        gettext_lazy("Why the rest is cut"),
        required=False,
        help_text=gettext_lazy("The agency reads it in the answer, where what is cut stands as withheld."),
    )

    def suggested(self) -> dict[str, Any]:
        categories = [one for one in self.case.asked if compellable(self.case.instrument_code, one)]
        return {"categories": categories, "fields_given": sorted(self._asked(categories))}

    def prepare(self) -> None:
        self.offer("categories", [(one, self._words(one)) for one in self.case.asked])
        if letters := sorted(self._asked(self.case.asked)):
            self.offer("fields_given", item_words(letters))
        else:
            del self.fields["fields_given"]
        self.fields["targets"] = target_field(self.case)

    def _asked(self, categories: Iterable[str]) -> set[str]:
        code, named = self.case.instrument_code, self.case.asked_fields
        return {letter for one in categories for letter in fields_asked(code, one, named)}

    def _words(self, category: str) -> str:
        source = compellable(self.case.instrument_code, category)
        reach = source or _("this instrument does not reach it")
        return f"{Category(category).label}: {reach}"

    def perform(self) -> str | Promise:
        actions.authorise(
            categories=self.cleaned_data["categories"],
            reason=self.cleaned_data["reason"],
            target_ids=self.cleaned_data["targets"],
            fields=self._fields(),
            **self.who,
        )
        return _("What may be given is recorded.")

    def _fields(self) -> set[str] | None:
        """Return the items ticked of the categories ticked; None where the instrument knows no items."""
        if "fields_given" not in self.fields:
            return None
        return set(self.cleaned_data["fields_given"]) & self._asked(self.cleaned_data["categories"])


class PassReview(ActForm):
    def perform(self) -> str | Promise:
        actions.pass_review(**self.who)
        return _("Legal review is passed. Next: conflict of law.")
