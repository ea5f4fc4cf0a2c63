//! What goes wrong, on purpose: settings under which a model fails in a way that has a name, and the diagnosis that says so.
//!
//! References: I. Goodfellow, *NIPS 2016 Tutorial: Generative Adversarial Networks*, arXiv:1701.00160 (modes lost); M. Arjovsky, L. Bottou,
//! *Towards Principled Methods for Training Generative Adversarial Networks*, 2017, arXiv:1701.04862 (a generator that hears nothing); S.
//! Bowman et al., *Generating Sentences from a Continuous Space*, 2016, arXiv:1511.06349 (a collapsed posterior); E. Nijkamp et al., *Learning
//! Non-Convergent Non-Persistent Short-Run MCMC*, 2019, arXiv:1904.09770 (short chains).

use super::config::Patch;
use crate::spec::{Text, training::Optimizer};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A failure that anyone can repeat.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Preset {
    pub id: &'static str,
    pub label: Text,
    /// What to watch, and the cure.
    pub sentence: Text,
    pub patch: Changes,
    /// Steps after which the failure shows.
    pub steps: usize,
    /// Code of the diagnosis that then holds.
    pub diagnosis: &'static str,
}

/// The choices that bring it about.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Changes {
    pub data: &'static str,
    pub model: &'static str,
    /// Settings that differ from the model's defaults.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, number>"))]
    pub params: &'static [(&'static str, f64)],
}

impl Preset {
    /// The change that brings it about, with `seed`.
    pub fn patch(&self, seed: u32) -> Patch {
        Patch {
            data: Some(self.patch.data.into()),
            model: Some(self.patch.model.into()),
            seed: Some(seed.into()),
            params: self
                .patch
                .params
                .iter()
                .map(|&(id, value)| (id.into(), value))
                .collect(),
            ..Patch::default()
        }
    }
}

