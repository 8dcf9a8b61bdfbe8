// The tracker on the demo site: what it records of a page that routes by itself, and that it is in nobody's way.

import { ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('pages that change the address without loading are page views, and so is going back @visitor', async ({ visit, expectTimeline }) => {
  const { shop } = await visit(ON_WINDOWS);
  await shop.open('/collection');
  await shop.room('Desk').click();
  await expect(shop.page).toHaveURL(/\/desk$/);
  await shop.room('Wall').click();
  await expect(shop.page).toHaveURL(/\/wall$/);
  await shop.page.goBack();
  await expect(shop.page).toHaveURL(/\/desk$/);
  await expect(shop.room('Desk')).toHaveAttribute('aria-current', 'page');

  await expectTimeline(({ path, title, events }) => [path, title, ...events], [
    ['/collection', 'Collection · Lumen & Oak', 'click Desk → /collection/desk'],
    ['/collection/desk', 'Lamps for the desk · Lumen & Oak', 'click Wall → /collection/wall'],
    ['/collection/wall', 'Lamps on the wall · Lumen & Oak', '▲quick back'],
    ['/collection/desk', 'Lamps for the desk · Lumen & Oak'],
  ]);
});

test('a page that comes back from the browser’s cache is a page view @visitor', async ({ visit, expectTimeline }) => {
  const { shop } = await visit(ON_WINDOWS);
  await shop.open('/journal');
  await shop.page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => (document.title = `${document.title}, kept: ${persisted}`));
  });
  await shop.follow(shop.menu('Pricing'), 'Pricing');
  await shop.page.goBack({ waitUntil: 'commit' });
  await shop.shows('Journal');
  await expect(shop.page, 'the browser kept the page').toHaveTitle(/kept: true/);

  await expectTimeline(({ path }) => path, ['/journal', '/pricing', '/journal']);
});

test('files and other sites are recorded when a link leads there @visitor', async ({ pulse, visit, quiet, expectTimeline }) => {
  quiet.except('the demo links to a host that is not there', /visitor: .*https:\/\/example\.com\//);
  const visitor = await visit(ON_WINDOWS);
  const { shop } = visitor;
  await shop.open('/contact');
  const file = await visitor.downloaded(() => shop.footer('Care guide (PDF)').click());
  expect(file).toBe(`${pulse.shop}/care-guide.pdf`);
  await shop.leaveThrough(shop.footer('Where our oak grows'));

  await expectTimeline(({ events }) => events, [
    ['download Care guide (PDF) → /care-guide.pdf', 'outbound link Where our oak grows → https://example.com/'],
  ]);
});

test('links do what the visitor wants: a new tab with Ctrl or the middle button, and Enter @visitor', async ({ pulse, visit, expectTimeline }) => {
  const visitor = await visit(ON_WINDOWS);
  const { shop } = visitor;
  await shop.open('/');
  for (const how of [{ modifiers: ['Control' as const] }, { button: 'middle' as const }]) {
    const tab = await visitor.opened(() => shop.menu('Pricing').click(how));
    await expect(tab).toHaveURL(`${pulse.shop}/pricing`);
    await tab.close();
  }
  await expect(shop.page, 'the first tab stays where it was').toHaveURL(`${pulse.shop}/`);
  await shop.page.bringToFront();
  await shop.menu('Contact').focus();
  await shop.page.keyboard.press('Enter');
  await shop.shows('Contact');
  await expect(shop.page).toHaveURL(`${pulse.shop}/contact`);

  await expectTimeline(({ path, events }) => [path, ...events], [
    ['/', 'click Pricing → /pricing', 'click Pricing → /pricing', 'click Contact → /contact'],
    ['/contact'],
  ]);
});

test('what is typed stays in the browser @visitor', async ({ pulse, visit, expectTimeline }) => {
  const { shop } = await visit(ON_WINDOWS);
  const sent: string[] = [];
  shop.page.on('request', (request) => {
    if (request.url() === `${pulse.dashboard}/api/collect`) sent.push(request.postData() ?? '');
  });
  await shop.open('/contact');
  await shop.page.getByLabel('Your message').fill('The brass pin broke');
  await shop.page.getByRole('button', { name: 'Send' }).click();
  await expect(shop.page.getByText('Thank you. In a real shop')).toBeVisible();

  await expectTimeline(({ events }) => events, [['form started Contact', 'click button', 'form sent Contact']]);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.join()).not.toContain('brass');
});
