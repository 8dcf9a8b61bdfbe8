// How long the tabs beside the list take over what is stored: pages, events, their reports, paths; then what a goal adds
// to everything that it is counted for. Of each the first answer and then 20 more.
//   node bench/tabs.mjs http://127.0.0.1:3000 [SITE]
// The server is one in demo mode: nobody signs in here. The seed's shop sells lamps (server/src/seed/shop.rs).
import { asking, line } from './asking.mjs';

const [origin = 'http://127.0.0.1:3000', site = '1'] = process.argv.slice(2);
const { query, ask, call, measure, compare } = asking(origin, site);

const TABS = {
  pages: ['pages', 'pages'],
  'pages by median active time': ['pages', 'pages', 'by=active'],
  events: ['events', 'events'],
  'report of a page': ['page', 'pages/report', 'of=/lamps'],
  'report of the home page': ['page', 'pages/report', 'of=/'],
  'report of an event': ['event', 'events/report', 'of=order'],
  'paths from the beginning': ['paths', 'paths'],
  'paths back from the end': ['paths', 'paths', 'way=end'],
  'paths from a page': ['paths', 'paths', 'way=after&of=/lamps'],
};
const on = (tab, ...search) => ({ query: query(['period=30d', ...search].join('&'), tab) });

line('ms, last 30 days', 'first', 'p50', 'p95', 'KB');
for (const [name, [path, ...tab]] of Object.entries(TABS)) await measure(name, path, on(...tab));
for (const [name, [path, ...tab]] of Object.entries(TABS)) await measure(`${name}, one country`, path, on(...tab, 'country=DE'));

const made = await ask('POST', `/sites/${site}/goals`, new URLSearchParams({ name: `Order ${Date.now()}`, aim: '?event=order', back: '' }).toString(), {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
  origin,
});
if (made.status !== 303) throw new Error(`the goal was not made: ${made.status}`);
const { goals } = (await call('kept', { site: Number(site) })).value;
const goal = `goal=${goals.Ok.find(({ name }) => name.startsWith('Order '))?.id}`;
console.log();
line('what a goal adds, ms p50', 'without', 'with', 'more');
for (const [name, [path, ...tab]] of Object.entries(TABS)) await compare(name, path, [on(...tab), on(...tab, goal)]);
await compare('list', 'sessions', [on('sessions'), on('sessions', goal)]);
await compare('overview', 'overview', [on('sessions'), on('sessions', goal)]);
for (const dimension of ['source', 'page', 'event']) {
  const facet = (...search) => ({ ...on('sessions', ...search), dimension, part: '' });
  await compare(`spread over ${dimension}`, 'facet', [facet(), facet(goal)]);
}
await measure('paths back from the goal', 'paths', on('paths', 'way=goal', goal));
