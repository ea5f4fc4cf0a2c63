// The engine's own random numbers (src/rng.rs), so that a peer starts from the same weights and sees the same batches: ChaCha8 as rand_chacha runs
// it, uniforms and whole numbers as rand draws them, normals by rand_distr's ziggurat.
//
// References: D. J. Bernstein, ChaCha, a variant of Salsa20, 2008; J. Doornik, An Improved Ziggurat Method to Generate Normal Random Samples, 2005.

export const INIT = 1;
export const DATA = 2;
export const NOISE = 3;
export const EVAL = 4;

const ROUNDS = 8;
const WORDS = 16;

// The edge of the ziggurat's last box and the area of each, 256 of them.
const EDGE = 3.654152885361009;
const AREA = 0.00492867323399;
const density = (x) => Math.exp(-0.5 * x * x);
const BOXES = boxes();
const HEIGHTS = BOXES.map(density);

function boxes() {
  const x = [AREA / density(EDGE), EDGE];
  while (x.length < 256) x.push(Math.sqrt(-2 * Math.log(AREA / x.at(-1) + density(x.at(-1)))));
  return [...x, 0];
}

function quarter(x, a, b, c, d) {
  const mix = (to, by, from, turn) => {
    x[to] += x[by];
    x[from] ^= x[to];
    x[from] = (x[from] << turn) | (x[from] >>> (32 - turn));
  };
  mix(a, b, d, 16);
  mix(c, d, b, 12);
  mix(a, b, d, 8);
  mix(c, d, b, 7);
}

// A seed of 64 bits spread over the key by PCG32, as rand_core does.
function key(seed) {
  let state = BigInt(seed);
  return Array.from({ length: 8 }, () => {
    state = BigInt.asUintN(64, state * 0x5851f42d4c957f2dn + 0xa17654e46fbe17f3n);
    const word = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n));
    const turn = Number(state >> 59n);
    return ((word >>> turn) | (word << (32 - turn))) >>> 0;
  });
}

export class Rng {
  constructor(seed, stream) {
    this.start = Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, ...key(seed), 0, 0, stream, 0);
    this.block = new Uint32Array(WORDS);
    this.at = WORDS;
  }

  word() {
    if (this.at === WORDS) {
      const x = this.block;
      x.set(this.start);
      for (let round = 0; round < ROUNDS; round += 2) {
        for (let i = 0; i < 4; i++) quarter(x, i, 4 + i, 8 + i, 12 + i);
        for (let i = 0; i < 4; i++) quarter(x, i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4));
      }
      for (let i = 0; i < WORDS; i++) x[i] += this.start[i];
      this.start[12]++;
      this.at = 0;
    }
    return this.block[this.at++];
  }

  // The low and the high half of 64 bits.
  pair() {
    const low = this.word();
    return [low, this.word()];
  }

  // Uniform on [0, 1) with 53 bits, and with 24.
  uniform() {
    const [low, high] = this.pair();
    return (high * 2 ** 21 + (low >>> 11)) * 2 ** -53;
  }

  uniform32() {
    return (this.word() >>> 8) * 2 ** -24;
  }

  // Uniform on (0, 1) with 52 bits.
  open() {
    const [low, high] = this.pair();
    return (high * 2 ** 20 + (low >>> 12)) * 2 ** -52 + 2 ** -53;
  }

  // Uniform on {0, …, n − 1}.
  index(n) {
    const product = BigInt(this.word()) * BigInt(n);
    const [high, low] = [Number(product >> 32n), Number(product & 0xffffffffn)];
    if (low <= 2 ** 32 - n) return high;
    const more = Number((BigInt(this.word()) * BigInt(n)) >> 32n);
    return high + Number(low + more >= 2 ** 32);
  }

  normal() {
    for (;;) {
      const [low, high] = this.pair();
      const box = low & 0xff;
      const u = (high * 2 ** 20 + (low >>> 12)) * 2 ** -51 - 1;
      const x = u * BOXES[box];
      if (Math.abs(x) < BOXES[box + 1]) return x;
      if (box === 0) return this.tail(u);
      if (HEIGHTS[box + 1] + (HEIGHTS[box] - HEIGHTS[box + 1]) * this.uniform() < density(x)) return x;
    }
  }

  tail(u) {
    let [x, y] = [1, 0];
    while (-2 * y < x * x) {
      x = Math.log(this.open()) / EDGE;
      y = Math.log(this.open());
    }
    return u < 0 ? x - EDGE : EDGE - x;
  }
}
