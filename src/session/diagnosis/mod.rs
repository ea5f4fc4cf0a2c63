//! What is going wrong, in words: read from the losses and the measurements of a run, never from a picture.
//!
//! Each finding names one setting that helps. Thresholds are far from what a healthy run shows; the tests hold them against both.

use super::{
    Run,
    looks::{Look, Looks},
    report::HistoryRow,
    source::Source,
};
use crate::{
    models::{
        gan::curves,
        spec::{Family, ModelSpec},
    },
    spec::Text,
};
use serde::Serialize;

/// A finding.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Diagnosis {
    /// Stable.
    pub code: &'static str,
    /// Id of the setting to change.
    pub setting: &'static str,
    pub sentence: Text,
}

/// What there is to judge by.
#[derive(Clone, Copy)]
struct Evidence<'a> {
    model: &'static ModelSpec,
    step: u64,
    losses: &'a [HistoryRow],
    looks: &'a Looks,
    /// Numbers per point.
    dim: usize,
    /// Whether few points are used again and again.
    finite: bool,
    ran_away_at: Option<u64>,
}

impl Run {
    /// See [`super::Session::diagnose`].
    pub(super) fn diagnose(&self) -> Vec<Diagnosis> {
        let evidence = Evidence {
            model: self.choice.model,
            step: self.step,
            losses: self.past(),
            looks: &self.looks.borrow(),
            dim: self.data.dim(),
            finite: matches!(self.source, Source::Fixed(_)) || self.data.is_finite(),
            ran_away_at: self.ran_away_at,
        };
        RULES.iter().filter_map(|rule| rule(&evidence)).collect()
    }
}

type Rule = fn(&Evidence) -> Option<Diagnosis>;

/// The gravest first.
const RULES: &[Rule] = &[
    energy_runaway,
    learning_rate_too_high,
    discriminator_saturated,
    modes_missing,
    latent_collapsed,
    overfitting,
    chains_not_mixing,
    normaliser_unsure,
];

/// Steps before which a model that is merely young is not blamed.
const YOUNG: u64 = 300;

/// Logged rows that count as recent, and at least as many must stand before a trend is told.
const RECENT: usize = 10;

/// |E| in nats that no normalised landscape here needs: a box of 10 × 10 holds density ratios of e^15 or so.
const RUNAWAY_ENERGY: f64 = 100.0;

/// How far, in nats, held-out points may fall below the best they were before an energy counts as lost.
const RUNAWAY_NLL: f64 = 1.0;

/// Nats between data and chains. Chains that follow differ by a few tenths.
const UNMIXED_GAP: f64 = 2.0;

/// How many of its standard errors held-out points must have become less likely, and by how many nats a dimension: averaged weights wander by
/// less, however sure a look at 1000 points is of it.
const SURE: f64 = 4.0;
const OVERFIT: f64 = 0.02;

/// Standard error of log Z, in nats, from which on a density is hardly known. A landscape that the lattice can hold has .003 at most.
const UNSURE: f64 = 0.05;

/// Standard errors by which two ways to log Z may differ, and the share of its draws that the sampled one must rest on to be heard.
const APART: f64 = 4.0;
const HEARD: f64 = 0.05;

/// Share of pairs of data and samples that only a discriminator tells apart whose generator has nothing near the data. In healthy games it is
/// .5 to .6 in the end, and below .94 all the while that 25 narrow modes are learned.
const SATURATED: f64 = 0.97;

/// A loss that no model here has near its start, whatever it minimises.
const HOPELESS: f64 = 1e4;

/// Share of the best loss's size by which a recent loss must be worse to count as thrown off.
const THROWN_OFF: f64 = 0.5;

fn energy_runaway(evidence: &Evidence) -> Option<Diagnosis> {
    let data = evidence.recent("energy_data")?;
    let chains = evidence.recent("energy_chains")?;
    let lost = evidence.looks.rise().is_some_and(|rise| rise.value > RUNAWAY_NLL);
    let far = data.abs().max(chains.abs()) > RUNAWAY_ENERGY || (data - chains).abs() > 5.0 * UNMIXED_GAP;
    (lost || far || evidence.ran_away_at.is_some()).then(|| Diagnosis {
        code: "energy_runaway",
        setting: evidence.first_of(&["regularization", "k_steps", "learning_rate"]),
        sentence: Text {
            en: "Energies are running away: the landscape changes faster than the chains can follow, so it is dug out where nothing fills it again. Raise the energy penalty, or give the chains more steps.",
            zh: "能量正在失控：地形变得比链走得还快，挖开的地方没有人填。加大能量惩罚，或让链多走几步。",
        },
    })
}

