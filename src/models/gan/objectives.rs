//! The registry rows: one for each objective, with the rules under which it plays well.

use super::{
    curves,
    game::GanModel,
    losses::Objective,
    perceptron::{PerceptronDiscriminator, PerceptronGenerator, Shape},
    rules::{OWN, Rules},
};
use crate::{
    data::Space,
    models::{
        Model,
        spec::{DensityKind, Family, FieldKind, ModelSpec, Settings, Views},
    },
    rng::Rng,
    spec::{
        ParamSpec, Text,
        training::{Optimizer, SHARED, Training, joined},
    },
};
use burn::tensor::Device;

/// How both players learn. Momentum makes a two-player game circle (Mescheder et al. use none), gradients that shrink while the game
/// settles need a variance that forgets (T. Karras et al., *StyleGAN*, 2019, arXiv:1812.04948), and samples are drawn from a running average
/// of the generator.
const TRAINING: Training = Training {
    learning_rate: 2e-3,
    beta_1: 0.0,
    beta_2: 0.99,
    clip: 0.0,
    average: 0.995,
    ..Training::DEFAULT
};

/// What most objectives play well under. At equal pace a settled game broke out again on 25gaussians, in some runs within 4000 steps; at a
/// half it stayed for 14 000.
const RULES: Rules = Rules {
    r1_gamma: 0.1,
    pace: 0.5,
    waves: 16.0,
    ..Rules::PLAIN
};

/// Rules, then training and data settings, as one list.
macro_rules! params {
    ($rules:expr, $training:expr) => {{
        const OWN_SPECS: [ParamSpec; OWN] = $rules.specs();
        const ALL: [ParamSpec; OWN + SHARED] = joined(&OWN_SPECS, $training.specs());
        &ALL
    }};
}

/// Two perceptrons that play for `objective`.
fn play(objective: Objective, dim: usize, settings: &Settings, rng: &mut Rng, device: &Device) -> Box<dyn Model> {
    let (width, depth) = (settings.int("width"), settings.int("depth"));
    let rules = Rules::of(settings);
    let shape = Shape {
        dim,
        pack: rules.pack as usize,
        waves: rules.waves as usize,
        width,
        depth,
        activation: Rules::UNITS[rules.units as usize],
        spectral_norm: rules.spectral_norm > 0.0,
    };
    // as many latents as coordinates, so that the generator is a warped grid that can be drawn
    let generator = PerceptronGenerator::new(dim, dim, width, depth, rng, device);
    let discriminator = PerceptronDiscriminator::new(shape, objective, rng, device);
    let game = (objective, rules);
    Box::new(GanModel::new(
        discriminator,
        (generator, dim),
        game,
        settings.training(),
        device,
    ))
}

/// The game of 2014 as it is played today, and what the other rows have in common with it.
pub const GAN: ModelSpec = ModelSpec {
    id: "gan",
    family: Family::Gan,
    label: Text { en: "GAN", zh: "GAN" },
    help: Text {
        en: "A generator turns noise into points and a discriminator tries to tell them from data; each improves because the other does. Played as it is today: with R1, waves for the discriminator, and averaging of the generator.",
        zh: "生成器把噪声变成点，判别器努力分辨真假；一方进步，逼着另一方也进步。按今天的玩法：加 R1，判别器借助波来看，生成器取平均。",
    },
    formula: r"\begin{aligned}\mathcal L_D=&-\mathbb E_{x}\log\sigma(D(x))\\&-\mathbb E_{z}\log\big(1-\sigma(D(G(z)))\big)\\&+\tfrac{\gamma}{2}\,\mathbb E_{x}\|\nabla D(x)\|^2\\\mathcal L_G=&-\mathbb E_{z}\log\sigma(D(G(z)))\end{aligned}",
    paper: "Goodfellow et al.: Generative Adversarial Networks",
    year: 2014,
    arxiv: "1406.2661",
    dims: &[1, 2],
    discrete: false,
    density: DensityKind::None,
    losses: curves::DISCRIMINATOR,
    views: Views {
        fields: &[FieldKind::Discriminator],
        walkers: false,
        grid: true,
        latent: false,
    },
    params: params!(RULES, TRAINING),
    build: |Space { dim, .. }, settings, rng, device| play(Objective::NonSaturating, dim, settings, rng, device),
};

