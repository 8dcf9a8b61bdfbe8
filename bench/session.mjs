// A session of 5,000 events: how long it takes to open it from the list, by a click and by its address, and whether
// scrolling through it is ever held up. A long task is one of 50 ms.
//   PULSE_CHROMIUM=/usr/bin/chromium node bench/session.mjs http://127.0.0.1:3000 [SITE]
// The server is one in demo mode that believes this machine what visitor it speaks for: nobody signs in here.
import { chromium } from '@playwright/test';
import { send, share } from './measuring.mjs';

const [origin = 'http://127.0.0.1:3000', site = '1'] = process.argv.slice(2);
const RUNS = Number(process.env.RUNS ?? 20);
/** The collector takes fifty messages at once. */
const AT_ONCE = 50;
const AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

/** 128 random bits as the tracker writes them. */
const newId = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Begins anywhere: a run must not go on with the session of the run before. */
let batches = Math.floor(Math.random() * 65_536);
/** Each batch comes from an address of its own, so that none is too many; the session's id keeps them together. */
const collect = async (session, messages) => {
  batches += 1;
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'user-agent': AGENT,
    'x-forwarded-for': `198.51.${(batches >> 8) & 255}.${batches & 255}`,
  };
  const batch = JSON.stringify({ site: Number(site), session, touch: 0, messages });
  const { status, body } = await send(`${origin}/api/collect`, 'POST', headers, batch);
  const answer = JSON.parse(body);
  if (status !== 202 || answer.outcomes.some(({ outcome }) => outcome !== 'stored')) throw new Error(`${status}: ${body.slice(0, 300)}`);
  return answer.session;
};

/** A visitor who does so much on each of so many pages. */
const visit = async (pages, eventsAPage) => {
  let session;
  let referrer = '';
  for (let nth = 0; nth < pages; nth++) {
    const age = (pages - nth) * 15_000;
    const head = { view: newId(), url: `http://shop.example/rooms/${nth % 7}`, referrer, title: `Room ${nth % 7}`, age, resumed: false };
    session = await collect(session, [head]);
    for (let done = 0; done < eventsAPage; done += AT_ONCE) {
      const events = Array.from({ length: Math.min(AT_ONCE, eventsAPage) }, (_, i) => {
        const at = Math.floor(((done + i) * 14_000) / eventsAPage);
        const kind = (done + i) % 3 ? { event: 'click', name: `Shelf ${(done + i) % 11}` } : { event: 'custom', name: 'seen', props: { shelf: i } };
        return { ...head, id: newId(), at, ...kind };
      });
      session = await collect(session, events);
    }
    await collect(session, [{ ...head, open: 15_000, spans: [[0, 'a']], scroll: 100, state: 'left' }]);
    referrer = head.url;
  }
  return session;
};

const line = (name, values) =>
  console.log(`${name.padEnd(56)} ${share(values, 0.5).toFixed(1).padStart(9)} ms median ${share(values, 0.95).toFixed(1).padStart(9)} ms p95`);

/** What is measured, and what the same costs for a session as most are. */
const paths = {};
for (const [name, pages, events] of [['50 events', 5, 10], ['5,000 events', 20, 250]]) {
  paths[name] = `/sites/${site}/sessions/${await visit(pages, events)}`;
  // The next one is somebody else.
  batches += 1_000;
}
const browser = await chromium.launch({ executablePath: process.env.PULSE_CHROMIUM, args: ['--no-sandbox'] });

const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
const toList = async () => {
  await page.goto(`${origin}/sites/${site}/sessions`);
  // Hydrated: a click is the router's from now on. Then somebody looks at the list for a second, in which the browser
  // translates the rest of the WASM.
  await page.locator('.keys-button:not(.reserved)').waitFor();
  await page.waitForTimeout(1_000);
};

/** By its address, in a browser that was on the list before: milliseconds until it is painted. */
const byAddress = async (tab, path) => {
  await tab.goto(origin + path);
  return tab.evaluate(
    () =>
      new Promise((done) => {
        const look = () => {
          const [paint] = performance.getEntriesByName('first-contentful-paint');
          if (!paint) return requestAnimationFrame(look);
          done(paint.startTime);
        };
        look();
      }),
  );
};

/** By a click on its row in the list: milliseconds until the frame that shows its timeline is drawn. */
const byClick = async (path) => {
  // Nobody clicks before the pointer is there.
  await page.hover(`a[href="${path}"]`);
  await page.waitForTimeout(100);
  return page.evaluate(
    (href) =>
      new Promise((done) => {
        const began = performance.now();
        document.querySelector(`a[href="${href}"]`).click();
        const look = () => {
          if (!document.querySelector('.timeline-list')) return requestAnimationFrame(look);
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        };
        look();
      }),
    path,
  );
};

const times = {};
const note = (name, ms) => (times[name] ??= []).push(ms);
for (let run = 0; run < RUNS; run++) {
  for (const [name, path] of Object.entries(paths)) {
    await toList();
    note(`${name}: opened by a click in the list`, await byClick(path));
    await page.goto('about:blank');
    note(`${name}: opened by its address`, await byAddress(page, path));
    // A browser that was never here has the style sheet to load before it paints anything.
    const stranger = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    note(`${name}: by a browser that was never here`, await byAddress(await stranger.newPage(), path));
    await stranger.close();
  }
}

// Opened as on any day, then read from top to bottom with the wheel.
await page.goto(origin + paths['5,000 events']);
await page.waitForTimeout(3_000);
await page.evaluate(() => {
  window.held = [];
  window.frames = [];
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.held.push(duration))).observe({ type: 'longtask' });
  let last = performance.now();
  const frame = (now) => {
    window.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
await page.mouse.move(800, 500);
const height = await page.evaluate(() => document.documentElement.scrollHeight);
for (let at = 0; at < height; at += 1_200) {
  await page.mouse.wheel(0, 1_200);
  await page.waitForTimeout(16);
}
const { held, frames } = await page.evaluate(() => ({ held: window.held, frames: window.frames }));

for (const [name, all] of Object.entries(times)) line(name, all);
const scrolled = `${height.toLocaleString('en')} pixels, longest frame ${share(frames, 1).toFixed(0)} ms`;
console.log(`${'5,000 events: scrolled through, long tasks'.padEnd(56)} ${String(held.length).padStart(9)}, ${scrolled}`);
await browser.close();