fn chains_not_mixing(evidence: &Evidence) -> Option<Diagnosis> {
    let gap = (evidence.recent("energy_data")? - evidence.recent("energy_chains")?).abs();
    (evidence.step >= YOUNG && gap > UNMIXED_GAP).then(|| Diagnosis {
        code: "chains_not_mixing",
        setting: evidence.first_of(&["k_steps", "step_size"]),
        sentence: Text {
            en: "The chains do not mix: they stand at other energies than the data, so what is pushed up is not what the model believes in. Give them more steps per update, or longer ones.",
            zh: "链没有混合好：它们所处的能量与数据相差很远，往上推的并不是模型真正相信的地方。每次更新让它们多走几步，或步子迈大些。",
        },
    })
}

fn modes_missing(evidence: &Evidence) -> Option<Diagnosis> {
    let missing = |look: &Look| look.get("modes").is_some_and(|modes| modes.value < modes.floor.round());
    let [before, now] = evidence.looks.last_two()?;
    let setting = evidence.first_of(&["r1_gamma", "features", "layers", "components", "bins", "width"]);
    (evidence.step >= 3 * YOUNG && missing(before) && missing(now)).then(|| Diagnosis {
        code: "modes_missing",
        setting,
        sentence: loosened_by(setting),
    })
}

/// What to say of missing modes to a model that has this setting to change.
const fn loosened_by(setting: &str) -> Text {
    match setting.as_bytes() {
        b"r1_gamma" => Text {
            en: "Modes are missing: the generator has found places that pass for data and makes nothing else. Hold the discriminator flat (R1), or judge several points at once.",
            zh: "有模式丢失：生成器找到了几处能蒙混过关的地方，别的一概不造。让判别器保持平缓（R1），或一次判别好几个点。",
        },
        b"features" => Text {
            en: "Modes are missing: parts of the data get no samples at all. The model may be too stiff for so many clusters: give it more Fourier features.",
            zh: "有模式丢失：数据的某些部分一个样本也没有。模型也许太僵硬，分不出这么多团：多给它些傅里叶特征。",
        },
        b"layers" => Text {
            en: "Modes are missing: parts of the data get no samples at all. The model may be too stiff for so many clusters: give it more layers.",
            zh: "有模式丢失：数据的某些部分一个样本也没有。模型也许太僵硬，分不出这么多团：多给它几层。",
        },
        b"components" => Text {
            en: "Modes are missing: parts of the data get no samples at all. The model may have too few components for so many clusters: give it more.",
            zh: "有模式丢失：数据的某些部分一个样本也没有。分量也许太少，不够分给这么多团：加一些。",
        },
        b"bins" => Text {
            en: "Modes are missing: parts of the data get no samples at all. The bins may be too coarse for so many clusters: take more of them.",
            zh: "有模式丢失：数据的某些部分一个样本也没有。格子也许太粗，分不出这么多团：多分几格。",
        },
        b"width" => Text {
            en: "Modes are missing: parts of the data get no samples at all. The model may be too stiff for so many clusters: make its layers wider.",
            zh: "有模式丢失：数据的某些部分一个样本也没有。模型也许太僵硬，分不出这么多团：把各层加宽。",
        },
        _ => Text {
            en: "Modes are missing: parts of the data get no samples at all. Let it learn longer, or faster.",
            zh: "有模式丢失：数据的某些部分一个样本也没有。让它多学一会儿，或把学习率调大。",
        },
    }
}

fn latent_collapsed(evidence: &Evidence) -> Option<Diagnosis> {
    let active = evidence.looks.now()?.get("active_units")?.value;
    let setting = evidence.first_of(&["beta", "kl_warmup", "learning_rate"]);
    (evidence.step >= YOUNG && active == 0.0).then(|| Diagnosis {
        code: "latent_collapsed",
        setting,
        sentence: if setting == "beta" {
            Text {
                en: "The latent has collapsed: every point gets the same code, and the decoder does without. Lower β, or let it rise slowly from zero.",
                zh: "隐变量坍塌了：所有点得到同一个编码，解码器已不再用它。把 β 调小，或让它从零慢慢升上来。",
            }
        } else {
            Text {
                en: "The latent has collapsed: every point gets the same code, and the decoder does without. Start again with a lower learning rate.",
                zh: "隐变量坍塌了：所有点得到同一个编码，解码器已不再用它。把学习率调小，重新开始。",
            }
        },
    })
}

