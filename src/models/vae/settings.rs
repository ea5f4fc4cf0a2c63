//! The settings that the autoencoders share.
//!
//! References: I. Higgins et al., *beta-VAE*, 2017. S. Bowman et al., *Generating Sentences from a Continuous Space*, 2016,
//! arXiv:1511.06349 (KL warm-up). D. Kingma et al., *Improved Variational Inference with Inverse Autoregressive Flow*, 2016,
//! arXiv:1606.04934 (free bits). J. Tomczak and M. Welling, *VAE with a VampPrior*, 2018, arXiv:1705.07120 (learned priors).

use crate::spec::{Group, ParamKind, ParamSpec, Scale, Text};

/// Dimensions of z.
pub const LATENT: ParamSpec = ParamSpec {
    id: "latent",
    kind: ParamKind::Int,
    min: 1.0,
    max: 8.0,
    default: 2.0,
    scale: Scale::Linear,
    unit: "dimensions",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Latent size",
        zh: "隐变量维数",
    },
    help: Text {
        en: "Numbers that the encoder may keep of each point. One forces the plane onto a curve; with two the latent plane can be drawn; the model leaves unused what it does not need.",
        zh: "编码器为每个点保留几个数。只留一个，平面就被压成一条曲线；留两个，可以把隐空间画出来；用不上的维度，模型会自己闲置。",
    },
};

/// Gaussians of the prior.
pub const PRIOR_COMPONENTS: ParamSpec = ParamSpec {
    id: "prior_components",
    kind: ParamKind::Int,
    min: 1.0,
    max: 64.0,
    default: 1.0,
    scale: Scale::Log,
    unit: "Gaussians",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Components of the prior",
        zh: "先验的分量数",
    },
    help: Text {
        en: "Gaussians that the prior p(z) is made of. With 1 it is N(0, I) and stays there, so some codes drawn from it lie where no data were ever put; several learn to cover the codes, and samples improve.",
        zh: "先验 p(z) 由几个高斯组成。取 1 就是固定不动的 N(0, I)，从中抽到的编码有些落在从没有数据的地方；多取几个，它们会自己移到编码所在之处，采样随之变好。",
    },
};

/// Weight of the KL term.
pub const BETA: ParamSpec = ParamSpec {
    id: "beta",
    kind: ParamKind::Float,
    min: 0.0,
    max: 10.0,
    default: 1.0,
    scale: Scale::Linear,
    unit: "",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text { en: "β", zh: "β" },
    help: Text {
        en: "Weight of the KL term. At 1 the loss is the bound itself. Larger: latents crowd together until the decoder ignores them; near 0: an autoencoder, whose samples miss the data. β is about one latent a point: with K above 1 and β other than 1 the loss is no bound at all.",
        zh: "KL 项的权重。取 1 时损失就是下界本身。调大，隐变量挤成一团，解码器渐渐不理它们；接近 0，就退化成自编码器，采样会落到数据之外。β 是为每点一个隐变量设计的：K 大于 1 而 β 不为 1 时，损失就不再是任何下界。",
    },
};

/// K of the loss.
pub const K_SAMPLES: ParamSpec = ParamSpec {
    id: "k_samples",
    kind: ParamKind::Int,
    min: 1.0,
    max: 32.0,
    default: 1.0,
    scale: Scale::Log,
    unit: "latents",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Training samples K",
        zh: "训练采样数 K",
    },
    help: Text {
        en: "Latents drawn per point in the loss. 1 is the original bound; more of them tighten it, so the model fits better while the encoder grows vaguer and steps slow down.",
        zh: "损失里每个点抽几个隐变量。取 1 就是最初的下界；多抽几个，下界更紧、拟合更好，但编码器会变得更含糊，每步也更慢。",
    },
};

/// Steps of the KL term's warm-up.
pub const KL_WARMUP: ParamSpec = ParamSpec {
    id: "kl_warmup",
    kind: ParamKind::Int,
    min: 0.0,
    max: 5000.0,
    default: 0.0,
    scale: Scale::Linear,
    unit: "steps",
    restarts: true,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "KL warm-up",
        zh: "KL 预热",
    },
    help: Text {
        en: "Steps over which β rises from 0 to its value. The decoder first learns to use the code, and only then is the code charged for: the latent is less likely to be given up early.",
        zh: "β 从 0 升到设定值所用的步数。先让解码器学会用编码，再开始为编码收费，隐变量就不容易一开始就被放弃。",
    },
};

/// λ of the free bits.
pub const FREE_BITS: ParamSpec = ParamSpec {
    id: "free_bits",
    kind: ParamKind::Float,
    min: 0.0,
    max: 4.0,
    default: 0.0,
    scale: Scale::Linear,
    unit: "nats",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Free bits λ",
        zh: "自由比特 λ",
    },
    help: Text {
        en: "Nats that each latent dimension may carry before its KL counts. Dimensions below the allowance feel no pull towards the prior, so they stay in use even under a large β. With K above 1 or a learned prior it is one allowance for all dimensions together. The KL curve shows what is really carried.",
        zh: "每个隐变量维度可以免费携带的信息量，超出部分才计入 KL。没用完额度的维度不会被拉向先验，β 再大也不会闲置。K 大于 1 或先验可学时，各维的额度合起来算。KL 曲线画的仍是实际携带的量。",
    },
};

/// K of the density.
pub const BOUND_SAMPLES: ParamSpec = ParamSpec {
    id: "bound_samples",
    kind: ParamKind::Int,
    min: 1.0,
    max: 500.0,
    default: 64.0,
    scale: Scale::Log,
    unit: "latents",
    restarts: false,
    group: Group::Model,
    options: &[],
    label: Text {
        en: "Bound samples",
        zh: "下界采样数",
    },
    help: Text {
        en: "Latents averaged per point when the density is drawn or measured. Training does not change; more of them lift the bound towards the true density and make the picture slower.",
        zh: "画密度、量密度时，每个点平均多少个隐变量。它不影响训练；越多，下界越贴近真实密度，画面也越慢。",
    },
};
