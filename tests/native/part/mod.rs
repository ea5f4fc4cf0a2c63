//! Conditioning on a part: slices of the plane, and points of which some coordinates are known.

mod few_pixels;
mod fill;
mod slice;
