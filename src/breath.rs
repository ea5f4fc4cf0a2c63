//! Long work in pieces: whoever else wants this thread goes between them.
//!
//! A browser's worker does one thing at a time. What would hold it for long awaits [`breathe`] on its way, and steps of learning, pictures and a
//! reader's wish to pause are served meanwhile. Where nobody else waits for the thread, as in a test, this is nothing.

/// Lets others go first, if this work has held the thread for a while.
#[cfg(not(target_arch = "wasm32"))]
pub async fn breathe() {}

#[cfg(target_arch = "wasm32")]
pub use worker::breathe;

#[cfg(target_arch = "wasm32")]
mod worker {
    use js_sys::{Function, Promise};
    use std::{cell::Cell, time::Duration};
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use web_time::Instant;

    /// How long a piece may be; the one that is under way is finished.
    const PIECE: Duration = Duration::from_millis(8);

    thread_local! {
        /// When the piece under way began.
        static BEGAN: Cell<Option<Instant>> = const { Cell::new(None) };
    }

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = setTimeout)]
        fn set_timeout(then: &Function, ms: i32) -> JsValue;
    }

    /// See the other one.
    pub async fn breathe() {
        if BEGAN.get().is_some_and(|began| began.elapsed() < PIECE) {
            return;
        }
        // a promise alone would go on before any message is heard
        let turn = Promise::new(&mut |resolve, _| {
            set_timeout(&resolve, 0);
        });
        // it is always kept
        let _ = JsFuture::from(turn).await;
        BEGAN.set(Some(Instant::now()));
    }
}
