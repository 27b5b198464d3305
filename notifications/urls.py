"""Addresses of the customer's page, of the staff's pages about notices, and of their inbox."""

from django.urls import path

import cases.addresses  # noqa: F401 - registers <place:…>
from notifications.views import customer, feed, inbox, outbox, staff, withheld

app_name = "notifications"
urlpatterns = [
    path("notice/<str:token>/", customer.notice, name="notice"),
    path("notice/<str:token>/object/", customer.objection, name="objection"),
    path("notice/<str:token>/agree/", customer.agreement, name="agreement"),
    path("notice/<str:token>/take-back/", customer.withdrawal, name="withdrawal"),
    path("notice/<str:token>/receipt/", customer.receipt, name="receipt"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/mark/", inbox.mark, name="inbox_mark"),
    path("inbox/settings/", inbox.settings, name="inbox_settings"),
    path("inbox/settings/feed/", inbox.make_feed, name="feed_made"),
    path("inbox/settings/feed/end/", inbox.end_feed, name="feed_ended"),
    path("inbox/<str:reference>/<place:number>/", inbox.alert, name="alert"),
    path("feeds/<str:token>.ics", feed.feed, name="feed"),
    path("notices/", staff.attention, name="attention"),
    path("notices/withheld/", withheld.board, name="withheld"),
    path("notices/outbox/", outbox.outbox, name="outbox"),
    path("notices/outbox/<slug:key>/", outbox.letter, name="letter"),
    path("notices/<str:reference>/<place:number>/", staff.notice, name="staff_notice"),
    path("notices/<str:reference>/<place:number>/settle/", staff.settle, name="settle"),
    path("notices/<str:reference>/<place:number>/came-back/", staff.came_back, name="came_back"),
    path("notices/<str:reference>/<place:number>/address/", staff.correct_address, name="correct_address"),
]
