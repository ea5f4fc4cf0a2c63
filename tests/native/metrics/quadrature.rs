//! log Z over a grid.

use super::log_normal;
use dgm::metrics::quadrature::{log_integral, log_integral_refined};

#[test]
fn quadrature_integrates_a_gaussian() {
    let grid = |side: usize, dim: u32, half: f64| {
        let step = 2.0 * half / side as f64;
        let at = move |k: usize| -half + step * (k as f64 + 0.5);
        let log_p = move |k: usize| match dim {
            1 => log_normal(at(k), 0.3, 0.5),
            _ => log_normal(at(k % side), 0.3, 0.5) + log_normal(at(k / side), -0.4, 0.8),
        };
        // Unnormalised by 7 nats, and far from what exp can hold.
        let values: Vec<f32> = (0..side.pow(dim)).map(|k| (log_p(k) + 7.0) as f32).collect();
        (values, step.powi(dim as i32))
    };
    for dim in [1, 2] {
        let (values, cell) = grid(64, dim, 5.0);
        let fine = log_integral_refined(&values, 64, dim as usize, cell);
        assert!((fine.value - 7.0).abs() < 1e-5, "{fine:?}");
        assert_eq!(fine.value, log_integral(&values, cell));
        assert!(fine.refinement_error < 1e-2, "{fine:?}");
        // Cells wider than the density: the error is there, and is admitted.
        let (values, cell) = grid(6, dim, 5.0);
        let coarse = log_integral_refined(&values, 6, dim as usize, cell);
        assert!(
            coarse.refinement_error > (coarse.value - 7.0).abs() && coarse.refinement_error > 0.1,
            "{coarse:?}"
        );
    }
    let (values, cell) = grid(64, 1, 5.0);
    let huge: Vec<f32> = values.iter().map(|v| v + 1e4).collect();
    assert!((log_integral(&huge, cell) - 10_007.0).abs() < 1e-3);
    assert_eq!(log_integral(&[f32::NEG_INFINITY; 4], 1.0), f64::NEG_INFINITY);
}
