"""Composition: settings, addresses, the task engine, the embedded services, the shell of the pages.

Imported by no app. Celery must be made before a task is sent from anywhere, so it is imported here.
"""

from config.celery import app as celery

__all__ = ["celery"]
