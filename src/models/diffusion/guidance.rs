//! Classifier-free guidance, and classes put together: sums of what a network answers for classes and for none.
//!
//! ```text
//! y_w(x, t) = y(x, t) + (1 + w) Σ (y(x, t | a) − y(x, t)) − (1 + w) Σ (y(x, t | b) − y(x, t))
//! one class a: (1 + w) y(x, t | a) − w y(x, t)      w = 0: the conditional answer itself
//! ```
//!
//! over the classes a that are asked for and those b that are left out. The weights sum to 1, and velocity, score and noise are linear in the answer,
//! so the rule is the same for each.
//!
//! What the flow of y_w carries noise to is a distribution with a density of its own, which solvers compute as any other. It only leans towards
//! p(x) Π (p(x | a) / p(x))^(1 + w) / Π (p(x | b) / p(x))^(1 + w): the sum of scores is the score of that product at t = 1 alone, since a product of
//! noisy densities is not the noisy product.
//!
//! References: J. Ho and T. Salimans, *Classifier-Free Diffusion Guidance*, 2022, arXiv:2207.12598; N. Liu, S. Li, Y. Du, A. Torralba, J. Tenenbaum,
//! *Compositional Visual Generation with Composable Diffusion Models*, 2022, arXiv:2206.01714; Y. Du et al., *Reduce, Reuse,
//! Recycle*, 2023, arXiv:2302.11552 (what the sum is not).

use super::Net;
use burn::tensor::Tensor;

/// A sum of answers, each times a weight; one answer of weight 1 is itself.
pub struct Guided<N> {
    parts: Vec<(N, f64)>,
}

impl<N> Guided<N> {
    /// The answer of one network as it is.
    pub fn one(net: N) -> Self {
        Self {
            parts: vec![(net, 1.0)],
        }
    }

    /// The answer `told` for a class, beyond that by `w`, away from `free` for none.
    pub fn beyond(told: N, free: N, w: f64) -> Self {
        Self {
            parts: vec![(told, 1.0 + w), (free, -w)],
        }
    }

    /// The answers for classes that are asked for, of those that are left out, and for none, with w as above.
    pub fn composed(of: Vec<N>, without: Vec<N>, free: N, w: f64) -> Self {
        let power = 1.0 + w;
        let rest = 1.0 - power * (of.len() as f64 - without.len() as f64);
        let of = of.into_iter().map(|net| (net, power));
        let without = without.into_iter().map(|net| (net, -power));
        let parts = of.chain(without).chain([(free, rest)]);
        Self {
            parts: parts.filter(|(_, weight)| *weight != 0.0).collect(),
        }
    }

    /// Σ weight · value.
    fn sum(&self, values: impl Iterator<Item = Tensor<2>>) -> Tensor<2> {
        let weighted = self.parts.iter().zip(values).map(|((_, weight), value)| match *weight {
            1.0 => value,
            weight => value * weight,
        });
        weighted.reduce(|sum, part| sum + part).expect("a sum has parts")
    }
}

impl<N: Net> Net for Guided<N> {
    fn forward(&self, x: Tensor<2>, t: Tensor<2>) -> Tensor<2> {
        self.sum(self.parts.iter().map(|(net, _)| net.forward(x.clone(), t.clone())))
    }

    fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: Tensor<2>) -> (Tensor<2>, Vec<Tensor<2>>) {
        let each = self
            .parts
            .iter()
            .map(|(net, _)| net.jvps(x.clone(), vs.clone(), t.clone()));
        let (values, slopes): (Vec<_>, Vec<_>) = each.unzip();
        let along = |i: usize| self.sum(slopes.iter().map(|slopes| slopes[i].clone()));
        (self.sum(values.into_iter()), (0..vs.len()).map(along).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensors::tensor;
    use burn::tensor::Device;

    /// Answers a x, whose slope along v is a v.
    struct Slope(f64);

    impl Net for Slope {
        fn forward(&self, x: Tensor<2>, _t: Tensor<2>) -> Tensor<2> {
            x * self.0
        }

        fn jvps(&self, x: Tensor<2>, vs: Vec<Tensor<2>>, t: Tensor<2>) -> (Tensor<2>, Vec<Tensor<2>>) {
            (self.forward(x, t), vs.into_iter().map(|v| v * self.0).collect())
        }
    }

    #[test]
    fn answers_add_up_beyond_that_for_no_class() {
        let device = Device::flex();
        let one = || tensor(vec![1.0], [1, 1], &device);
        let told = |net: Guided<Slope>| {
            let (value, slopes) = net.jvps(one(), vec![one(), one() * 2.0], one());
            let alone = net.forward(one(), one());
            [alone, value, slopes[0].clone(), slopes[1].clone() * 0.5].map(|value| value.into_scalar::<f32>())
        };
        let free = 1.0;
        // 1 + 3 ((2 − 1) + (5 − 1) − (3 − 1))
        let composed = Guided::composed(vec![Slope(2.0), Slope(5.0)], vec![Slope(3.0)], Slope(free), 2.0);
        assert_eq!(told(composed), [10.0; 4]);
        assert_eq!(told(Guided::beyond(Slope(2.0), Slope(free), 2.0)), [4.0; 4]);
        assert_eq!(told(Guided::one(Slope(2.0))), [2.0; 4]);
    }
}