fn as_map<S: Serializer>(params: &&[(&'static str, f64)], serializer: S) -> Result<S::Ok, S::Error> {
    params.iter().copied().collect::<BTreeMap<_, _>>().serialize(serializer)
}

/// Every failure, in the order of the page.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "gan-loses-modes",
        label: Text {
            en: "A GAN forgets modes",
            zh: "GAN 丢失模式",
        },
        sentence: Text {
            en: "A plain GAN on 25 clusters: the generator chases a few of them at a time and never holds the rest. Drop the momentum (β₁ = 0) and put a penalty on the discriminator's slope (R1 = 0.1): the modes come back, and sharper where it has waves to see with.",
            zh: "在二十五个团上训练最朴素的 GAN：生成器东追西赶，每次只占住几个团，其余全丢。去掉动量（β₁ = 0），并对判别器的坡度加惩罚（R1 = 0.1），模式就会回来；再让它借助波来看，样本会更清晰。",
        },
        patch: Changes {
            data: "25gaussians",
            model: "gan",
            params: &[
                ("r1_gamma", 0.0),
                ("waves", 0.0),
                ("pace", 1.0),
                ("average", 0.0),
                ("beta_1", 0.9),
                ("beta_2", 0.999),
                ("learning_rate", 0.001),
            ],
        },
        steps: 2000,
        diagnosis: "modes_missing",
    },
    Preset {
        id: "gan-saturates",
        label: Text {
            en: "A discriminator wins",
            zh: "判别器赢定了",
        },
        sentence: Text {
            en: "The minimax game in plain gradient descent on eight tiny clusters, five discriminator steps a turn: soon every sample is found out, and where the discriminator is sure, the generator's loss is flat and teaches nothing. Put the penalty on its slope back (R1), and the samples move again.",
            zh: "在八个极小的团上，用普通梯度下降玩极小极大博弈，判别器每轮走五步：很快每个样本都被识破，而判别器有把握的地方，生成器的损失是平的，什么也学不到。把对坡度的惩罚（R1）加回来，样本就又动了。",
        },
        patch: Changes {
            data: "ring",
            model: "gan-minimax",
            params: &[
                ("r1_gamma", 0.0),
                ("d_steps", 5.0),
                ("optimizer", Optimizer::Sgd as usize as f64),
                ("learning_rate", 0.1),
                ("pace", 1.0),
            ],
        },
        steps: 300,
        diagnosis: "discriminator_saturated",
    },
    Preset {
        id: "latent-collapse",
        label: Text {
            en: "A latent that says nothing",
            zh: "隐变量坍塌",
        },
        sentence: Text {
            en: "A VAE with β = 10: encoding costs more than it gains, so every point gets the same code and the decoder blurs. Start again with β = 1, and let it rise slowly (KL warm-up).",
            zh: "β = 10 的 VAE：编码的代价高于收益，所有点得到同一个编码，解码器只剩一团模糊。用 β = 1 重新开始，并让它慢慢升上来（KL 预热）。",
        },
        patch: Changes {
            data: "8gaussians",
            model: "vae",
            params: &[("beta", 10.0), ("k_samples", 1.0), ("kl_warmup", 0.0)],
        },
        steps: 1000,
        diagnosis: "latent_collapsed",
    },
    Preset {
        id: "short-chains",
        label: Text {
            en: "Chains too short",
            zh: "链太短",
        },
        sentence: Text {
            en: "Contrastive divergence with one tiny step: chains never leave the data, so valleys open where nobody walks and energies run away. Let the chains stride: HMC at a step size of 0.01 reaches every cluster.",
            zh: "只走一小步的对比散度：链离不开数据，没有人走到的地方塌成了谷，能量于是失控。让链迈开步子：用 HMC、步长 0.01，就能走遍每个团。",
        },
        patch: Changes {
            data: "25gaussians",
            model: "cd",
            params: &[
                ("sampler", 0.0),
                ("k_steps", 1.0),
                ("step_size", 1e-4),
                ("regularization", 0.0),
                ("learning_rate", 0.01),
            ],
        },
        steps: 2000,
        diagnosis: "energy_runaway",
    },
    Preset {
        id: "no-stabiliser",
        label: Text {
            en: "Energies run away",
            zh: "能量失控",
        },
        sentence: Text {
            en: "Persistent chains of plain Langevin steps on hard edges, with nothing that holds energies near zero: valleys deepen faster than chains can follow. Put the energy penalty back.",
            zh: "数据边缘锐利，走朴素朗之万的持续链又没有任何约束把能量拉向零：谷越挖越深，链跟不上。把能量惩罚加回来。",
        },
        patch: Changes {
            data: "checkerboard",
            model: "pcd",
            params: &[("sampler", 0.0), ("regularization", 0.0), ("learning_rate", 0.01)],
        },
        steps: 2000,
        diagnosis: "energy_runaway",
    },
    Preset {
        id: "learned-by-heart",
        label: Text {
            en: "Learned by heart",
            zh: "死记硬背",
        },
        sentence: Text {
            en: "A flow and only 20 points: the training loss keeps falling while held-out points become ever less likely. More points help, or stopping early.",
            zh: "流模型配上仅有的 20 个点：训练损失一路下降，留出的点却越来越不像。多给些点，或者早点停。",
        },
        patch: Changes {
            data: "moons",
            model: "nsf",
            params: &[("train_set", 1.0), ("train_points", 20.0)],
        },
        steps: 1500,
        diagnosis: "overfitting",
    },
    Preset {
        id: "steps-too-long",
        label: Text {
            en: "Learning rate too high",
            zh: "学习率太高",
        },
        sentence: Text {
            en: "A flow at a hundred times its learning rate: the loss leaps instead of falling. Start again at 0.005; once the weights have burst, a lower rate alone does not bring them back.",
            zh: "学习率放大近百倍的流模型：损失乱跳，降不下来。用 0.005 重新开始；权重一旦炸开，光调低学习率是救不回来的。",
        },
        patch: Changes {
            data: "8gaussians",
            model: "realnvp",
            params: &[("learning_rate", 0.1), ("clip", 0.0)],
        },
        steps: 500,
        diagnosis: "learning_rate_too_high",
    },
];
