//! Points with their classes, as models learn them.
//!
//! A batch is one tensor: the points and, where classes are learned, these as further columns, one-hot. So whatever cuts a batch into parts cuts points
//! and classes alike.

use crate::{rng::Rng, tensors::tensor};
use burn::tensor::{Device, Tensor};

/// Points and their classes apart.
pub struct Batch {
    /// `[n, d]`
    pub x: Tensor<2>,
    /// `[n, classes]`; none where no classes are learned.
    pub y: Option<Tensor<2>>,
}

/// Classes of points as a model takes them.
///
/// # Shapes
/// - returns `[n, classes]`
pub fn one_hot(labels: &[u8], classes: usize, device: &Device) -> Tensor<2> {
    let mut values = vec![0.0; labels.len() * classes];
    for (row, &label) in labels.iter().enumerate() {
        values[row * classes + usize::from(label)] = 1.0;
    }
    tensor(values, [labels.len(), classes], device)
}

/// What a model has been told of classes.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// How many it learns; 0 where it learns none.
    classes: usize,
    /// The class that it is a model of.
    class: Option<Tensor<2>>, // [n, classes] or [1, classes]
}

impl Told {
    /// So many are learned.
    pub fn classes(classes: usize) -> Self {
        Self { classes, class: None }
    }

    /// The same as a model of `y`.
    pub fn given(&self, y: Option<Tensor<2>>) -> Self {
        Self { class: y, ..*self }
    }

    /// The class that it is a model of.
    pub fn class(&self) -> Option<&Tensor<2>> {
        self.class.as_ref()
    }

    /// Takes a batch apart. A point's class is left out with probability `dropout`, so that the model learns the points without one too.
    ///
    /// # Shapes
    /// - `x`: `[n, d + classes]`
    pub fn batch(&self, x: Tensor<2>, dropout: f64, rng: &mut Rng) -> Batch {
        if self.classes == 0 {
            return Batch { x, y: None };
        }
        let [n, columns] = x.dims();
        let d = columns - self.classes;
        let y = x.clone().narrow(1, d, self.classes);
        let y = if dropout > 0.0 {
            let kept = rng.uniform_tensor([n, 1], &y.device()).greater_equal_elem(dropout);
            y * kept.float()
        } else {
            y
        };
        Batch {
            x: x.narrow(1, 0, d),
            y: Some(y),
        }
    }
}
