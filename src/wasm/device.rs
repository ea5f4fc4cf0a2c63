//! Which device computes.

use crate::error::{Error, Result};
use burn::tensor::Device;
#[cfg(feature = "gpu")]
use {
    js_sys::{Function, Promise, Reflect},
    std::cell::RefCell,
    wasm_bindgen::{JsCast, JsValue},
    wasm_bindgen_futures::JsFuture,
};

/// Tasks queued before they are sent to the GPU: small, since our kernels are.
#[cfg(feature = "gpu")]
const TASKS_MAX: usize = 64;

/// The device of that name.
pub async fn open(backend: &str) -> Result<Device> {
    match backend {
        "cpu" => Ok(Device::flex()),
        #[cfg(feature = "gpu")]
        "webgpu" => webgpu().await,
        other => Err(Error::UnknownId {
            what: "engine",
            id: other.into(),
            known: if cfg!(feature = "gpu") { "cpu, webgpu" } else { "cpu" }.into(),
        }),
    }
}

#[cfg(feature = "gpu")]
thread_local! {
    /// Burn's WebGPU runtime can be set up once per worker; later sessions share its device.
    static OPENED: RefCell<Option<Device>> = const { RefCell::new(None) };
}

#[cfg(feature = "gpu")]
async fn webgpu() -> Result<Device> {
    if let Some(device) = OPENED.with_borrow(Clone::clone) {
        return Ok(device);
    }
    let failed = |reason: String| Error::Device { reason };
    let adapter = adapter()
        .await
        .map_err(|_| failed("this browser offers no WebGPU adapter".into()))?;
    // CubeCL panics on an adapter without timestamps, so ask before it does.
    if !has_feature(&adapter, "timestamp-query").unwrap_or(false) {
        return Err(failed("the GPU adapter has no timestamp queries".into()));
    }
    let device = Device::wgpu_options()
        .tasks_max(TASKS_MAX)
        .init_async()
        .await
        .map_err(|error| failed(error.to_string()))?;
    OPENED.set(Some(device.clone()));
    Ok(device)
}

/// `await navigator.gpu.requestAdapter()`, by name: web-sys keeps its WebGPU types behind an unstable flag.
#[cfg(feature = "gpu")]
async fn adapter() -> std::result::Result<JsValue, JsValue> {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().dyn_into()?;
    let gpu = Reflect::get(&scope.navigator(), &"gpu".into())?;
    let request: Function = Reflect::get(&gpu, &"requestAdapter".into())?.dyn_into()?;
    let adapter = JsFuture::from(request.call0(&gpu)?.dyn_into::<Promise>()?).await?;
    if adapter.is_null() { Err(adapter) } else { Ok(adapter) }
}

/// `adapter.features.has(name)`.
#[cfg(feature = "gpu")]
fn has_feature(adapter: &JsValue, name: &str) -> std::result::Result<bool, JsValue> {
    let features = Reflect::get(adapter, &"features".into())?;
    let has: Function = Reflect::get(&features, &"has".into())?.dyn_into()?;
    Ok(has.call1(&features, &name.into())?.is_truthy())
}
