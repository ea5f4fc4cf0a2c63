//! Affine couplings one after the other: one kernel forward and one in reverse.

use super::{
    activation::functions,
    arena::Arena,
    pieces::together,
    shader::{Shader, in_one_piece, launch, room},
    tile::{Matrix, THREADS, TILE, Tiles, summed, words},
};
use crate::nn::{
    HALF_LN_2PI,
    couplings::{CouplingGradients, CouplingOps, Couplings, Kept},
    many::Many,
};
use burn::tensor::Shape;
use burn_wgpu::{CubeBackend, CubeTensor};
use kernels::Activation;

/// Raw numbers of a coupling: the log-scale's and the shift.
const RAW: usize = 2;

/// A kernel over tiles of so many rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kernel {
    Forward(usize),
    Reverse(usize),
}

impl Shader for Kernel {
    const GROUP: [u32; 2] = [THREADS as u32, 1];

    fn tensors(&self) -> Vec<&'static str> {
        match self {
            Self::Forward(_) => vec!["x", "theta", "waves", "cells", "z", "logs"],
            Self::Reverse(_) => vec!["z", "theta", "waves", "cells", "grad", "partial", "by_x"],
        }
    }

    fn before(&self) -> String {
        let (Self::Forward(rows) | Self::Reverse(rows)) = self;
        let reverse = match self {
            Self::Forward(_) => "",
            Self::Reverse(_) => include_str!("perceptron_reverse.wgsl"),
        };
        format!(
            "{}const LN_2PI = {}f;\n{}\n{}\n{}\n{reverse}",
            Tiles::constants(*rows),
            2.0 * HALF_LN_2PI,
            functions(Activation::Silu),
            include_str!("perceptron.wgsl"),
            include_str!("couplings.wgsl"),
        )
    }

    fn body(&self) -> String {
        match self {
            Self::Forward(_) => include_str!("couplings_forward.wgsl"),
            Self::Reverse(_) => include_str!("couplings_reverse.wgsl"),
        }
        .into()
    }
}

/// What is asked of a kernel, as its flags.
#[derive(Clone, Copy)]
enum Wanted {
    Z = 0,
    X = 2,
    LogProb = 4,
    /// With what its reverse needs.
    LogProbKept = 5,
}

/// A call's sizes, and where its numbers lie.
struct Plan<'a> {
    couplings: &'a Couplings,
    /// Of one layer's perceptron.
    matrices: Vec<Matrix>,
    n: usize,
    tiles: Tiles,
    theta: Arena,
    waves: Option<Arena>,
}

impl<'a> Plan<'a> {
    fn new(couplings: &'a Couplings, n: usize, parameters: Many<CubeBackend>, frequencies: Many<CubeBackend>) -> Self {
        let hidden = std::iter::repeat_n(couplings.width, couplings.depth);
        let sizes: Vec<usize> = std::iter::once(couplings.inputs()).chain(hidden).chain([RAW]).collect();
        let matrix = |pair: &[usize]| Matrix {
            inputs: pair[0],
            outputs: pair[1],
            bias: true,
        };
        Self {
            couplings,
            matrices: sizes.windows(2).map(matrix).collect(),
            n,
            tiles: Tiles::new(n, couplings.units()),
            theta: together(parameters.0),
            waves: (couplings.features > 0).then(|| together(frequencies.0)),
        }
    }

    /// Where in the cells begins what is kept: behind what each group works in, which is two layers' units, a layer's gradients and the coordinates.
    fn kept_at(&self) -> usize {
        self.tiles.groups() * (3 * TILE + 2 * self.tiles.rows)
    }

    /// How many numbers of a row are kept of a layer: the coordinates, the hidden units and the raw numbers.
    fn kept(&self) -> usize {
        2 + self.couplings.depth * self.couplings.width + RAW
    }

    /// Shapes of all parameters in their order.
    fn shapes(&self) -> impl Iterator<Item = Vec<usize>> {
        let layers = self.couplings.layers.iter();
        layers.flat_map(|_| self.matrices.iter().flat_map(|matrix| matrix.shapes()))
    }

