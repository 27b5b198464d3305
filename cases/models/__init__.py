"""What a case is made of, one module a noun."""

from cases.models.agency import Agency, AgencyKind, Officer, Verification, VerificationMethod
from cases.models.approval import Approval
from cases.models.case import Case, Sighting
from cases.models.challenge import Challenge, ChallengeResult, ChallengeSubject, Forum, Instance
from cases.models.clock import Clock
from cases.models.conflict import ConflictAssessment
from cases.models.customer import Customer, CustomerRole
from cases.models.disclosure import CaseDocument, Disclosure, Production
from cases.models.installation import HoldReason, InstallationHold
from cases.models.letter import Letter, LetterKind, LetterState
from cases.models.nondisclosure import IncomingHold, NondisclosureOrder, OrderTarget
from cases.models.notice import NoticeDuty, Objection
from cases.models.preservation import Preservation
from cases.models.review import Answer, ReviewAnswer
from cases.models.target import Target

__all__ = [
    "Agency",
    "AgencyKind",
    "Answer",
    "Approval",
    "Case",
    "CaseDocument",
    "Challenge",
    "ChallengeResult",
    "ChallengeSubject",
    "Clock",
    "ConflictAssessment",
    "Customer",
    "CustomerRole",
    "Disclosure",
    "Forum",
    "HoldReason",
    "IncomingHold",
    "InstallationHold",
    "Instance",
    "Letter",
    "LetterKind",
    "LetterState",
    "NondisclosureOrder",
    "NoticeDuty",
    "Objection",
    "Officer",
    "OrderTarget",
    "Preservation",
    "Production",
    "ReviewAnswer",
    "Sighting",
    "Target",
    "Verification",
    "VerificationMethod",
]
