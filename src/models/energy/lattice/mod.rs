//! The space under an energy, cut into cells: what log Z is summed over, and what samples are drawn from.
//!
//! ```text
//! Z = ∫ exp(−E(x)) dx ≈ Σ_c m_c        m_c = f(u_c) |c|,  f(u) = exp(−E(x(u))) |∂x/∂u|,  u_c: the centre of cell c
//! ```
//!
//! The cells are even in the u of an [`Axis`], so the lattice holds the tails and is fine where data lie. On the plane it has two levels: as many
//! cells as there are coarse ones are spent on cutting some of those into 4 × 4, those that hold mass and are rough. Modes a third as wide as a
//! coarse cell are then summed rightly. A refined cell may be chosen more than once; its copies share its mass.
//!
//! All of it is tensors of fixed shape, so that nothing has to be read on a GPU.
//!
//! References: W. Press, G. Farrar, *Recursive Stratified Sampling for Multidimensional Monte Carlo Integration*, 1990 (spend points where the
//! integrand is rough); G. Kitagawa, 1996 (systematic choice).

mod axis;
mod draw;
mod search;

use crate::{models::Extent, tensors::tensor};
use axis::Axis;
use burn::tensor::{Device, Tensor};
use search::search;

/// Cells along an axis of the plane; on the line there are [`LINE_FACTOR`] times as many.
pub const SIDE: usize = 96;

/// Cells on the line for each cell along an axis of the plane.
const LINE_FACTOR: usize = 16;

/// A refined cell is cut into this many along each axis.
const PARTS: usize = 4;

/// The lattice reaches this many standard deviations of the Gaussian that the energy decays to beyond the farthest data: an energy may be lowest
/// there.
const TAILS: f64 = 6.0;

/// Nats between the neighbours of a cell from which on it counts as rough, and least roughness.
const ROUGH: [f64; 2] = [0.01, 4.0];

/// log of no mass: what is left of a cell that was refined.
const EMPTY: f64 = -1e30;

/// A scalar function of points, `[n, d]` to `[n]`: log of the integrand, −E.
pub type LogIntegrand<'a> = &'a dyn Fn(Tensor<2>) -> Tensor<1>;

/// Where the cells lie.
#[derive(Clone, Copy, Debug)]
pub struct Domain {
    /// Numbers per point: 1 or 2.
    pub dim: usize,
    /// Of the data.
    pub extent: Extent,
    /// Standard deviation of the Gaussian that the energy decays to.
    pub tail_scale: f64,
    /// Cells along an axis of the plane, at least 4.
    pub side: usize,
}

/// Cells with their masses.
pub struct Lattice<'a> {
    log_integrand: LogIntegrand<'a>,
    axis: Axis,
    /// Centres in u.
    u: Tensor<2>, // [cells, d]
    /// Length of a cell's sides in u.
    length: Tensor<1>, // [cells]
    /// log f at the centres, in nats.
    log_f: Tensor<1>, // [cells]
    /// log m in nats.
    log_mass: Tensor<1>, // [cells]
    /// Of the grid in which cells are searched.
    columns: usize,
}

impl<'a> Lattice<'a> {
    /// Cuts `domain` into cells, whose centres are moved by `shift` in [0, 1) of a cell along each axis; ½ leaves them centred.
    pub fn new(log_integrand: LogIntegrand<'a>, domain: Domain, shift: &[f64], device: &Device) -> Self {
        let Domain { dim, side, .. } = domain;
        let Extent { most, all } = domain.extent;
        let axis = Axis::new(most, all + TAILS * domain.tail_scale);
        let side = if dim == 1 { side * LINE_FACTOR } else { side };
        let count = side.pow(dim as u32);
        let length = 2.0 / side as f64;
        let u = grid(count, side, shift, length, -1.0, device);
        let log_f = log_f(log_integrand, axis, u.clone());
        let coarse = Self {
            log_integrand,
            axis,
            u,
            length: Tensor::full([count], length, device),
            log_mass: log_f.clone() + dim as f64 * length.ln(),
            log_f,
            columns: if dim == 1 { LINE_FACTOR } else { side },
        };
        if dim == 1 { coarse } else { coarse.refined(side) }
    }

