"""python -m tests.storm [--cases N] [--seed S] [--seconds T]: let it storm, wait until it is still, count."""

import argparse
import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Return 0 where nothing happened that must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=int, default=1800, metavar="SECONDS", help="then what is left is a fault")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="writdesk-storm-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after the servers have left it
    os.environ.update(WRITDESK_VAR=str(folder), WRITDESK_EMBEDDED=str(folder / "services"))
    os.environ.update(DJANGO_SETTINGS_MODULE="tests.storm.settings")
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        os.environ.pop(name, None)
    command = [sys.executable, "-m", "tests.storm.relay", str(folder / "relay")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as relay:
        assert relay.stdout
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{relay.stdout.readline().strip()}"
        try:
            return _storm(options, folder)
        finally:
            relay.kill()


def _storm(options: argparse.Namespace, folder: Path) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from config.embedded import services
    from tests.storm import reckoning, world

    services.start()
    call_command("migrate", verbosity=0)
    world.make(options.cases, timezone.now())
    print(f"{options.cases} notices are due; seed {options.seed}", flush=True)
    courts = folder / "courts"
    courts.touch()
    deaths, seconds = _weather(options, courts)
    book = reckoning.read(folder / "relay", courts, timezone.now())
    faults = reckoning.faults(book)
    counted = reckoning.counts(book) | {f"{victim} killed": number for victim, number in sorted(deaths.items())}
    print(", ".join(f"{name} {number}" for name, number in counted.items()) + f"; {seconds:.0f} s")
    print("\n".join(faults) or "Nothing happened that must not.")
    return 1 if faults else 0


def _weather(options: argparse.Namespace, courts: Path) -> tuple[dict[str, int], float]:
    """Let it storm until nine notices of ten are dealt with, or half the patience; then wait until all is still."""
    from config.celery import app
    from tests.storm.courts import asked
    from tests.storm.reckoning import still_to_do
    from tests.storm.weather import Weather

    began = time.monotonic()
    weather = Weather(workers=options.workers, seed=options.seed, env=dict(os.environ))
    court = subprocess.Popen(
        [sys.executable, "-m", "tests.storm.courts", str(courts), str(options.seed)], stdin=subprocess.PIPE
    )
    house = subprocess.Popen(
        [sys.executable, "-m", "tests.storm.house", str(courts.with_name("relay")), str(options.seed)],
        stdin=subprocess.PIPE,
    )
    try:
        left: int | None = options.cases
        while left is None or left > options.cases // 10:
            weather.tick(app, is_rough=True)
            left = asked(still_to_do)
            if time.monotonic() - began > options.patience / 2:
                break
        assert court.stdin
        court.stdin.close()
        while time.monotonic() - began < options.patience:
            if left == 0 and court.poll() is not None and house.poll() is not None:
                break
            weather.tick(app, is_rough=False)
            left = asked(still_to_do)
            if left == 0 and house.stdin and not house.stdin.closed:
                house.stdin.close()
    finally:
        weather.stop()
        court.kill()
        house.kill()
    return dict(weather.deaths), time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
