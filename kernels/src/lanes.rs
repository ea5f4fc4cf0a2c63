//! Slices several numbers at a time.

/// Numbers at a time, in the one vector that WebAssembly has.
pub type Lanes = wide::f32x4;

/// The bits of as many.
pub type Bits = wide::u32x4;

/// How many.
pub const LANES: usize = 4;

/// Puts what `f` makes of the numbers `written` and `read` in the place of the `written`.
///
/// # Panics
/// Where the slices differ in length.
#[inline(always)]
pub fn each<const W: usize, const R: usize>(
    mut written: [&mut [f32]; W],
    read: [&[f32]; R],
    f: impl Fn([Lanes; W], [Lanes; R]) -> [Lanes; W],
) {
    let n = written[0].len();
    assert!(written.iter().all(|to| to.len() == n) && read.iter().all(|from| from.len() == n));
    let end = n - n % LANES;
    for at in (0..end).step_by(LANES) {
        let here = at..at + LANES;
        let old = written.each_ref().map(|to| whole(&to[here.clone()]));
        let new = f(old, read.map(|from| whole(&from[here.clone()])));
        for (to, new) in written.iter_mut().zip(new) {
            to[here.clone()].copy_from_slice(&new.to_array());
        }
    }
    if end < n {
        let old = written.each_ref().map(|to| padded(&to[end..]));
        let new = f(old, read.map(|from| padded(&from[end..])));
        for (to, new) in written.iter_mut().zip(new) {
            to[end..].copy_from_slice(&new.to_array()[..n - end]);
        }
    }
}

#[inline(always)]
fn whole(from: &[f32]) -> Lanes {
    Lanes::new(from.try_into().expect("a whole vector"))
}

/// Up to as many numbers, the rest zeros.
#[inline(always)]
fn padded(from: &[f32]) -> Lanes {
    let mut lanes = [0.0; LANES];
    lanes[..from.len()].copy_from_slice(from);
    Lanes::new(lanes)
}

/// Calls `f` with each row of the `written`, all of rows of that length.
///
/// # Panics
/// Where they are not whole rows.
#[inline(always)]
pub fn rows<const W: usize>(mut written: [&mut [f32]; W], length: usize, mut f: impl FnMut([&mut [f32]; W])) {
    let n = written[0].len();
    assert!(n.is_multiple_of(length), "{n} numbers are no rows of {length}");
    for at in (0..n).step_by(length) {
        f(written.each_mut().map(|to| &mut to[at..at + length]));
    }
}
