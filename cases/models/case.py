"""The case: a request as we work on it."""

from datetime import UTC, date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin

from accounts.models import Compartment, Role, User
from cases.models.agency import Agency, Officer
from cases.references import PATTERN
from cases.rules.instruments import Instrument, instrument
from cases.states import OPEN, CaseState, Category, Channel, ControllerNotice, Outcome, Provenance
from cases.workflow import CaseWorkflow
from vault.models import KeyScope

NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # where a case without a running clock stands in the queue: last

READERS = (Role.ANALYST, Role.COUNSEL, Role.AUDITOR)


# The queue is read due first through these. Each filter has an index in the queue's order; each index carries every
# other filter's column, so that a combination, however rare, is looked for in the index alone. Sealed cases stand in
# one of their own, which a reader outside the compartment never touches: not even the time taken tells of them. (No
# plain index on compartment or assignee: PostgreSQL would take it for these, and read the cases themselves.)
QUEUE_ORDER = ("queue_at", "id")
FILTERED = ("state", "instrument_code", "agency_country", "agency", "assignee")
FLAGGED = ("is_emergency", "is_gagged", "has_objection", "is_held")


def queue_indexes() -> list[models.Index]:
    """Return the indexes of the queue: by each filter, by each flag, the open cases, all cases, the sealed cases."""
    leads: list[tuple[str, tuple[str, ...], Q]] = [
        ("queue_all", (), Q()),
        ("queue_open", (), Q(state__in=OPEN)),
        *((f"queue_by_{column}", (column,), Q()) for column in FILTERED),
        *((f"queue_{flag}", (), Q(**{flag: True})) for flag in FLAGGED),
    ]
    ordinary = [_index(name, lead, condition & Q(compartment=None)) for name, lead, condition in leads]
    return [*ordinary, _index("queue_sealed", ("compartment",), Q(compartment__isnull=False))]


def _index(name: str, lead: tuple[str, ...], condition: Q) -> models.Index:
    carried = [column for column in (*FILTERED, *FLAGGED) if column not in lead]
    return models.Index(fields=[*lead, *QUEUE_ORDER], include=carried, name=name, condition=condition)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """The cases this person may know to exist: by role, and by compartment where a case is in one."""
        if not user.has_role(*READERS):
            return self.none()
        return self.filter(Q(compartment=None) | Q(compartment__in=user.compartment_ids))

    def open(self) -> Self:
        """The cases still to be answered, rejected or withdrawn."""
        return self.filter(state__in=OPEN)


