#!/usr/bin/env python3
"""A model of the DGM Playground in PyTorch, rebuilt from the safetensors file that the playground saves.

    from dgm_torch import load
    model = load("realnvp.safetensors")     # a torch.nn.Module whose state_dict() has the file's own names
    model.log_prob(x)                       # x: [n, d] in the data's units; log P in nats, [n]

    python3 dgm_torch.py realnvp.safetensors points.csv     prints log P of each row

Needs torch and safetensors. Every family with a density is here, by the playground's own formulas, whose letters the code has. What a file says
about itself is JSON under the key "dgm" of its metadata: the settings, and how the model sees points, u = (x - shift) / scale.

What log P is depends on the family: exact for flows and autoregressive models; for a VAE the importance-weighted bound, with the very noise that
the playground draws; for diffusion by the same solver; for an energy with the playground's log Z, which `model.log_z()` works out anew.
"""

import json
import math
import struct
import sys

import torch
from safetensors import safe_open
from torch import nn
from torch.nn.functional import log_softmax, silu, softmax, softplus

HALF_LN_2PI = 0.5 * math.log(2 * math.pi)
# Tensors that do not learn.
FIXED = ("frequencies", "memory")


class Node(nn.Module):
    """Tensors, nested as their names are."""

    def list(self):
        """Numbered children, the missing ones as None."""
        numbers = [int(name) for name in self._modules if name.isdigit()]
        return [self._modules.get(str(i)) for i in range(max(numbers, default=-1) + 1)]

    def get(self, name):
        """A child or a tensor that not every model has."""
        return getattr(self, name, None)


class Model(Node):
    """What all families have; `density` gives log P of what the model sees."""

    def __init__(self, said):
        super().__init__()
        self.said, self.about, self.settings = said, said["about"], said["config"]

    def units(self, x):
        """What the model sees of points, rounded as the playground rounds it."""
        shift, scale = (torch.tensor(self.about[key], dtype=torch.float64) for key in ("shift", "scale"))
        u = (torch.as_tensor(x, dtype=torch.float64).reshape(-1, self.about["dim"]) - shift) / scale
        return u.float().to(next(self.buffers(), next(self.parameters(), u)).dtype)

    def log_prob(self, x):
        log_det = sum(math.log(scale) for scale in self.about["scale"])
        return self.density(self.units(x)) - log_det


def load(path, dtype=torch.float64):
    """The model that a file holds."""
    with safe_open(path, framework="pt") as file:
        said = json.loads(file.metadata()["dgm"])
        tensors = {name: file.get_tensor(name).to(dtype) for name in file.keys()}
    if said["format"] != 1:
        raise ValueError(f"this script reads format 1, the file is of format {said['format']}")
    family = FAMILIES.get(said["config"]["model"])
    if family is None:
        raise ValueError(f"{said['config']['model']} has no density")
    if said["config"]["params"].get("conditional") in (1, "on"):
        raise ValueError("a conditional model is several densities, and this script reads one; save the model without classes")
    model = family(said)
    for name, tensor in tensors.items():
        *path, last = name.split(".")
        node = model
        for part in path:
            if part not in node._modules:
                node.add_module(part, Node())
            node = node._modules[part]
        if last in FIXED:
            node.register_buffer(last, tensor)
        else:
            node.register_parameter(last, nn.Parameter(tensor))
    return model


# ---- networks -----------------------------------------------------------------------------------------------------------------------------------


def linear(layer, x):
    y = x @ layer.weight  # [d_input, d_output]
    return y if layer.get("bias") is None else y + layer.bias


def mlp(net, x, activation):
    *hidden, head = net.layers.list()
    for layer in hidden:
        x = activation(linear(layer, x))
    return linear(head, x)


def lift(features, x):
    """(x, sin xB, cos xB)."""
    phase = x @ features.frequencies
    return torch.cat([x, torch.sin(phase), torch.cos(phase)], -1)


