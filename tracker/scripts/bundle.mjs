// How the modules become the one file that sites load: used by the build, the size check and the tests.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

/** @returns {Promise<string>} the text of pulse.js */
export async function bundle() {
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
  const { code } = await minify(script.text, {
    module: true,
    ecma: 2020,
    compress: { passes: 3, inline: 1, unsafe: true, unsafe_arrows: true, booleans_as_integers: true },
    format: { ascii_only: true },
  });
  if (!code) throw new Error('terser wrote nothing');
  return code;
}
