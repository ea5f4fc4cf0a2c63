"""The workloads' models in JAX."""

import math

import jax
import jax.numpy as jnp

HALF_LN_2PI = 0.5 * math.log(2 * math.pi)


def perceptron(layers, x, activation):
    *hidden, head = layers
    for layer in hidden:
        x = activation(x @ layer["w"] + layer["b"])
    return x @ head["w"] + head["b"]


def lift(x, waves):
    phase = x @ waves
    return jnp.concatenate([x, jnp.sin(phase), jnp.cos(phase)], 1)


def halves(x):
    return jnp.split(x, 2, 1)


def flow_loss(first, second, log_det):
    """-log N(z; 0, I) - log|det| of a point's two coordinates, each a column."""
    return jnp.mean(0.5 * (first**2 + second**2) - log_det) + 2 * HALF_LN_2PI


def realnvp(layers, waves, batch, _constants):
    first, second = halves(batch["x"])
    log_det = 0.0
    for i, layer in enumerate(layers):
        leader, follower = (first, second) if i % 2 == 0 else (second, first)
        raw, shift = halves(perceptron(layer["net"], lift(leader, waves[i]), jax.nn.silu))
        s = 2 * jnp.tanh(raw)
        moved = follower * jnp.exp(s) + shift
        log_det += s
        first, second = (leader, moved) if i % 2 == 0 else (moved, leader)
        if i % 2 == 1 and i + 1 < len(layers):
            first, second = (first - second) * math.sqrt(0.5), (first + second) * math.sqrt(0.5)
    return flow_loss(first, second, log_det)


def adam(params, grads, m, v, scales, settings):
    """One update; `scales` hold the corrections of the first steps."""
    length, epsilon = scales
    beta1, beta2 = settings["beta1"], settings["beta2"]
    m = jax.tree.map(lambda mean, g: beta1 * mean + (1 - beta1) * g, m, grads)
    v = jax.tree.map(lambda mean, g: beta2 * mean + (1 - beta2) * g * g, v, grads)
    params = jax.tree.map(lambda p, mean, square: p - length * mean / (jnp.sqrt(square) + epsilon), params, m, v)
    return {"params": params, "m": m, "v": v}


def descent(loss):
    """A step down one loss."""

    def of(constants, settings):
        def step(carried, fixed, batch, scales):
            value, grads = jax.value_and_grad(loss)(carried["params"], fixed, batch, constants)
            moved = adam(carried["params"], grads, carried["m"], carried["v"], scales, settings)
            return {**moved, "state": carried["state"]}, value

        return step

    return of


STEPS = {"realnvp": descent(realnvp)}