def masked(net, groups, x):
    """A perceptron whose output group i sees the inputs up to the i-th and no later one."""
    layers = [*net.hidden.list(), net.head]
    sizes = [layers[0].inner.weight.shape[0], *(layer.inner.weight.shape[1] for layer in layers)]
    repeated = lambda size: torch.arange(size) // (size // groups)
    degrees = [repeated(sizes[0]), *(torch.arange(size) % groups for size in sizes[1:-1]), repeated(sizes[-1])]
    for index, layer in enumerate(layers):
        mask = degrees[index + 1][None, :] >= degrees[index][:, None]
        x = x @ (layer.inner.weight * mask) + layer.inner.bias
        x = silu(x) if index + 1 < len(layers) else x
    return x


def masked_waves(net, x):
    """The same over waves of each coordinate; `x`: [n, seen]."""
    n, seen = x.shape
    if net.get("waves") is not None:
        x = lift(net.waves, x.reshape(n * seen, 1)).reshape(n, -1)
    return masked(net.net, seen, x)


def standard_normal(z):
    return (-0.5 * z**2 - HALF_LN_2PI).sum(1)


# ---- energies -----------------------------------------------------------------------------------------------------------------------------------


class Energy(Model):
    """E(x) = |x|^2 / 2s^2 - net(phi(x)); p(x) = exp(-E / T) / Z."""

    def energy_of(self, u):
        part = self.get("energy") or self
        tilt = mlp(part.net, lift(part.features, u), silu)[:, 0]
        return (u**2).sum(1) / (2 * self.settings["tail_scale"] ** 2) - tilt

    def density(self, u):
        return -self.energy_of(u) / self.settings["temperature"] - self.about["log_z"][0]

    def log_z(self, half_width=15.0, side=900):
        """log Z over u by a sum of its own: midpoints of an even grid, with no look at the playground's."""
        dim, dtype = self.about["dim"], next(self.parameters()).dtype
        cell = 2 * half_width / side
        axis = (torch.arange(side, dtype=dtype) + 0.5) * cell - half_width
        rows = axis[:, None] if dim == 1 else axis
        total = []
        with torch.no_grad():
            for row in rows if dim == 2 else [None]:
                u = axis[:, None] if dim == 1 else torch.stack([row.expand(side), axis], 1)
                total.append(torch.logsumexp(-self.energy_of(u) / self.settings["temperature"], 0))
        return float(torch.logsumexp(torch.stack(total), 0)) + dim * math.log(cell)


# ---- flows --------------------------------------------------------------------------------------------------------------------------------------


class Spline:
    """Rational-quadratic splines on [-B, B], one a row, and the identity beyond."""

    HALF_WIDTH, MIN_SHARE, MIN_SLOPE, SLOPE_SHIFT = 5.0, 1e-3, 1e-3, 0.5397424

    def __init__(self, raw):
        bins = (raw.shape[1] + 1) // 3
        self.left, self.widths = self.knots(raw[:, :bins])
        self.bottom, self.heights = self.knots(raw[:, bins : 2 * bins])
        inner = softplus(raw[:, 2 * bins :] + self.SLOPE_SHIFT) + self.MIN_SLOPE
        end = torch.ones_like(raw[:, :1])
        self.slopes = torch.cat([end, inner, end], 1)

    def knots(self, raw):
        sizes = (softmax(raw, 1) * (1 - self.MIN_SHARE * raw.shape[1]) + self.MIN_SHARE) * 2 * self.HALF_WIDTH
        return torch.cumsum(sizes, 1) - sizes - self.HALF_WIDTH, sizes

    def forward(self, x):
        """y and log dy/dx; `x`: [n]."""
        edge = self.HALF_WIDTH * (1 - 1e-6)
        inside, clamped = x.abs() < edge, x.clamp(-edge, edge)
        bin = (clamped[:, None] >= self.left).sum(1, keepdim=True) - 1
        pick = lambda of, at=bin: of.gather(1, at)[:, 0]
        width, height, d0, d1 = pick(self.widths), pick(self.heights), pick(self.slopes), pick(self.slopes, bin + 1)
        theta = (clamped - pick(self.left)) / width
        s, between = height / width, theta * (1 - theta)
        denominator = s + (d1 + d0 - 2 * s) * between
        y = pick(self.bottom) + height * (s * theta**2 + d0 * between) / denominator
        slope = d1 * theta**2 + 2 * s * between + d0 * (1 - theta) ** 2
        log_slope = 2 * torch.log(s) + torch.log(slope) - 2 * torch.log(denominator)
        return torch.where(inside, y, x), torch.where(inside, log_slope, torch.zeros_like(x))


