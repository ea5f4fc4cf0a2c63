# /// script
# requires-python = ">=3.10"
# dependencies = ["ray==2.60.0"]
# ///
"""An experiment of the DGM Playground on a Ray cluster, whose nodes need Node 20 and Ray and nothing else.

    python dgm_ray.py experiment.json --address auto --out rows.csv

It knows nothing of models: `dgm sweep --plan` tells which runs are missing, a worker on each core keeps `dgm run -` open, and
`dgm sweep --collect` writes the rows as they come. Started again it does only what is missing. Runs of a lost node are done again
elsewhere; one that is lost three times becomes a row that says so. It ends with the command's exit codes.
"""

import argparse
import contextlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

# Exit codes of the command.
MISSING, STOPPED = 3, 130


def end(code, sentence):
    print(f"dgm_ray.py: {sentence}", file=sys.stderr)
    sys.exit(code)


try:
    import ray
except ImportError:
    end(MISSING, "Ray is missing: python3 -m pip install ray==2.60.0")

PACKAGE = Path(__file__).resolve().parent.parent
COMMAND = "command/dgm.js"
# What only pages need of the package.
LEFT_OUT = ["lessons", "python", "engine/words", "*.html", "*.css", "*.woff2", "*.svg", "assets/*.js", "/*.js"]
TRIES = 3
# Runs that a worker has: the one that it does, and the next.
AT_ONCE = 2
LOST = "worker_lost"
REACH_S = 10


