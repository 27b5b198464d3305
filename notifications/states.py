"""The words of how a notice travels."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("On its way")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Uncertain")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Way(TextChoices):
    """How a message leaves."""

    EMAIL = "email", _("E-mail")
    POST = "post", _("Post")
    MESSAGING = "messaging", _("The provider's own messages")
    EEVIDENCE = "eevidence", _("Decentralised e-Evidence system")


# While a message is in one of these its errand gets no other.
LIVE = (MessageState.PLANNED, MessageState.CLAIMED, MessageState.SENT, MessageState.UNCERTAIN)


class AttemptOutcome(TextChoices):
    SENT = "sent", _("Accepted by the relay")
    DEFERRED = "deferred", _("Put off")
    REFUSED = "refused", _("Refused for good")


class EventKind(TextChoices):
    """What a mail system reports of a message that it took."""

    DELIVERED = "delivered", _("Delivered")
    DELAYED = "delayed", _("Delayed")
    BOUNCED = "bounced", _("Came back")
    COMPLAINED = "complained", _("Called spam by its recipient")


class Because(TextChoices):
    """Why a message was cancelled or failed, or why a duty that is due has none."""

    SILENT = "silent", _("Nothing may leave: an order, something not looked at, or an import.")
    HELD = "held", _("This installation or this case is held.")
    UNPROVEN = "unproven", _("It is not proven any more who asks.")
    NOT_PENDING = "not_pending", _("It is no longer to be sent, or was.")
    NOT_DUE = "not_due", _("The notice is not due yet.")
    NO_CONTACT = "no_contact", _("There is no address to write to.")
    NOT_PRESERVED = "not_preserved", _("The data is not known to be preserved yet.")
    IN_REVIEW = "in_review", _("The request is being reviewed again.")
    MISSING_FACT = "missing_fact", _("A fact is missing that the notice must state.")
    REFUSED = "refused", _("The other side refused it for good.")
    GAVE_UP = "gave_up", _("It could not be handed over for days.")
    NOT_ARRIVED = "not_arrived", _("A person found that it did not arrive.")
    BOUNCED = "bounced", _("A mail server sent it back.")
    NEW_ADDRESS = "new_address", _("The address was corrected.")
    BAD_ADDRESS = "bad_address", _("No mail can be addressed to what stands there: correct it, or tell them otherwise.")
    BROKEN = (
        "broken",
        _("An error of this software stops it: tell your administrator. It is tried again and again."),
    )


WAITS_LONG = timedelta(days=1)  # due, or let go, for so long and not gone: somebody should know why


class Need(TextChoices):
    """Why a notice needs a person."""

    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Perhaps told, perhaps not")
    NO_CONTACT = "no_contact", _("Nobody to write to")
    WAITING = "waiting", _("Due for long")


class LetterNeed(TextChoices):
    """Why a letter needs a person."""

    FAILED = "failed", _("Not delivered")
    UNCERTAIN = "uncertain", _("Perhaps gone, perhaps not")
    WAITING = "waiting", _("Has not left")
