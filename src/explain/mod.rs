//! What the lessons compute beside a model: small sums and fits, exact or by quadrature, nothing of them learned.

pub mod bars;
pub mod bumps;
pub mod partition;