    /// The same, with as many new cells as there are, in place of those that need them most.
    fn refined(self, side: usize) -> Self {
        let (count, picks) = (side * side, side * side / (PARTS * PARTS));
        let cells = picks * PARTS * PARTS;
        let device = self.u.device();
        let log_f = self.log_f.clone().reshape([side, side]);
        let highest = highest_around(log_f.clone());
        let lowest = highest_around(log_f.neg()).neg();
        let roughness = (highest.clone() - lowest).clamp(ROUGH[0], ROUGH[1]);
        // The root of the mass: light cells matter less than heavy ones, yet more than in proportion, or none of them would be seen.
        let weight = ((highest.clone() - highest.max().unsqueeze()) * 0.5).exp() * roughness;
        let cumulative = weight.reshape([count]).cumsum(0);
        let total = cumulative.clone().narrow(0, count - 1, 1);
        // Cell c is chosen once for each whole number that its interval of `level` passes.
        let level = cumulative / total * picks as f64 + 0.5;
        let passed = level.clone().int().float();
        let before = Tensor::cat(
            vec![Tensor::zeros([1], &device), passed.clone().narrow(0, 0, count - 1)],
            0,
        );
        let copies = passed - before;
        let numbers: Vec<f32> = (1..=picks).map(|number| number as f32).collect();
        let chosen = search(level, side, tensor(numbers, [picks], &device));

        let fine = 2.0 / (side * PARTS) as f64;
        let parts = grid(PARTS * PARTS, PARTS, &[0.5; 2], fine, -1.0 / side as f64, &device);
        let u = self.u.clone().select(0, chosen.clone()).unsqueeze_dim::<3>(1) + parts.unsqueeze_dim::<3>(0);
        let u = u.reshape([cells, 2]);
        let log_f = self::log_f(self.log_integrand, self.axis, u.clone());
        let shared = copies.clone().select(0, chosen).clamp_min(1.0).log();
        let shared = shared
            .unsqueeze_dim::<2>(1)
            .repeat_dim(1, PARTS * PARTS)
            .reshape([cells]);
        let left = self.log_mass.mask_fill(copies.greater_elem(0.5), EMPTY);
        let join = |a, b| Tensor::cat(vec![a, b], 0);
        Self {
            u: Tensor::cat(vec![self.u, u], 0),
            length: join(self.length, Tensor::full([cells], fine, &device)),
            log_mass: join(left, log_f.clone() - shared + 2.0 * fine.ln()),
            log_f: join(self.log_f, log_f),
            ..self
        }
    }

    /// Points of the space and log of the volume that each stands for, the last column.
    ///
    /// # Shapes
    /// - returns `[cells, d + 1]`
    pub fn weighted_points(&self) -> Tensor<2> {
        // exp(−E) times the volume is the mass.
        let x = self.axis.x(self.u.clone());
        let log_volume = self.log_mass.clone() - self.log_f.clone() + self.axis.log_det(self.u.clone());
        Tensor::cat(vec![x, log_volume.unsqueeze_dim(1)], 1)
    }
}

/// log f.
fn log_f(log_integrand: LogIntegrand, axis: Axis, u: Tensor<2>) -> Tensor<1> {
    log_integrand(axis.x(u.clone())) + axis.log_det(u)
}

/// Points `start` + (i + shift) `length` along each axis.
///
/// # Shapes
/// - returns `[count, d]`, d as many as shifts
fn grid(count: usize, side: usize, shift: &[f64], length: f64, start: f64, device: &Device) -> Tensor<2> {
    let at = |index: usize, axis: usize| {
        let cell = index / side.pow(axis as u32) % side;
        (start + (cell as f64 + shift[axis]) * length) as f32
    };
    let values: Vec<f32> = (0..count)
        .flat_map(|index| (0..shift.len()).map(move |axis| at(index, axis)))
        .collect();
    tensor(values, [count, shift.len()], device)
}

/// The largest value among a cell and its eight neighbours.
///
/// # Shapes
/// - `values`: `[side, side]`, returns the same
fn highest_around(values: Tensor<2>) -> Tensor<2> {
    [0, 1].into_iter().fold(values, |values, dim| {
        let last = values.dims()[dim] - 1;
        let part = |start, length| values.clone().narrow(dim, start, length);
        let up = Tensor::cat(vec![part(1, last), part(last, 1)], dim);
        let down = Tensor::cat(vec![part(0, 1), part(0, last)], dim);
        values.clone().max_pair(up).max_pair(down)
    })
}
