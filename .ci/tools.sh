# What the build needs, found or installed. Sourced by build.sh; each `need_…` says in one line what it did, and does nothing the second time.

readonly MSRV=1.95 NODE_MIN=20 BINDGEN=0.2.130
readonly WASM=wasm32-unknown-unknown
readonly TOOLS="$CACHE/tools-$BINDGEN"

say() { printf '%s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
# missing WHAT HOW: names the tool and the command that would install it.
missing() { die "$1 is missing and cannot be installed from here. Install it with: $2"; }

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; } # at_least MIN VERSION
rust_version() { "$1" --version 2>/dev/null | awk '{print $2}'; }
new_enough() { at_least "$MSRV" "$(rust_version "$1" || true)"; }

# apt_install WHAT PACKAGE…: Debian packages, as root or by a sudo that asks nothing; WHAT is what they are for.
apt_install() {
    local what=$1 sudo=() log="$LOGS/apt.log"
    shift
    local how="sudo apt-get install -y --no-install-recommends $*"
    command -v apt-get >/dev/null || missing "$what" "$how  (Debian or Ubuntu), or your system's package of the same tool"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || missing "$what" "$how"
        sudo=(sudo -n)
    fi
    say "installing $what: apt-get install $*"
    install_packages() { DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; }
    install_packages "$@" || { "${sudo[@]}" apt-get update >>"$log" 2>&1 && install_packages "$@"; } || { tail -n 5 "$log" >&2; missing "$what" "$how"; }
}

# Rust for this machine: tests, clippy and the tools. Sets HOST_BIN, the folder of its cargo ("" where PATH already has it).
need_rust() {
    [ -z "${HOST_RUST:-}" ] || return 0
    command -v cc >/dev/null || apt_install "a C linker (cc)" gcc libc6-dev
    HOST_BIN=
    if ! { command -v cargo && new_enough rustc; } >/dev/null 2>&1; then
        new_enough /usr/bin/rustc || apt_install "Rust $MSRV or newer" rustc-web cargo-web
        new_enough /usr/bin/rustc || missing "Rust $MSRV or newer" "curl -sSf https://sh.rustup.rs | sh"
        HOST_BIN=/usr/bin
    fi
    HOST_RUST=$(PATH="${HOST_BIN:+$HOST_BIN:}$PATH" rustc --version)
    say "rust: $HOST_RUST"
}

host_cargo() { PATH="${HOST_BIN:+$HOST_BIN:}$PATH" cargo "$@"; }

# Rust for wasm32: the compiler in use if it has the target or rustup can fetch it, else Debian's compiler, which builds the standard library itself.
# Sets WASM_ROUTE (target | build-std) and WASM_RUST, the compiler's name for stamps.
need_wasm_rust() {
    [ -z "${WASM_RUST:-}" ] || return 0
    need_rust
    has_target() { [ -d "$(PATH="${HOST_BIN:+$HOST_BIN:}$PATH" rustc --print target-libdir --target $WASM 2>/dev/null)" ]; }
    local refused="$CACHE/no-rustup-target" toolchain
    if ! has_target && command -v rustup >/dev/null; then
        toolchain=$(rustup show active-toolchain 2>/dev/null | awk '{print $1}')
        if ! grep -qsxF "$toolchain" "$refused"; then
            if RUSTUP_MAX_RETRIES=0 timeout 90 rustup target add $WASM >"$LOGS/rustup.log" 2>&1; then
                say "wasm32: rustup target add $WASM"
            else
                say "wasm32: rustup cannot fetch the target here (remembered in $refused; delete it to try again)"
                echo "$toolchain" >>"$refused"
            fi
        fi
    fi
    if has_target; then
        WASM_ROUTE=target
        WASM_RUST=$(PATH="${HOST_BIN:+$HOST_BIN:}$PATH" rustc -vV)
        say "wasm32: the installed target of $HOST_RUST"
        return
    fi
    WASM_ROUTE=build-std
    local source=/usr/lib/rustlib/src/rust/library
    if ! new_enough /usr/bin/rustc || [ ! -x /usr/bin/cargo ] || [ ! -d $source ]; then
        apt_install "Rust for wasm32 (Debian's compiler and library source)" rustc-web cargo-web rust-web-src
        new_enough /usr/bin/rustc && [ -d $source ] || missing "the wasm32 target of Rust $MSRV" "rustup target add $WASM"
    fi
    newest_lld || apt_install "the wasm linker" "$(apt-cache pkgnames lld- 2>/dev/null | grep -E '^lld-[0-9]+$' | sort -V | tail -n 1 | grep . || echo lld)"
    newest_lld || missing "wasm-ld" "sudo apt-get install lld"
    WASM_RUST="$(/usr/bin/rustc -vV)
$WASM_LD"
    say "wasm32: $(/usr/bin/rustc --version), its standard library built from source, linked by $(basename "$WASM_LD")"
}

newest_lld() {
    WASM_LD=$(find /usr/bin -name 'wasm-ld*' 2>/dev/null | sort -V | tail -n 1)
    [ -n "$WASM_LD" ]
}

# wasm_cargo VERB ARGS…: cargo for wasm32 by whichever route was found. BUILD_STD adds crates to the standard library (`test` for tests), FLAGS
# stands in for the usual flags of the compiler.
wasm_cargo() {
    local verb=$1
    shift
    if [ "$WASM_ROUTE" = target ]; then
        RUSTFLAGS=${FLAGS:-$WASM_FLAGS} host_cargo "$verb" --target $WASM "$@"
    else
        RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc PATH="/usr/bin:$PATH" RUSTFLAGS=${FLAGS:-$WASM_FLAGS} CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$WASM_LD \
            /usr/bin/cargo "$verb" --target $WASM -Z "build-std=std,panic_abort${BUILD_STD:+,$BUILD_STD}" "$@"
    fi
}

