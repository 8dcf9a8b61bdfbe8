// How long the reports take over what is stored: the list in each order, with each kind of condition, on page 1 and far
// down; figures, spreads, search, single sessions, and a file of everything. Of each the first answer and then 20 more.
//   node bench/reports.mjs http://127.0.0.1:3000 [SITE]
// The server is one in demo mode: nobody signs in here.
import { asking, line } from './asking.mjs';

const [origin = 'http://127.0.0.1:3000', site = '1'] = process.argv.slice(2);
const { query, ask, call, measure } = asking(origin, site);
const FAR_DOWN = 100;

const ORDERS = ['start', 'activity', 'duration', 'active', 'pages', 'events'];
const DIMENSIONS = [
  'source', 'channel', 'campaign', 'country', 'device', 'os', 'browser', 'entry', 'exit', 'page', 'host', 'event', 'link',
  'sign', 'bot',
];
const PERIODS = { 'last 24 hours': '24h', 'last 7 days': '7d', 'last 90 days': '90d' };

const FILTERS = {
  'one country': 'country=DE',
  'a rare country': 'country=NP',
  'not a country': 'country.not=DE',
  'two countries and a device': 'country=FR&country=GB&device=phone',
  'a campaign': 'campaign=november',
  'a channel': 'channel=assistant',
  'an entry that contains': 'entry.contains=lamps',
  'an entry that starts': 'entry.starts=/lamps/',
  'a page': 'page=/checkout/thank-you',
  'a page that contains': 'page.contains=checkout',
  'not a page': 'page.not=/cart',
  'a host': 'host=journal.shop.example',
  'an event': 'event=order',
  'a link': 'link=https://maker.example/',
  'a sign': 'sign=rage_click',
  'a reason to be a machine': 'bot=crawler',
  'longer than a minute': 'duration.more=60',
  'between 5 and 9 pages': 'pages.between=5-9',
  'less than 3 events': 'events.less=3',
  'five conditions': 'country=DE&device=phone&page.contains=cart&event=added to cart&pages.more=2',
};

/** The selection of a page far down, or of the last there is, and which page that is. */
const farDown = async (from) => {
  let [at, next] = [1, from];
  while (at < FAR_DOWN) {
    const { below } = (await call('sessions', { query: next })).value;
    if (!below) break;
    [at, next] = [at + 1, below];
  }
  return [at, next];
};

line('ms', 'first', 'p50', 'p95', 'KB');
let newest;
for (const key of ORDERS) {
  for (const ascending of [false, true]) {
    const name = `list by ${key}${ascending ? ', ascending' : ''}`;
    const page = await measure(`${name}, page 1`, 'sessions', { query: query(`sort=${key}${ascending ? '.asc' : ''}`) });
    newest ??= page;
    if (ascending) continue;
    const [at, far] = await farDown(query(`sort=${key}${ascending ? '.asc' : ''}`));
    await measure(`${name}, page ${at}`, 'sessions', { query: far });
  }
}
for (const [name, period] of Object.entries(PERIODS)) {
  await measure(`list, ${name}`, 'sessions', { query: query(`period=${period}`) });
}
await measure('list, now', 'sessions', { query: query('period=now') });
await measure('list, office hours', 'sessions', { query: query('time=09:00-17:00') });
await measure('list, machines too', 'sessions', { query: query('machines=shown') });
for (const [name, filters] of Object.entries(FILTERS)) {
  await measure(`list with ${name}`, 'sessions', { query: query(filters) });
  const [at, far] = await farDown(query(filters));
  if (at > 1) await measure(`list with ${name}, page ${at}`, 'sessions', { query: far });
}
for (const search of ['cart', 'MUSHROOM', 'nothing is called so']) {
  await measure(`search for "${search}"`, 'sessions', { query: query(`q=${search}`) });
}
for (const [name, period] of Object.entries(PERIODS)) {
  await measure(`overview, ${name}`, 'overview', { query: query(`period=${period}`) });
}
await measure('overview with a country and a page', 'overview', {
  query: query(`${FILTERS['one country']}&${FILTERS['a page']}`),
});
for (const dimension of DIMENSIONS) {
  await measure(`spread over ${dimension}`, 'facet', { query: query(), dimension, part: '' });
}
await measure('spread over page, part of it', 'facet', { query: query(), dimension: 'page', part: 'lamp' });
await measure('spread over country with a page', 'facet', {
  query: query(FILTERS['a page']),
  dimension: 'country',
  part: '',
});
const detailed = (await call('sessions', { query: query('events.between=45-50') })).value;
for (const [name, { sessions: [session] }] of Object.entries({ 'the newest session': newest, 'a session of about 50 events': detailed })) {
  if (session) await measure(name, 'session', { list: query(), id: session.id });
}

for (const rows of ['sessions', 'events']) {
  const { status, body, ms } = await ask('GET', `/sites/${site}/export?format=csv&rows=${rows}&period=7d`);
  const whole = /# complete: (\d+) rows\r\n$/.exec(body);
  if (status !== 200 || !whole) throw new Error(`the file of ${rows} is not whole: ${status}`);
  console.log(`file of ${rows}, last 7 days: ${whole[1]} rows, ${Math.round(Number(whole[1]) / (ms / 1000))} rows a second`);
}
