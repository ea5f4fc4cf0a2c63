//! What going back in a run promises, over a live change of every setting that can be changed so.

use crate::{
    common::device,
    session::{data_for, everything, small},
};
use dgm::{
    models::spec::ModelSpec,
    session::{
        Session,
        config::{Config, Patch},
        frame::FrameRequest,
    },
    spec::{Group, ParamKind, ParamSpec},
};
use pollster::block_on;

/// Steps of the turns of a run, and the one before which its settings change.
const TURNS: [usize; 4] = [1, 2, 1, 2];
const CHANGE: usize = 2;

/// All that a reader could tell two states by.
#[derive(Debug, PartialEq)]
struct Seen {
    config: Config,
    samples: Vec<f64>,
    walkers: Option<Vec<f64>>,
    history: Vec<u64>,
}

fn session(spec: &ModelSpec, dim: usize) -> Session {
    small(spec.id, data_for(&[dim])[0])
}

fn look(session: &mut Session, spec: &ModelSpec) -> Seen {
    let request = FrameRequest {
        field: spec.views.fields.first().copied(),
        samples: 10,
        ..everything(5)
    };
    let frame = block_on(session.frame(&request)).expect("a frame");
    Seen {
        config: session.config().expect("configured"),
        samples: frame.samples,
        walkers: frame.walkers,
        history: session.history().expect("rows").iter().map(|row| row.step).collect(),
    }
}

/// Another value of a setting, near enough for a few steps to stay sound.
fn moved(param: &ParamSpec) -> f64 {
    match param.kind {
        ParamKind::Choice => (param.default + 1.0) % (param.max + 1.0),
        _ if param.id == "weight_clip" => 0.05, // its largest would cut nothing off
        ParamKind::Int if param.default < param.max => param.default + 1.0,
        ParamKind::Float if param.default < param.max => {
            (0.5 * param.default + 0.01 * param.max).clamp(param.min, param.max)
        }
        _ => param.min,
    }
}

/// Takes the turns from that one on, and tells their losses. The settings of each state are those of the moment in which its run goes on.
fn turns(session: &mut Session, spec: &ModelSpec, from: usize, mut before: impl FnMut(&mut Session)) -> Vec<Vec<f32>> {
    // a model that learns no classes has none to look at
    let live = |param: &&ParamSpec| !param.restarts && param.group != Group::Data && param.id != "condition";
    let params = spec
        .params
        .iter()
        .filter(live)
        .map(|param| (param.id.into(), moved(param)));
    let change = Patch {
        params: params.collect(),
        ..Patch::default()
    };
    let take = |turn: usize| {
        if turn == CHANGE {
            assert!(!session.configure(&change).expect("live settings").restarted);
        }
        before(session);
        block_on(session.step(TURNS[turn])).expect("finite losses").losses
    };
    (from..TURNS.len()).map(take).collect()
}

pub fn it_goes_on_from_every_state_as_it_did(spec: &'static ModelSpec, dim: usize) {
    let mut session = session(spec, dim);
    let what = format!("{} on {dim}-D data", spec.id);
    let (mut steps, mut seen) = (Vec::new(), Vec::new());
    let losses = turns(&mut session, spec, 0, |session| {
        steps.push(session.history().expect("rows").last().map_or(0, |row| row.step));
        // a look moves walkers, which are part of where it stands: what is seen next follows from that
        block_on(session.frame(&everything(5))).expect("a frame");
        let bytes = block_on(session.snapshot()).expect("a snapshot");
        let mut other = Session::new(device());
        other.restore(&bytes).expect("restores");
        seen.push(look(&mut other, spec));
    });
    let end = TURNS.iter().sum::<usize>() as u64;
    let kept = session.timeline().expect("configured");
    assert_eq!(
        kept,
        [&steps[..], &[end]].concat(),
        "{what}: every state and the present"
    );
    let last = look(&mut session, spec);
    // looking at all of them loses none
    for (turn, &step) in steps.iter().enumerate() {
        assert_eq!(session.go(step).expect("kept").step, step);
        assert_eq!(look(&mut session, spec), seen[turn], "{what}: step {step} as it was");
    }
    assert_eq!(session.timeline().expect("configured"), kept);
    session.go(end).expect("the one that was left");
    let back = look(&mut session, spec);
    assert_eq!(
        (back.config, back.samples, back.history),
        (last.config, last.samples, last.history)
    );
    // carried to another engine they are the same
    let mut other = Session::new(device());
    other
        .restore(&block_on(session.snapshot()).expect("a snapshot"))
        .expect("restores");
    other
        .recall(&block_on(session.past()).expect("the past"))
        .expect("is of this run");
    for (turn, &step) in steps.iter().enumerate().rev() {
        for session in [&mut session, &mut other] {
            session.go(step).expect("kept");
            assert_eq!(
                turns(session, spec, turn, |_| ()),
                losses[turn..],
                "{what}: on from step {step}"
            );
            assert_eq!(
                session.timeline().expect("configured").last(),
                Some(&end),
                "{what}: another future"
            );
        }
    }
}

pub fn two_halves_make_a_step(spec: &'static ModelSpec, dim: usize) {
    let (mut whole, mut halved) = (session(spec, dim), session(spec, dim));
    let what = format!("{} on {dim}-D data", spec.id);
    let halves = spec.losses.iter().any(|loss| loss.id.starts_with("g_"));
    for step in 1..=3 {
        let whole = block_on(whole.step(1)).expect("finite").losses;
        if halves {
            let before = look(&mut halved, spec).samples;
            assert!(
                block_on(halved.half_step()).expect("finite").is_none(),
                "{what}: the discriminator's half"
            );
            assert_eq!(
                look(&mut halved, spec).samples,
                before,
                "{what}: the generator has not moved"
            );
        }
        // the other half as such, and where a whole step is asked for
        let report = match step {
            2 => block_on(halved.step(1)),
            _ => block_on(halved.half_step()).map(|report| report.expect("the step is over")),
        };
        let report = report.expect("finite");
        assert_eq!((report.step, report.losses), (step, whole), "{what}: step {step}");
    }
    if !halves {
        return;
    }
    // within a step it stands where that began
    block_on(halved.half_step()).expect("finite");
    let bytes = block_on(halved.snapshot()).expect("a snapshot");
    halved.go(3).expect("the present");
    let expected = block_on(whole.step(1)).expect("finite").losses;
    let mut other = Session::new(device());
    other.restore(&bytes).expect("restores");
    for mut session in [halved, other] {
        assert_eq!(
            block_on(session.step(1)).expect("finite").losses,
            expected,
            "{what}: from its beginning"
        );
    }
}
