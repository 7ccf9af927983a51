"""Many reports into one store: processes that are watched, or any executor.

    batch(["reports/"], "panel.duckdb")                        processes on this machine
    batch(["reports/"], "panel.duckdb", executor=executor)     any `concurrent.futures.Executor`, a cluster's too

Only this process writes to the store. docs/scale.md says what it costs.
"""

from reportparse.batching.running import MEMORY, TIMEOUT, Progress, Summary, batch

__all__ = ["MEMORY", "TIMEOUT", "Progress", "Summary", "batch"]
