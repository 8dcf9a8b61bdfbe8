// A visit on which everything happens that a session can have, and its page for people who see it, hear it, or run no
// scripts.

import type { Page } from '@playwright/test';
import { findings } from '../../fixtures/axe';
import type { OwnSite } from '../../fixtures/own-site';
import type { Quiet } from '../../fixtures/quiet';
import { expect, test } from '../../fixtures/test';
import type { Visitor } from '../../fixtures/visitor';
import type { Told } from '../../pages/told';

const CHECKOUT = {
  '/checkout': {
    body: `<button>Pay</button> <button onclick="this.textContent = 'Ordered?'; throw new Error('no basket')">Order</button>
      <form id="order"><label>Name <input autocomplete="off"></label></form>`,
  },
};

/** Comes by a letter, configures a lamp, looks at the prices for long, comes back to a shop that is broken, and leaves. */
const wander = async (visitor: Visitor, { origin }: OwnSite, quiet: Quiet): Promise<void> => {
  quiet.except('the page throws', /visitor: page error: no basket/);
  quiet.except('the demo site says 404', /visitor: (404: GET |console error: Failed to load .* 404 )/);
  const { shop, page } = visitor;
  await shop.open('/?utm_source=letter&utm_campaign=autumn');
  await visitor.stays(8);

  await shop.follow(page.getByRole('main').getByRole('link', { name: 'Configure a lamp' }), 'Configure a lamp');
  await visitor.stays(5);
  await shop.keepThisLamp.click();
  await expect(page.getByText('Kept: Fable')).toBeVisible();
  await visitor.stays(5);

  await shop.follow(shop.menu('Pricing'), 'Pricing');
  await visitor.stays(70);
  await visitor.lookElsewhere(() => visitor.stays(40));
  await page.keyboard.press('PageDown');
  await visitor.stays(6);

  await page.goto('about:blank');
  await visitor.stays(120.5);

  await page.goto(`${origin}/checkout`);
  await visitor.stays(3);
  for (let clicks = 0; clicks < 4; clicks++) {
    await page.getByRole('button', { name: 'Pay' }).click();
    await visitor.stays(0.2);
  }
  await visitor.stays(3);
  await page.getByRole('button', { name: 'Order' }).click();
  await visitor.stays(2);
  await page.getByLabel('Name').click();
  await visitor.stays(6);

  await shop.open('/lamps/heron');
  await visitor.stays(4.4);
  await visitor.leave();
};

const WANDERED: Told = {
  sentence:
    'Came through the campaign “autumn” (letter) on a Windows computer, opened 5 pages in 4 min 33 s (1 min 13 s active), clicked “Pay” 4 times within a second, met 1 script error, and was last on /lamps/heron.',
  ribbon:
    '5 pages: / open 8 s, /configure open 10 s, /pricing open 1 min 56 s, /checkout open 14 s, /lamps/heron open 4 s; 14 events, 4 problems; 4 min 33 s (1 min 13 s active)',
  timeline: [
    { path: '/', active: '8 s', also: ['click Configure a lamp'] },
    { path: '/configure', active: '10 s', also: [/click Keep this lamp.*event lamp_configured.*price.*189.*click Pricing/] },
    {
      path: '/pricing',
      active: '36 s',
      also: ['1 min 16 s visible', '1 min 56 s open', /40 s without a sign of life.*40 s in the background/],
    },
    { away: '2 min' },
    {
      path: '/checkout',
      active: '14 s',
      also: [/click Pay.*rage click Pay.*dead click Pay.*click Order.*script error .*no basket.*form started order/],
    },
    { path: '/lamps/heron', active: '4 s', also: ['page not found'] },
  ],
};

// Without scripts too: then all of it has to be in the document as it comes.
test('a visit on which everything happens is told', async ({ site, visitOnStoppedClock, quiet, session, expectTold }) => {
  await wander(await visitOnStoppedClock(), await site(CHECKOUT), quiet);
  await expectTold(WANDERED);
  for (const [name, value] of Object.entries({
    Campaign: 'autumn',
    Duration: '4 min 33 s',
    Active: '1 min 13 s',
    Visible: '1 min 53 s',
    Pages: '5',
    Events: '14, 8 clicks among them',
    Entry: '/',
    'Last on': '/lamps/heron',
  })) {
    await expect(session.fact(name), name).toHaveText(value);
  }
});

/** Its headings in the order in which they are read: `h2 Timeline`. */
const headings = (page: Page): Promise<string[]> =>
  page
    .getByRole('main')
    .getByRole('heading')
    .evaluateAll((all) => all.map((heading) => `${heading.localName} ${heading.textContent}`));

test('the page of a session reads from the sentence over the facts to the timeline', async ({
  page,
  site,
  visitOnStoppedClock,
  quiet,
  expectTold,
}) => {
  await wander(await visitOnStoppedClock(), await site(CHECKOUT), quiet);
  await expectTold(WANDERED);

  const read = await headings(page);
  const levels = read.map((heading) => Number(heading[1]));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  levels.forEach((level, i) => expect(level, `the level of “${read[i]}”`).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1));
  const timeline = read.indexOf('h2 Timeline');
  expect(read.slice(timeline, timeline + 6)).toEqual([
    'h2 Timeline',
    'h3 1. /',
    'h3 2. /configure',
    'h3 3. /pricing',
    'h3 4. /checkout',
    'h3 5. /lamps/heron',
  ]);

  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading /\\d{1,2}:\\d{2}/ [level=1]
    - paragraph: /^Came through the campaign “autumn” \\(letter\\) on a Windows computer/
    - complementary "Facts":
      - term: Device
      - term: Entry
    - region "Timeline":
      - heading "Timeline" [level=2]
      - list:
        - listitem:
          - heading "1. /" [level=3]
        - listitem:
          - heading "2. /configure" [level=3]
        - listitem:
          - heading "3. /pricing" [level=3]
        - listitem: /2 min away/
        - listitem:
          - heading "4. /checkout" [level=3]
        - listitem:
          - heading "5. /lamps/heron" [level=3]
  `);
});

test('axe finds nothing in a session on which everything happened, light or dark, wide or narrow @hydrated', async ({
  page,
  site,
  visitOnStoppedClock,
  quiet,
  session,
  expectTold,
}) => {
  await wander(await visitOnStoppedClock(), await site(CHECKOUT), quiet);
  await expectTold(WANDERED);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      await page.reload();
      await expect(session.timeline).toBeVisible();
      // What is folded away is read too.
      const folded = page.getByRole('main').locator('details');
      await folded.evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
      expect(await findings(page), `${colorScheme}, ${width} pixels wide`).toEqual([]);
    }
  }
});
