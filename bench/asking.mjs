// How the benchmarks of reading ask a server in demo mode, where nobody signs in, and what they print.
import { send, share } from './measuring.mjs';

const WARM = Number(process.env.RUNS ?? 20);
const HEADERS = { accept: 'application/json', 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

/** One line: a name, then figures in columns. */
export const line = (name, ...cells) => console.log(name.padEnd(52) + cells.map((cell) => String(cell).padStart(10)).join(''));

const ms = (value) => value.toFixed(1);

/** Asks one server about one site. */
export const asking = (origin, site) => {
  /** A selection as the server functions take it: an address, of the last 90 days unless it says otherwise. */
  const query = (search = '', tab = 'sessions') => `/sites/${site}/${tab}?period=90d&${encodeURI(search)}`;

  const ask = (method, path, body, headers = HEADERS) => send(origin + path, method, headers, body);

  const call = async (name, body) => {
    const { status, body: answer, ms } = await ask('POST', `/api/${name}`, JSON.stringify(body));
    if (status !== 200) throw new Error(`/api/${name} answered ${status}: ${answer.slice(0, 200)}\n${JSON.stringify(body)}`);
    return { value: JSON.parse(answer), bytes: answer.length, ms };
  };

  /** The first answer, however long the days take to be read: a server that still reads them says so after a while. */
  const firstAnswer = async (path, body) => {
    const before = performance.now();
    for (;;) {
      try {
        return { ...(await call(path, body)), ms: performance.now() - before };
      } catch (error) {
        if (!/answered 503/.test(error.message) || performance.now() - before > 300_000) throw error;
      }
    }
  };

  /** The first answer, then as many more as are measured. */
  const measure = async (name, path, body) => {
    const first = await firstAnswer(path, body);
    const times = [];
    for (let run = 0; run < WARM; run++) times.push((await call(path, body)).ms);
    line(name, ms(first.ms), ms(share(times, 0.5)), ms(share(times, 0.95)), (first.bytes / 1024).toFixed(0));
    return first.value;
  };

  /** Two questions by turns, warm: what the second takes beside the first. */
  const compare = async (name, path, bodies) => {
    const times = bodies.map(() => []);
    for (const body of bodies) await call(path, body);
    for (let run = 0; run < WARM; run++) {
      for (const [nth, body] of bodies.entries()) times[nth].push((await call(path, body)).ms);
    }
    const [plain, more] = times.map((all) => share(all, 0.5));
    line(name, ms(plain), ms(more), `${((more / plain - 1) * 100).toFixed(0)} %`);
  };

  return { query, ask, call, measure, compare };
};
