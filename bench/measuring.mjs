// What the benchmarks share: how they ask, and how they sum up.
import { request } from 'node:http';

/** Sends a request; the answer's status, body and milliseconds until its last byte. */
export const send = (url, method, headers, body) =>
  new Promise((done, failed) => {
    const before = performance.now();
    const asked = request(url, { method, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', failed);
      answer.on('end', () => {
        const ms = performance.now() - before;
        done({ status: answer.statusCode, body: Buffer.concat(parts).toString(), ms });
      });
    });
    asked.on('error', failed);
    asked.end(body);
  });

/** The least value that this share of all are not above. */
export const share = (values, part) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
};
