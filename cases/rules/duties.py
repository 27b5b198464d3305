"""Who is owed a notice, and when."""

from dataclasses import dataclass

from cases.rules.instruments import Instrument


@dataclass(frozen=True)
class Owed:
    """What a case owes one customer."""

    state: str  # pending, withheld, not_owed
    reason: str  # code
    when: str  # now, at_effect, after_basis, after_emergency, never
    window: bool  # whether days to object follow


def notice_duty(
    instrument: Instrument,
    *,
    basis_in_force: bool,
    emergency: bool,
    has_contact: bool,
    passed_review: bool,
    preserved_or_disclosed: bool,
    notice_before_review: bool,
    role: str = "user",
    imported: bool = False,
) -> Owed:
    """Return what the customer is owed; `role` is "user" or "controller".

    A user of an EPOC is never told by the provider, its controller may be. Silence in force comes before everything
    else that is owed. Without a contact the duty stays pending, for a person to settle. Imported history owes nothing.

    Law: Reg. (EU) 2023/1543 Art. 13, Annex I Sections G(d), H; Reg. (EU) 2022/2065 Arts. 9(5), 10(5); 18 USC 2705(b).
    """
    if imported:
        return _not_owed("imported")
    if instrument.notice == "none":
        return _not_owed("nobody_to_tell")
    if instrument.notice == "never" and not (role == "controller" and instrument.controller_notice):
        return _not_owed("never_by_provider")
    if not (passed_review or preserved_or_disclosed or notice_before_review):
        return _not_owed("before_review")
    if basis_in_force:
        return Owed("withheld", "basis_in_force", "after_basis", instrument.window)
    if emergency:
        return Owed("withheld", "emergency", "after_emergency", instrument.window)
    when = "at_effect" if instrument.notice == "at_effect" else "now"
    reason = "owed" if has_contact else "no_contact"
    return Owed("pending", reason, when, instrument.window)


def _not_owed(reason: str) -> Owed:
    return Owed("not_owed", reason, "never", window=False)
