//! What classes are called where a number would not do, in the order of the labels.

use crate::spec::Text;

const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// The moons.
pub const MOONS: &[Text] = &[text("upper moon", "上面的月牙"), text("lower moon", "下面的月牙")];

/// The circles, from the outside.
pub const CIRCLES: &[Text] = &[text("outer circle", "外圆"), text("inner circle", "内圆")];

/// The components of the exam scores.
pub const SCORES: &[Text] = &[
    text("around 70", "70 分上下"),
    text("around 40", "40 分上下"),
    text("around 90", "90 分上下"),
];

/// Species, as their file has them.
pub const PENGUINS: &[Text] = &[
    text("Adelie", "阿德利"),
    text("Gentoo", "巴布亚"),
    text("Chinstrap", "帽带"),
];

/// Species, as their file has them.
pub const IRISES: &[Text] = &[
    text("setosa", "山鸢尾"),
    text("versicolor", "变色鸢尾"),
    text("virginica", "弗吉尼亚鸢尾"),
];

/// A digit is called as it is written.
pub const DIGITS: &[Text] = &[
    text("0", "0"),
    text("1", "1"),
    text("2", "2"),
    text("3", "3"),
    text("4", "4"),
    text("5", "5"),
    text("6", "6"),
    text("7", "7"),
    text("8", "8"),
    text("9", "9"),
];
