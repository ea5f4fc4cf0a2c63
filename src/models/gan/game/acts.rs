//! The turns of a step, deed by deed.

use super::{GanModel, given};
use crate::{
    models::{
        Model,
        act::{Act, Deed, descent},
        classes::Batch,
        gan::{Discriminator, Generator},
    },
    nn::classes::Conditional,
    rng::Rng,
};
use burn::{module::Module, tensor::Tensor};

impl<D: Module + Discriminator + Conditional + 'static, G: Module + Generator + Conditional + 'static> GanModel<D, G> {
    /// Of several steps of the discriminator the last, which is what a step tells.
    pub(super) fn both_halves(&self, x: Tensor<2>, rng: &mut Rng) -> Vec<Act> {
        let mut after = self.clone();
        let steps = self.batches_per_step();
        let n = x.dims()[0] / steps;
        for step in 0..steps - 1 {
            after.meet(x.clone().narrow(0, step * n, n), rng);
        }
        let last = x.narrow(0, (steps - 1) * n, n);
        let before = rng.clone();
        let same = &mut before.clone();
        let Batch { x, y } = after.whole_cases(last.clone(), same);
        let fakes = after.fakes(x.dims()[0], y.as_ref(), same);
        after.meet(last.clone(), rng);
        let met = after.met.as_ref().expect("it has just met them").1.clone();
        let again = after.discriminator_loss(last.clone(), &mut before.clone()).inner();
        let mut acts = vec![
            Act::points(Deed::Batch, x),
            Act::points(Deed::Fakes, fakes),
            Act::losses(Deed::Judged, self.told_loss(met)),
            Act::losses(Deed::Sharpened, self.told_loss(again)),
        ];
        acts.extend(after.generators_half(last, rng));
        acts
    }

    /// The generator's turn, whose discriminator has met the data `x` last.
    pub(super) fn generators_half(&self, x: Tensor<2>, rng: &mut Rng) -> Vec<Act> {
        let mut after = self.clone();
        let losses = after.second_half(&mut rng.clone()).expect("its first half was taken");
        let again = after.generator_loss(x.clone(), &mut rng.clone()).inner();
        let Batch { x, y } = self.whole_cases(x, rng);
        let z = self.latents(x.dims()[0], rng);
        let [from, to] =
            [self, &after].map(|game| given(game.generator.module().valid(), y.as_ref()).generate(z.clone()));
        let y = y.map(Tensor::autodiff);
        let push = descent(&from, |fakes| self.loss_of_fakes(x, fakes, y, rng)).expect("the loss looks at samples");
        vec![
            Act::points(Deed::Attempts, from.clone()),
            Act::losses(Deed::Loss, losses),
            Act::arrows(Deed::Push, from.clone(), push),
            Act::moves(Deed::Update, from, to),
            Act::losses(Deed::Again, again),
        ]
    }
}