/// Both players on one and the same value.
pub const MINIMAX: ModelSpec = ModelSpec {
    id: "gan-minimax",
    label: Text {
        en: "Minimax GAN",
        zh: "极小极大 GAN",
    },
    help: Text {
        en: "The generator minimises exactly what the discriminator maximises. Beautiful on paper; where the discriminator wins, the generator hears almost nothing. R1, waves and averaging, which the paper does not use, keep it from that here; in plain gradient descent without R1 it can be seen.",
        zh: "生成器最小化的，正是判别器最大化的那个量。理论上很美；可一旦判别器占了上风，生成器就几乎收不到信号。这里用了论文没有的 R1、波和权重平均来避免；去掉 R1、用普通梯度下降就能看到。",
    },
    formula: r"\min_G\max_D\;\mathbb E_{x}\log\sigma(D(x))+\mathbb E_{z}\log\big(1-\sigma(D(G(z)))\big)-\tfrac{\gamma}{2}\,\mathbb E_{x}\|\nabla D(x)\|^2",
    build: |Space { dim, .. }, settings, rng, device| play(Objective::Minimax, dim, settings, rng, device),
    ..GAN
};

/// Squares in place of logarithms.
pub const LSGAN: ModelSpec = ModelSpec {
    id: "lsgan",
    label: Text {
        en: "Least-squares GAN",
        zh: "最小二乘 GAN",
    },
    help: Text {
        en: "The discriminator fits the numbers 1 to data and 0 to samples by least squares; samples far on the wrong side are pulled the harder. With R1, waves and averaging, which the paper does not use.",
        zh: "判别器用最小二乘把数据拟合成 1、样本拟合成 0；样本错得越远，拉力越大。另加了论文没有的 R1、波和权重平均。",
    },
    formula: r"\begin{aligned}\mathcal L_D=&\;\tfrac12\,\mathbb E_{x}(D(x)-1)^2+\tfrac12\,\mathbb E_{z}D(G(z))^2\\&+\tfrac{\gamma}{2}\,\mathbb E_{x}\|\nabla D(x)\|^2\\\mathcal L_G=&\;\tfrac12\,\mathbb E_{z}(D(G(z))-1)^2\end{aligned}",
    paper: "Mao et al.: Least Squares Generative Adversarial Networks",
    year: 2017,
    arxiv: "1611.04076",
    build: |Space { dim, .. }, settings, rng, device| play(Objective::LeastSquares, dim, settings, rng, device),
    ..GAN
};

/// Only what is not yet clearly told counts.
pub const HINGE: ModelSpec = ModelSpec {
    id: "gan-hinge",
    label: Text {
        en: "Hinge GAN",
        zh: "合页 GAN",
    },
    help: Text {
        en: "The discriminator stops caring about points it tells apart by a margin of 1, and works on the doubtful ones. With R1, waves and averaging, which the paper does not use.",
        zh: "判别器对已经以 1 的间隔分清的点不再费力，只琢磨还分不清的点。另加了论文没有的 R1、波和权重平均。",
    },
    formula: r"\begin{aligned}\mathcal L_D=&\;\mathbb E_{x}\max(0,1-D(x))\\&+\mathbb E_{z}\max(0,1+D(G(z)))\\&+\tfrac{\gamma}{2}\,\mathbb E_{x}\|\nabla D(x)\|^2\\\mathcal L_G=&-\mathbb E_{z}D(G(z))\end{aligned}",
    paper: "Lim and Ye: Geometric GAN",
    year: 2017,
    arxiv: "1705.02894",
    build: |Space { dim, .. }, settings, rng, device| play(Objective::Hinge, dim, settings, rng, device),
    ..GAN
};

