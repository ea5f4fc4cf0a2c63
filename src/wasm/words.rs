//! The class that a worker drives where a text is learned.

use super::{
    convert::{self, answer, js_error, parse},
    device,
};
use crate::{
    data::text::{PASSAGES, PassageSpec},
    models::language::{registry::LANGUAGE_MODELS, spec::LanguageSpec},
    session::words::{Part, Taste, WordsPatch, WordsSession},
};
use js_sys::{Float32Array, JsString, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// Everything that can be chosen.
#[derive(Serialize)]
struct Catalogue {
    passages: &'static [PassageSpec],
    models: &'static [LanguageSpec],
}

/// Everything that can be chosen, with ranges, defaults and help in both languages.
#[wasm_bindgen]
pub fn catalogue() -> JsValue {
    convert::plain(&Catalogue {
        passages: PASSAGES,
        models: LANGUAGE_MODELS,
    })
}

/// One model learning one text. Calls but [`Words::evaluate`] and [`Words::floors`] must not overlap: await each before the next.
#[wasm_bindgen]
pub struct Words {
    session: WordsSession,
}

#[wasm_bindgen]
impl Words {
    /// Opens an engine; there is "cpu".
    pub async fn open(backend: String) -> Result<Words, JsValue> {
        let device = device::open(&backend).await.map_err(js_error)?;
        Ok(Words {
            session: WordsSession::new(device),
        })
    }

    /// Takes the text of a passage that ships; a second time changes nothing.
    pub fn provide(&mut self, id: &str, text: &str) -> Result<(), JsValue> {
        self.session.provide(id, text).map_err(js_error)
    }

    /// Learns a text of the reader's own. One that is refused changes nothing.
    #[wasm_bindgen(js_name = setText)]
    pub async fn set_text(&mut self, text: JsString) -> Result<JsValue, JsValue> {
        answer(self.session.set_text(&units(&text)))
    }

    /// Changes settings; the first call builds the model. A refused patch changes nothing.
    pub async fn configure(&mut self, patch: JsValue) -> Result<JsValue, JsValue> {
        let patch: WordsPatch = parse(patch)?;
        answer(self.session.configure(&patch))
    }

    /// Learns for `n` steps.
    pub async fn step(&mut self, n: usize) -> Result<JsValue, JsValue> {
        answer(self.session.step(n).await)
    }

    /// Bits per character of at most `most` characters of a part; others may follow before it has its answer.
    pub fn evaluate(&self, part: JsValue, most: usize) -> Result<Promise, JsValue> {
        let part: Part = parse(part)?;
        let evaluation = self.session.evaluation(part, most).map_err(js_error)?;
        Ok(future_to_promise(async move { answer(evaluation.await) }))
    }

    /// The same of tables of counts.
    pub fn floors(&self, part: JsValue, most: usize) -> Result<Promise, JsValue> {
        let part: Part = parse(part)?;
        let floors = self.session.floors(part, most).map_err(js_error)?;
        Ok(future_to_promise(async move { answer(floors.await) }))
    }

    /// `{ text, bits }` of `length` characters from `start`.
    pub async fn surprise(&self, start: usize, length: usize) -> Result<JsValue, JsValue> {
        let (text, bits) = self.session.surprise(start, length).await.map_err(js_error)?;
        let js = Object::new();
        Reflect::set(&js, &"text".into(), &text.into())?;
        Reflect::set(&js, &"bits".into(), &Float32Array::from(bits.as_slice()))?;
        Ok(js.into())
    }

    /// log P in nats of each character of a text.
    #[wasm_bindgen(js_name = logProb)]
    pub async fn log_prob(&self, text: JsString) -> Result<Float32Array, JsValue> {
        let log_prob = self.session.log_prob(&units(&text)).await.map_err(js_error)?;
        Ok(Float32Array::from(log_prob.as_slice()))
    }

    /// What the model expects after `before`: at most `most` characters, and where it looked.
    pub async fn cursor(&self, before: JsString, most: usize) -> Result<JsValue, JsValue> {
        answer(self.session.cursor(&units(&before), most).await)
    }

    /// Goes on from `prompt` for `n` characters.
    pub async fn write(&self, prompt: JsString, n: usize, taste: JsValue) -> Result<String, JsValue> {
        let taste: Taste = parse(taste)?;
        self.session.write(&units(&prompt), n, &taste).await.map_err(js_error)
    }

    /// Fresh weights, step 0.
    pub async fn reset(&mut self) -> Result<JsValue, JsValue> {
        answer(self.session.reset())
    }

    /// Weights, optimiser, step, random streams, history and a text of the reader's own as bytes.
    pub async fn snapshot(&self) -> Result<Vec<u8>, JsValue> {
        self.session.snapshot().await.map_err(js_error)
    }

    /// Goes on from [`Words::snapshot`].
    pub async fn restore(&mut self, bytes: Vec<u8>) -> Result<JsValue, JsValue> {
        answer(self.session.restore(&bytes))
    }

    /// What is chosen.
    pub fn config(&self) -> Result<JsValue, JsValue> {
        answer(self.session.config())
    }

    /// Every logged step.
    pub fn history(&self) -> Result<JsValue, JsValue> {
        answer(self.session.history())
    }
}

/// UTF-16 as the page has it: a conversion to Rust's own strings would mend what is broken, unseen.
fn units(text: &JsString) -> Vec<u16> {
    text.iter().collect()
}