# Formatting and clippy for this machine and for wasm32, of the compilers in use.
need_lints() {
    need_wasm_rust
    local tool
    for tool in fmt clippy; do
        host_cargo "$tool" --version >/dev/null 2>&1 && continue
        if [ -z "$HOST_BIN" ] && command -v rustup >/dev/null; then
            say "installing cargo $tool: rustup component add $tool"
            rustup component add "${tool/fmt/rustfmt}" >>"$LOGS/rustup.log" 2>&1 || missing "cargo $tool" "rustup component add ${tool/fmt/rustfmt}"
        else
            apt_install "cargo $tool" "$([ $tool = fmt ] && echo rustfmt-web || echo rust-web-clippy)"
        fi
    done
    [ "$WASM_ROUTE" = target ] || [ -x /usr/bin/cargo-clippy ] || apt_install "clippy for wasm32" rust-web-clippy
}

# The wasm-bindgen command, exactly as new as the crate. Without --locked: its own lock file names a withdrawn pre-release.
need_bindgen() {
    [ ! -x "$TOOLS/bin/wasm-bindgen" ] || return 0
    need_rust
    progress "wasm-bindgen-cli $BINDGEN" env \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_LTO=false PATH="${HOST_BIN:+$HOST_BIN:}$PATH" \
        cargo install wasm-bindgen-cli --version "$BINDGEN" --root "$TOOLS" --target-dir "$CACHE/tools-build" ||
        missing "wasm-bindgen $BINDGEN" "cargo install wasm-bindgen-cli --version $BINDGEN"
    rm -rf "$CACHE/tools-build"
}

need_node() {
    local version
    version=$(node --version 2>/dev/null | tr -d v) || true
    [ -n "$version" ] && at_least "$NODE_MIN" "$version" && command -v npm >/dev/null ||
        missing "Node.js $NODE_MIN or newer with npm${version:+ (found $version)}" "your system's package, or nvm install --lts"
}

# npm packages, only when the lock file is another than the one they were installed from. No browser is downloaded.
need_npm() {
    need_node
    local hash stamp="$WWW/node_modules/.dgm-lock"
    hash=$(sha256sum <"$WWW/package-lock.json")
    [ "$(cat "$stamp" 2>/dev/null)" != "$hash" ] || return 0
    PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 progress "npm packages" npm --prefix "$WWW" ci --no-audit --no-fund ||
        die "the npm packages cannot be installed; to see why: (cd www && npm ci)"
    echo "$hash" >"$stamp"
}

# Firefox, WebKit's driver and a screen for it, for tests only. Where one cannot be had, its own tests say so and fail; the others run.
need_browsers() {
    { command -v "${FIREFOX:-firefox-esr}" || command -v firefox; } >/dev/null || (apt_install "Firefox, for tests" firefox-esr) ||
        say "without Firefox the tests in it will fail"
    { command -v WebKitWebDriver && command -v Xvfb; } >/dev/null || (apt_install "WebKit and a screen for it, for tests" webkit2gtk-driver xvfb) ||
        say "without WebKit the tests in it will fail"
}

# Chromium and its driver, for tests only.
need_chromium() {
    CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
    CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
    if [ -z "$CHROMIUM" ] || [ -z "$CHROMEDRIVER" ]; then
        apt_install "Chromium and its driver, for tests" chromium chromium-driver
        CHROMIUM=$(command -v chromium) CHROMEDRIVER=$(command -v chromedriver)
    fi
    export CHROMIUM CHROMEDRIVER
}

# python_with NAME REQUIREMENTS: an environment of Python's with them, made once. Sets PYTHON.
python_with() {
    local home
    home="$CACHE/python-$(sha256sum <"$2" | cut -c 1-8)"
    if [ ! -f "$home/done" ]; then
        command -v python3 >/dev/null || return 1
        in_it() { python3 -m venv --clear "$home" && "$home/bin/python" -m pip install --quiet -r "$1" && touch "$home/done"; }
        progress "$1" in_it "$2" || return 1
    fi
    export PYTHON="$home/bin/python"
}

# Sets PYTHON, unless another one was named, to one with what the end-to-end tests want of it (550 MB, a minute).
need_python() {
    [ -n "${PYTHON:-}" ] || python_with "Python packages, for tests" "$ROOT/tests/e2e/requirements.txt" ||
        say "without them the tests of a cluster and of notebooks are left out"
}

# Dawn, Chrome's WebGPU, for Node (21 MB). Sets DAWN.
need_dawn() {
    local version=0.6.2
    DAWN="$CACHE/dawn-$version"
    [ ! -f "$DAWN/done" ] || return 0
    install_dawn() {
        npm install --prefix "$DAWN" --no-audit --no-fund --silent "webgpu@$version" &&
            find "$DAWN/node_modules/webgpu/dist" -mindepth 1 -maxdepth 1 ! -name "$(node -p 'process.platform === "darwin" ? "darwin-universal" : `${process.platform}-${process.arch}`')" -exec rm -r {} + &&
            touch "$DAWN/done"
    }
    progress "Dawn" install_dawn || say "without Dawn the test of WebGPU in Node is left out: npm install webgpu"
}
