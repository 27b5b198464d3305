"""manage.py up: the whole desk on this machine, in one terminal, until Ctrl-C."""

import io
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from accounts import demonstration
from accounts.models import User
from config.embedded import services
from config.supervisor.desk import Desk
from config.supervisor.locks import AlreadyRunning, LeftoversRunning, hold_desk, hold_parts
from config.supervisor.parts import parts
from config.tasks import heartbeat

DEMONSTRATION_CASES = 300
READY_SECONDS = 60
MEND_SECONDS = 2


class Command(BaseCommand):
    help = "Run everything: database, broker, web server, worker and scheduler. Ctrl-C stops it; data stays under var/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill an empty database with demonstration cases")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, demo: bool, host: str, port: int, **options: Any) -> None:  # noqa: ARG002
        self.address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
        run_directory = settings.VAR_DIR / "run"
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # a log that is a file is followed as well
        try:
            with hold_desk(run_directory, self.address), hold_parts(run_directory, self.stdout.write) as lock:
                _refuse_taken_port(host, port)
                self.prepare(demo)
                os.environ.setdefault("PUBLIC_URL", self.address)
                desk = Desk(parts(host=host, port=port, run_directory=run_directory), lock=lock, out=self.stdout)
                self.ready, self.started, self.looked = False, time.monotonic(), time.monotonic()
                went_well = desk.run(lambda: self._look(desk))
        except (AlreadyRunning, LeftoversRunning) as error:
            raise CommandError(str(error)) from None
        if not went_well:
            raise CommandError("A part did not stay up; the lines above say why.")
        self.stdout.write("Stopped.")

    def prepare(self, demo: bool) -> None:
        """Bring the database up to date, fill an empty one where a demonstration is asked for, wake the worker."""
        self.stdout.write("Preparing the database …")
        services.start()
        call_command("migrate", verbosity=0)
        self.check(databases=["default"])
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            # Letters to customers: Django would make the folder readable by all.
            settings.EMAIL_FILE_PATH.mkdir(mode=0o700, exist_ok=True)
        if settings.PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0)
        if demo and not apps.get_model("cases", "Case").objects.exists():
            self.stdout.write(f"The database is empty: making {DEMONSTRATION_CASES} demonstration cases …")
            now = timezone.now().isoformat(timespec="seconds")
            call_command("demo", "--cases", str(DEMONSTRATION_CASES), "--now", now)
        try:
            heartbeat.delay()  # the first one at once: the clock's own comes after its interval
        except BrokerError as error:
            raise CommandError(f"The broker does not answer: {error}") from None

    def _look(self, desk: Desk) -> None:
        """Say once that the desk is ready, or after a minute what is missing; mend the services that ended."""
        if not self.ready:
            self._announce(desk)
        elif time.monotonic() - self.looked > MEND_SECONDS:
            services.mend()
            self.looked = time.monotonic()

    def _announce(self, desk: Desk) -> None:
        health = _health(self.address)
        if health.get("ok"):
            self.stdout.write(f"\nWritdesk is ready: {self.address}\n{_sign_ins()}Ctrl-C stops it.\n")
            self.ready = True
        elif time.monotonic() - self.started > READY_SECONDS:
            missing = ", ".join(part for part, works in health.items() if not works and part != "ok") or "web"
            desk.tell("up", f"not ready after {READY_SECONDS} seconds; not working: {missing}")
            self.started = time.monotonic()


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}:{port} ({error.strerror}); choose another --port.") from None


def _health(address: str) -> dict[str, bool]:
    """Return what /healthz says, nothing while it does not answer."""
    try:
        # By a name that the site answers to: ALLOWED_HOSTS need not list this machine.
        request = urllib.request.Request(f"{address}healthz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip("*.")})  # noqa: S310
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        return dict(json.load(error)) if error.code == 503 else {}
    except OSError:
        return {}


def _sign_ins() -> str:
    """Return who can sign in to the demonstration, empty where it was not loaded."""
    emails = {f"{first}@writdesk.example": cast for first, cast in demonstration.CAST.items()}
    known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    if not known:
        return ""
    lines = [f"  {email:<24}{name}, {role.label}" for email, (name, role) in emails.items() if email in known]
    return "\n".join(["", f"Sign in with the password {demonstration.PASSWORD} as", *lines, "", ""])