class Case(ConcurrentTransitionMixin, CaseWorkflow):
    """One instrument, one agency, any number of targets."""

    reference = models.CharField(max_length=20, unique=True)
    provider_reference = models.CharField(max_length=100, null=True, blank=True, unique=True)
    provenance = models.CharField(max_length=10, choices=Provenance.choices, default=Provenance.LIVE)
    compartment = models.ForeignKey(
        Compartment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    keys = models.ForeignKey(KeyScope, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    instrument_code = models.CharField(_("instrument"), max_length=30)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    agency_country = models.CharField(max_length=2)  # the agency's, which never changes: a filter of the queue
    officer = models.ForeignKey(Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    agency_reference = models.CharField(_("the agency's own reference"), max_length=100, blank=True)
    issuer = models.CharField(_("issued by"), max_length=40, blank=True, default="", db_default="")  # of its instrument
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField(_("received"))
    return_date = models.DateField(_("return date on its face"), null=True, blank=True)
    asked = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Letters of 18 USC 2703(c)(2)(A)-(F) that the paper names; empty: it tells no items apart and asks for all.
    asked_fields = ArrayField(models.CharField(max_length=1), default=list, db_default=[], blank=True)
    customer_country = models.CharField(max_length=2, blank=True)

    # An enforcing authority was notified of an EPOC (Section K filled): Reg. (EU) 2023/1543 Art. 8.
    authority_notified = models.BooleanField(default=False)
    authority_confirmed_at = models.DateTimeField(null=True, blank=True)  # it raises no ground: produce at once
    authority_refused_at = models.DateTimeField(null=True, blank=True)  # it raised one: never produce
    # EPOC Annex I Section G(d): what a processor is told to do about its controller.
    controller_notice = models.CharField(max_length=10, choices=ControllerNotice.choices, blank=True)
    silence_asked = models.BooleanField(default=False)  # the paper asks us not to tell, without an order: binds nobody
    danger_claimed = models.BooleanField(default=False, db_default=False)  # by the sender: sets nothing, is shown
    is_emergency = models.BooleanField(default=False)
    danger = models.TextField(_("who is in danger, and how"), blank=True)
    data_to_danger = models.TextField(_("how this data averts the danger"), blank=True)
    follow_up_paper_date = models.DateField(_("when the paper follows"), null=True, blank=True)

    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    queue_at = models.DateTimeField(default=NEVER)  # the nearest running clock's due moment
    target_count = models.PositiveIntegerField(default=0)
    tally = models.JSONField(
        default=dict
    )  # cases.targets.Tally: what the guards ask of all targets, counted on writing
    is_gagged = models.BooleanField(default=False)  # an NDO is in force or may be: a mark for lists, never a guard
    has_objection = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)  # imported while open: nothing happens by itself until released

    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    rejection_ground = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_is_known"),
            models.CheckConstraint(condition=Q(reference__regex=PATTERN), name="case_reference_has_its_form"),
            models.CheckConstraint(
                condition=Q(asked__contained_by=list(Category.values)), name="case_asks_for_known_categories"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.ANSWERED, CaseState.REJECTED, CaseState.WITHDRAWN])
                | (~Q(outcome="") & Q(outcome_at__isnull=False)),
                name="case_that_ended_says_how",
            ),
            models.CheckConstraint(
                condition=Q(outcome_at=None) | Q(outcome_at__gte=models.F("received_at")),
                name="case_ends_after_it_came",
            ),
            models.CheckConstraint(condition=Q(is_emergency=False) | ~Q(danger=""), name="emergency_states_its_danger"),
            models.CheckConstraint(condition=~Q(agency_country=""), name="case_knows_its_agencys_country"),
        ]
        indexes = [
            *queue_indexes(),
            models.Index(fields=["agency_reference"], name="case_by_agency_reference"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.reference])

    def is_visible_to(self, user: User) -> bool:
        """Whether this person may know that the case exists: what visible_to asks of many, asked of one."""
        return user.has_role(*READERS) and (self.compartment_id is None or self.compartment_id in user.compartment_ids)

    @property
    def instrument(self) -> Instrument:
        """What the registry says of this kind of legal process."""
        return instrument(self.instrument_code)

    @property
    def stream(self) -> str:
        """The ledger stream of this case."""
        return f"case:{self.pk}"

    @property
    def access_stream(self) -> str:
        """The ledger stream of who looked at this case, where it is sealed, and of who was refused it."""
        return f"access:{self.pk}"

    @property
    def due_date(self) -> date | None:
        """The last day on which the nearest deadline can be met, in the receiving office's zone; None without one.

        A deadline that ends with its day is kept as the midnight after it: said as a date, it is the day before.
        """
        if self.queue_at == NEVER:
            return None
        return (self.queue_at - timedelta.resolution).astimezone(settings.WRITDESK.receiving_zone).date()

    @property
    def state_words(self) -> str:
        """The state as people read it.

        Before an order takes effect that is told with it, every notice is settled as far as it can be and nobody was
        told, so that the case stands in notice_withheld: but what waits for the effect is not withheld.
        """
        if self.state == CaseState.NOTICE_WITHHELD and self.instrument.tells_at_effect:
            return gettext("Effect not given yet")
        return str(self.get_state_display())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Sighting(models.Model):
    """Who has seen a case: sealing it lists them, for what was seen stays known."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sightings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    first_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="sighting_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id}"
