//! A dense layer: one kernel for every product, with bias and non-linearity at its end, and one for what comes back through it.

use super::{
    activation::functions,
    shader::{Shader, in_one_piece, launch, room},
};
use crate::nn::dense::{DenseGradients, DenseOps};
use burn_wgpu::{CubeBackend, CubeTensor};
use kernels::Activation;

/// Rows that a thread of [`Product`] makes: a number of the right factor is then read once for as many of the left.
const ROWS: usize = 4;

/// What is done with a row of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum End {
    Nothing,
    Bias,
    Activation(Activation),
    /// Its slope is kept beside it.
    WithSlope(Activation),
}

/// a b, whatever the strides of both: a thread makes [`ROWS`] numbers of a column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Product {
    end: End,
}

impl Shader for Product {
    const GROUP: [u32; 2] = [16, 4];

    fn tensors(&self) -> Vec<&'static str> {
        let all = ["a", "b", "y", "bias", "to_slope"];
        let count = match self.end {
            End::Nothing => 3,
            End::Bias | End::Activation(_) => 4,
            End::WithSlope(_) => 5,
        };
        all[..count].into()
    }

    fn before(&self) -> String {
        match self.end {
            End::Nothing | End::Bias => String::new(),
            End::Activation(activation) | End::WithSlope(activation) => functions(activation),
        }
    }

    fn body(&self) -> String {
        let end = match self.end {
            End::Nothing => "y[at] = sum[r];",
            End::Bias => "y[at] = sum[r] + bias[j];",
            End::Activation(_) => "y[at] = value(sum[r] + bias[j]);",
            End::WithSlope(_) => "let h = sum[r] + bias[j]; y[at] = value(h); to_slope[at] = slope(h);",
        };
        format!(
            "let rows = info[0]; let columns = info[1]; let depth = info[2];
let j = id.x; let i = id.y * {ROWS}u;
if (j >= columns || i >= rows) {{ return; }}
// beyond the last row it is read again, and not written
let first = min(vec4(i, i + 1u, i + 2u, i + 3u), vec4(rows - 1u)) * info[3];
var sum = vec4<f32>();
for (var k = 0u; k < depth; k++) {{
  let at = first + k * info[4];
  sum += b[k * info[5] + j * info[6]] * vec4(a[at.x], a[at.y], a[at.z], a[at.w]);
}}
for (var r = 0u; r < min({ROWS}u, rows - i); r++) {{ let at = (i + r) * columns + j; {end} }}"
        )
    }
}

fn product(a: &CubeTensor, b: &CubeTensor, end: End, beside: &[&CubeTensor]) -> CubeTensor {
    let ([rows, depth], [_, columns]) = (a.meta.shape().dims::<2>(), b.meta.shape().dims::<2>());
    let y = room(a, [rows, columns]);
    let tensors = [&[a, b, &y], beside].concat();
    let strides = a.meta.strides().iter().chain(b.meta.strides().iter());
    let info: Vec<u32> = [rows, columns, depth]
        .iter()
        .chain(strides)
        .map(|word| *word as u32)
        .collect();
    launch(Product { end }, &tensors, &info, [columns, rows.div_ceil(ROWS)]);
    y
}

/// Strides of the same numbers with rows for columns.
fn turned(mut x: CubeTensor) -> CubeTensor {
    x.meta.swap(0, 1);
    x
}

/// δ and its sums over the rows: a group takes 16 columns, a column 16 threads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Columns {
    /// Whether δ is the product of a gradient and a slope; else it is what is summed.
    sloped: bool,
}

impl Shader for Columns {
    const GROUP: [u32; 2] = [16, 16];

    fn tensors(&self) -> Vec<&'static str> {
        if self.sloped {
            vec!["x", "sums", "by", "delta"]
        } else {
            vec!["x", "sums"]
        }
    }

    fn before(&self) -> String {
        "var<workgroup> part: array<f32, 256>;".into()
    }

    fn body(&self) -> String {
        let term = if self.sloped {
            "let term = x[at] * by[at]; delta[at] = term;"
        } else {
            "let term = x[at];"
        };
        format!(
            "let rows = info[0]; let columns = info[1]; let j = id.x; let place = local.y * 16u + local.x;
var sum = 0.0;
if (j < columns) {{ for (var i = local.y; i < rows; i += 16u) {{ let at = i * columns + j; {term} sum += term; }} }}
part[place] = sum;
workgroupBarrier();
for (var half = 8u; half > 0u; half /= 2u) {{
  if (local.y < half) {{ part[place] += part[place + half * 16u]; }}
  workgroupBarrier();
}}
if (local.y == 0u && j < columns) {{ sums[j] = part[local.x]; }}"
        )
    }
}

impl DenseOps for CubeBackend {
    fn product(x: CubeTensor, weight: CubeTensor) -> CubeTensor {
        product(&x, &weight, End::Nothing, &[])
    }

    fn product_of_transposed(x: CubeTensor, y: CubeTensor) -> CubeTensor {
        product(&turned(x), &y, End::Nothing, &[])
    }

    fn affine(x: CubeTensor, weight: CubeTensor, bias: CubeTensor) -> CubeTensor {
        product(&x, &weight, End::Bias, &[&in_one_piece(bias)])
    }

    fn dense(x: CubeTensor, weight: CubeTensor, bias: CubeTensor, activation: Activation) -> CubeTensor {
        product(&x, &weight, End::Activation(activation), &[&in_one_piece(bias)])
    }
}

impl DenseGradients for CubeBackend {
    fn dense_with_slope(
        x: CubeTensor,
        weight: CubeTensor,
        bias: CubeTensor,
        activation: Activation,
    ) -> (CubeTensor, CubeTensor) {
        let slope = room(&x, [x.meta.shape()[0], weight.meta.shape()[1]]);
        let beside = [&in_one_piece(bias), &slope];
        let y = product(&x, &weight, End::WithSlope(activation), &beside);
        (y, slope)
    }

    fn dense_reverse(grad: CubeTensor, slope: CubeTensor) -> (CubeTensor, CubeTensor) {
        let [grad, slope] = [grad, slope].map(in_one_piece);
        let [rows, columns] = grad.meta.shape().dims();
        let (delta, sums) = (room(&grad, [rows, columns]), room(&grad, [columns]));
        let info = [rows as u32, columns as u32];
        launch(
            Columns { sloped: true },
            &[&grad, &sums, &slope, &delta],
            &info,
            [columns, 16],
        );
        (delta, sums)
    }

    fn gradient_of_input(delta: CubeTensor, weight: CubeTensor) -> CubeTensor {
        product(&delta, &turned(weight), End::Nothing, &[])
    }

    fn affine_reverse(grad: CubeTensor) -> (CubeTensor, CubeTensor) {
        let grad = in_one_piece(grad);
        let [rows, columns] = grad.meta.shape().dims();
        let sums = room(&grad, [columns]);
        launch(
            Columns { sloped: false },
            &[&grad, &sums],
            &[rows as u32, columns as u32],
            [columns, 16],
        );
        (grad, sums)
    }
}
