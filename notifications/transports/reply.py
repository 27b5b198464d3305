"""What the other side said."""

from dataclasses import dataclass

from notifications.states import AttemptOutcome


@dataclass(frozen=True)
class Reply:
    """Outcome None: it may have been taken, nobody knows. `code` is the other side's, where it gave one.

    `through` names the transport, `provider_id` what a provider calls the message from now on.
    """

    outcome: AttemptOutcome | None
    code: int | None = None
    through: str = ""
    provider_id: str = ""


def of_code(code: int, *, otherwise: AttemptOutcome | None) -> Reply:
    """Return what a reply of the relay means: 2xx taken, 4xx later, 5xx never (RFC 5321, 4.2.1), others as told."""
    if code < 0:
        return Reply(otherwise)
    meanings = {2: AttemptOutcome.SENT, 4: AttemptOutcome.DEFERRED, 5: AttemptOutcome.REFUSED}
    return Reply(meanings.get(code // 100, otherwise), code)
