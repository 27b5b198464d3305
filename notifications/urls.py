"""Addresses of the customer's page, of the staff's pages about notices, and of their inbox."""

from django.urls import path

import cases.addresses  # noqa: F401 - registers <place:…>
from notifications.views import (
    customer,
    door,
    feed,
    hooks,
    inbox,
    outbox,
    post,
    previews,
    rewording,
    staff,
    withheld,
    wordings,
)

app_name = "notifications"
urlpatterns = [
    path("notice/<str:token>/", customer.notice, name="notice"),
    path("notice/<str:token>/door/", door.door, name="door"),
    path("notice/<str:token>/door/code/", door.send_code, name="send_code"),
    path("notice/<str:token>/object/", customer.objection, name="objection"),
    path("notice/<str:token>/agree/", customer.agreement, name="agreement"),
    path("notice/<str:token>/take-back/", customer.withdrawal, name="withdrawal"),
    path("notice/<str:token>/document/<place:number>/", customer.document, name="document"),
    path("notice/<str:token>/receipt/", customer.receipt, name="receipt"),
    path("hooks/messaging/", hooks.messaging, name="messaging_hook"),
    path("hooks/mail/", hooks.provider, name="mail_hook"),
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
    path("notices/post/", post.queue, name="post"),
    path("notices/post/print/", post.print_selected, name="post_print"),
    path("notices/post/posted/", post.mark_posted, name="post_posted"),
    path("notices/post/put-back/", post.put_back, name="post_put_back"),
    path("notices/post/came-back/", post.came_back, name="post_came_back"),
    path("notices/wordings/", wordings.board, name="wordings"),
    path("notices/wordings/real/", wordings.real, name="wording_real"),
    path("notices/wordings/<slug:mail>/<slug:language>/", wordings.wording, name="wording"),
    path("notices/wordings/<slug:mail>/<slug:language>/write/", rewording.write, name="wording_write"),
    path("notices/wordings/<slug:mail>/<slug:language>/<place:number>/mail.html", wordings.frame, name="wording_frame"),
    path(
        "notices/wordings/<slug:mail>/<slug:language>/<place:number>/propose/",
        rewording.propose,
        name="wording_propose",
    ),
    path(
        "notices/wordings/<slug:mail>/<slug:language>/<place:number>/approve/",
        rewording.approve,
        name="wording_approve",
    ),
    path(
        "notices/wordings/<slug:mail>/<slug:language>/<place:number>/retire/", rewording.retire, name="wording_retire"
    ),
    path("notices/<str:reference>/<place:number>/preview/", previews.preview, name="preview"),
    path("notices/<str:reference>/<place:number>/preview/mail.html", previews.frame, name="preview_frame"),
    path("notices/<str:reference>/<place:number>/", staff.notice, name="staff_notice"),
    path("notices/<str:reference>/<place:number>/settle/", staff.settle, name="settle"),
    path("notices/<str:reference>/<place:number>/came-back/", staff.came_back, name="came_back"),
    path("notices/<str:reference>/<place:number>/address/", staff.correct_address, name="correct_address"),
]
