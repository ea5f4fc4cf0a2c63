#!/usr/bin/env bash
# The one entry point: ./build.sh setup | build | serve | check | test | dgm | snapshots | bench | clean. Each verb does what it needs first.
# Compiled dependencies, tools and finished artefacts live in the user's cache, so that the next clone does not build them again.
set -euo pipefail
readonly CALLED=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly ROOT=$PWD WWW=$PWD/www
readonly CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/dgm-playground"
readonly LOGS="$CACHE/logs"
readonly GENERATED="$WWW/src/engine/generated" DIST="$WWW/dist"
readonly WASM_FLAGS="-C target-feature=+simd128"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$CACHE/target}"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-never}"
mkdir -p "$LOGS"
source "$ROOT/.ci/tools.sh"

LEFT=   # what comes after the present step, for the progress line
CRATES= # how many crates the present step compiles when nothing is built yet

# progress NAME COMMAND…: runs it with its output in a log, says every so often how far it is, shows the log's end on failure.
progress() {
    local name=$1 log start=$SECONDS status=0 pid next=$((SECONDS + 5))
    shift
    log="$LOGS/$(printf %s "$name" | tr -cs 'a-zA-Z0-9.' -).log"
    "$@" >"$log" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.5
        ((SECONDS >= next)) || continue
        next=$((SECONDS + 20))
        local crates
        crates=$(grep -c '^ *Compiling ' "$log" || true)
        say "  [$(clock)] building $name$([ "$crates" = 0 ] || echo ", $crates crates so far${CRATES:+ (about $CRATES where none is cached)}")${LEFT:+; left: $LEFT}"
    done
    wait "$pid" || status=$?
    if [ "$status" = 0 ]; then
        say "$name: done in $((SECONDS - start)) s"
    else
        say "$name: failed; the end of $log:"
        tail -n 40 "$log"
    fi
    return "$status"
}

clock() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

# --- the wasm artefacts -------------------------------------------------------------------------------------------------------------------------

# The stamp of an artefact: everything that decides its bytes.
artefact_key() { # ENGINE PROFILE
    { echo "$1 $2 $BINDGEN $(wasm_flags "$1" "$2") $(wasm_opt_level "$1" "$2")"; echo "$WASM_RUST"; cat Cargo.toml Cargo.lock; find src kernels $([ "$1" != cpu ] || echo www/parts) -type f -print0 | sort -z | xargs -0 sha256sum; } |
        sha256sum | cut -c 1-16
}

# What is published leaves out where in its sources a panic would come from, a fortieth of its size, and on the CPU how values look to a
# programmer, as much again; the GPU's shaders are partly written so. These switches are not stable yet.
wasm_flags() { # ENGINE PROFILE
    case $1-$2 in
        cpu-release | words-release) echo "$WASM_FLAGS -Zlocation-detail=none -Zfmt-debug=none" ;;
        gpu-release) echo "$WASM_FLAGS -Zlocation-detail=none" ;;
        *) echo "$WASM_FLAGS" ;;
    esac
}

# ENGINE PROFILE; the light profile is built often and travels nowhere, and on the GPU engine a third pass takes a minute for nothing. By their
# names, before these go, functions made from one generic one come to lie beside each other: a thirtieth less once it is packed.
wasm_opt_level() {
    case $1-$2 in
        *-light) echo none ;;
        gpu-*) echo -Oz -Oz --reorder-functions-by-name ;;
        *) echo -Oz --converge --reorder-functions-by-name ;;
    esac
}

cached() { echo "$CACHE/artefacts/$1-$2-$(artefact_key "$1" "$2")"; } # ENGINE PROFILE

# compile ENGINE PROFILE TO: cargo's part. One at a time per profile, since both engines' cdylibs have one name; the cdylib alone, since cargo
# leaves link-time optimisation out where an rlib is asked for beside it.
compile() {
    local engine=$1 profile=$2 to=$3 features=() out="$CARGO_TARGET_DIR/$WASM/$2"
    [ "$engine" = cpu ] || features=(--features "$engine")
    mkdir -p "$to"
    (
        flock 9
        [ "$profile" != release ] || export RUSTC_BOOTSTRAP=1
        FLAGS=$(wasm_flags "$engine" "$profile") wasm_cargo rustc --lib --crate-type cdylib --profile "$profile" "${features[@]}" && cp "$out/dgm.wasm" "$to/raw.wasm"
    ) 9>"$CACHE/lock-$profile" || return 1
    # wasm-ld wraps every export so when nothing calls __wasm_call_ctors: each call from the page would then run all constructors again.
    ! grep -aq '\.command_export' "$to/raw.wasm" || { say "the artefact has *.command_export wrappers: is __wasm_call_ctors still called at the start?"; return 1; }
}

