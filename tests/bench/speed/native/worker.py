"""XLA by JAX on one thread: one jitted function for the whole step, its state given back to it. Speaks JSON, a line a question."""

import json
import math
import os
import sys
import time

# XLA counts the cores that it may use when it starts.
CORES = os.sched_getaffinity(0)
os.sched_setaffinity(0, {min(CORES)})
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import numpy as np
from jax.flatten_util import ravel_pytree

from models import STEPS

# It has its one thread now, which may go where there is room, as a browser's may.
jax.devices()
for thread in os.listdir("/proc/self/task"):
    os.sched_setaffinity(int(thread), CORES)


def mapped(tree):
    if isinstance(tree, list):
        return [mapped(part) for part in tree]
    if not isinstance(tree, dict):
        return tree
    if "values" in tree:
        return np.array(tree["values"], np.float32).reshape(tree["shape"])
    return {name: mapped(part) for name, part in tree.items()}


class Run:
    def __init__(self, file):
        with open(file) as text:
            problem = json.load(text)
        self.adam = problem["adam"]
        self.batches = mapped(problem["batches"])
        self.fixed = jax.device_put(mapped(problem["fixed"]))
        packed = {name: ravel_pytree(params) for name, params in mapped(problem["players"]).items()}
        zeros = jax.numpy.zeros_like
        players = {name: {"theta": theta, "m": zeros(theta), "v": zeros(theta)} for name, (theta, _) in packed.items()}
        self.carried = {"players": players, "state": jax.device_put(mapped(problem["state"]))}
        unpack = {name: unravel for name, (_, unravel) in packed.items()}
        step = STEPS[problem["model"]](problem["constants"], self.adam, unpack)
        self.step = jax.jit(step, donate_argnums=0)
        self.t = 0

    def next(self):
        batch = self.batches[self.t % len(self.batches)]
        self.t += 1
        correction = math.sqrt(1 - self.adam["beta2"] ** self.t)
        length = self.adam["rate"] * correction / (1 - self.adam["beta1"] ** self.t)
        scales = np.array([length, self.adam["epsilon"] * correction], np.float32)
        self.carried, losses = self.step(self.carried, self.fixed, batch, scales)
        return losses

    def losses(self):
        return {"losses": [np.atleast_1d(self.next()).tolist() for _ in self.batches]}

    def time(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            losses = self.next()
        jax.block_until_ready((losses, self.carried))
        return (time.perf_counter() - start) * 1000 / steps


run = None
for line in sys.stdin:
    question = json.loads(line)
    try:
        if question["ask"] == "open":
            run = Run(question["argument"]["file"])
            answer = run.losses()
        else:
            answer = run.time(question["argument"])
        reply = {"answer": answer}
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
