#!/usr/bin/env bash
# Weighs the app's WASM files as browsers receive them, and fails when the one that every page loads is above the budget.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

readonly FILE=$PULSE_ASSETS/app_bg.wasm
[ -e "$FILE" ] || die "There is no $FILE to weigh. Run 'make build' first."

node --input-type=module - "$PULSE_ASSETS" <<'JS'
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

// The list's document, style and JavaScript are up to 45 KB more, and everything that a page transfers is to be 400 KB at
// the most.
const budget = 352;
const folder = process.argv[2];
const kb = (bytes) => (bytes / 1000).toFixed(1);
const sent = (name) => {
  const wasm = readFileSync(join(folder, name));
  const bytes = brotliCompressSync(wasm).length;
  console.log(`${name}: ${kb(wasm.length)} KB, ${kb(bytes)} KB with brotli`);
  return bytes;
};
readdirSync(folder).filter((name) => name.endsWith(".wasm") && name !== "app_bg.wasm").forEach(sent);
const every = sent("app_bg.wasm");
console.log(`budget of app_bg.wasm: ${budget} KB`);
process.exit(every > budget * 1000 ? 1 : 0);
JS
