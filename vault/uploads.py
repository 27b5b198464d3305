"""Receiving documents: sealed from the first byte, so that no clear byte of one is ever written to a disk."""

import io
import os
from typing import IO, Any, NoReturn, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from vault import file_names, keys
from vault.content_types import ALLOWED
from vault.inspection import Problem, inspect
from vault.keyring import KEY_BYTES
from vault.models import KeyScope
from vault.spool import SealedSpool


class EncryptedUpload(UploadedFile[bytes]):
    """A received document, sealed. Reading it decrypts in memory; closing it, as every HTTP request does, drops it."""

    def __init__(
        self, spool: SealedSpool, *, scope: KeyScope | None, name: str, content_type: str, problem: Problem | None
    ) -> None:
        clear = io.BytesIO() if problem is Problem.TOO_LARGE else spool.reader()
        super().__init__(cast(IO[bytes], clear), file_names.clean(name), content_type, spool.size)
        self.spool = spool
        self.scope = scope  # under whose key it is sealed; None: under one that only this request knows
        self.sha256 = spool.sha256
        self.problem = problem

    @property
    def remark(self) -> str:
        """Return a sentence for the sender when the name says something else than the content, else nothing."""
        if self.problem or file_names.fits(self.name or "", self.content_type or ""):
            return ""
        return _("“%(name)s” is a %(kind)s by its content, and is kept as one.") % {
            "name": self.name,
            "kind": ALLOWED[self.content_type or ""].label,
        }


class EncryptingUploadHandler(FileUploadHandler):
    """Django's upload handler for documents: the only one in the settings, so that no form can receive in clear.

    A document that is too large or unusable does not end the request: its EncryptedUpload says so, and the form shows
    it beside the field. The documents of one form share max_bytes; one that goes over it is dropped as it arrives.
    """

    def __init__(
        self, request: HttpRequest | None = None, *, scope: KeyScope | None = None, max_bytes: int | None = None
    ) -> None:
        super().__init__(request)
        self.scope = scope
        self._secret = keys.unwrap(scope) if scope else os.urandom(KEY_BYTES)
        self._left = settings.WRITDESK.upload_max_bytes if max_bytes is None else max_bytes
        self._too_large = False
        self._spool: SealedSpool

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        super().new_file(*args, **kwargs)
        self._spool = SealedSpool(self._secret)
        self._too_large = False
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django's signature
        if self._too_large or self._spool.size + len(raw_data) > self._left:
            self._too_large = True
            self._spool.close()
        else:
            self._spool.write(raw_data)

    def file_complete(self, file_size: int) -> EncryptedUpload:  # noqa: ARG002  # Django's signature
        problem: Problem | None = Problem.TOO_LARGE
        content_type = ""
        if not self._too_large:
            self._spool.finish()
            self._left -= self._spool.size
            content_type, problem = inspect(self._spool)
        return EncryptedUpload(
            self._spool, scope=self.scope, name=self.file_name or "", content_type=content_type, problem=problem
        )

    def upload_interrupted(self) -> None:
        self._spool.close()


def sentence(problem: Problem) -> str:
    """Return what to tell the sender of a document with this problem."""
    match problem:
        case Problem.EMPTY:
            return _("This file is empty. Choose it again, or send another.")
        case Problem.TOO_LARGE:
            limit = filesizeformat(settings.WRITDESK.upload_max_bytes)
            return _("This file is too large: the files of one form may hold %(limit)s in all.") % {"limit": limit}
        case Problem.UNEXPECTED_TYPE:
            kinds = ", ".join(str(kind.label) for kind in ALLOWED.values())
            return _("This kind of file is not accepted. Send one of: %(kinds)s.") % {"kinds": kinds}
        case Problem.PASSWORD_PROTECTED:
            return _("This PDF is password-protected. Remove the password and send it again.")
        case Problem.DAMAGED:
            return _("This file is damaged or incomplete. Open it on your side, save it anew and send it again.")