fn discriminator_saturated(evidence: &Evidence) -> Option<Diagnosis> {
    let accuracy = evidence.recent(curves::ACCURACY)?;
    let critic = evidence.index_of(curves::WASSERSTEIN).is_some();
    (evidence.step >= YOUNG && accuracy > SATURATED).then_some(Diagnosis {
        code: "discriminator_saturated",
        setting: if critic { "pace" } else { "r1_gamma" },
        sentence: if critic {
            Text {
                en: "The critic has won: it tells nearly every sample from data, and the generator does not catch up. Let the generator take longer steps, or the critic fewer.",
                zh: "评判器赢定了：几乎每个样本都被识破，生成器追不上。让生成器的步子大些，或让评判器少走几步。",
            }
        } else {
            Text {
                en: "The discriminator has won: it tells nearly every sample from data, and the generator does not catch up. Hold it flat (R1), add noise, or slow it down.",
                zh: "判别器赢定了：几乎每个样本都被识破，生成器追不上。让它保持平缓（R1）、加些噪声，或放慢它。",
            }
        },
    })
}

fn overfitting(evidence: &Evidence) -> Option<Diagnosis> {
    let rise = evidence.looks.rise()?;
    let risen = rise.value > SURE * rise.stderr && rise.value > OVERFIT * evidence.dim as f64;
    (evidence.finite && risen).then(|| Diagnosis {
        code: "overfitting",
        setting: evidence.first_of(&["dropout", "train_points"]),
        sentence: Text {
            en: "The model is learning its training points by heart: points it has not seen become less likely with every step. Train on more points, or stop here.",
            zh: "模型在死记训练点：没见过的点一步步变得更不可能。多给些训练点，或者就停在这里。",
        },
    })
}

fn normaliser_unsure(evidence: &Evidence) -> Option<Diagnosis> {
    let last = evidence.looks.now()?;
    let (summed, sampled) = (last.get("log_z")?, last.get("log_z_is")?);
    let heard = last.get("ess").is_some_and(|share| share.value > HEARD);
    let apart = (summed.value - sampled.value).abs() > APART * summed.stderr.hypot(sampled.stderr);
    (summed.stderr > UNSURE || !summed.value.is_finite() || (heard && apart)).then(|| Diagnosis {
        code: "normaliser_unsure",
        setting: evidence.first_of(&["frequency", "tail_scale"]),
        sentence: Text {
            en: "log Z is not well known: the landscape has valleys that the grid is too coarse for, so its density and its samples are hardly to be trusted. Make the landscape smoother (a lower feature frequency), or train on.",
            zh: "log Z 算不准：地形里有网格分辨不了的窄谷，因此密度和样本都不大可信。让地形平滑些（降低特征频率），或继续训练。",
        },
    })
}

fn learning_rate_too_high(evidence: &Evidence) -> Option<Diagnosis> {
    // The losses of a game or of a contrast do not measure progress.
    let measures = evidence.model.family != Family::Gan && evidence.index_of("energy_chains").is_none();
    let thrown = || {
        let losses: Vec<f64> = evidence.losses.iter().map(|row| evidence.progress(row)).collect();
        if losses.len() < RECENT || evidence.finite {
            return false;
        }
        let now = median(&losses[losses.len() - RECENT..]);
        let best = losses.windows(RECENT).map(median).fold(f64::INFINITY, f64::min);
        now > HOPELESS || now - best > THROWN_OFF * best.abs().max(1.0)
    };
    (measures && (evidence.ran_away_at.is_some() || thrown())).then_some(Diagnosis {
        code: "learning_rate_too_high",
        setting: "learning_rate",
        sentence: Text {
            en: "The steps are too long: the loss jumps back up instead of settling. Divide the learning rate by three and start again.",
            zh: "步子迈得太大：损失总跳回高处，稳不下来。把学习率除以三，重新开始。",
        },
    })
}

impl Evidence<'_> {
    fn index_of(&self, loss: &str) -> Option<usize> {
        self.model.losses.iter().position(|spec| spec.id == loss)
    }

    /// What falls while a model learns: the loss, but for a bound the bound itself, because β may be on its way up.
    fn progress(&self, row: &HistoryRow) -> f64 {
        let at = |loss| self.index_of(loss).map(|index| f64::from(row.losses[index]));
        match (at("reconstruction"), at("kl")) {
            (Some(reconstruction), Some(kl)) => reconstruction + kl,
            _ => row.losses[0].into(),
        }
    }

    /// Median of the last logged values of a loss.
    fn recent(&self, loss: &str) -> Option<f64> {
        let index = self.index_of(loss)?;
        let rows = &self.losses[self.losses.len().saturating_sub(RECENT)..];
        // a snapshot's rows may be of a time when the model had fewer curves
        let values: Vec<f64> = rows
            .iter()
            .filter_map(|row| Some(f64::from(*row.losses.get(index)?)))
            .collect();
        (!values.is_empty()).then(|| median(&values))
    }

    /// The first of `settings` that the model has.
    fn first_of(&self, settings: &[&'static str]) -> &'static str {
        let has = |id: &&&'static str| self.model.params.iter().any(|spec| spec.id == **id);
        settings.iter().find(has).copied().unwrap_or("learning_rate")
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

#[cfg(test)]
mod tests;