@ray.remote(num_cpus=1)
class Worker:
    """A core of the cluster, with one compiled engine for all of its runs."""

    def __init__(self, engine):
        node = shutil.which("node")
        if node is None:
            raise RuntimeError("Node is not installed on this node of the cluster")
        # Ray begins a worker in the folder that travelled with the job.
        self.start = lambda: subprocess.Popen(
            [node, COMMAND, "run", "-", "--engine", engine], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.process = self.start()

    def ready(self):
        return True

    def run(self, line):
        if self.process.poll() is not None:
            self.process = self.start()
        self.process.stdin.write(line)
        self.process.stdin.flush()
        row = self.process.stdout.readline()
        if not row.endswith("\n"):
            raise RuntimeError("the engine ended in the middle of a run")
        return row


class Crew:
    """As many workers as the cluster has cores for, now."""

    def __init__(self, engine, gpus):
        self.engine, self.gpus = engine, gpus
        # What each has to do; and those that are not there yet, which may take for ever where a node went with its cores.
        self.load, self.coming = {}, {}

    def grow(self):
        resources = ray.cluster_resources()
        room = int(resources.get("CPU", 0))
        if self.gpus:
            room = min(room, int(resources.get("GPU", 0) / self.gpus))
        while len(self.load) + len(self.coming) < max(1, room):
            worker = Worker.options(num_gpus=self.gpus).remote(self.engine)
            self.coming[worker.ready.remote()] = worker

    def free(self):
        """Who has the least to do; nobody where all have enough."""
        least = min(self.load, key=self.load.get, default=None)
        return least if least is not None and self.load[least] < AT_ONCE else None


class Drive:
    def __init__(self, file, out, engine, gpus):
        node = shutil.which("node") or end(MISSING, "Node is missing: install Node 20 or newer from https://nodejs.org")
        self.sweep = [node, str(PACKAGE / COMMAND), "sweep", file, "--out", out]
        self.crew = Crew(engine, gpus)
        self.again = deque()
        self.flying = {}
        # Failures since something came of anything.
        self.barren = 0
        # Rows that came, and runs that were given out once more.
        self.rows, self.repeated = 0, 0

    def begin(self):
        """Whether any run is missing. Ends where the experiment cannot be run, before a cluster is asked for anything."""
        self.plan = subprocess.Popen([*self.sweep, "--plan"], stdout=subprocess.PIPE, text=True)
        first = self.plan.stdout.readline()
        if first:
            self.again.append((first, 0))
        elif self.plan.wait() != 0:
            sys.exit(self.plan.returncode)
        return first != ""

    def __call__(self):
        """An exit code, as the command has them."""
        self.table = subprocess.Popen([*self.sweep, "--collect"], stdin=subprocess.PIPE, text=True)
        began = time.monotonic()
        try:
            code = self.work()
        except BrokenPipeError:
            code = 0  # The table says why it takes no more.
        except KeyboardInterrupt:
            code = STOPPED
        # What it was given it keeps, also after a second Ctrl-C.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with contextlib.suppress(BrokenPipeError):
            self.table.stdin.close()
        seconds = time.monotonic() - began
        rate = f"{self.rows / seconds:.1f} a second"
        print(f"dgm_ray.py: {self.rows} rows in {seconds:.1f} s, {rate}; {self.repeated} lost runs were done again", file=sys.stderr)
        return self.table.wait() or code

    def work(self):
        crew = self.crew
        while True:
            crew.grow()
            while (worker := crew.free()) and (run := self.next_run()):
                self.flying[worker.run.remote(run[0])] = (worker, *run)
                crew.load[worker] += 1
            if crew.load and not self.flying:
                return 0
            asked = [*self.flying, *crew.coming]
            ray.wait(asked, num_returns=1)
            # All that is there by now: to ask takes as long as there are answers to wait for.
            done, _ = ray.wait(asked, num_returns=len(asked), timeout=0)
            for each in done:
                try:
                    self.took(each)
                except ray.exceptions.RayError as error:
                    self.barren += 1
                    if self.barren > TRIES * AT_ONCE * (len(crew.load) + 1):
                        print(f"dgm_ray.py: nothing comes of any worker: {error}", file=sys.stderr)
                        return MISSING

    def next_run(self):
        if self.again:
            return self.again.popleft()
        line = self.plan.stdout.readline()
        return (line, 0) if line else None

    def took(self, done):
        if (worker := self.crew.coming.pop(done, None)) is not None:
            ray.get(done)
            self.crew.load[worker] = 0
            return
        worker, line, tries = self.flying.pop(done)
        try:
            row = ray.get(done)
            self.barren = 0
        except ray.exceptions.RayError as error:
            if isinstance(error, ray.exceptions.RayActorError):
                self.crew.load.pop(worker, None)
            if tries + 1 == TRIES:
                self.write(json.dumps({**json.loads(line), "metrics": [], "error": LOST}) + "\n")
            else:
                self.repeated += 1
                self.again.append((line, tries + 1))
            raise
        finally:
            if worker in self.crew.load:
                self.crew.load[worker] -= 1
        self.write(row)

    def write(self, row):
        self.rows += 1
        self.table.stdin.write(row)
        self.table.stdin.flush()


def reach(address):
    """Ends where nobody answers at HOST:PORT, with ray:// before it or without: Ray itself would go on asking for many minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host:
        return
    try:
        socket.create_connection((host, int(port)), timeout=REACH_S).close()
    except (OSError, ValueError) as error:
        end(MISSING, f"there is no cluster at {address}: {error}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="the experiment, as the page saves it")
    parser.add_argument("--address", help="of the cluster, such as auto or ray://head:10001; without one, this machine")
    parser.add_argument("--out", default="rows.csv", help="the table")
    parser.add_argument("--engine", default="cpu", choices=["cpu", "webgpu"])
    parser.add_argument("--gpus", type=float, default=0, help="share of a GPU for each worker")
    asked = parser.parse_args()
    drive = Drive(asked.file, asked.out, asked.engine, asked.gpus)
    if not drive.begin():
        print(f"dgm_ray.py: nothing is missing in {asked.out}", file=sys.stderr)
        return 0
    reach(asked.address or "")
    try:
        left_out = [*LEFT_OUT, "engine/gpu"] if asked.engine == "cpu" else LEFT_OUT
        ray.init(address=asked.address, runtime_env={"working_dir": str(PACKAGE), "excludes": left_out}, log_to_driver=False)
    except (ConnectionError, ValueError) as error:
        end(MISSING, f"there is no cluster at {asked.address}: {error}")
    return drive()


if __name__ == "__main__":
    sys.exit(main())
