"""Three nodes of a Ray cluster on this machine, a core each. Says its address, then answers lines, in JSON:

{"tasks": [[ARGUMENT, ...], ...]}  the command `dgm` in Ray tasks, with the package as it travels with a job: what each said at the end
{"kill": true}                     ends a node at once, while its worker is training
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

# On a busy machine a node that is asked how it is may take its time to answer; one that was killed refuses at once.
os.environ["RAY_health_check_timeout_ms"] = "60000"

import ray  # noqa: E402
from ray.cluster_utils import Cluster  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "www/dist/python"))
from dgm_ray import COMMAND, LEFT_OUT, PACKAGE  # noqa: E402

import psutil  # noqa: E402  Ray brings it.

SMALL = {"num_cpus": 1, "object_store_memory": 80_000_000}
# More than it takes to start, so that some of it went into runs.
BUSY_S = 1.5
TRIES = 4


@ray.remote(num_cpus=1)
def task(arguments):
    said = subprocess.run(["node", COMMAND, *arguments], capture_output=True, text=True, check=True).stdout
    return json.loads(said.splitlines()[-1])


def engine_of(node):
    """The engine of a node's worker; nothing where none trains there yet."""
    (raylet,) = node.all_processes["raylet"]
    for process in psutil.Process(raylet.process.pid).children(recursive=True):
        try:
            if COMMAND in process.cmdline() and process.cpu_times().user > BUSY_S:
                return process
        except psutil.NoSuchProcess:
            pass
    return None


def kill(cluster, nodes):
    while True:
        for node in nodes:
            if engine_of(node):
                cluster.remove_node(node, allow_graceful=False)
                return "killed"
        time.sleep(0.05)


def patiently(start):
    """Ray gives a node half a minute to start, which is little on a busy machine."""
    for left in reversed(range(TRIES)):
        try:
            return start()
        except Exception:  # Ray raises nothing more particular.
            if left == 0:
                raise


def main():
    cluster = patiently(lambda: Cluster(initialize_head=True, head_node_args={**SMALL, "include_dashboard": False}))
    nodes = [patiently(lambda: cluster.add_node(**SMALL)) for _ in range(2)]
    cluster.wait_for_nodes()
    package = {"working_dir": str(PACKAGE), "excludes": LEFT_OUT}
    ray.init(address=cluster.address, runtime_env=package, log_to_driver=False, logging_level="error")
    print(json.dumps(cluster.address), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = kill(cluster, nodes) if "kill" in asked else ray.get([task.remote(each) for each in asked["tasks"]])
        print(json.dumps(answer), flush=True)
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main()
