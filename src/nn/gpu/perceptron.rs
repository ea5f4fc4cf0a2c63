//! A perceptron: one kernel forward and one in reverse.

use super::{
    activation::functions,
    arena::Arena,
    pieces::together,
    shader::{Shader, in_one_piece, launch, room},
    tile::{Matrix, THREADS, TILE, Tiles, summed, words},
};
use crate::nn::{
    many::Many,
    perceptron::{Perceptron, PerceptronGradients, PerceptronOps},
};
use burn::tensor::Shape;
use burn_wgpu::{CubeBackend, CubeTensor};
use kernels::Activation;

/// A kernel over tiles of so many rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Kernel {
    reverse: bool,
    activation: Activation,
    rows: usize,
}

impl Shader for Kernel {
    const GROUP: [u32; 2] = [THREADS as u32, 1];

    fn tensors(&self) -> Vec<&'static str> {
        if self.reverse {
            vec!["x", "theta", "cells", "grad", "partial", "by_x"]
        } else {
            vec!["x", "theta", "cells", "y"]
        }
    }

    fn before(&self) -> String {
        let reverse = if self.reverse {
            include_str!("perceptron_reverse.wgsl")
        } else {
            ""
        };
        format!(
            "{}{}\n{}\n{}\n{reverse}",
            Tiles::constants(self.rows),
            functions(self.activation),
            include_str!("perceptron.wgsl"),
            include_str!("perceptron_rows.wgsl"),
        )
    }

    fn body(&self) -> String {
        if self.reverse {
            include_str!("perceptron_rows_reverse.wgsl")
        } else {
            include_str!("perceptron_rows_forward.wgsl")
        }
        .into()
    }
}

/// A call's sizes, and where its numbers lie.
struct Plan<'a> {
    perceptron: &'a Perceptron,
    matrices: Vec<Matrix>,
    n: usize,
    tiles: Tiles,
    theta: Arena,
}

impl<'a> Plan<'a> {
    fn new(perceptron: &'a Perceptron, n: usize, parameters: Many<CubeBackend>) -> Self {
        let last = perceptron.sizes.len() - 2;
        let matrix = |(i, pair): (usize, &[usize])| Matrix {
            inputs: pair[0],
            outputs: pair[1],
            bias: perceptron.head_bias || i < last,
        };
        Self {
            perceptron,
            matrices: perceptron.sizes.windows(2).enumerate().map(matrix).collect(),
            n,
            tiles: Tiles::new(n, perceptron.units()),
            theta: together(parameters.0),
        }
    }

    /// Where in the cells begins what is kept: behind what each group works in, which is two layers' units and a layer's gradients.
    fn kept_at(&self) -> usize {
        self.tiles.groups() * 3 * TILE
    }

    /// How many numbers of a row are kept: what each matrix made.
    fn kept(&self) -> usize {
        self.matrices.iter().map(|matrix| matrix.outputs).sum()
    }

    /// Runs a kernel of so many groups. What `flag` asks is forward that something be kept, in reverse that the parameters learn.
    fn run(&self, reverse: bool, flag: bool, groups: usize, gradients: Option<&Arena>, tensors: &[&CubeTensor]) {
        let sizes = [
            self.n,
            self.matrices.len(),
            self.kept(),
            usize::from(flag),
            groups,
            gradients.map_or(0, Arena::length),
            self.kept_at(),
        ];
        let mut told = sizes.map(|size| size as u32).to_vec();
        told.extend(words(&self.matrices, &self.theta, gradients, 0));
        let kernel = Kernel {
            reverse,
            activation: self.perceptron.activation,
            rows: self.tiles.rows,
        };
        launch(kernel, tensors, &told, [groups * THREADS, 1]);
    }

    /// y and the cells.
    fn forward(&self, x: CubeTensor, keeps: bool) -> [CubeTensor; 2] {
        let x = self.theta.beside(in_one_piece(x));
        let outputs = self.matrices[self.matrices.len() - 1].outputs;
        let y = room(&x, [self.n, outputs]);
        let kept = if keeps {
            self.tiles.count() * self.tiles.rows * self.kept()
        } else {
            0
        };
        let cells = room(&x, [self.kept_at() + kept]);
        let tensors = [&x, &self.theta.whole, &cells, &y];
        self.run(false, keeps, self.tiles.groups(), None, &tensors);
        [y, cells]
    }
}

impl PerceptronOps for CubeBackend {
    fn perceptron(x: CubeTensor, parameters: Many<Self>, perceptron: Perceptron) -> CubeTensor {
        let plan = Plan::new(&perceptron, x.meta.shape()[0], parameters);
        let [y, _] = plan.forward(x, false);
        y
    }
}

impl PerceptronGradients for CubeBackend {
    fn perceptron_kept(x: CubeTensor, parameters: Many<Self>, perceptron: &Perceptron) -> (CubeTensor, CubeTensor) {
        let plan = Plan::new(perceptron, x.meta.shape()[0], parameters);
        plan.forward(x, true).into()
    }

    fn perceptron_reverse(
        grad: CubeTensor,
        x: CubeTensor,
        made: CubeTensor,
        parameters: Many<Self>,
        learns: bool,
        perceptron: &Perceptron,
    ) -> (CubeTensor, Vec<CubeTensor>) {
        let plan = Plan::new(perceptron, x.meta.shape()[0], parameters);
        let [grad, x] = [grad, x].map(|tensor| plan.theta.beside(in_one_piece(tensor)));
        let by_x = room(&x, x.meta.shape().clone());
        if !learns {
            let none = room(&x, [1]);
            let tensors = [&x, &plan.theta.whole, &made, &grad, &none, &by_x];
            plan.run(true, false, plan.tiles.groups(), None, &tensors);
            return (by_x, Vec::new());
        }
        let shapes = || plan.matrices.iter().flat_map(|matrix| matrix.shapes());
        let gradients = Arena::new(&x, shapes().map(|shape| shape.iter().product()));
        let groups = plan.tiles.groups_with(gradients.length());
        summed(&gradients, groups, |partial| {
            let tensors = [&x, &plan.theta.whole, &made, &grad, partial, &by_x];
            plan.run(true, true, groups, Some(&gradients), &tensors);
        });
        (by_x, gradients.tensors(shapes().map(Shape::from)))
    }
}