    /// What a kernel of so many groups is told; with gradients, where they lie.
    fn words(&self, flags: u32, groups: usize, gradients: Option<&Arena>) -> Vec<u32> {
        let Couplings { layers, features, .. } = self.couplings;
        let sizes = [self.n, layers.len(), *features, self.matrices.len(), self.kept()];
        let places = [groups, gradients.map_or(0, Arena::length), self.kept_at()];
        let mut told = sizes.map(|size| size as u32).to_vec();
        told.extend([self.couplings.largest.to_bits(), flags]);
        told.extend(places.map(|place| place as u32));
        for (index, layer) in layers.iter().enumerate() {
            let waves = self.waves.as_ref().map_or(0, |waves| waves.starts[index] as u32);
            told.extend([layer.leader as u32, u32::from(layer.turned), waves]);
            let first = 2 * index * self.matrices.len();
            told.extend(words(&self.matrices, &self.theta, gradients, first));
        }
        told
    }

    /// z and the logarithms, and the cells.
    fn forward(&self, x: CubeTensor, wanted: Wanted) -> [CubeTensor; 3] {
        let x = self.theta.beside(in_one_piece(x));
        let [z, logs] = [room(&x, [self.n, 2]), room(&x, [self.n])];
        let kept = match wanted {
            Wanted::LogProbKept => self.couplings.layers.len() * self.tiles.count() * self.tiles.rows * self.kept(),
            Wanted::Z | Wanted::X | Wanted::LogProb => 0,
        };
        let cells = room(&x, [self.kept_at() + kept]);
        let groups = self.tiles.groups();
        launch(
            Kernel::Forward(self.tiles.rows),
            &[&x, &self.theta.whole, &self.waves(), &cells, &z, &logs],
            &self.words(wanted as u32, groups, None),
            [groups * THREADS, 1],
        );
        [z, logs, cells]
    }

    /// The frequencies, or anything to have in their place.
    fn waves(&self) -> CubeTensor {
        match &self.waves {
            Some(waves) => waves.whole.clone(),
            None => room(&self.theta.whole, [1]),
        }
    }
}

impl CouplingOps for CubeBackend {
    fn couplings(
        x: CubeTensor,
        parameters: Many<Self>,
        frequencies: Many<Self>,
        couplings: Couplings,
        backwards: bool,
    ) -> (CubeTensor, CubeTensor) {
        let plan = Plan::new(&couplings, x.meta.shape()[0], parameters, frequencies);
        let [z, log_det, _] = plan.forward(x, if backwards { Wanted::X } else { Wanted::Z });
        (z, log_det)
    }

    fn couplings_log_prob(
        x: CubeTensor,
        parameters: Many<Self>,
        frequencies: Many<Self>,
        couplings: Couplings,
    ) -> CubeTensor {
        let plan = Plan::new(&couplings, x.meta.shape()[0], parameters, frequencies);
        let [_, log_prob, _] = plan.forward(x, Wanted::LogProb);
        log_prob
    }
}

impl CouplingGradients for CubeBackend {
    fn couplings_log_prob_kept(
        x: CubeTensor,
        parameters: Many<Self>,
        frequencies: Many<Self>,
        couplings: &Couplings,
    ) -> (CubeTensor, Kept<Self>) {
        let plan = Plan::new(couplings, x.meta.shape()[0], parameters, frequencies);
        let [z, log_prob, made] = plan.forward(x, Wanted::LogProbKept);
        let shapes = std::iter::repeat_n(Shape::from([1, couplings.features]), couplings.layers.len());
        let frequencies = plan.waves.map_or(Vec::new(), |waves| waves.tensors(shapes));
        let kept = Kept {
            z,
            made,
            frequencies: Many(frequencies),
        };
        (log_prob, kept)
    }

    fn couplings_reverse(
        grad: CubeTensor,
        Kept { z, made, frequencies }: Kept<Self>,
        parameters: Many<Self>,
        couplings: &Couplings,
    ) -> (CubeTensor, Vec<CubeTensor>) {
        let grad = in_one_piece(grad);
        let plan = Plan::new(couplings, z.meta.shape()[0], parameters, frequencies);
        let by_x = room(&z, [plan.n, 2]);
        let gradients = Arena::new(&z, plan.shapes().map(|shape| shape.iter().product()));
        let groups = plan.tiles.groups_with(gradients.length());
        summed(&gradients, groups, |partial| {
            launch(
                Kernel::Reverse(plan.tiles.rows),
                &[&z, &plan.theta.whole, &plan.waves(), &made, &grad, partial, &by_x],
                &plan.words(0, groups, Some(&gradients)),
                [groups * THREADS, 1],
            );
        });
        let by_parameters = gradients.tensors(plan.shapes().map(Shape::from));
        (by_x, by_parameters)
    }
}
