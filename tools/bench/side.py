"""A peer's half of the benchmark's protocol, as side.ts: prepares, does one unit and reports, then does as many units as each
line `go n` asks for. Used by the peers beside the rows."""
import json
import platform
import sys
import time


def report(kind, **body):
    print(json.dumps({'bench': kind, **body}), flush=True)


def seconds_of(work):
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def serve(prepare):
    """prepare(settings) -> dict(unit=callable, same={}, versions={}, count=1); what the first unit returns is compared."""
    settings = json.loads(sys.argv[1])

    def begin():
        prepared = prepare(settings)
        return prepared, prepared['unit']() or {}

    first, (prepared, near) = seconds_of(begin)
    unit = prepared['unit']
    warm, _ = seconds_of(unit)
    versions = {'Python': platform.python_version(), **prepared.get('versions', {})}
    report('ready', same=prepared.get('same', {}), near=near, versions=versions, count=prepared.get('count', 1), first=first, warm=warm)
    for line in sys.stdin:
        n = int(line.split()[1])
        seconds, _ = seconds_of(lambda: [unit() for _ in range(n)] and None)
        report('round', seconds=seconds)
