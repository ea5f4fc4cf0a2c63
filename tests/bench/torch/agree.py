#!/usr/bin/env python3
"""Holds dgm_torch.py to the engine: log P of every exported model at its points, within 1e-4 nats, and log Z by an own sum.

    agree.py FOLDER          what export.mjs left in it; leaves the figures and the README's table beside it, in FOLDER.json and FOLDER.md
"""

import json
import pathlib
import sys

import torch

here = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(here.parents[3] / "www/public/python"))
from dgm_torch import Energy, load  # noqa: E402

# Nats; the engine counts in 32 bits, so of a log-density in the hundreds its last digits are a share.
NEAR, SHARE = 1e-4, 1e-6


def main():
    failed, worst, folder = [], {}, pathlib.Path(sys.argv[1])
    for told in sorted(folder.glob("*.json")):
        said = json.loads(told.read_text())
        model = load(told.with_suffix(".safetensors"))
        engine = torch.tensor([float(value) for value in said["logProb"]], dtype=torch.float64)
        with torch.no_grad():
            ours = model.log_prob(torch.tensor(said["points"], dtype=torch.float64).reshape(-1, said["dim"]))
        off = (ours - engine).abs()
        far = bool((off > NEAR + SHARE * engine.abs()).any()) or not bool(torch.isfinite(ours).all())
        note = ""
        if isinstance(model, Energy):
            log_z, error = model.about["log_z"]
            apart = abs(model.log_z() - log_z)
            far |= apart > 4 * error + NEAR
            note = f"log Z {apart:.1e} apart, its error {error:.1e}"
        name, row = told.stem, model.settings["model"]
        print(f"{name}: {float(off.max()):.1e} {note}{' FAR' if far else ''}", flush=True)
        kind, before, runs = worst.get(row, (said["kind"], 0.0, 0))
        worst[row] = (kind, max(before, float(off.max())), runs + 1)
        if far:
            failed.append(name)
    runs = sum(runs for _, _, runs in worst.values())
    lines = [f"| `{row}` | {kind} | {runs} | {off:.0e} |" for row, (kind, off, runs) in worst.items()]
    table = ["| model | log P is | runs | largest difference |", "|---|---|---|---|", *lines]
    folder.with_suffix(".json").write_text(json.dumps({row: off for row, (_, off, _) in worst.items()}, indent=1) + "\n")
    folder.with_suffix(".md").write_text("\n".join(table) + "\n")
    print(f"{runs - len(failed)} passed, {len(failed)} failed")
    sys.exit(1 if failed or not runs else 0)


main()