def shift(x, raw):
    return x + raw[:, 0], torch.zeros_like(x)


def scale(x, raw):
    s = 2 * torch.tanh(raw[:, 0])
    return x * torch.exp(s), s


def affine(x, raw):
    s = 2 * torch.tanh(raw[:, 0])
    return x * torch.exp(s) + raw[:, 1], s


def affine_inverse(z, raw):
    s = 2 * torch.tanh(raw[:, 0])
    return (z - raw[:, 1]) * torch.exp(-s), -s


def spline(x, raw):
    return Spline(raw).forward(x)


def turn(x):
    """By 45 degrees against the clock."""
    return torch.stack([x[:, 0] - x[:, 1], x[:, 0] + x[:, 1]], 1) * math.sqrt(0.5)


def elementwise(piece, map, x):
    z, log_slope = map(x.reshape(-1), piece.raw.repeat(x.shape[0], 1))
    return z.reshape(x.shape), log_slope.reshape(x.shape).sum(1)


def coupling(piece, map, lead, x):
    leader, follower = x[:, lead : lead + 1], x[:, 1 - lead]
    moved, log_det = map(follower, masked_waves(piece.net, leader))
    if piece.get("own") is not None:
        leader, own = elementwise(piece.own, map, leader)
        log_det = log_det + own
    columns = [leader[:, 0], moved]
    return torch.stack(columns if lead == 0 else columns[::-1], 1), log_det


def autoregressive(piece, map, x):
    n, d = x.shape
    raw = [piece.first.expand(n, -1)]
    if piece.get("rest") is not None:
        raw.append(masked_waves(piece.rest, x[:, : d - 1]))
    z, log_slope = map(x.reshape(-1), torch.cat(raw, 1).reshape(n * d, -1))
    return z.reshape(n, d), log_slope.reshape(n, d).sum(1)


def inverse_autoregressive(piece, x):
    """On the plane; the layer runs backwards, so the second latent waits for the first."""
    first, log_det = affine_inverse(x[:, 0], piece.first.expand(x.shape[0], -1))
    second, more = affine_inverse(x[:, 1], masked_waves(piece.rest, first[:, None]))
    return torch.stack([first, second], 1), log_det + more


class Flow(Model):
    """z = f(x); log p(x) = log N(z; 0, I) + log|det df/dx|."""

    def density(self, x):
        log_det, index = torch.zeros_like(x[:, 0]), -1
        for piece in self.pieces.list():
            # Only layers hold tensors: what is between them mixes the coordinates.
            if piece is None:
                x = self.between(index, x)
                continue
            index += 1
            (kind,) = piece.children()  # called by what it is
            x, more = self.layer(kind, index, x)
            log_det = log_det + more
        return standard_normal(x) + log_det

    def between(self, index, x):
        plane = self.about["dim"] == 2
        return turn(x) if plane and index % 2 == 1 else x.flip(1)

    def layer(self, piece, index, x):
        model, last = self.settings["model"], piece.get("raw") is not None
        if model == "nice":
            return elementwise(piece, scale, x) if last else coupling(piece, shift, index % 2, x)
        if model == "realnvp":
            return coupling(piece, affine, index % 2, x)
        if model == "maf":
            return autoregressive(piece, affine, x)
        if model == "iaf":
            return inverse_autoregressive(piece.layer, x)
        if model == "nsf-pixels":
            return autoregressive(piece, spline, x)
        return elementwise(piece, spline, x) if last else coupling(piece, spline, index % 2, x)


# ---- autoregressive -----------------------------------------------------------------------------------------------------------------------------


