"""The kinds of legal process in the words of those who send them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

INSTRUMENTS: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...] = (
    (
        _("United States, criminal matters"),
        (
            ("us_subpoena", _("Subpoena of a grand jury, a trial court or an agency")),
            ("us_court_order", _("Court order for records, 18 USC 2703(d)")),
            ("us_search_warrant", _("Search warrant")),
            ("us_pen_register", _("Pen register or trap and trace order")),
            ("us_wiretap", _("Order to intercept communications, Title III")),
            ("us_preservation", _("Letter asking us to preserve data, 18 USC 2703(f)")),
        ),
    ),
    (
        _("European Union"),
        (
            ("eu_epoc", _("European Production Order (EPOC)")),
            ("eu_epoc_pr", _("European Preservation Order (EPOC-PR)")),
            ("dsa_order_to_act", _("Order to act against illegal content, DSA Article 9")),
            ("dsa_order_to_inform", _("Order to provide information, DSA Article 10")),
        ),
    ),
    (
        _("Other countries"),
        (
            ("cloud_act_uk", _("Order under the agreement with the United Kingdom")),
            ("cloud_act_au", _("Order under the agreement with Australia")),
            ("mlat", _("Mutual legal assistance")),
            ("foreign_direct", _("Request or order of another country’s authority")),
        ),
    ),
    (
        _("Civil matters, content and domains"),
        (
            ("civil_subpoena", _("Subpoena in a civil case")),
            ("civil_court_order", _("Court order in a civil case")),
            ("content_order", _("Order against content")),
            ("domain_seizure", _("Seizure of a domain")),
        ),
    ),
    (_("Danger to someone’s life"), (("emergency_disclosure", _("Emergency request, without a court order")),)),
    (
        _("United States, national security"),
        (
            ("us_nsl", _("National Security Letter")),
            ("us_fisa_content", _("FISA order or directive for content")),
            ("us_fisa_noncontent", _("FISA order for other records")),
        ),
    ),
)
