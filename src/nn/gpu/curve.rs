//! Rising curves, each row one thread.

use super::{
    part::Part,
    shader::{in_one_piece, room},
    spline, stretch,
};
use crate::nn::curve::{Curve, CurveGradients, CurveOps, Differentiated};
use burn_wgpu::{CubeBackend, CubeTensor};

fn run(part: Part, curve: Curve, tensors: [&CubeTensor; 2], to: &[&CubeTensor]) {
    let n = tensors[0].meta.shape()[0];
    let tensors = [&tensors, to].concat();
    match curve {
        Curve::Scale { largest } => stretch::launch(part, false, largest, &tensors, n),
        Curve::Affine { largest } => stretch::launch(part, true, largest, &tensors, n),
        Curve::Spline(bins) => spline::launch(part, bins, &tensors, n),
    }
}

fn two_columns(part: Part, curve: Curve, x: CubeTensor, raw: CubeTensor) -> (CubeTensor, CubeTensor) {
    let [x, raw] = [x, raw].map(in_one_piece);
    let [to, log_slope] = [(); 2].map(|()| room(&x, x.meta.shape().clone()));
    run(part, curve, [&x, &raw], &[&to, &log_slope]);
    (to, log_slope)
}

impl CurveOps for CubeBackend {
    fn curve(x: CubeTensor, raw: CubeTensor, curve: Curve) -> (CubeTensor, CubeTensor) {
        two_columns(Part::Forward, curve, x, raw)
    }

    fn curve_inverse(y: CubeTensor, raw: CubeTensor, curve: Curve) -> (CubeTensor, CubeTensor) {
        two_columns(Part::Inverse, curve, y, raw)
    }
}

impl CurveGradients for CubeBackend {
    fn curve_with_gradients(x: CubeTensor, raw: CubeTensor, curve: Curve) -> [Differentiated<Self>; 2] {
        let [x, raw] = [x, raw].map(in_one_piece);
        [Part::Value, Part::LogSlope].map(|part| {
            let to = Differentiated::<Self> {
                value: room(&x, x.meta.shape().clone()),
                by_x: room(&x, x.meta.shape().clone()),
                by_raw: room(&raw, raw.meta.shape().clone()),
            };
            run(part, curve, [&x, &raw], &[&to.value, &to.by_x, &to.by_raw]);
            to
        })
    }
}
