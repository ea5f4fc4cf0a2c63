//! The two lower bounds of a VAE, and the gap between them.
//!
//! ```text
//! log p(x) − elbo(x) = KL(q(z|x) ‖ p(z|x))        elbo(x) ≤ iwae_K(x) ≤ log p(x)
//! ```
//!
//! So the gap is a lower bound on how far q is from the true posterior; it closes in on it as K grows.
//!
//! Reference: C. Cremer, X. Li, D. Duvenaud, *Inference Suboptimality in Variational Autoencoders*, 2018, arXiv:1801.03558.

use super::labels;
use crate::{
    breath::breathe,
    data::Points,
    error::Result,
    metrics::{Estimate, divergence::kl_from_log_ratio},
    models::spec::DensityKind,
    session::{
        Run, frame,
        metric::{Metric, MetricGroup},
    },
};
use burn::tensor::Device;

impl Run {
    /// Both bounds at the held-out points, of which `weighted` is the tighter one, and how far they are apart; nothing where there is no plain
    /// one. `best` is what a perfect model would reach.
    pub(super) async fn bound_metrics(
        &self,
        held_out: &Points,
        weighted: &[f64],
        best: Estimate,
        device: &Device,
    ) -> Result<Vec<Metric>> {
        let mut rng = self.look_rng();
        let mut plain = Vec::with_capacity(weighted.len());
        for portion in self.portions(held_out, device) {
            let Some(elbo) = self.model.elbo(portion, &mut rng) else {
                return Ok(Vec::new());
            };
            let shift = self.standardizer.log_det() + self.units.log_det();
            plain.extend(frame::read(elbo).await?.into_iter().map(|v| f64::from(v) - shift));
            breathe().await;
        }
        let weighted: Vec<f64> = weighted.iter().map(|v| v - self.units.log_det()).collect();
        let k = self.model.bound_samples();
        let nothing = vec![0.0; plain.len()];
        let row = |id, label, [one, other]: [&[f64]; 2], floor: Estimate| {
            Metric::new(id, label, MetricGroup::Latent, kl_from_log_ratio(one, other), f64::NAN)
                .with_floor(floor)
                .in_units("nats")
                .of_kind(DensityKind::Bound)
                .with_k(k)
        };
        Ok(vec![
            row("elbo", labels::ELBO, [&plain, &nothing], best).with_k(Some(1)),
            row("iw_bound", labels::IW_BOUND, [&weighted, &nothing], best),
            row(
                "bound_gap",
                labels::BOUND_GAP,
                [&weighted, &plain],
                Estimate::exactly(0.0),
            ),
        ])
    }
}
