"""What a case is made of, one module a noun."""

from cases.models.agency import Agency, AgencyKind, Officer, Verification, VerificationMethod
from cases.models.approval import Approval
from cases.models.case import Case, Sighting
from cases.models.challenge import Challenge, ChallengeResult, ChallengeSubject, Filing, Forum, Instance, Party
from cases.models.clock import Clock, ClockChange, ClockChangeKind
from cases.models.conflict import ComityFactor, ConflictAssessment, GovernmentNotice
from cases.models.customer import Customer, CustomerRole
from cases.models.delivery import Delivery, DeliveryWay
from cases.models.disclosure import CaseDocument, Disclosure, Production
from cases.models.installation import HoldReason, InstallationHold
from cases.models.letter import Letter, LetterKind, LetterState, LetterWay
from cases.models.measure import Affected, Measure, MeasureKind, OrderStatement
from cases.models.nondisclosure import (
    BriefingCapacity,
    IncomingHold,
    NondisclosureOrder,
    OrderExtension,
    OrderReview,
    OrderTarget,
    SilenceBriefing,
)
from cases.models.notice import NoticeDuty, Objection
from cases.models.preservation import LapseReason, Preservation
from cases.models.redaction import Redaction, RedactionBox, RedactionReason, RedactionState
from cases.models.review import Answer, ReviewAnswer
from cases.models.signal import FraudSignal
from cases.models.target import Target

__all__ = [
    "Affected",
    "Agency",
    "AgencyKind",
    "Answer",
    "Approval",
    "BriefingCapacity",
    "Case",
    "CaseDocument",
    "Challenge",
    "ChallengeResult",
    "ChallengeSubject",
    "Clock",
    "ClockChange",
    "ClockChangeKind",
    "ComityFactor",
    "ConflictAssessment",
    "Customer",
    "CustomerRole",
    "Delivery",
    "DeliveryWay",
    "Disclosure",
    "Filing",
    "Forum",
    "FraudSignal",
    "GovernmentNotice",
    "HoldReason",
    "IncomingHold",
    "InstallationHold",
    "Instance",
    "LapseReason",
    "Letter",
    "LetterKind",
    "LetterState",
    "LetterWay",
    "Measure",
    "MeasureKind",
    "NondisclosureOrder",
    "NoticeDuty",
    "Objection",
    "Officer",
    "OrderExtension",
    "OrderReview",
    "OrderStatement",
    "OrderTarget",
    "Party",
    "Preservation",
    "Production",
    "Redaction",
    "RedactionBox",
    "RedactionReason",
    "RedactionState",
    "ReviewAnswer",
    "Sighting",
    "SilenceBriefing",
    "Target",
    "Verification",
    "VerificationMethod",
]
