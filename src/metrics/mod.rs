//! How far P_phi is from P_data, from points and log-densities alone.

pub mod coverage;
pub mod divergence;
pub mod quadrature;
