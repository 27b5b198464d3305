"""A form says beside each field, and once more above, what to do."""

import re

from django import forms
from django.template import engines

from tests.config.shell.specimen import SpecimenForm

FORM = "{% load desk %}{% error_summary form %}{% form_fields form %}"


def drawn(form: forms.Form) -> str:
    return str(engines["django"].from_string(FORM).render({"form": form}))


def test_the_summary_names_every_problem_and_links_to_its_control() -> None:
    html = drawn(SpecimenForm({"number": "COPO-1"}))
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', html)
    assert links == [
        ("id_kind_0", "Choose an answer: What kind of document is it?"),
        ("id_issuer", "Choose an answer: Who issued it?"),
        ("id_document", "Add a file: The document"),
        ("id_sure", "Tick the box: I am sure"),
    ]
    assert all(f'id="{target}"' in html for target, _words in links)


def test_a_control_is_described_by_its_hint_and_its_error() -> None:
    html = drawn(SpecimenForm({"number": "COPO-1"}))
    assert re.search(r'<select[^>]*aria-describedby="id_issuer_helptext id_issuer_error"', html)
    assert re.search(r'<select[^>]*aria-invalid="true"', html)
    assert 'id="id_issuer_error"' in html


def test_a_form_not_sent_yet_has_no_problems() -> None:
    assert "error" not in drawn(SpecimenForm())


def test_a_sentence_of_the_forms_own_is_kept() -> None:
    class DatedForm(forms.Form):
        issued = forms.DateField(error_messages={"required": "Enter the date of issue"})

    assert drawn(DatedForm({})).count("Enter the date of issue") == 2


def test_what_concerns_the_whole_form_stands_first() -> None:
    class PairForm(forms.Form):
        first = forms.CharField()

        def clean(self) -> None:
            self.add_error(None, "The two do not go together")

    html = drawn(PairForm({}))
    assert html.index("The two do not go together") < html.index("Fill in: First")
