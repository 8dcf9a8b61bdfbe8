// Looks for an order of letters that makes the script smaller: swaps two, keeps what is no worse. The same trials each
// time. `node scripts/letters.mjs [trials]`; put what it prints into bundle.mjs, or begin again from there.
import { brotliCompressSync } from 'node:zlib';
import { compress, LETTERS, name } from './bundle.mjs';

const trials = Number(process.argv[2] ?? 3_000);
const script = await compress();
const size = async (/** @type {string[]} */ letters) =>
  brotliCompressSync(Buffer.from(await name(script, letters.join('')))).length;

let seed = 1;
const below = (/** @type {number} */ most) => {
  seed = (seed * 1103515245 + 12345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * most);
};

let best = [...LETTERS];
let smallest = await size(best);
for (let trial = 0; trial < trials; trial++) {
  const letters = [...best];
  // The first ones are used the most.
  const [a, b] = [below(below(2) ? 14 : letters.length), below(letters.length)];
  [letters[a], letters[b]] = [letters[b], letters[a]];
  const bytes = await size(letters);
  if (bytes > smallest) continue;
  if (bytes < smallest) console.log(`${bytes} bytes after ${trial} trials: ${letters.join('')}`);
  [best, smallest] = [letters, bytes];
}
