#!/usr/bin/env bash
# Weighs the app's WASM file as browsers receive it, and fails above the budget.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

readonly FILE=$PULSE_ASSETS/app_bg.wasm
[ -e "$FILE" ] || die "There is no $FILE to weigh. Run 'make build' first."

node --input-type=module - "$FILE" <<'JS'
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const budget = 400;
const wasm = readFileSync(process.argv[2]);
const kb = (bytes) => (bytes / 1000).toFixed(1);
const sent = brotliCompressSync(wasm).length;
console.log(`app_bg.wasm: ${kb(wasm.length)} KB, ${kb(sent)} KB with brotli, budget ${budget} KB`);
process.exit(sent > budget * 1000 ? 1 : 0);
JS