def level_log_prob(x, logits):
    """log P of whole numbers; `x`: [n, d], `logits`: [n, d, k]."""
    return log_softmax(logits, 2).gather(2, x.long()[:, :, None])[:, :, 0]


class Made(Model):
    """A mixture of Gaussians for each coordinate, from a masked network over those before it."""

    def density(self, x):
        x = x.flip(1) if self.settings["order"] == "reverse" else x
        n, d = x.shape
        raw = self.base.expand(n, -1, -1)
        if self.get("net") is not None:
            moved = masked_waves(self.net, x[:, : d - 1]).reshape(n, d - 1, -1)
            raw = torch.cat([raw[:, :1], raw[:, 1:] + moved], 1)
        logits, mu, width = raw.chunk(3, 2)
        log_sigma = torch.sigmoid(width) * 6 - 5
        terms = log_softmax(logits, 2) - log_sigma - 0.5 * ((x[:, :, None] - mu) * torch.exp(-log_sigma)) ** 2
        return (torch.logsumexp(terms, 2) - HALF_LN_2PI).sum(1)


class Tokens(Model):
    """Each coordinate is one of k bins over +-3, constant inside, with exponential tails in the outermost."""

    REACH, TAIL = 3.0, 0.5

    def density(self, x):
        x = x.flip(1) if self.settings["order"] == "reverse" else x
        n, count = x.shape[0], self.first.shape[1]
        width = 2 * self.REACH / count
        place = ((x + self.REACH) / width).floor().clamp(0, count - 1)
        logits = [self.first.expand(n, -1)]
        if self.get("next") is not None:
            table = mlp(self.next.net, self.next.embedding, silu)
            logits.append(table[place[:, 0].long()])
        outermost = (place == 0) | (place == count - 1)
        beyond = (x.abs() - self.REACH).clamp_min(0)
        within = outermost * (math.log(width) - math.log(width + self.TAIL)) - beyond / self.TAIL - math.log(width)
        return (level_log_prob(place, torch.stack(logits, 1)) + within).sum(1)


class MadePixels(Model):
    """The mean of one chain for each order: row by row, column by column, from either end."""

    def density(self, x):
        each = [self.chain(chain, self.arranged(order, x)) for order, chain in enumerate(self.chains.list())]
        return torch.logsumexp(torch.stack(each), 0) - math.log(len(each))

    @staticmethod
    def arranged(order, x):
        x = x.flip(1) if order % 2 == 1 else x
        side = math.isqrt(x.shape[1])
        return x.reshape(-1, side, side).transpose(1, 2).reshape(x.shape) if order >= 2 else x

    @staticmethod
    def chain(chain, x):
        base = chain.base * 10
        (_, d, k), n = base.shape, x.shape[0]
        seen = x[:, : d - 1]
        grey = seen * (2 / (k - 1)) - 1
        ink = (seen > 0).to(x.dtype) * 2 - 1
        inputs = grey if k == 2 else torch.stack([grey, ink], 2).reshape(n, -1)
        amounts = masked(chain.net, d - 1, inputs).reshape(n, d - 1, -1)
        logits = torch.cat([base[:, :1].expand(n, 1, k), base[:, 1:] + amounts @ chain.shapes], 1)
        return level_log_prob(x, logits).sum(1)


# ---- autoencoders -------------------------------------------------------------------------------------------------------------------------------


def gaussian(out):
    """Means and bounded log-variances."""
    mu, raw = out.chunk(2, 1)
    return mu, torch.tanh(raw / 10) * 10 - 2


def gaussian_log_prob(x, mu, log_var):
    return (-0.5 * ((x - mu) ** 2 * torch.exp(-log_var) + log_var) - HALF_LN_2PI).sum(-1)


