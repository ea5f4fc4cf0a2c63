//! Flow matching whose noise is first paired with near data, by [`transport`](super::transport).
//!
//! References: A. Tong et al., *Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport*, 2024,
//! arXiv:2302.00482; A. Pooladian et al., *Multisample Flow Matching: Straightening Flows with Minibatch Couplings*, 2023,
//! arXiv:2304.14772.

use super::{
    flow_matching::{FM, StraightPaths},
    method::{Diffusion, TRAINING},
    network::{FEATURES, FREQUENCY},
    solvers::{DENSITY_STEPS, SOLVER, SOLVER_STEPS},
    transport::{BLUR, Coupling},
};
use crate::{
    data::Space,
    models::spec::ModelSpec,
    spec::{
        DEPTH, Text, WIDTH,
        training::{Training, settings},
    },
};

/// The registry row.
pub const FM_OT: ModelSpec = ModelSpec {
    id: "fm-ot",
    label: Text {
        en: "Flow matching, optimal transport",
        zh: "流匹配，最优传输",
    },
    help: Text {
        en: "Flow matching whose noise is first matched to near data, batch by batch (entropic optimal transport). Paths hardly cross, so samples arrive in a few steps.",
        zh: "先在每一批里把噪声和近处的数据配好对（熵正则最优传输），再做流匹配。路径几乎不相交，样本几步就能走到。",
    },
    formula: r"(x_0,x_1)\sim\arg\min_{P}\ \sum_{ij}P_{ij}\lVert x_1^i-x_0^j\rVert^2-\varepsilon H(P),\quad \mathcal L=\mathbb E\,\lVert v_\phi(x_t,t)-(x_1-x_0)\rVert^2",
    paper: "Tong et al.: Improving and Generalizing Flow-Based Generative Models with Minibatch Optimal Transport",
    year: 2024,
    arxiv: "2302.00482",
    params: settings![
        Training {
            // the plan takes batch² numbers
            batch: 256.0,
            ..TRAINING
        };
        BLUR,
        SOLVER,
        SOLVER_STEPS,
        DENSITY_STEPS,
        FEATURES,
        FREQUENCY,
        WIDTH,
        DEPTH,
    ],
    build: |Space { dim, .. }, settings, rng, device| {
        let coupling = Coupling::Transport {
            blur: settings.float(BLUR.id),
        };
        Diffusion::model(StraightPaths, coupling, dim, settings, rng, device)
    },
    ..FM
};
