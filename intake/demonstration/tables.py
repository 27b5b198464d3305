"""Which rows a life leaves, table by table, each after those that it points to."""

from dataclasses import dataclass

from django.db import connection, models

from cases.models import (
    Approval,
    Case,
    Challenge,
    Clock,
    ClockChange,
    ConflictAssessment,
    Disclosure,
    IncomingHold,
    Instance,
    Letter,
    Measure,
    NondisclosureOrder,
    NoticeDuty,
    Objection,
    OrderStatement,
    OrderTarget,
    Preservation,
    Production,
    ReviewAnswer,
    Target,
    Verification,
)


@dataclass(frozen=True)
class Table:
    """A model's table, and which rows in it are of one life."""

    model: type[models.Model]
    condition: str = "case_id = {case}"

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> str:
        """The columns, in the model's order."""
        quote = connection.ops.quote_name
        return ", ".join(quote(str(field.column)) for field in self.model._meta.concrete_fields)


TABLES = (
    Table(Case, "id = {case}"),
    Table(NondisclosureOrder),
    Table(NoticeDuty),
    Table(Target),
    Table(OrderTarget, "target_id IN (SELECT id FROM cases_target WHERE case_id = {case})"),
    Table(IncomingHold),
    Table(Challenge),
    Table(Clock),
    Table(ClockChange, "clock_id IN (SELECT id FROM cases_clock WHERE case_id = {case})"),
    Table(ReviewAnswer),
    Table(ConflictAssessment),
    Table(Approval),
    Table(Production),
    Table(Measure),
    Table(OrderStatement),
    Table(Disclosure, "target_id IN (SELECT id FROM cases_target WHERE case_id = {case})"),
    Table(Letter),
    Table(Instance, "challenge_id IN (SELECT id FROM cases_challenge WHERE case_id = {case})"),
    Table(Preservation),
    Table(Objection, "duty_id IN (SELECT id FROM cases_noticeduty WHERE case_id = {case})"),
    Table(Verification),
)
