//! Unrolling: the generator's loss against the discriminator as it will be some steps from now, differentiated through those steps.
//!
//! ```text
//! θⱼ₊₁ = θⱼ − η ∇_θ L_D(θⱼ, x̃)      j = 0 … k − 1         the generator minimises L_G(θ_k(x̃), x̃)
//! backwards: v ← ∂L_G/∂θ_k,  a ← ∂L_G/∂x̃,  and for j = k − 1 … 0, with s = ⟨v, ∇_θ L_D(θⱼ, x̃)⟩:
//!            a ← a − η ∂s/∂x̃        v ← v − η ∂s/∂θⱼ
//! ```
//!
//! s is L_D's derivative as θ moves along v: taken in forward mode it is ordinary operations, and one reverse pass gives both of its
//! derivatives. So the gradient is that of true unrolling, although autodiff is first order only. The steps are plain gradient descent on L_D
//! without penalties.
//!
//! Reference: L. Metz, B. Poole, D. Pfau, J. Sohl-Dickstein, *Unrolled Generative Adversarial Networks*, 2017, arXiv:1611.02163,
//! equations 7 to 10.

use super::{Discriminator, losses::Objective};
use crate::nn::{
    classes::Conditional,
    optim::{Learner, flatten},
};
use burn::{module::Module, tensor::Tensor};

/// η of the imagined steps. Plain gradients are small beside Adam's steps.
pub const RATE: f64 = 0.1;

/// L_G after `steps` imagined steps of the discriminator, tracked in `fakes`.
///
/// # Shapes
/// - `x`: `[n, d]` on the plain device, `fakes`: `[n, d]` tracked, `y`: `[n, classes]` where both have classes, on the autodiff device, returns `[1]`
pub fn generator_loss<D: Module + Discriminator + Conditional>(
    objective: Objective,
    discriminator: &Learner<D>,
    x: &Tensor<2>,
    fakes: Tensor<2>,
    steps: usize,
    y: Option<&Tensor<2>>,
) -> Tensor<1> {
    let module_at = |theta| {
        let module = discriminator.module_at(theta);
        match y {
            Some(_) => module.given(y),
            None => module,
        }
    };
    let x = x.clone().autodiff();
    let points = fakes.clone().inner();
    let mut at = vec![discriminator.parameters()];
    for j in 0..steps {
        let module = module_at(at[j].clone());
        let (real, fake) = (
            module.discriminate(x.clone()),
            module.discriminate(points.clone().autodiff()),
        );
        let slope = flatten(&module, Some(&objective.discriminator(real, fake).backward()));
        at.push(at[j].clone() - slope * RATE);
    }
    let last = module_at(at.pop().expect("one set of parameters a step"));
    let leaf = points.clone().autodiff().require_grad();
    let loss = objective.generator(last.discriminate(x.clone()), last.discriminate(leaf.clone()));
    let grads = loss.backward();
    let mut pull = leaf.grad(&grads).expect("the loss depends on the samples");
    let mut along = flatten(&last, Some(&grads));
    for theta in at.into_iter().rev() {
        let module = module_at(theta);
        let direction = module_at(along.clone()).no_grad();
        let leaf = points.clone().autodiff().require_grad();
        let (real, real_moves) = module.parameter_jvp(x.clone(), &direction);
        let (fake, fake_moves) = module.parameter_jvp(leaf.clone(), &direction);
        let (real_slope, fake_slope) = objective.discriminator_slopes(real, fake);
        let grads = ((real_slope * real_moves).mean() + (fake_slope * fake_moves).mean()).backward();
        pull = pull - leaf.grad(&grads).expect("the slope depends on the samples") * RATE;
        along = along - flatten(&module, Some(&grads)) * RATE;
    }
    // its value is L_G, its gradient in the samples is a
    loss.inner().autodiff() + ((fakes - points.autodiff()) * pull.autodiff()).sum()
}
