// Every visitor of every site downloads this file: over the budget, the check fails.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bundle } from './bundle.mjs';

const BUDGET = 3_000;

const script = Buffer.from(await bundle());
// Node's default is brotli's highest quality, 11.
const brotli = brotliCompressSync(script).length;
console.log(`pulse.js  ${script.length} bytes, gzip ${gzipSync(script, { level: 9 }).length}, brotli ${brotli} of ${BUDGET}`);
if (brotli > BUDGET) {
  console.error(`pulse.js is ${brotli - BUDGET} bytes over its budget: take something out, or argue for a larger budget.`);
  process.exitCode = 1;
}