/// A distance in place of a verdict, with cut-off weights.
pub const WGAN: ModelSpec = ModelSpec {
    id: "wgan",
    label: Text {
        en: "Wasserstein GAN (clipping)",
        zh: "Wasserstein GAN（裁剪）",
    },
    help: Text {
        en: "A critic that may not be steep estimates how far the samples have to travel to become the data. Here every weight is cut off, which keeps it gentle and simple, and makes the estimate right up to an unknown factor only. With waves and averaging, which the paper does not use, and looser weights than its c = 0.01.",
        zh: "一个不许太陡的评判器，估计样本要搬多远才能变成数据。这里靠裁剪每个权重来让它平缓，代价是它也变简单了，而且估计值只准到一个未知的倍数。另加了论文没有的波和权重平均，裁剪也比论文的 c = 0.01 宽松。",
    },
    formula: r"\min_G\max_{|\theta|\le c}\;\mathbb E_{x}D_\theta(x)-\mathbb E_{z}D_\theta(G(z))",
    paper: "Arjovsky, Chintala, Bottou: Wasserstein GAN",
    year: 2017,
    arxiv: "1701.07875",
    losses: curves::CRITIC,
    params: params!(
        Rules {
            r1_gamma: 0.0,
            weight_clip: 0.1,
            d_steps: 5.0,
            pace: 1.0,
            ..RULES
        },
        Training {
            optimizer: Optimizer::RmsProp,
            learning_rate: 5e-4,
            ..TRAINING
        }
    ),
    build: |Space { dim, .. }, settings, rng, device| play(Objective::Wasserstein, dim, settings, rng, device),
    ..GAN
};

/// The same distance with a penalty on slopes.
pub const WGAN_GP: ModelSpec = ModelSpec {
    id: "wgan-gp",
    label: Text {
        en: "Wasserstein GAN (gradient penalty)",
        zh: "Wasserstein GAN（梯度惩罚）",
    },
    help: Text {
        en: "The Wasserstein critic held to slope 1 between data and samples. What it estimates is a distance, in standard deviations of the data: it falls towards 0 as the samples improve, which is rare among the curves of GANs. With waves and averaging, which the paper does not use; the paper has λ = 10 and five critic steps.",
        zh: "在数据与样本之间把评判器的斜率保持在 1。它估计的是一个距离，以数据的标准差为单位：样本变好，它就真的降向 0，这在 GAN 的曲线里很少见。另加了论文没有的波和权重平均；论文用 λ = 10，评判器走五步。",
    },
    formula: r"\mathcal L_D=\mathbb E_{z}D(G(z))-\mathbb E_{x}D(x)+\lambda\,\mathbb E_{\hat x}\big(\|\nabla D(\hat x)\|-1\big)^2\qquad\mathcal L_G=-\mathbb E_{z}D(G(z))",
    paper: "Gulrajani et al.: Improved Training of Wasserstein GANs",
    year: 2017,
    arxiv: "1704.00028",
    losses: curves::CRITIC,
    params: params!(
        Rules {
            r1_gamma: 0.0,
            gradient_penalty: 1.0,
            d_steps: 3.0,
            pace: 1.0,
            ..RULES
        },
        Training {
            learning_rate: 1e-3,
            ..TRAINING
        }
    ),
    build: |Space { dim, .. }, settings, rng, device| play(Objective::Wasserstein, dim, settings, rng, device),
    ..GAN
};

/// Data and samples judged in pairs.
pub const RGAN: ModelSpec = ModelSpec {
    id: "rgan",
    label: Text {
        en: "Relativistic GAN (R3GAN)",
        zh: "相对 GAN（R3GAN）",
    },
    help: Text {
        en: "The discriminator says which of two points is the data, never how real one is alone. No sample can pass by hiding in a crowd, so modes are hard to drop; R1 and R2 make it settle. The discriminator sees through waves, which the paper does not use; samples are those of the averaged generator.",
        zh: "判别器只比较两个点哪个是数据，从不单独给一个点打分。样本无法扎堆蒙混过关，因此不易丢模式；R1 和 R2 让博弈稳定下来。判别器借助波来看，这是论文没有的；画的是权重平均后的生成器。",
    },
    formula: r"\begin{aligned}\mathcal L_D=&-\mathbb E_{x,z}\log\sigma\big(D(x)-D(G(z))\big)\\&+\tfrac{\gamma}{2}(R_1+R_2)\\\mathcal L_G=&-\mathbb E_{x,z}\log\sigma\big(D(G(z))-D(x)\big)\end{aligned}",
    paper: "Huang et al.: The GAN is dead; long live the GAN!",
    year: 2024,
    arxiv: "2501.05441",
    params: params!(
        Rules {
            r1_gamma: 0.05,
            r2_gamma: 0.05,
            ..RULES
        },
        TRAINING
    ),
    build: |Space { dim, .. }, settings, rng, device| play(Objective::Relativistic, dim, settings, rng, device),
    ..GAN
};
