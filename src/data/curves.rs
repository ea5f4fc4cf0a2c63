//! Curves blurred by noise: the density is an integral along the curve, done by Gauss-Legendre quadrature.
//!
//! ```text
//! x = c(s) + h (v₁, v₂) + σ ε        s on [0, 1] with density k sᵏ⁻¹,  vᵢ uniform on [−1, 1],  ε standard normal
//! p(x) = ∫ k sᵏ⁻¹ Πᵢ κ(xᵢ − cᵢ(s)) ds        κ(u) = ½ ∫ N(u − h v; 0, σ²) dv over [−1, 1]
//! ```
//!
//! Panels of the curve are at most 3σ long and get eight nodes each: log p is within 1e-5 down to −25 nats. Extra noise makes σ larger.
//!
//! References: moons, 2spirals and swissroll as in Grathwohl et al. 2019, FFJORD, arXiv:1810.01367, which takes moons and swissroll from
//! scikit-learn.

use super::{Bounds, Dataset, Points, equal_shares, plane_points};
use crate::rng::Rng;
use std::{f64::consts::PI, ops::Range};

/// Gauss-Legendre nodes on [−1, 1], the positive half, with their weights.
pub(super) const GAUSS: [(f64, f64); 4] = [
    (0.183434642495650, 0.362683783378362),
    (0.525532409916329, 0.313706645877887),
    (0.796666477413627, 0.222381034453374),
    (0.960289856497536, 0.101228536290376),
];

/// The outermost of them.
const LAST: f64 = GAUSS[3].0;

/// How many nats below the nearest node's share of p(x) a share may be left out.
const NEGLIGIBLE: f64 = 28.0;

/// A point of a curve at s in [0, 1].
type Curve = fn(f64) -> [f64; 2];

/// Curves of equal mass with the same noise around each.
struct Curves {
    curves: Vec<Curve>,
    /// k: the density of s is k sᵏ⁻¹.
    power: i32,
    sigma: f64,
    /// h: half the side of the square over which points are spread before the Gaussian noise.
    box_half: f64,
    /// What the outermost node of the box gains over each of [`GAUSS`] at u = 0, times the weight of that node.
    box_weights: [f64; 4],
    bounds: Bounds,
    nodes: Vec<Node>,
    /// Which of the nodes are on each curve.
    of_curve: Vec<Range<usize>>,
}

/// A point of a curve and the mass it stands for.
struct Node {
    centre: [f64; 2],
    mass: f64,
}

/// What one family of curves is made of.
struct Shape {
    curves: Vec<Curve>,
    power: i32,
    /// Of the data set's own noise.
    sigma: f64,
    box_half: f64,
    /// Half the side of the box to draw.
    half: f64,
}

impl Curves {
    /// The curves with extra noise of standard deviation `noise`.
    fn new(shape: Shape, noise: f64) -> Self {
        let Shape {
            curves,
            power,
            sigma,
            box_half,
            half,
        } = shape;
        let (mut nodes, mut of_curve) = (Vec::new(), Vec::new());
        for curve in &curves {
            let first = nodes.len();
            // Panels short enough for the data set's own noise are short enough for more.
            let panels = (top_speed(*curve) / (3.0 * sigma)).ceil();
            for panel in 0..panels as usize {
                let middle = (panel as f64 + 0.5) / panels;
                for (node, weight) in GAUSS
                    .iter()
                    .flat_map(|&(node, weight)| [(-node, weight), (node, weight)])
                {
                    let s = middle + 0.5 * node / panels;
                    let mass = 0.5 * weight / panels * power as f64 * s.powi(power - 1) / curves.len() as f64;
                    nodes.push(Node { centre: curve(s), mass });
                }
            }
            of_curve.push(first..nodes.len());
        }
        let sigma = sigma.hypot(noise);
        let box_weights = GAUSS.map(|(node, weight)| {
            0.5 * weight * (0.5 * (LAST * LAST - node * node) * (box_half / sigma).powi(2)).exp()
        });
        Self {
            curves,
            power,
            sigma,
            box_half,
            box_weights,
            bounds: Bounds::square(half).with_noise(noise),
            nodes,
            of_curve,
        }
    }

    /// log of the density that some of the nodes give.
    fn log_sum(&self, x: &[f64], nodes: &[Node]) -> f64 {
        let offset = |node: &Node| [x[0] - node.centre[0], x[1] - node.centre[1]];
        let distance = |[u, v]: [f64; 2]| self.beyond_box(u).powi(2) + self.beyond_box(v).powi(2);
        let nearest = nodes
            .iter()
            .map(|node| distance(offset(node)))
            .fold(f64::INFINITY, f64::min);
        let scale = 2.0 * self.sigma * self.sigma;
        let share = |node: &Node| {
            let [u, v] = offset(node);
            let below = (distance([u, v]) - nearest) / scale;
            if below > NEGLIGIBLE {
                0.0
            } else {
                node.mass * (-below).exp() * self.box_factor(u) * self.box_factor(v)
            }
        };
        let sum: f64 = nodes.iter().map(share).sum();
        sum.ln() - nearest / scale - (PI * scale).ln()
    }

