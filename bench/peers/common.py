"""What every peer prints, and how long a piece of work takes."""
import json
import time


def report(name, value, unit, version):
    print(json.dumps({"name": name, "value": value, "unit": unit, "version": version}), flush=True)


def best_of(work, times):
    """The shortest processor time of several runs in seconds: what the work costs when nothing disturbs it."""
    shortest = float("inf")
    for _ in range(times):
        begin = time.process_time()
        work()
        shortest = min(shortest, time.process_time() - begin)
    return shortest
