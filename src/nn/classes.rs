//! What a network is told of a class: a vector for each, added where the network first mixes its input.
//!
//! ```text
//! h = x W + b + y V      y one-hot, a row for each point or one for all; a row of zeros is no class
//! ```
//!
//! y V is constant in x: derivatives in x, masks and Jacobians are those of the network without it. V starts at zero, so that a network with classes
//! begins as the one without, to the bit.
//!
//! A network that has been given classes is a network: whatever a family does with one, it does with the other, and what it then models is
//! p(x | y).

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor},
};

use crate::nn::dense::product;

/// A network, or what is made of networks, that may be told a class. As it stands here it takes none.
pub trait Conditional: Clone {
    /// The same with room for so many classes; to be called once, before it learns.
    fn with_classes(self, _classes: usize) -> Self {
        self
    }

    /// The same as it is for points of the classes `y`, or of no class. It shares the parameters of this one.
    ///
    /// # Shapes
    /// - `y`: `[n, classes]`, or `[1, classes]` for all points alike, on the device of the parameters
    fn given(&self, _y: Option<&Tensor<2>>) -> Self {
        self.clone()
    }
}

/// [`Conditional`] for what is told classes through these of its parts.
macro_rules! told_through {
    ($type:ty: $($part:ident),+) => {
        impl $crate::nn::classes::Conditional for $type {
            fn with_classes(self, classes: usize) -> Self {
                Self {
                    $($part: $crate::nn::classes::Conditional::with_classes(self.$part, classes),)+
                    ..self
                }
            }

            fn given(&self, y: Option<&Tensor<2>>) -> Self {
                Self {
                    $($part: $crate::nn::classes::Conditional::given(&self.$part, y),)+
                    ..self.clone()
                }
            }
        }
    };
}
pub(crate) use told_through;

/// V, and y V where classes have been given.
#[derive(Module, Debug)]
pub struct ClassVectors {
    vectors: Param<Tensor<2>>, // [classes, k]
    /// A plain tensor travels with the module but does not learn by itself.
    given: Option<Tensor<2>>, // [n, k] or [1, k]
}

impl ClassVectors {
    /// A vector of `size` zeros for each class.
    pub fn new(classes: usize, size: usize, device: &Device) -> Self {
        Self {
            vectors: Param::from_tensor(Tensor::zeros([classes, size], device)),
            given: None,
        }
    }

    /// The same with the vectors of these classes in force.
    ///
    /// # Shapes
    /// - `y`: as in [`Conditional::given`]
    pub fn given(&self, y: Option<&Tensor<2>>) -> Self {
        Self {
            vectors: self.vectors.clone(),
            given: y.map(|y| product(y.clone(), self.vectors.val())),
        }
    }

    /// Whether classes are in force.
    pub fn is_given(&self) -> bool {
        self.given.is_some()
    }

    /// y V for `n` rows; none without a class. Rows that are several times as many as the classes are blocks of them.
    ///
    /// # Shapes
    /// - returns `[n, k]` or `[1, k]`
    pub fn rows(&self, n: usize) -> Option<Tensor<2>> {
        let given = self.given.clone()?;
        let m = given.dims()[0];
        assert!(n.is_multiple_of(m), "{n} rows are no blocks of {m} classes");
        Some(if m == 1 { given } else { given.repeat_dim(0, n / m) })
    }

    /// `h` + y V.
    ///
    /// # Shapes
    /// - `h`: `[n, k]`, returns the same
    pub fn added(&self, h: Tensor<2>) -> Tensor<2> {
        match self.rows(h.dims()[0]) {
            Some(rows) => h + rows,
            None => h,
        }
    }
}

/// `h` + y V where there are classes, else `h`.
///
/// # Shapes
/// - `h`: `[n, k]`, returns the same
pub fn told(classes: Option<&ClassVectors>, h: Tensor<2>) -> Tensor<2> {
    match classes {
        Some(classes) => classes.added(h),
        None => h,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensors::tensor;

    #[test]
    fn a_row_gets_the_vector_of_its_class_and_none_without_one() {
        let device = Device::flex();
        let vectors = ClassVectors {
            vectors: Param::from_tensor(tensor(vec![1.0, 2.0, 10.0, 20.0], [2, 2], &device)),
            given: None,
        };
        let added = |y: Vec<f32>, rows: usize, n: usize| -> Vec<f32> {
            let y = tensor(y, [rows, 2], &device);
            let h = Tensor::zeros([n, 2], &device);
            vectors.given(Some(&y)).added(h).into_data().try_to_vec().expect("f32")
        };
        // the second, no class, the first; then the same once more
        assert_eq!(
            added(vec![0.0, 1.0, 0.0, 0.0, 1.0, 0.0], 3, 6),
            [[10.0, 20.0, 0.0, 0.0, 1.0, 2.0]; 2].concat()
        );
        assert_eq!(added(vec![1.0, 0.0], 1, 2), [1.0, 2.0, 1.0, 2.0]);
    }
}