# artefact ENGINE PROFILE: puts dgm.js, dgm.d.ts and dgm_bg.wasm, of the CPU engine its two parts as well, where the page finds them: from the clone, from the cache, or built.
artefact() {
    local engine=$1 profile=$2 to key from work level
    need_wasm_rust >/dev/null
    from=$(cached "$engine" "$profile")
    to="$GENERATED/$engine"
    key=$(basename "$from")
    [ "$(cat "$to/.key" 2>/dev/null)" != "$key" ] || return 0
    if [ ! -f "$from/dgm_bg.wasm" ]; then
        work="$CACHE/artefacts/work-$key-$$"
        CRATES=$(host_cargo tree --target $WASM -e normal,build --prefix none $([ "$engine" = cpu ] || echo --features "$engine") 2>/dev/null | cut -d ' ' -f 1,2 | sort -u | wc -l)
        progress "the ${engine^^} engine ($profile)" compile "$engine" "$profile" "$work" || return 1
        CRATES=
        need_bindgen_done || return 1
        "$TOOLS/bin/wasm-bindgen" --target web --out-dir "$work" --out-name dgm "$work/raw.wasm" || return 1
        rm -f "$work/raw.wasm"
        level=$(wasm_opt_level "$engine" "$profile")
        if [ "$level" != none ]; then
            progress "the ${engine^^} engine, made smaller (wasm-opt $level)" \
                "$WWW/node_modules/.bin/wasm-opt" $level --strip-debug --strip-producers "$work/dgm_bg.wasm" -o "$work/opt.wasm" || return 1
            mv "$work/opt.wasm" "$work/dgm_bg.wasm"
        fi
        if [ "$engine" = cpu ]; then
            progress "the CPU engine, in two parts" node "$WWW/parts/parts.mjs" "$work" $([ "$profile" = release ] || echo whole) || return 1
        fi
        rm -rf "$from"
        mv "$work" "$from"
        # Keep the last dozen, drop what is older.
        find "$CACHE/artefacts" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +13 | cut -d ' ' -f 2- | xargs -r rm -rf
    fi
    rm -rf "$to"
    mkdir -p "$to"
    cp "$from/dgm.js" "$from/dgm.d.ts" "$from"/dgm_*.wasm "$to/"
    echo "$key" >"$to/.key"
    say "the ${engine^^} engine: $profile, $(size "$to/dgm_bg.wasm"), $(gzip -c "$to/dgm_bg.wasm" | wc -c | awk '{printf "%d kB", $1 / 1000}') gzipped"
}

size() { stat -c %s "$1" | awk '{printf "%.1f MB", $1 / 1e6}'; }

# Waits for a wasm-bindgen that a background job is installing, else installs it.
need_bindgen_done() {
    while [ -n "${BINDGEN_JOB:-}" ] && kill -0 "$BINDGEN_JOB" 2>/dev/null; do sleep 0.5; done
    need_bindgen
}

# The GPU artefact for development and tests: a finished release if the cache has one for these sources, else the light profile.
gpu_profile() { if [ -f "$(cached gpu release)/dgm_bg.wasm" ]; then echo release; else echo light; fi; }

# --- the page -----------------------------------------------------------------------------------------------------------------------------------

