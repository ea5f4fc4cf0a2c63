//! Every model the playground knows, one row each.

use super::spec::ModelSpec;
use crate::error::{Error, Result};

/// The registered model of that id.
pub fn find(id: &str) -> Result<&'static ModelSpec> {
    MODELS.iter().find(|row| row.id == id).ok_or_else(|| Error::UnknownId {
        what: "model",
        id: id.into(),
        known: MODELS.iter().map(|row| row.id).collect::<Vec<_>>().join(", "),
    })
}

/// Every model, family by family. The order is the page's, and a family's first row that learns a data set is the one to begin with there
/// ([`crate::session::config::default_model`]).
pub const MODELS: &[ModelSpec] = &[
    super::energy::noise_contrastive::NCE,
    super::energy::contrastive_divergence::CD,
    super::energy::persistent_contrastive::PCD,
    super::energy::denoising_score_matching::DSM,
    super::energy::sliced_score_matching::SSM,
    super::energy::exact_score_matching::ESM,
    super::energy::maximum_likelihood::MLE,
    super::flow::realnvp::REALNVP,
    super::flow::nice::NICE,
    super::flow::maf::MAF,
    super::flow::iaf::IAF,
    super::flow::nsf::NSF,
    super::flow::nsf::NSF_PIXELS,
    super::vae::gaussian::VAE,
    super::vae::pixels::VAE_PIXELS,
    super::vae::pixels::VAE_PRIOR_PIXELS,
    super::vae::iwae::IWAE,
    super::vae::learned_prior::VAE_PRIOR,
    super::vae::autoencoder::AE,
    super::vae::vector_quantized::VQ_VAE,
    super::gan::objectives::GAN,
    super::gan::objectives::MINIMAX,
    super::gan::objectives::LSGAN,
    super::gan::objectives::HINGE,
    super::gan::objectives::WGAN,
    super::gan::objectives::WGAN_GP,
    super::gan::objectives::RGAN,
    super::autoregressive::made::MADE,
    super::autoregressive::tokens::TOKENS,
    super::autoregressive::made_pixels::MADE_PIXELS,
    super::autoregressive::made_pixels::MADE_PIXELS_ORDERS,
    super::diffusion::flow_matching::FM,
    super::diffusion::flow_matching::FM_PIXELS,
    super::diffusion::fm_ot::FM_OT,
    super::diffusion::ddpm::DDPM,
    super::diffusion::ddpm::DDPM_V,
];