class Vae(Model):
    """log 1/K sum_k p(x|z_k) p(z_k) / q(z_k|x) with z_k ~ q(.|x): a bound on log p(x) that the playground draws with K latents a point."""

    # How many latents the playground draws and decodes at once, which decides whose is which.
    PORTION, ROWS = 1024, 16384

    def density(self, x):
        k, noise = int(self.settings["bound_samples"]), Noise(self.settings["seed"])
        return torch.cat([self.bound(part, k, noise) for part in x.split(-(-self.PORTION // k))])

    def bound(self, x, k_samples, noise):
        n, left, blocks = x.shape[0], k_samples, []
        mu, log_var = self.encode(x)
        while left > 0:
            k = max(1, min(self.ROWS // n, left))
            eps = noise.normal(k * n * mu.shape[1]).to(x.dtype).reshape(k, n, -1)
            z = mu + torch.exp(0.5 * log_var) * eps
            flat = z.reshape(k * n, -1)
            log_ratio = self.log_prior(flat) - gaussian_log_prob(z, mu, log_var).reshape(-1)
            blocks.append((self.log_likelihood(x.repeat(k, 1), flat) + log_ratio).reshape(k, n))
            left -= k
        return torch.logsumexp(torch.cat(blocks), 0) - math.log(k_samples)

    def log_prior(self, z):
        mixture = self.prior.mixture if self.get("prior") else None
        if mixture is None:
            return standard_normal(z)
        each = gaussian_log_prob(z[None], mixture.mu[:, None], mixture.log_var[:, None])
        return torch.logsumexp(each + log_softmax(mixture.logits, 0), 0)

    def encode(self, x):
        return gaussian(mlp(self.encoder, x, torch.tanh))

    def log_likelihood(self, x, z):
        return gaussian_log_prob(x, *gaussian(mlp(self.decoder, z, torch.tanh)))


class PixelVae(Vae):
    """The same over pixels: the decoder gives each a table of probabilities."""

    def encode(self, x):
        return gaussian(mlp(self.encoder, x * (2 / (self.about["levels"] - 1)) - 1, silu))

    def log_likelihood(self, x, z):
        logits = mlp(self.decoder, z, silu).reshape(x.shape[0], x.shape[1], -1)
        return level_log_prob(x, logits).sum(1)


class VectorQuantized(Model):
    """p(x) = sum_k pi_k N(x; decode(e_k)), pi counted."""

    def density(self, x):
        mu, log_var = gaussian(mlp(self.decoder, self.codebook, torch.tanh))
        log_prior = torch.log((self.memory / self.memory.sum()).clamp_min(1e-30))
        return torch.logsumexp(gaussian_log_prob(x[:, None], mu, log_var) + log_prior, 1)


# ---- diffusion ----------------------------------------------------------------------------------------------------------------------------------


class Diffusion(Model):
    """dx/dt = v(x, t), solved from data at t = 1 back to noise at t = 0; the divergence, summed along the way, is the change of density."""

    STAGES = ((0.0, 1 / 6), (0.5, 1 / 3), (0.5, 1 / 3), (1.0, 1 / 6))

    def velocity(self, x, t):
        when = lift(self.time, torch.full((1, 1), t, dtype=x.dtype))
        first = linear(self.from_space, lift(self.space, x)) + linear(self.from_time, when)
        out = mlp(self.net, silu(first), silu)
        return out if self.settings["model"].startswith("fm") else -(math.pi / 2 - 0.05) * out

    def velocity_and_divergence(self, x, t):
        with torch.enable_grad():
            x = x.detach().requires_grad_()
            v = self.velocity(x, t)
            along = [torch.autograd.grad(v[:, i].sum(), x, retain_graph=True)[0][:, i] for i in range(x.shape[1])]
        return v.detach(), sum(along)

    def density(self, x):
        steps = int(self.settings["density_steps"])
        h, log_det = -1 / steps, torch.zeros_like(x[:, 0])
        for step in range(steps):
            t, next, k = 1 + h * step, x, None
            for c, w in self.STAGES:
                k, divergence = self.velocity_and_divergence(x if k is None else x + k * (h * c), t + h * c)
                next, log_det = next + k * (h * w), log_det + divergence * (h * w)
            x = next
        return standard_normal(x) + log_det


# ---- the playground's noise ---------------------------------------------------------------------------------------------------------------------


class Noise:
    """Standard normals as the playground draws them to look at a model: ChaCha with 8 rounds, then the ziggurat of Doornik, 2005."""

    LOOK, WORD = 6, 0xFFFFFFFF
    RIGHT, AREA = 3.654152885361008796, 0.00492867323399

    def __init__(self, seed):
        state, key = seed, []
        for _ in range(8):
            state = (state * 6364136223846793005 + 11634580027462260723) & 0xFFFFFFFFFFFFFFFF
            word, turn = (((state >> 18) ^ state) >> 27) & self.WORD, state >> 59
            key.append((word >> turn | word << (-turn & 31)) & self.WORD)
        self.key, self.block, self.words = key, 0, []
        self.x = [self.AREA / self.height(self.RIGHT), self.RIGHT]
        while len(self.x) < 256:
            self.x.append(math.sqrt(-2 * math.log(self.AREA / self.x[-1] + self.height(self.x[-1]))))
        self.x.append(0.0)

    @staticmethod
    def height(x):
        return math.exp(-x * x / 2)

    def fill(self, blocks=4096):
        """Many blocks at once, as columns of whole numbers of 64 bits."""
        counter = torch.arange(self.block, self.block + blocks)
        constant = struct.unpack("<4I", b"expand 32-byte k")
        start = [torch.full((blocks,), word) for word in (*constant, *self.key)]
        start += [counter & self.WORD, counter >> 32, torch.full((blocks,), self.LOOK), torch.zeros(blocks, dtype=torch.long)]
        s = list(start)
        rolled = lambda word, by: (word << by | word >> (32 - by)) & self.WORD

        def quarter(a, b, c, d):
            for first, second, third, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                s[first] = (s[first] + s[second]) & self.WORD
                s[third] = rolled(s[third] ^ s[first], by)

        for _ in range(4):
            for i in range(4):
                quarter(i, 4 + i, 8 + i, 12 + i)
            for i in range(4):
                quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
        words = torch.stack([(a + b) & self.WORD for a, b in zip(s, start)], 1).reshape(-1).tolist()
        self.block += blocks
        self.words = words[::-1]

    def bits(self):
        if not self.words:
            self.fill()
        low = self.words.pop()
        return low | self.words.pop() << 32

    def one(self):
        while True:
            bits = self.bits()
            i, u = bits & 0xFF, (bits >> 12) / 2**51 - 1
            x = u * self.x[i]
            if abs(x) < self.x[i + 1]:
                return x
            if i == 0:
                return self.tail(u)
            low, high = self.height(self.x[i + 1]), self.height(self.x[i])
            if low + (high - low) * ((self.bits() >> 11) / 2**53) < self.height(x):
                return x

    def tail(self, u):
        x, y = 1.0, 0.0
        while -2 * y < x * x:
            x, y = (math.log((self.bits() >> 12) / 2**52 + 2**-53) for _ in range(2))
            x /= self.RIGHT
        return x - self.RIGHT if u < 0 else self.RIGHT - x

    def normal(self, count):
        return torch.tensor([self.one() for _ in range(count)], dtype=torch.float32)


FAMILIES = {
    **dict.fromkeys(("nce", "cd", "pcd", "dsm", "ssm", "esm", "mle"), Energy),
    **dict.fromkeys(("realnvp", "nice", "maf", "iaf", "nsf", "nsf-pixels"), Flow),
    **dict.fromkeys(("vae", "iwae", "vae-prior"), Vae),
    **dict.fromkeys(("vae-pixels", "vae-prior-pixels"), PixelVae),
    "vq-vae": VectorQuantized,
    "made": Made,
    "tokens": Tokens,
    **dict.fromkeys(("made-pixels", "made-pixels-orders"), MadePixels),
    **dict.fromkeys(("fm", "fm-ot", "ddpm", "ddpm-v"), Diffusion),
}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[2]) as table:
        rows = [line.replace(",", " ").split() for line in table if line.strip()]
    # A heading is no point.
    points = [[float(number) for number in row] for row in rows if not any(part[:1].isalpha() for part in row)]
    with torch.no_grad():
        for value in load(sys.argv[1]).log_prob(points).tolist():
            print(value)
