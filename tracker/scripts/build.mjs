// Writes pulse.js into --outdir, else $PULSE_ASSETS, else ../build/assets.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';

const { values } = parseArgs({ options: { outdir: { type: 'string' } } });
const here = fileURLToPath(new URL('..', import.meta.url));
const outdir = resolve(here, values.outdir ?? process.env['PULSE_ASSETS'] ?? '../build/assets');

const script = await bundle();
await mkdir(outdir, { recursive: true });
await writeFile(join(outdir, 'pulse.js'), script);
console.log(`${join(outdir, 'pulse.js')}  ${Buffer.byteLength(script)} bytes`);
