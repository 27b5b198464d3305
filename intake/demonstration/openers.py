"""The first lives: one of everything that a desk can be in, so that a small demonstration has it all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opener:
    """What is fixed of a life; the rest is chance."""

    instrument: str
    plot: str
    age_days: float  # since it arrived
    due_in_days: int | None = None  # its return date, from today
    standing: str = "verified"
    has_order: bool | None = None  # None: chance
    has_stranger: bool = False  # a target that nobody could match to a customer
    abroad: bool = False  # its customers live in Germany and France
    is_many: bool = False  # more than a thousand domains
    is_single: bool = False
    pace: float = 0


OPENERS: tuple[Opener, ...] = (
    # What needs somebody today: late, due today, due in the next days.
    Opener("us_search_warrant", "ordinary", 16, due_in_days=0, has_order=False, pace=1),
    Opener("us_subpoena", "ordinary", 23, due_in_days=-2, has_order=True, pace=14),
    Opener("us_court_order", "ordinary", 12, due_in_days=0, has_order=True, pace=8),
    Opener("us_court_order", "ordinary", 12, due_in_days=1, has_order=True, pace=9),
    Opener("us_subpoena", "ordinary", 14, due_in_days=1, has_order=False, pace=1),
    Opener("civil_subpoena", "ordinary", 9, due_in_days=2, pace=1),
    Opener("us_search_warrant", "ordinary", 30, due_in_days=-6, has_order=False, pace=18),
    Opener("us_subpoena", "ordinary", 10, due_in_days=3, has_order=True, pace=6),
    Opener("emergency_disclosure", "emergency", 0.1, pace=1),
    Opener("emergency_disclosure", "stated", 0.3, pace=1),
    Opener("emergency_disclosure", "waiting", 0.2, standing="unverified"),
    Opener("eu_epoc", "certificate", 8.5, pace=6),
    # Waiting for a second person.
    Opener("us_search_warrant", "answer_waits", 9, has_order=True, pace=1),
    Opener("us_court_order", "refusal_waits", 3, pace=1),
    Opener("us_subpoena", "silence_waits", 5, has_order=False, pace=1),
    Opener("us_search_warrant", "going_on_waits", 4, abroad=True, has_order=True, pace=1),
    Opener("us_court_order", "challenge_waits", 6, has_order=True, pace=1),
    Opener("us_subpoena", "decision_waits", 9, has_order=False, pace=1),
    Opener("us_subpoena", "reopening_waits", 60, has_order=False, pace=1),
    Opener("us_search_warrant", "approved_not_released", 9, has_order=True, pace=1),
    Opener("us_nsl", "secret_waits", 8, pace=1),
    # Every state.
    Opener("us_subpoena", "waiting", 0.4),
    Opener("us_subpoena", "waiting", 1.2, standing="unverified"),
    Opener("foreign_direct", "waiting", 2.1, standing="lapsed"),
    Opener("us_search_warrant", "reviewed", 2, pace=1),
    Opener("us_subpoena", "conflict_checked", 3, pace=1),
    Opener("us_subpoena", "asked_now", 6, pace=1),
    Opener("us_search_warrant", "challenged_now", 12, has_order=True, pace=1),
    Opener("us_subpoena", "unreachable", 6, has_order=False, pace=1),
    Opener("us_subpoena", "held", 4, has_order=False, pace=1),
    Opener("us_subpoena", "objected_now", 6, has_order=False, pace=1),
    Opener("us_subpoena", "stranger", 7, has_order=False, has_stranger=True, pace=1),
    Opener("us_subpoena", "refused", 2, pace=1),
    Opener("mlat", "withdrawn", 15, has_order=False, pace=1),
    # Whole lives, with the papers that they need.
    Opener("us_search_warrant", "fought_and_upheld", 200, has_order=True, is_single=True, pace=1),
    Opener("us_court_order", "fought_and_narrowed", 170, has_order=True, is_single=True, pace=1),
    Opener("us_court_order", "fought_and_quashed", 150, has_order=False, is_single=True, pace=1),
    Opener("us_search_warrant", "order_fought", 120, has_order=True, pace=1),
    Opener("civil_court_order", "objected", 120, has_order=False, pace=1),
    Opener("us_subpoena", "reopened", 140, has_order=False, pace=1),
    Opener("us_search_warrant", "in_parts", 90, has_order=True, pace=1),
    Opener("us_search_warrant", "conflicting", 80, abroad=True, has_order=True, pace=1),
    Opener("us_subpoena", "kept_from_customer", 70, has_order=False, pace=1),
    Opener("us_subpoena", "hurried", 50, has_order=False, pace=1),
    Opener("us_subpoena", "ordinary", 100, has_order=False, pace=1),
    Opener("domain_seizure", "ordinary", 12, has_order=False, is_many=True, is_single=True, pace=1),
    # Every other instrument.
    Opener("us_preservation", "preserving", 20, pace=1),
    Opener("us_preservation", "preserving", 88, pace=1),
    Opener("us_pen_register", "prospective", 25, pace=1),
    Opener("us_wiretap", "prospective", 12, pace=1),
    Opener("us_nsl", "secret", 250, pace=1),
    Opener("us_fisa_content", "secret", 300, pace=1),
    Opener("us_fisa_noncontent", "secret", 40, pace=1),
    Opener("cloud_act_uk", "ordinary", 25, pace=1),
    Opener("cloud_act_au", "ordinary", 33, pace=1),
    Opener("foreign_direct", "ordinary", 45, pace=1),
    Opener("eu_epoc_pr", "preserving", 30, pace=1),
    Opener("dsa_order_to_act", "ordinary", 3, pace=1),
    Opener("dsa_order_to_inform", "ordinary", 18, pace=1),
    Opener("content_order", "ordinary", 6, pace=1),
    Opener("mlat", "ordinary", 50, has_order=True, pace=1),
)
