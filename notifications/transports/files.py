"""Files under var/mail instead of a relay, one a mail: for trying out. The console shows them, saying so."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from notifications.states import AttemptOutcome
from notifications.transports.reply import Reply


class FileTransport:
    """Writes each mail under the name of its message's key."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is kept open."""

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Write the mail whole or not at all."""
        target = path_of(mail.extra_headers["Message-ID"])
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        draft.write_bytes(mail.message().as_bytes())
        draft.replace(target)
        return Reply(AttemptOutcome.SENT)


def goes_to_files() -> bool:
    """Whether no mail server is set, so that mail stays on this machine."""
    return bool(settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"))


def path_of(message_id: str) -> Path:
    """Return where the mail of that Message-ID lies."""
    key = message_id.strip("<>").partition("@")[0]
    return Path(settings.EMAIL_FILE_PATH) / f"{key}.eml"
