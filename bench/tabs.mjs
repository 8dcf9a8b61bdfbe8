// How long the tabs beside the list take over what is stored: pages, events, their reports, paths; then what a goal adds
// to everything that it is counted for. Of each the first answer and then 20 more.
//   node bench/tabs.mjs http://127.0.0.1:3000 [SITE]
// The server is one in demo mode: nobody signs in here. The seed's shop sells lamps (server/src/seed/shop.rs).
import { asking, line } from './asking.mjs';

const [origin = 'http://127.0.0.1:3000', site = '1'] = process.argv.slice(2);
const { query, ask, call, measure, compare } = asking(origin, site);
const period = { Last: 'Month' };

const ranked = { sort: 'Views', ascending: false, part: '', behind: null };
const TABS = {
  pages: ['pages', { Pages: ranked }],
  'pages by median active time': ['pages', { Pages: { ...ranked, sort: 'Active' } }],
  events: ['events', { Events: { ...ranked, sort: 'Times' } }],
  'report of a page': ['page', { Page: { of: '/lamps' } }],
  'report of the home page': ['page', { Page: { of: '/' } }],
  'report of an event': ['event', { Event: { of: { kind: 'custom', name: 'order' } } }],
  'paths from the beginning': ['paths', { Paths: { anchor: 'Start' } }],
  'paths back from the end': ['paths', { Paths: { anchor: 'End' } }],
  'paths from a page': ['paths', { Paths: { anchor: { After: '/lamps' } } }],
};
const on = (tab, changes = {}) => ({ query: query({ period, tab, ...changes }) });

line('ms, last 30 days', 'first', 'p50', 'p95', 'KB');
for (const [name, [path, tab]] of Object.entries(TABS)) await measure(name, path, on(tab));
const filters = [{ Text: { dimension: 'country', test: 'is', values: ['DE'] } }];
for (const [name, [path, tab]] of Object.entries(TABS)) await measure(`${name}, one country`, path, on(tab, { filters }));

const made = await ask('POST', `/sites/${site}/goals`, new URLSearchParams({ name: `Order ${Date.now()}`, aim: '?event=order', back: '' }).toString(), {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
  origin,
});
if (made.status !== 303) throw new Error(`the goal was not made: ${made.status}`);
const { goals } = (await call('kept', { site: Number(site) })).value;
const goal = goals.Ok.find(({ name }) => name.startsWith('Order '))?.id;
console.log();
line('what a goal adds, ms p50', 'without', 'with', 'more');
for (const [name, [path, tab]] of Object.entries(TABS)) await compare(name, path, [on(tab), on(tab, { goal })]);
await compare('list', 'sessions', [on('Sessions'), on('Sessions', { goal })]);
await compare('overview', 'overview', [on('Sessions'), on('Sessions', { goal })]);
for (const dimension of ['source', 'page', 'event']) {
  const facet = (changes) => ({ ...on('Sessions', changes), dimension, part: '' });
  await compare(`spread over ${dimension}`, 'facet', [facet({}), facet({ goal })]);
}
await measure('paths back from the goal', 'paths', on({ Paths: { anchor: 'Goal' } }, { goal }));