page() {
    need_npm
    local key stamp="$WWW/node_modules/.dgm-page"
    key=$({ find "$WWW" \( -name node_modules -o -name dist -o -name generated \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum; cat "$GENERATED/cpu/.key"; echo "${SITE_ADDRESS:-}"; } | sha256sum)
    if [ ! -f "$DIST/index.html" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$key" ]; then
        progress "the page" npm --prefix "$WWW" run build || return 1
        echo "$key" >"$stamp"
    fi
    place_engines
}

# Vite bundles the CPU engine. The others are files beside the page that may come later; the manifest says whether they are there.
place_engines() {
    local engine from to
    for engine in gpu words; do
        from="$GENERATED/$engine" to="$DIST/engine/$engine"
        mkdir -p "$to"
        [ ! -f "$from/.key" ] || cmp -s "$from/dgm_bg.wasm" "$to/dgm_bg.wasm" || cp "$from/dgm.js" "$from/dgm_bg.wasm" "$to/"
    done
    printf '{ %s, %s, %s }\n' "$(describe_engine cpu)" "$(describe_engine gpu)" "$(describe_engine words)" >"$DIST/engine/manifest.json.new"
    mv "$DIST/engine/manifest.json.new" "$DIST/engine/manifest.json"
}

describe_engine() { # "cpu": { "version": "0123456789abcdef", "profile": "release", "bytes": 1500000 }   or   "gpu": null
    local at="$GENERATED/$1" kind profile version
    [ -f "$at/.key" ] || { echo "\"$1\": null"; return; }
    IFS=- read -r kind profile version <"$at/.key"
    echo "\"$kind\": { \"version\": \"$version\", \"profile\": \"$profile\", \"bytes\": $(stat -c %s "$at/dgm_bg.wasm") }"
}

# --- verbs --------------------------------------------------------------------------------------------------------------------------------------

setup() {
    need_lints
    need_node
    say "node: $(node --version)"
    need_chromium
    say "chromium: $("$CHROMIUM" --version 2>/dev/null | head -n 1)"
    need_browsers
    need_bindgen
    say "wasm-bindgen: $("$TOOLS/bin/wasm-bindgen" --version)"
    need_npm
    say "npm packages: as in www/package-lock.json"
    need_python
    need_dawn
}

# The tools that can be had while the first artefact compiles: one core is often idle there.
tools_meanwhile() {
    need_rust
    need_node
    [ -x "$TOOLS/bin/wasm-bindgen" ] || { need_bindgen & BINDGEN_JOB=$!; }
}

# The page with the CPU engine: what opens first.
first_page() {
    need_wasm_rust
    tools_meanwhile
    need_npm
    LEFT="wasm-bindgen, wasm-opt, the page, the engine of texts, the GPU engine"
    artefact cpu release
    LEFT="the engine of texts, the GPU engine"
    page
}

build() {
    first_page
    LEFT="the GPU engine"
    artefact words release
    LEFT=
    artefact gpu release
    place_engines
    say "built: www/dist, $(du -sh "$DIST" | cut -f 1) of static files for any web server"
}

serve() {
    first_page
    local profile server
    "$WWW/node_modules/.bin/vite" preview "$WWW" --host 127.0.0.1 --port "${PORT:-4173}" &
    server=$!
    trap 'kill "$server" 2>/dev/null || true' EXIT
    sleep 2
    LEFT="the GPU engine"
    if artefact words release; then place_engines; else say "the engine of texts could not be built; the page goes on without it"; fi
    LEFT=
    profile=$(gpu_profile)
    if [ "$(cat "$GENERATED/gpu/.key" 2>/dev/null)" != "$(basename "$(cached gpu "$profile")")" ]; then
        say "the page is open on the CPU engine; the GPU engine is next and joins it by itself"
    fi
    if artefact gpu "$profile"; then
        place_engines
        say "the GPU engine is in place: reload the page to use it"
    else
        say "the GPU engine could not be built; the page goes on with the CPU engine"
    fi
    wait "$server"
}

step() { printf '\n==> [%s] %s\n' "$(clock)" "$*"; }

checks() {
    step "formatting"
    host_cargo fmt --all --check
    step "clippy, native"
    host_cargo clippy --quiet --workspace --all-targets -- -D warnings
    step "clippy, wasm32: the CPU engine"
    wasm_cargo clippy --quiet --lib -- -D warnings
    step "clippy, wasm32: the engine of texts"
    wasm_cargo clippy --quiet --lib --features words -- -D warnings
    step "clippy, wasm32: the GPU engine and the browser tests"
    BUILD_STD=test wasm_cargo clippy --quiet --lib --test browser --features gpu -- -D warnings
    step "TypeScript and lint"
    npm --prefix "$WWW" run --silent check
    (cd tests/e2e && "$WWW/node_modules/.bin/biome" ci . && "$WWW/node_modules/.bin/tsc" -p .)
}

check() {
    need_lints
    tools_meanwhile
    need_npm
    artefact cpu release # the TypeScript types come from it
    checks
}

test_all() {
    need_lints
    need_chromium
    need_browsers
    tools_meanwhile
    need_npm
    artefact cpu release
    checks
    local failed=0 log="$LOGS/test-summary.log"
    : >"$log"
    step "native tests"
    host_cargo test --workspace 2>&1 | tee -a "$log" || failed=1
    step "browser tests, both engines"
    need_bindgen_done
    browser_tests 2>&1 | tee -a "$log" || failed=1
    step "the page with both engines"
    artefact gpu "$(gpu_profile)"
    artefact words release
    page
    need_python
    need_dawn
    step "end-to-end tests"
    end_to_end 2>&1 | tee -a "$log" || failed=1
    summary "$log" "$failed"
    return "$failed"
}

browser_tests() {
    BUILD_STD=test CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$TOOLS/bin/wasm-bindgen-test-runner" \
        WASM_BINDGEN_TEST_WEBDRIVER_JSON="$ROOT/tests/browser/webdriver.json" WASM_BINDGEN_TEST_TIMEOUT=600 \
        wasm_cargo test --profile light --features gpu --test browser
}

# Two tests at a time, and what measures times after them, alone.
end_to_end() {
    local failed=0
    playwright --project cpu --project webgpu || failed=1
    playwright --project alone || failed=1
    return "$failed"
}

playwright() { NODE_PATH="$WWW/node_modules:$DAWN/node_modules" "$WWW/node_modules/.bin/playwright" test --config "$ROOT/tests/e2e/playwright.config.ts" "$@"; }

# One plain line over every runner: cargo's and wasm-bindgen's "test result: …" and Playwright's "N passed", "N failed". A runner that
# broke off without naming a failed test counts as one.
summary() { # LOG BROKEN
    awk -v broken="$2" '
        /^test result:/ { for (i = 1; i < NF; i++) { if ($(i + 1) ~ /^passed/) passed += $i; if ($(i + 1) ~ /^failed/) failed += $i } }
        /^ +[0-9]+ passed/ { passed += $1 }
        /^ +[0-9]+ failed/ { failed += $1 }
        END { if (broken && !failed) failed = 1; printf "\n%d passed, %d failed\n", passed, failed }' "$1"
}

# The command that trains without a browser, called from where it was asked for: its standard output has the results alone.
dgm() {
    first_page >&2
    cd "$CALLED"
    exec node "$DIST/command/dgm.js" "$@"
}

# The figures of the lessons that start trained; to be run again where a snapshot no longer loads.
snapshots() {
    need_npm
    artefact cpu release
    node "$WWW/lessons/snapshots.mjs" "$GENERATED/cpu"
}

# bench quality [--seeds N] [WORD…]: trains the rows that carry all the words by `dgm sweep`, goes on where it was stopped, and renews their lines of the README's table.
# bench sweep [--rounds N] [cores|small|table|page|ray …]: what a second core brings, what a run costs beside its training, how fast tables grow and are read, and what a cluster's driver takes.
# bench control [--seeds N] [MODEL…]: trains every model that can be conditional on classes and says what each class of it is worth.
# bench part [--seeds N] [MODEL…]: how far the conditional of one coordinate of moons given the other is from the truth.
# bench splits [--splits N] [MODEL…]: how much the figures of models over pixels hang on which images are kept back.
# bench size: what a reader loads. The GPU engine's row is there where it was built.
# bench steps [--against FOLDER] [--rounds N] [MODEL…]: how long a step takes, every model, on the published CPU engine in Node.
# bench growth [--rounds N]: how a step grows with width, depth, batch and data; also draws tests/bench/growth.svg.
# bench panels [--seconds N]: six models side by side: pictures a second, longest tasks, memory.
# bench start [--starts N] [--gpu-starts N]: how long a reader waits for the first picture and the first step.
# bench words [SECONDS [MODEL [TEXT [SETTING=VALUE …]]]]: bits per character that a model of texts reaches in 300 seconds of one core, in Node.
# bench torch [MODEL…]: every row with a density, exported and built again in PyTorch, gives the same log P. PYTHON names a Python that has torch and safetensors.
# bench speed [--rounds N] [--skip NAME] [WORKLOAD…]: how long it takes here, in jax-js and TensorFlow.js in one Chromium, and in JAX beside it.
bench() {
    local kind=${1:-}
    shift || true
    case "$kind" in
    quality)
        first_page
        node tests/bench/quality.mjs "$@"
        ;;
    sweep)
        need_peers
        need_python
        need_dawn
        first_page
        node tests/bench/sweep.mjs "$@"
        ;;
    control)
        need_rust
        # The profile of the tests: the published one is tuned for size, and this measures learning, not speed.
        host_cargo bench --profile dev --bench control -- "$@"
        ;;
    part)
        need_rust
        host_cargo bench --profile dev --bench part -- "$@"
        ;;
    steps)
        need_npm
        artefact cpu release
        node tests/bench/steps.mjs "$GENERATED/cpu" "$@"
        ;;
    splits)
        need_npm
        artefact cpu release
        node tests/bench/splits.mjs "$GENERATED/cpu" "$@"
        ;;
    size)
        first_page
        node tests/bench/size.mjs
        ;;
    growth)
        need_peers
        artefact cpu release
        node tests/bench/growth.mjs "$GENERATED/cpu" "$@"
        ;;
    start)
        need_peers
        first_page
        artefact gpu "$(gpu_profile)"
        place_engines
        node tests/bench/start.mjs "$@"
        ;;
    panels)
        need_peers
        first_page
        node tests/bench/panels.mjs "$@"
        ;;
    speed)
        need_peers
        artefact cpu release
        [[ " $* " == *" webgpu "* ]] || artefact gpu "$(gpu_profile)"
        [[ " $* " == *" native "* ]] || need_jax
        node tests/bench/speed.mjs "$@"
        ;;
    words)
        need_npm
        artefact words release
        node tests/bench/words.mjs "$GENERATED/words" "$@"
        # Only what was measured as it comes is for the table.
        [ -f "$ROOT/target/bench/words.md" ] || return 0
        ;;
    torch)
        need_npm
        artefact cpu release
        "${PYTHON:=python3}" -c "import torch, safetensors" || missing "Python with torch and safetensors" "python3 -m pip install torch safetensors, and PYTHON=… if that is another Python"
        rm -rf "$ROOT/target/bench/torch"
        node tests/bench/torch/export.mjs "$GENERATED/cpu" "$ROOT/target/bench/torch" 200 "$@"
        "$PYTHON" tests/bench/torch/agree.py "$ROOT/target/bench/torch"
        ;;
    *) die "the benchmarks are: ./build.sh bench quality [--seeds N] [FAMILY|MODEL|DATA …], bench sweep [--rounds N] [PART …], bench control [--seeds N] [MODEL…], bench part [--seeds N] [MODEL…], bench splits [--splits N] [MODEL…], bench steps [--against FOLDER] [MODEL…], bench speed [--skip NAME] [WORKLOAD…], bench growth, bench start, bench panels [--seconds N], bench size, bench words [SECONDS [MODEL [TEXT]]] and bench torch [MODEL…]" ;;
    esac
    mkdir -p "$ROOT/target/bench"
    local table="$ROOT/target/bench/$kind.md" new="$ROOT/target/bench/README.md"
    awk -v table="$table" -v kind="$kind" '$0 ~ "<!-- " kind ":begin -->" { print; print ""; while ((getline line <table) > 0) print line; print ""; skip = 1 }
        $0 ~ "<!-- " kind ":end -->" { skip = 0 } !skip && $0 !~ "<!-- " kind ":begin -->"' README.md >"$new"
    mv "$new" README.md
    say "figures: target/bench/$kind.json; the README's table holds what was measured"
}

