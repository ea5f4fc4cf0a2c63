//! Classes put together: "this and that", "this or that", "this, not that".
//!
//! ```text
//! p(x | a or b)   ∝ p(a) p(x | a) + p(b) p(x | b)                      not b alone: all classes but b
//! p(x | a and b)  ∝ p(x) p(a | x) p(b | x)        E = E(x) − log p(a | x) − log p(b | x)
//! p(x | a not b)  ∝ p(x) p(a | x) (1 − p(b | x))
//! guided by w:      p(x) q(x)^(1 + w), where q(x) is the product of these posteriors
//! ```
//!
//! Each judgement counts as if it were made independently given x, as by the experts of a product; so "a and b" is what both classes could
//! claim, though no point of the data is of two. "a and a" is class a guided by w = 1. All stay below p(x), so whatever p(x) integrates to bounds
//! what they do.
//!
//! References: Y. Du, S. Li, I. Mordatch, *Compositional Visual Generation and Inference with Energy Based Models*, 2020, arXiv:2004.06030;
//! N. Liu, S. Li, Y. Du, A. Torralba, J. Tenenbaum, *Compositional Visual Generation with Composable Diffusion Models*, 2022, arXiv:2206.01714 (the
//! products over p(x)).

use crate::spec::classes::Join;
use burn::tensor::Tensor;

/// Which points a conditional model is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Those of all classes, as often as in the data.
    All,
    /// Those of one class.
    Class(usize),
    /// Those of any of these classes, rising, as often as in the data: a mixture, which every model has.
    Any(Vec<usize>),
    /// Those that several judgements agree on.
    Product(Product),
}

impl Asked {
    /// Any of these classes; each counts once.
    pub fn any(mut classes: Vec<usize>) -> Self {
        classes.sort_unstable();
        classes.dedup();
        match classes[..] {
            [class] => Self::Class(class),
            _ => Self::Any(classes),
        }
    }

    /// One of so many classes, joined with another.
    pub fn joined(class: usize, join: Join, other: usize, classes: usize) -> Self {
        match join {
            Join::Alone => Self::Class(class),
            Join::And => Self::product(vec![class, other], Vec::new(), classes),
            Join::Or => Self::any(vec![class, other]),
            Join::Not => Self::product(vec![class], vec![other], classes),
        }
    }

    /// Of all of the classes `of` and of none of `without`; there are `classes` of them in all. What leaves out only is a mixture of the others.
    pub fn product(of: Vec<usize>, without: Vec<usize>, classes: usize) -> Self {
        match (&of[..], &without[..]) {
            ([], _) => Self::any((0..classes).filter(|class| !without.contains(class)).collect()),
            (&[class], []) => Self::Class(class),
            _ => Self::Product(Product { of, without }),
        }
    }
}

/// Of all of some classes, and of none of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub of: Vec<usize>,
    pub without: Vec<usize>,
}

/// What a model needs to know of its classes to put them together.
#[derive(Clone, Debug)]
pub struct Known {
    /// Each class, one-hot, `[1, classes]`.
    pub classes: Vec<Tensor<2>>,
    /// log p(y) − log Z of each class, `[1]`, where densities have to be divided by a Z.
    pub offsets: Option<Vec<Tensor<1>>>,
    /// w.
    pub guidance: f64,
}
