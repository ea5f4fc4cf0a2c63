//! What a piece of a flow is to an operation that goes through many.

use crate::nn::masked_waves::MaskedWaves;

/// A piece that such an operation may have.
pub enum Link<'a> {
    /// An affine coupling whose leader stays.
    Affine {
        /// The bound of the log-scale.
        largest: f32,
        /// The leader's axis, 0 or 1.
        leader: usize,
        net: &'a MaskedWaves,
    },
    /// By 45°.
    Turn,
}