# What the benches compare with: nothing else needs these.
need_peers() {
    need_npm
    need_chromium
    local bench="$ROOT/tests/bench" hash stamp="$ROOT/tests/bench/node_modules/.dgm-lock"
    hash=$(sha256sum <"$bench/package-lock.json")
    [ "$(cat "$stamp" 2>/dev/null)" != "$hash" ] || return 0
    progress "npm packages of the benches" npm --prefix "$bench" ci || die "they cannot be installed; to see why: (cd tests/bench && npm ci)"
    echo "$hash" >"$stamp"
}

# JAX in an environment of its own. Sets PYTHON.
need_jax() { python_with JAX "$ROOT/tests/bench/speed/native/requirements.txt" || missing "JAX" "Python 3.11 or newer and python3 -m pip install jax, or leave it out by --skip native"; }

clean() {
    rm -rf "$DIST" "$GENERATED" "$WWW/node_modules" "$ROOT/tests/bench/node_modules" "$ROOT/tests/e2e/results"
    say "removed: www/dist, www/node_modules, the generated engines and test results of this clone"
    say "kept for the next build, $(du -sh "$CACHE" 2>/dev/null | cut -f 1): $CACHE (tools, artefacts, logs) and $CARGO_TARGET_DIR (compiled dependencies)"
}

case "${1:-}" in
setup | build | serve | check | dgm | snapshots | bench | clean) "$@" ;;
test) test_all ;;
*) say "usage: ./build.sh setup | build | serve | check | test | dgm | snapshots | bench | clean" && [ "${1:-}" = help ] ;;
esac
