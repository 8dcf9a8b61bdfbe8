// How the modules become the one file that sites load: used by the build, the size check and the tests.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

/**
 * In which order variables are named. It costs no byte, but brotli likes some orders better: about 40 bytes of 3,000.
 * `node scripts/letters.mjs` looks for a better one after the sources have changed.
 */
export const LETTERS = 'dtcTPSlxRrsKhzbwuUBXWOQNLeqfmGoAJ$jDngvHMV_ipkCyaZIYFE';

/** @returns {Promise<string>} the text of pulse.js without names */
export async function compress() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    minifySyntax: true,
    // Pages in any encoding load the script: escapes are right in all of them.
    charset: 'ascii',
    legalComments: 'none',
    write: false,
  });
  const [script] = outputFiles;
  if (!script) throw new Error('esbuild wrote no file');

  // esbuild minifies well, terser another 7 %: it inlines functions and shares names better. The budget needs both.
  return run(script.text, {
    compress: { passes: 3, inline: 1, unsafe: true, unsafe_arrows: true, booleans_as_integers: true },
    mangle: false,
  });
}

/** @returns {Promise<string>} the same script with names that are short */
export async function name(/** @type {string} */ script, letters = LETTERS) {
  const get = (/** @type {number} */ nth) => {
    let name = '';
    do {
      name += letters[nth % letters.length];
      nth = Math.floor(nth / letters.length) - 1;
    } while (nth >= 0);
    return name;
  };
  return run(script, { compress: false, mangle: { nth_identifier: { get: (nth) => get(Number(nth)) } } });
}

/** @returns {Promise<string>} the text of pulse.js */
export async function bundle() {
  return name(await compress());
}

/** @returns {Promise<string>} */
async function run(/** @type {string} */ script, /** @type {import('terser').MinifyOptions} */ options) {
  const { code } = await minify(script, { module: true, ecma: 2020, format: { ascii_only: true }, ...options });
  if (!code) throw new Error('terser wrote nothing');
  return code;
}
