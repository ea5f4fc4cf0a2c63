//! Search among rising values without a read: by counting.

use burn::tensor::{Int, Tensor};

/// How many of the rising `values` lie below each of `levels`, but for the last: the row of a grid first, then the place in the row.
///
/// # Shapes
/// - `values`: `[rows · columns]`, `levels`: `[n]`, returns `[n]`
pub fn search(values: Tensor<1>, columns: usize, levels: Tensor<1>) -> Tensor<1, Int> {
    let rows = values.dims()[0] / columns;
    let values = values.reshape([rows, columns]);
    let levels = levels.unsqueeze_dim::<2>(1); // [n, 1]
    let below = |values: Tensor<2>| {
        let last = values.dims()[1] as f64 - 1.0;
        let count = (values - levels.clone())
            .lower_elem(0.0)
            .float()
            .sum_dim(1)
            .squeeze_dim::<1>(1);
        count.clamp_max(last)
    };
    let ends = values.clone().narrow(1, columns - 1, 1).reshape([1, rows]);
    let row = below(ends);
    let place = below(values.select(0, row.clone().int()));
    // Counted in floats, exact up to 2²⁴: whole-number kernels for this alone would weigh more than all of the lattice.
    (row * columns as f64 + place).int()
}