    /// |u − m| for the outermost node m of the box on u's side: what the Gaussian tail of κ(u) is measured from.
    fn beyond_box(&self, u: f64) -> f64 {
        (u.abs() - LAST * self.box_half).abs()
    }

    /// κ(u) / N(u − m; 0, σ²).
    fn box_factor(&self, u: f64) -> f64 {
        if self.box_half == 0.0 {
            return 1.0;
        }
        let slope = u.abs() * self.box_half / (self.sigma * self.sigma);
        let far_side = (-2.0 * slope * LAST).exp();
        let sum = GAUSS.iter().zip(self.box_weights).map(|((node, _), weight)| {
            let near = (slope * (node - LAST)).exp();
            // Where `near` could underflow, the far side of the box has long stopped to count.
            let far = if far_side > 1e-100 { far_side / near } else { 0.0 };
            weight * (near + far)
        });
        sum.sum()
    }
}

impl Dataset for Curves {
    fn dim(&self) -> usize {
        2
    }

    fn sample(&self, n: usize, rng: &mut Rng) -> Points {
        let mut points = plane_points(n, || {
            let chosen = rng.index(self.curves.len());
            let s = rng.uniform().powf(1.0 / self.power as f64);
            let place = self.curves[chosen](s);
            let spread = |c| c + self.box_half * (2.0 * rng.uniform() - 1.0) + self.sigma * rng.normal();
            (chosen, place.map(spread))
        });
        if self.curves.len() == 1 {
            points.labels = None;
        }
        points
    }

    fn log_prob(&self, x: &[f64]) -> Option<f64> {
        Some(self.log_sum(x, &self.nodes))
    }

    /// One curve is all there is.
    fn class_shares(&self) -> Vec<f64> {
        match self.curves.len() {
            1 => Vec::new(),
            curves => equal_shares(curves),
        }
    }

    fn log_prob_of_class(&self, x: &[f64], class: usize) -> Option<f64> {
        let joint = self.log_sum(x, &self.nodes[self.of_curve[class].clone()]);
        Some(joint + (self.curves.len() as f64).ln())
    }

    fn bounds(&self) -> Bounds {
        self.bounds
    }
}

/// The largest speed |dc/ds|, by differences over 1000 steps.
fn top_speed(curve: Curve) -> f64 {
    let point = |step: usize| curve(step as f64 / 1000.0);
    let speed = |step| {
        let ([x0, y0], [x1, y1]) = (point(step), point(step + 1));
        (x1 - x0).hypot(y1 - y0) * 1000.0
    };
    (0..1000).map(speed).fold(0.0, f64::max)
}

/// Half circles of radius 2, each starting inside the other: scikit-learn's `make_moons(noise=0.1)`, times 2, moved by (−1, −0.2).
pub fn moons(noise: f64) -> Box<dyn Dataset> {
    let upper: Curve = |s| [2.0 * (PI * s).cos() - 1.0, 2.0 * (PI * s).sin() - 0.2];
    let lower: Curve = |s| [1.0 - 2.0 * (PI * s).cos(), 0.8 - 2.0 * (PI * s).sin()];
    let shape = Shape {
        curves: vec![upper, lower],
        power: 1,
        sigma: 0.2,
        box_half: 0.0,
        half: 4.0,
    };
    Box::new(Curves::new(shape, noise))
}

/// scikit-learn's `make_swiss_roll(noise=1)`, its first and third axis divided by 5.
pub fn swissroll(noise: f64) -> Box<dyn Dataset> {
    let roll: Curve = |s| {
        let t = 1.5 * PI * (1.0 + 2.0 * s);
        [t * t.cos() / 5.0, t * t.sin() / 5.0]
    };
    let shape = Shape {
        curves: vec![roll],
        power: 1,
        sigma: 0.2,
        box_half: 0.0,
        half: 4.0,
    };
    Box::new(Curves::new(shape, noise))
}

/// The arm (−t cos t, t sin t) / 3 for t up to 3π and its half turn, each spread outwards over a square of side 1/6.
pub fn two_spirals(noise: f64) -> Box<dyn Dataset> {
    fn arm(s: f64) -> [f64; 2] {
        let t = 3.0 * PI * s;
        [-t * t.cos() / 3.0 + BOX_HALF, t * t.sin() / 3.0 + BOX_HALF]
    }
    const BOX_HALF: f64 = 1.0 / 12.0;
    let shape = Shape {
        curves: vec![arm, |s| arm(s).map(|c| -c)],
        power: 2,
        sigma: 0.1,
        box_half: BOX_HALF,
        half: 4.0,
    };
    Box::new(Curves::new(shape, noise))
}
