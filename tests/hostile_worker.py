"""A worker whose parser does, for some names of files, the worst that a parser can do. Run as a module by test_batch.py."""

import os
import re
import signal
import sys
import time

from reportparse.batching import worker

proper = worker.parse


def parse(data, name):
    match name.partition("-")[0]:
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(3)
        case "rest":
            os._exit(0)
        case "hang":
            while True:
                time.sleep(0.01)
        case "spin":
            re.match(r"(a+)+$", "a" * 64 + "b")  # holds the interpreter's lock
        case "grow":
            held = []
            while True:
                held.append(bytearray(16 << 20))
        case "noise":
            print("noise on stdout", flush=True)
            os.write(1, b"more of it\n")
            print("noise on stderr", file=sys.stderr, flush=True)
        case "fault":
            raise ZeroDivisionError("a slip\nof ours")
        case "deep":
            return parse(data, name)
        case "slow":
            time.sleep(0.3)
    return proper(data, name=name)


worker.parse = parse
if __name__ == "__main__":
    worker.main()
