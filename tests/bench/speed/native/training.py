"""Adam, and a step by it. A player's parameters are one vector, cut where the model wants them: fewer arrays to hand over at every step."""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def adam(player, grads, scales, settings):
    """One update; `scales` hold the corrections of the first steps."""
    g, _ = ravel_pytree(grads)
    length, epsilon = scales
    beta1, beta2 = settings["beta1"], settings["beta2"]
    m = beta1 * player["m"] + (1 - beta1) * g
    v = beta2 * player["v"] + (1 - beta2) * g * g
    return {"theta": player["theta"] - length * m / (jnp.sqrt(v) + epsilon), "m": m, "v": v}


def descent(loss):
    """Steps down one loss."""

    def of(constants, settings, unpack):
        def step(carried, fixed, batch, scales):
            model = carried["players"]["model"]
            value, grads = jax.value_and_grad(loss)(unpack["model"](model["theta"]), fixed, batch, constants)
            return {"players": {"model": adam(model, grads, scales, settings)}, "state": carried["state"]}, value

        return step

    return of
