"""The workloads' models in JAX: losses of parameters, of what stays fixed, of a batch with its noise, and of numbers."""

import math

import jax
import jax.numpy as jnp

from nets import HALF_LN_2PI, gaussian, halves, lift, log_normal, perceptron, spline
from training import adam, descent


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


def nsf(layers, waves, batch, _constants):
    first, second = halves(batch["x"])
    log_det = 0.0
    for i, layer in enumerate(layers):
        leader, follower = (first, second) if i % 2 == 0 else (second, first)
        led, log_slope = spline(leader, layer["own"])
        moved, log_slope_moved = spline(follower, perceptron(layer["net"], lift(leader, waves[i]), jax.nn.silu))
        log_det += log_slope + log_slope_moved
        first, second = (led, moved) if i % 2 == 0 else (moved, led)
    return flow_loss(first, second, log_det)


def tilt(params, fixed, x):
    return perceptron(params["net"], lift(x, fixed["waves"]), jax.nn.silu)[:, 0]


def nce(params, fixed, batch, constants):
    n = len(batch["x"])
    logits = tilt(params, fixed, jnp.concatenate([batch["x"], batch["drawn"]])) - params["logZ"] + constants["logZ"]
    return jnp.mean(jax.nn.softplus(-logits[:n])) + jnp.mean(jax.nn.softplus(logits[n:]))


def iwae(params, _fixed, batch, _constants):
    x = batch["x"]
    mu, log_var = gaussian(perceptron(params["encoder"], x, jnp.tanh))
    eps = batch["eps"].reshape(-1, *mu.shape)
    k = len(eps)
    z = mu + jnp.exp(0.5 * log_var) * eps
    decoded = gaussian(perceptron(params["decoder"], z.reshape(-1, mu.shape[1]), jnp.tanh))
    likelihood = log_normal(x, *(part.reshape(k, *x.shape) for part in decoded))
    log_weights = likelihood + log_normal(z, 0.0, jnp.zeros(())) - log_normal(z, mu, log_var)
    return math.log(k) - jnp.mean(jax.nn.logsumexp(log_weights, 0))


def mixture_log_prob(x, raw):
    logits, mu, width = jnp.split(raw, 3, 1)
    log_sigma = jax.nn.sigmoid(width) * 6 - 5
    terms = jax.nn.log_softmax(logits, 1) - log_sigma - 0.5 * ((x - mu) * jnp.exp(-log_sigma)) ** 2
    return jax.nn.logsumexp(terms, 1) - HALF_LN_2PI


def made(params, fixed, batch, _constants):
    first, second = halves(batch["x"])
    base = params["base"][0]
    moved = perceptron(params["net"], lift(first, fixed["waves"]), jax.nn.silu) + base[1]
    return -jnp.mean(mixture_log_prob(first, base[:1]) + mixture_log_prob(second, moved))


def fm(params, fixed, batch, _constants):
    x0, t = batch["x0"], batch["t"]
    right = batch["x"] - x0
    linear = lambda layer, x: x @ layer["w"] + layer["b"]
    seen = linear(params["space"], lift(x0 + right * t, fixed["space"])) + linear(params["time"], lift(t, fixed["time"]))
    velocity = perceptron(params["net"], jax.nn.silu(seen), jax.nn.silu)
    return jnp.mean(jnp.sum((velocity - right) ** 2, 1))


def ink_log_prob(x, difference):
    """Of black and white pixels, whose two logits differ by so much."""
    return jnp.sum(jax.nn.log_sigmoid((2 * x - 1) * difference), 1)


def made_pixels(params, fixed, batch, _constants):
    x = batch["x"]
    parts = zip(params["net"], fixed["masks"], batch["kept"])
    net = [{"w": layer["w"] * (mask * kept), "b": layer["b"]} for layer, mask, kept in parts]
    amounts = perceptron(net, 2 * x[:, :-1] - 1, jax.nn.silu)
    base = 10 * (params["base"][0, :, 1] - params["base"][0, :, 0])
    shape = params["shapes"][0, 1] - params["shapes"][0, 0]
    return -jnp.mean(ink_log_prob(x, base + jnp.pad(amounts * shape, ((0, 0), (1, 0)))))


def vae_pixels(params, _fixed, batch, _constants):
    x = batch["x"]
    mu, log_var = gaussian(perceptron(params["encoder"], 2 * x - 1, jax.nn.silu))
    z = mu + jnp.exp(0.5 * log_var) * batch["eps"]
    logits = perceptron(params["decoder"], z, jax.nn.silu).reshape(*x.shape, 2)
    kl = 0.5 * jnp.sum(mu**2 + jnp.exp(log_var) - log_var - 1, 1)
    return jnp.mean(kl - ink_log_prob(x, logits[..., 1] - logits[..., 0]))


