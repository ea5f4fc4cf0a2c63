//! The curves of a game: what a turn reports, in the order of [`super::game`].
//!
//! ```text
//! discriminator    L_D with its penalties; of a Wasserstein critic what it estimates, E[D(x)] − E[D(x̃)], without them
//! generator        L_G
//! penalties        ½ γ₁ R1 + ½ γ₂ R2 + λ GP
//! accuracy         P[D(x) > D(x̃)]
//! ```
//!
//! All are of the weights as they play; samples and scores are of the averaged generator.

use crate::{models::spec::LossSpec, spec::Text};

/// Id of the accuracy, by which a discriminator that has won is known.
pub const ACCURACY: &str = "accuracy";

/// Id of a critic's estimate.
pub const WASSERSTEIN: &str = "wasserstein";

/// Of every game with a discriminator.
pub const DISCRIMINATOR: &[LossSpec] = &curves(LossSpec {
    id: "d_loss",
    label: Text {
        en: "Discriminator loss",
        zh: "判别器损失",
    },
});

/// Of a game with a critic. An estimate of W1 where the critic's slopes are held to 1; cut-off weights leave an unknown factor.
pub const CRITIC: &[LossSpec] = &curves(LossSpec {
    id: WASSERSTEIN,
    label: Text {
        en: "Wasserstein estimate",
        zh: "Wasserstein 距离估计",
    },
});

const fn curves(discriminator: LossSpec) -> [LossSpec; 4] {
    [
        discriminator,
        LossSpec {
            id: "g_loss",
            label: Text {
                en: "Generator loss",
                zh: "生成器损失",
            },
        },
        LossSpec {
            id: "penalty",
            label: Text {
                en: "Penalties on the discriminator",
                zh: "对判别器的惩罚",
            },
        },
        LossSpec {
            id: ACCURACY,
            label: Text {
                en: "Share of pairs told apart",
                zh: "真假对的分辨率",
            },
        },
    ]
}
