"""What the models are made of."""

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


def gaussian(out):
    """A mean and a bounded log-variance."""
    mu, raw = halves(out)
    return mu, jnp.tanh(raw / 10) * 10 - 2


def log_normal(x, mu, log_var):
    """log N(x; mu, exp log_var) summed over the last axis."""
    return jnp.sum(-0.5 * ((x - mu) ** 2 * jnp.exp(-log_var) + log_var) - HALF_LN_2PI, -1)


BINS, HALF_WIDTH, LEAST = 8, 5.0, 1e-3
EDGE = HALF_WIDTH * (1 - 1e-6)


def knots(raw):
    """Starts and sizes of bins that fill [-B, B]."""
    sizes = (jax.nn.softmax(raw, 1) * (1 - LEAST * BINS) + LEAST) * 2 * HALF_WIDTH
    return jnp.cumsum(sizes, 1) - sizes - HALF_WIDTH, sizes


def spline(x, raw):
    """A rational-quadratic spline and the logarithm of its slope; one of `raw` for all of `x` or one for each."""
    left, widths = knots(raw[:, :BINS])
    bottom, heights = knots(raw[:, BINS : 2 * BINS])
    slopes = jnp.pad(jax.nn.softplus(raw[:, 2 * BINS :] + 0.5397424) + LEAST, ((0, 0), (1, 1)), constant_values=1.0)
    held = jnp.clip(x, -EDGE, EDGE)
    reached = (held >= left).astype(jnp.float32)
    here = reached - jnp.pad(reached[:, 1:], ((0, 0), (0, 1)))
    pick = lambda of: jnp.sum(of * here, 1, keepdims=True)
    x0, w, y0, h, d0, d1 = map(pick, (left, widths, bottom, heights, slopes[:, :-1], slopes[:, 1:]))
    theta = (held - x0) / w
    s = h / w
    between = theta * (1 - theta)
    below = s + (d1 + d0 - 2 * s) * between
    y = y0 + h * (s * theta**2 + d0 * between) / below
    slope = d1 * theta**2 + 2 * s * between + d0 * (1 - theta) ** 2
    inside = jnp.abs(x) < EDGE
    return jnp.where(inside, y, x), jnp.where(inside, 2 * jnp.log(s) + jnp.log(slope) - 2 * jnp.log(below), 0.0)
