//! Deep generative models that learn in a browser.
