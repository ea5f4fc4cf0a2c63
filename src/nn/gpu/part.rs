//! The parts of a curve that are computed together.

/// What a kernel makes of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// y and log dy/dx.
    Forward,
    /// x and log dx/dy.
    Inverse,
    /// y with its gradients.
    Value,
    /// log dy/dx with its.
    LogSlope,
}

impl Part {
    /// What its kernel reads and writes.
    pub fn tensors(self) -> Vec<&'static str> {
        match self {
            Self::Forward | Self::Inverse => vec!["x", "raw", "to", "to_log_slope"],
            Self::Value | Self::LogSlope => vec!["x", "raw", "to", "by_x", "by_raw"],
        }
    }
}
