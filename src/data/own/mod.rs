//! Data that readers bring: drawn, pasted, read from a file, or one of the tables that ship beside the page.
//!
//! Everything is worked out in f64 before anything is f32: the centre and the scale of each axis, which points are held out, the box of the
//! picture. The points then come in units of that scale ([`Units`]), where 32 bits are enough.
//!
//! Finitely many points have no density, and a density learned from them alone could grow without bound on each. So a draw is one of the
//! points, moved by Gaussian noise too small to see, or where values are few and repeated, spread evenly over one step: the likelihood of a model
//! then has a maximum. What a model trains on is moved farther, as far as the points foretell one another ([`SmoothChoice`]). Extra noise adds to it.
//!
//! Of 20 points or more, a fifth of the different ones is held out, each with its copies: a model trains on the others, from which also its units
//! come, and is measured on these. Fewer points serve for both.

mod columns;
mod draws;
mod kernels;
mod measured;
mod notes;
mod outlier;
mod smoothing;
mod split;
mod spread;

pub use columns::{OwnClasses, OwnColumn, OwnData, ScaleChoice, SmoothChoice, SpreadChoice};
pub use draws::OwnDraws;
pub use measured::Own;
pub use notes::{DataNote, NoteCode};
