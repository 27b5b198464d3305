"""Addresses of the console."""

from django.urls import path

from cases.views import bulk, exporting, queue

app_name = "cases"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("queue.csv", exporting.export, name="export"),
    path("assign/", bulk.assign_selected, name="assign_selected"),
]
