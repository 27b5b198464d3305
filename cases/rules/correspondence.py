"""Whether a letter may leave, and to which address: what it tells decides how sure we must be of who reads it.

Practice: contact the authority independently, never by what the letter itself gives (FBI Private Industry Notification
of 4 November 2024).
"""

from cases.rules.problems import Problem

# They tell something of a customer or of what we hold: only to an authority that is proven to be one.
TELLING = frozenset({"answer", "narrowing", "effect_report", "costs", "extension"})
EEVIDENCE = "eevidence"


def needs_proof(kind: str) -> bool:
    """Return whether a letter of this kind leaves only while it is proven who asks."""
    return kind in TELLING


def recipient_problem(*, kind: str, way: str, recipient: str, email_domain: str) -> Problem | None:
    """Return what is wrong with sending a letter there, or None.

    `email_domain` is the authority's, empty where none is known. A letter to a foreign government goes to another
    authority than the one that asks.
    """
    if not recipient.strip():
        return Problem("no_recipient", "Say to whom it goes.")
    if way != "email" or kind == "government":
        return None
    if not email_domain:
        return Problem("no_domain", "No e-mail domain of this authority is on record: look it up, or send it by post.")
    if not is_within(recipient, email_domain):
        return Problem("other_domain", "This address is not in the e-mail domain of the authority.")
    return None


def is_within(address: str, domain: str) -> bool:
    """Return whether an e-mail address is in a domain, or in one below it."""
    _local, at, theirs = address.lower().strip().rpartition("@")
    ours = domain.lower().strip()
    return bool(at and ours) and (theirs == ours or theirs.endswith(f".{ours}"))
