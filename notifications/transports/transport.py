"""What a way out of the house is."""

from types import TracebackType
from typing import Protocol, Self

from django.core.mail import EmailMultiAlternatives

from notifications.transports.reply import Reply


class Transport(Protocol):
    """Hands over one mail at a time; may keep a connection between them until it is closed."""

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Hand over the mail and say what is known of it. Raises nothing that the other side causes."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
