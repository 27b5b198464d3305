"""python -m benchmarks [--quick] [NAMES]: measure, print each row as it is known, and all of them as a table."""

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from benchmarks.bench import Bench
    from benchmarks.measuring import Row

NAMES = ("submissions", "pages", "imports", "ledger", "report", "notices", "draining", "deadlines")


def main() -> None:
    """Run the benchmarks that the command line names, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure Writdesk against floors.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; default: all")
    parser.add_argument("--share", type=int, default=1, metavar="N", help="measure with an N-th of the size")
    parser.add_argument(
        "--quick", dest="share", action="store_const", const=20, help="as --share 20, to see that it runs"
    )
    parser.add_argument("--database", default="writdesk_bench", help="name of the databases made, and dropped, for it")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; choose of {', '.join(NAMES)}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    run([name for name in NAMES if name in options.names or not options.names], options.database, options.share)


def run(names: list[str], database: str, share: int) -> None:
    """Print the rows of each benchmark, then the table."""
    from benchmarks.bench import Bench
    from benchmarks.measuring import HEAD

    began = time.monotonic()
    bench = Bench(database, share)
    found: list[Row] = []
    try:
        for name in names:
            print(name, flush=True)
            for row in _rows(name)(bench):
                print(row, flush=True)
                found.append(row)
    finally:
        bench.databases.drop()
    print(f"\n{HEAD}")
    print("\n".join(row.markdown for row in found))
    size = "full size" if share == 1 else f"1/{share} of the size"
    print(f"\n{_machine()}; {size}, {time.monotonic() - began:.0f} s in all.")


def _rows(name: str) -> "Callable[[Bench], Iterator[Row]]":
    found: Callable[[Bench], Iterator[Row]] = import_module(f"benchmarks.{name}").rows
    return found


def _machine() -> str:
    from django.db import connection

    connection.ensure_connection()
    server = connection.pg_version // 10_000  # type: ignore[attr-defined]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {server},"
        f" load of the machine {os.getloadavg()[0]:.1f} at the end"
    )


if __name__ == "__main__":
    main()
