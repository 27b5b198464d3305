"""The document fields, where the journey through HTTP does not reach."""

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.vault.conftest import pdf, received
from vault.forms import DocumentField, MultipleDocumentField


class DeskForm(forms.Form):
    annexes = MultipleDocumentField()


def test_a_document_received_in_clear_is_a_mistake_of_ours_and_loud() -> None:
    with pytest.raises(ImproperlyConfigured, match="FILE_UPLOAD_HANDLERS"):
        DocumentField().clean(SimpleUploadedFile("order.pdf", pdf()))


def test_a_field_that_takes_several_takes_one_or_none() -> None:
    upload = received(pdf())
    assert MultipleDocumentField().clean([upload]) == [upload]
    assert MultipleDocumentField(required=False).clean([]) == []
    with pytest.raises(ValidationError):
        MultipleDocumentField().clean([])


def test_a_password_protected_pdf_says_what_to_do() -> None:
    with pytest.raises(ValidationError) as refused:
        DocumentField().clean(received(pdf(lambda writer: writer.encrypt("secret"))))
    assert refused.value.messages == ["This PDF is password-protected. Remove the password and send it again."]


def test_the_field_lets_a_browser_choose_several() -> None:
    assert "multiple" in str(DeskForm()["annexes"])
