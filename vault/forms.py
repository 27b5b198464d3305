"""Form fields for documents. Their errors say, beside the field, what to do."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _

from vault.uploads import EncryptedUpload, sentence


class DocumentField(forms.FileField):
    """One document. Its value is an EncryptedUpload for vault.actions.keep."""

    def to_python(self, data: Any) -> EncryptedUpload | None:
        if data in self.empty_values:
            return None
        if not isinstance(data, EncryptedUpload):
            raise ImproperlyConfigured("A document was received in clear: see FILE_UPLOAD_HANDLERS.")
        if data.problem:
            raise ValidationError(sentence(data.problem), code=data.problem)
        return data


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleDocumentField(DocumentField):
    """Several documents. Its value is a list of EncryptedUpload, empty when none came; each error names its file."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[EncryptedUpload]:  # noqa: ARG002  # Django's signature
        given = data if isinstance(data, Sequence) else [data]
        uploads = [upload for upload in given if upload not in self.empty_values]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        return self._without_problems(uploads)

    def _without_problems(self, uploads: list[EncryptedUpload]) -> list[EncryptedUpload]:
        cleaned, errors = [], []
        for upload in uploads:
            try:
                cleaned.append(super().clean(upload))
            except ValidationError as error:
                named = _("“%(name)s”: %(problem)s") % {"name": upload.name, "problem": error.messages[0]}
                errors.append(ValidationError(named, code=error.code))
        if errors:
            raise ValidationError(errors)
        return cleaned