def pcd(constants, settings, unpack):
    """Chains that outlive the step walk by adjusted Langevin, then one update."""
    step_size, alpha, bowl = constants["step"], constants["alpha"], constants["bowl"]

    def energy(params, fixed, x):
        return 0.5 * bowl * jnp.sum(x**2, 1) - tilt(params, fixed, x)

    def walked(params, fixed, x, walk):
        slope = jax.value_and_grad(lambda x: (lambda e: (jnp.sum(e), e))(energy(params, fixed, x)), has_aux=True)

        def proposed(carried, noise):
            x, e, grad = carried
            y = x - step_size * grad + math.sqrt(2 * step_size) * noise["z"]
            (_, e_y), grad_y = slope(y)
            back = x - y + step_size * grad_y
            log_odds = e - e_y + 0.5 * jnp.sum(noise["z"] ** 2, 1) - 0.25 / step_size * jnp.sum(back**2, 1)
            taken = noise["u"][:, 0] < jnp.exp(jnp.minimum(log_odds, 0))
            at = taken[:, None]
            return jnp.where(at, y, x), jnp.where(taken, e_y, e), jnp.where(at, grad_y, grad)

        (_, e), grad = slope(x)
        carried = (x, e, grad)
        for noise in walk:
            carried = proposed(carried, noise)
        return carried[0]

    def loss(params, fixed, x, drawn):
        n = len(x)
        energies = energy(params, fixed, jnp.concatenate([x, drawn]))
        data, chains = energies[:n], energies[n:]
        return jnp.mean(data) - jnp.mean(chains) + alpha * (jnp.mean(data**2) + jnp.mean(chains**2))

    def step(carried, fixed, batch, scales):
        model, chains, n = carried["players"]["model"], carried["state"]["chains"], len(batch["x"])
        params = unpack["model"](model["theta"])
        start = jnp.where(batch["reborn"] > 0, batch["start"], chains[:n])
        drawn = walked(params, fixed, start, batch["walk"])
        value, grads = jax.value_and_grad(loss)(params, fixed, batch["x"], drawn)
        state = {"chains": jnp.concatenate([chains[n:], drawn])}
        return {"players": {"model": adam(model, grads, scales, settings)}, "state": state}, value

    return step


def gan(constants, settings, unpack):
    """The discriminator's update, whose loss holds the slope of its logits at data, then the generator's."""

    def logit(params, fixed, x):
        return perceptron(params, lift(x, fixed["waves"]), lambda x: jax.nn.leaky_relu(x, 0.2))[:, 0]

    def generated(params, z):
        return perceptron(params, z, jnp.tanh)

    def discriminator_loss(params, fixed, x, fakes):
        summed = lambda x: (lambda logits: (jnp.sum(logits), logits))(logit(params, fixed, x))
        slope, real = jax.grad(summed, has_aux=True)(x)
        penalty = 0.5 * constants["gamma"] * jnp.mean(jnp.sum(slope**2, 1))
        return jnp.mean(jax.nn.softplus(-real)) + jnp.mean(jax.nn.softplus(logit(params, fixed, fakes))) + penalty

    def generator_loss(params, discriminator, fixed, z):
        return jnp.mean(jax.nn.softplus(-logit(discriminator, fixed, generated(params, z))))

    def step(carried, fixed, batch, scales):
        maker, judge = carried["players"]["generator"], carried["players"]["discriminator"]
        makes, judges = unpack["generator"](maker["theta"]), unpack["discriminator"](judge["theta"])
        fakes = generated(makes, batch["z"])
        d_loss, grads = jax.value_and_grad(discriminator_loss)(judges, fixed, batch["x"], fakes)
        judge = adam(judge, grads, scales, settings)
        judges = unpack["discriminator"](judge["theta"])
        g_loss, grads = jax.value_and_grad(generator_loss)(makes, judges, fixed, batch["again"])
        maker = adam(maker, grads, scales * jnp.array([constants["pace"], 1.0]), settings)
        players = {"generator": maker, "discriminator": judge}
        return {"players": players, "state": carried["state"]}, jnp.stack([d_loss, g_loss])

    return step


STEPS = {
    "realnvp": descent(realnvp),
    "nsf": descent(nsf),
    "nce": descent(nce),
    "pcd": pcd,
    "iwae": descent(iwae),
    "gan": gan,
    "made": descent(made),
    "fm": descent(fm),
    "made-pixels": descent(made_pixels),
    "vae-pixels": descent(vae_pixels),
}
