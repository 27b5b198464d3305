"""How the relay of the storm treats a recipient: the first letters of the address say it."""

from collections.abc import Mapping
from dataclasses import dataclass

DOMAIN = "customer.example"
AGENCY = "springfield.example"


@dataclass(frozen=True)
class Mood:
    """What becomes of a recipient's mails; `times` is how often, before one is taken like any other."""

    share: int  # of a hundred customers
    times: int = 0  # 0: always


MOODS: Mapping[str, Mood] = {
    "plain": Mood(47),
    "slow": Mood(12),  # taken after a while
    "later": Mood(8, times=2),  # put off before the text
    "full": Mood(5, times=2),  # put off after the text
    "cut": Mood(8, times=2),  # the line breaks before the text
    "never": Mood(5),  # refused for good
    "lost": Mood(5, times=1),  # the line breaks after the text, which was not taken
    "back": Mood(5),  # taken, and sent back afterwards
    "taken": Mood(5, times=1),  # the line breaks after the text, which was taken
}
DOUBTFUL = ("lost", "taken")  # nobody can know what became of these, unless a mail system reports it
FAILING = ("never", "back")


def address(number: int, domain: str = DOMAIN) -> str:
    """Return the address of this number; of any hundred in a row each mood has its share."""
    place = number * 37 % 100  # so that a few dozen have all of them
    for name, mood in MOODS.items():
        if place < mood.share:
            return f"{name}-{number}@{domain}"
        place -= mood.share
    raise AssertionError("the shares add up to a hundred")


def mood_of(recipient: str) -> str:
    """Return the name of the mood of an address."""
    return recipient.partition("-")[0]
