//! Every data set the playground knows, one row each. A row is all that the page, the URL and the tests need.

use super::{
    Dataset, checkerboard, class_names, curves, digits, ellipses, files, images, line, mixture, pinwheel, rings,
    spec::DataSpec, tables,
};
use crate::{
    error::{Error, Result},
    spec::Text,
};

impl DataSpec {
    /// The registered data set of that id.
    pub fn find(id: &str) -> Result<&'static Self> {
        DATA.iter().find(|row| row.id == id).ok_or_else(|| Error::UnknownId {
            what: "data set",
            id: id.into(),
            known: DATA.iter().map(|row| row.id).collect::<Vec<_>>().join(", "),
        })
    }
}

/// The registered data set of that id with extra noise of standard deviation `noise`, in data units.
///
/// # Errors
/// [`Error::UnknownId`]; [`Error::DataNotLoaded`] where its file has not been given to [`super::provide`].
pub fn registered(id: &str, noise: f64) -> Result<Box<dyn Dataset>> {
    let spec = DataSpec::find(id)?;
    match spec.file {
        Some(file) if !files::is_provided(file) => Err(Error::DataNotLoaded { file: file.into() }),
        _ => Ok((spec.build)(noise)),
    }
}

/// Every data set. Entropies are by quadrature of the exact density; the tests repeat it.
pub const DATA: &[DataSpec] = &[
    DataSpec {
        label: Text {
            en: "Eight Gaussians",
            zh: "八个高斯",
        },
        help: Text {
            en: "Eight separate round clusters on a circle: does the model find all of them, and leave the gaps empty?",
            zh: "圆周上八个彼此分开的圆团：模型能否找全它们，并让空隙保持为空？",
        },
        entropy: 2.8320,
        ..DataSpec::new("8gaussians", 2, mixture::eight_gaussians).of_classes(8)
    },
    DataSpec {
        label: Text {
            en: "Two moons",
            zh: "双月",
        },
        help: Text {
            en: "Two interlocking half circles: simple, but no single Gaussian comes close.",
            zh: "两个互相嵌套的半圆：形状简单，但单个高斯分布远远不够。",
        },
        entropy: 2.3939,
        ..DataSpec::new("moons", 2, curves::moons).called(class_names::MOONS)
    },
    DataSpec {
        label: Text {
            en: "Checkerboard",
            zh: "棋盘",
        },
        help: Text {
            en: "Eight uniform squares with hard edges, which a smooth density can only approach.",
            zh: "八个均匀的方格，边缘锐利；光滑的密度只能逐渐逼近它。",
        },
        entropy: 3.4657,
        ..DataSpec::new("checkerboard", 2, checkerboard::checkerboard).of_classes(8)
    },
    DataSpec {
        label: Text {
            en: "Two spirals",
            zh: "双螺旋",
        },
        help: Text {
            en: "Two thin arms wound around each other: nearby points can belong to different arms.",
            zh: "两条互相缠绕的细臂：相邻的点可能属于不同的臂。",
        },
        entropy: 2.6455,
        ..DataSpec::new("2spirals", 2, curves::two_spirals).of_classes(2)
    },
    DataSpec {
        label: Text {
            en: "Pinwheel",
            zh: "风车",
        },
        help: Text {
            en: "Five bent arms of uneven density: warped Gaussians, in a model's favourite shape to unbend.",
            zh: "五条弯曲的臂，疏密不均：被扭弯的高斯，考验模型能否把它们重新拉直。",
        },
        entropy: 2.3178,
        ..DataSpec::new("pinwheel", 2, pinwheel::pinwheel).of_classes(5)
    },
    DataSpec {
        label: Text {
            en: "Four rings",
            zh: "四个圆环",
        },
        help: Text {
            en: "Four thin rings inside each other: holes that a continuous map from one blob cannot make.",
            zh: "四个层层相套的细环：从一团连续变形得不到这样的空洞。",
        },
        entropy: 2.6233,
        ..DataSpec::new("rings", 2, rings::rings).of_classes(4)
    },
    DataSpec {
        label: Text {
            en: "25 Gaussians",
            zh: "二十五个高斯",
        },
        help: Text {
            en: "A grid of 25 tiny clusters: the classic test for a GAN that forgets modes.",
            zh: "网格上的二十五个小团：检验 GAN 是否丢失模式的经典数据。",
        },
        entropy: 0.0653,
        ..DataSpec::new("25gaussians", 2, mixture::twenty_five_gaussians).of_classes(25)
    },
    DataSpec {
        label: Text {
            en: "Exam scores",
            zh: "考试成绩",
        },
        help: Text {
            en: "Scores from 0 to 100: most near 70, some near 40, a few near 90. One number each, so the whole density is a curve.",
            zh: "百分制成绩：多数在 70 分上下，一部分在 40 分左右，少数接近 90 分。每个数据只是一个数，整个密度就是一条曲线。",
        },
        entropy: 4.0083,
        axes: &[Text {
            en: "score",
            zh: "分数",
        }],
        ..DataSpec::new("exam-scores", 1, line::exam_scores).called(class_names::SCORES)
    },
    DataSpec {
        label: Text {
            en: "Two circles",
            zh: "双圆",
        },
        help: Text {
            en: "A circle inside a circle, both blurred: one hole, and one gap between them.",
            zh: "大圆套小圆，边缘模糊：中间一个空洞，两圆之间一圈空隙。",
        },
        entropy: 3.2682,
        ..DataSpec::new("circles", 2, rings::circles).called(class_names::CIRCLES)
    },
    DataSpec {
        label: Text {
            en: "Swiss roll",
            zh: "瑞士卷",
        },
        help: Text {
            en: "One rolled-up sheet seen from its end: a single curve that passes close to itself.",
            zh: "从侧面看一张卷起的薄片：一条曲线，一圈圈地贴近自己。",
        },
        entropy: 2.6697,
        ..DataSpec::new("swissroll", 2, curves::swissroll)
    },
    DataSpec {
        label: Text {
            en: "Ring of eight points",
            zh: "八点环",
        },
        help: Text {
            en: "Eight clusters so narrow that they are nearly points, as papers on mode collapse use them.",
            zh: "八个极窄的团，几乎就是点；研究模式坍塌的论文常用它。",
        },
        entropy: -4.2930,
        ..DataSpec::new("ring", 2, mixture::ring).of_classes(8)
    },
    DataSpec {
        label: Text {
            en: "Wide ring of eight",
            zh: "八点大环",
        },
        help: Text {
            en: "The ring of eight narrow clusters, twice as large.",
            zh: "同样是八个窄团组成的环，大一倍。",
        },
        entropy: -2.9067,
        ..DataSpec::new("ring8", 2, mixture::ring8).of_classes(8)
    },
    DataSpec {
        label: Text {
            en: "Your own mixture",
            zh: "自己的高斯混合",
        },
        help: Text {
            en: "Up to twelve Gaussians that you place, stretch and weigh yourself; the exact density follows every change.",
            zh: "最多十二个高斯，位置、形状、轻重都由你定；无论怎样改，密度始终精确已知。",
        },
        entropy: 2.4697,
        ..DataSpec::new("mixture", 2, ellipses::start).of_classes(3)
    },
    DataSpec {
        label: Text {
            en: "Palmer penguins",
            zh: "帕尔默企鹅",
        },
        help: Text {
            en: "Flipper length in mm against body mass in g, for 342 penguins of three species: one species stands apart, the other two overlap.",
            zh: "342 只企鹅的鳍肢长（毫米）与体重（克），共三个种：一种自成一团，另两种混在一起。",
        },
        file: Some(tables::FILES[0]),
        axes: &[
            Text {
                en: "flipper length (mm)",
                zh: "鳍肢长（毫米）",
            },
            Text {
                en: "body mass (g)",
                zh: "体重（克）",
            },
        ],
        ..DataSpec::new("penguins", 2, tables::penguins).called(class_names::PENGUINS)
    },
    DataSpec {
        label: Text {
            en: "Old Faithful",
            zh: "老忠实间歇泉",
        },
        help: Text {
            en: "How long 272 eruptions of a geyser lasted against the wait for the next, in minutes: short ones are followed by short waits.",
            zh: "一个间歇泉 272 次喷发的时长与到下一次的等待时间（分钟）：喷得短，等得也短。",
        },
        file: Some(tables::FILES[1]),
        axes: &[
            Text {
                en: "eruption (min)",
                zh: "喷发时长（分）",
            },
            Text {
                en: "wait (min)",
                zh: "等待时间（分）",
            },
        ],
        ..DataSpec::new("faithful", 2, tables::faithful)
    },
    DataSpec {
        label: Text {
            en: "Iris petals",
            zh: "鸢尾花瓣",
        },
        help: Text {
            en: "Length and width of the petals of 150 irises of three species, in cm, measured to a tenth: few points, and many of them equal.",
            zh: "三种鸢尾 150 朵花的花瓣长与宽（厘米），只量到十分之一：点不多，相同的还不少。",
        },
        file: Some(tables::FILES[2]),
        axes: &[
            Text {
                en: "petal length (cm)",
                zh: "花瓣长（厘米）",
            },
            Text {
                en: "petal width (cm)",
                zh: "花瓣宽（厘米）",
            },
        ],
        ..DataSpec::new("iris", 2, tables::iris).called(class_names::IRISES)
    },
    DataSpec {
        label: Text {
            en: "Handwritten digits",
            zh: "手写数字",
        },
        help: Text {
            en: "Small pictures of digits, 8 × 8 pixels in 17 greys: 64 dimensions, too many to draw a density over, so models are judged by what they say of pictures kept back.",
            zh: "8 × 8 像素、17 级灰度的小数字图：64 维，没法把密度画出来，只能看模型对留出的图给多少概率。",
        },
        levels: Some(images::GREYS),
        file: Some(images::DIGITS_FILE),
        ..DataSpec::new("digits", 64, digits::grey).called(class_names::DIGITS)
    },
    DataSpec {
        label: Text {
            en: "Digits in black and white",
            zh: "黑白数字",
        },
        help: Text {
            en: "The same digits with every pixel black or white: a pixel's probability is one number, the simplest case of pictures.",
            zh: "同样的数字，每个像素非黑即白：一个像素的概率只要一个数，是图像里最简单的情形。",
        },
        levels: Some(2),
        file: Some(images::DIGITS_FILE),
        ..DataSpec::new("digits-binary", 64, digits::binary).called(class_names::DIGITS)
    },
];
