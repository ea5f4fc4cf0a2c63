//! What each measure is called.

use crate::spec::Text;

const fn label(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

pub const KL: Text = label("KL(P_data ‖ P_φ)", "KL(P_data ‖ P_φ)");
pub const REVERSE_KL: Text = label("KL(P_φ ‖ P_data)", "KL(P_φ ‖ P_data)");
pub const JENSEN_SHANNON: Text = label("Jensen-Shannon divergence", "Jensen-Shannon 散度");
pub const NLL: Text = label("held-out −log P_φ", "留出数据的 −log P_φ");
pub const BITS_PER_DIM: Text = label("bits per dimension", "每维比特数");
pub const SLICED_WASSERSTEIN: Text = label("sliced Wasserstein distance", "切片 Wasserstein 距离");
pub const ENERGY_DISTANCE: Text = label("energy distance D²", "能量距离 D²");
pub const MMD: Text = label("MMD²", "MMD²");
pub const PRECISION: Text = label("precision", "精确率");
pub const RECALL: Text = label("recall", "召回率");
pub const DENSITY: Text = label("density", "密度得分");
pub const COVERAGE: Text = label("coverage", "覆盖率");
pub const MODES: Text = label("modes found", "找到的模式数");
pub const HIGH_QUALITY: Text = label("high-quality samples", "高质量样本占比");
pub const MODE_KL: Text = label("KL of mode counts", "模式计数的 KL");
pub const ELBO: Text = label("plain bound on log P_φ (ELBO)", "log P_φ 的普通下界（ELBO）");
pub const IW_BOUND: Text = label("importance-weighted bound on log P_φ", "log P_φ 的重要性加权下界");
pub const BOUND_GAP: Text = label(
    "gap between the bounds: how far q is from the posterior, at least",
    "两个下界之差：q 离真后验至少这么远",
);
pub const ACTIVE_UNITS: Text = label("active latents", "活跃的隐变量数");
pub const CLASS_ACCURACY: Text = label("samples of the class asked for", "样本确属所求类别的比例");
pub const CLASS_KL: Text = label(
    "KL(P_data(x|y) ‖ P_φ(x|y)), mean over classes",
    "KL(P_data(x|y) ‖ P_φ(x|y))，各类平均",
);
pub const BAYES_ACCURACY: Text = label("classes found by Bayes’ rule", "用贝叶斯公式认对类别的比例");
pub const LOG_Z: Text = label("log Z by quadrature", "log Z（网格求积）");
pub const LOG_Z_LEARNED: Text = label("log Z as learned", "log Z（学到的）");
pub const LOG_Z_SAMPLED: Text = label("log Z by importance sampling", "log Z（重要性采样）");
pub const EFFECTIVE_SAMPLES: Text = label("effective share of its draws", "重要性采样的有效占比");

/// Beside the KL of a model that learns its data with noise on them.
pub const BLURRED: Text = label(
    "This model learns the data blurred by σ. The floor is what the blur alone costs; a smaller σ lowers it.",
    "这个模型学的是被 σ 模糊过的数据。下限就是模糊本身的代价；σ 越小，下限越低。",
);
