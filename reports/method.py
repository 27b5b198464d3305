"""How we count, in words for the public. A report keeps the sentences of the method that it was made by."""

from django.utils.translation import gettext_noop as _

VERSION = 1  # raise it when a sentence or a rule of counting changes, and say so in docs/counting.md

SENTENCES = (
    _("Received: requests that reached us in the period, even if we answered them later."),
    _(
        "Answered: requests to which our answer left in the period, whenever they were received; so a period may answer"
        " more than it received. Requests answered in part are included and also stated by themselves."
    ),
    _("No data: we looked and had nothing of what was asked. Preserved data and effect given count as answered."),
    _("Rejected and withdrawn: requests that ended so in the period. A request that a court quashed is rejected."),
    _("In process: requests received before the end of the period that had no outcome at its end."),
    _(
        "Reopened: requests that had ended and began again in the period. In process at the start, received and"
        " reopened make as many as answered, no data, rejected, withdrawn and in process at the end."
    ),
    _(
        "Accounts and domains affected are those of the requests answered, counted per request: an account named in two"
        " requests counts twice, the same account named twice in one request once."
    ),
    _(
        "With data: requests answered with at least some data, per hundred received in the period. It is left blank"
        " where none was received, and for requests to preserve. Requests still in process are in the number received."
    ),
    _(
        "Notices: what had become, by the end of the period, of each notice owed to a customer in the requests answered"
        " in it. Where we do not know, no figure is stated."
    ),
    _("A request proven to be forged is in no line, but in the number of forgeries. A duplicate counts once."),
    _(
        "National security process is in no line, total, share or notice figure. The law (50 USC 1874) lets us state"
        " it only as a range; zero falls into the first range too. We report by calendar halves."
    ),
    _(
        "Requests that only few people here may know of are in the figures of a period that is over, like all others."
        " One that was sealed after others had seen it stays known to them; sealing it lists who they are."
    ),
    _("A published figure never changes. What becomes known later makes a new revision; all of them stay public."),
)
