import { readFile } from 'node:fs/promises';
import { send } from '../fixtures/collector';
import { ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

/** Between when the test asked for it and when it saw that it had happened, in milliseconds. */
interface Truth {
  least: number;
  most: number;
}

/** A shown time stands for itself up to the next second (`4 s` is 4.0 to 4.9 s), and may be wrong by one. */
const expectSeconds = (shown: number | undefined, { least, most }: Truth, what: string): void => {
  expect(shown, `${what} is measured`).toBeDefined();
  expect(shown! + 1, `${what} is ${least} ms and not less`).toBeGreaterThan(least / 1000 - 1);
  expect(shown!, `${what} is ${most} ms and not more`).toBeLessThan(most / 1000 + 1);
};

test('a visit is told from its first page to its last', async ({ page, visit, session, quiet, expectTimeline }) => {
  quiet.except('the demo links to a host that is not there', /visitor: .*https:\/\/example\.com\//);
  const visitor = await visit(ON_WINDOWS);
  const { shop } = visitor;
  /** How long each page was there, by the clocks of browser and test. */
  const stayed: Truth[] = [];
  const leaving = async (leave: () => Promise<void>): Promise<void> => {
    const ready = await shop.ready();
    const least = Date.now() - ready;
    await leave();
    stayed.push({ least, most: Date.now() - ready });
  };

  await shop.open('/?utm_source=letter');
  const opened = await shop.ready();
  const hidden = await shop.watchVisibility();
  // Time itself is what is measured here and below.
  await shop.page.waitForTimeout(4_000);
  await visitor.lookElsewhere(() => shop.page.waitForTimeout(2_000));
  const away = await hidden();
  await leaving(() => shop.follow(shop.menu('Pricing'), 'Pricing'));
  await leaving(() => shop.follow(shop.menu('Configure'), 'Configure a lamp'));
  await shop.page.getByLabel('Wood').selectOption('Smoked oak');
  await shop.keepThisLamp.click();
  await expect(shop.page.getByText('Kept: Fable')).toBeVisible();
  await leaving(() => shop.leaveThrough(shop.footer('Where our oak grows')));
  await shop.open('/sign-up');
  await shop.fillIn();
  await leaving(() => shop.signUp());
  await shop.page.waitForTimeout(1_500);
  await leaving(() => visitor.leave());

  const timeline = await expectTimeline(
    // The last page too has said that it was left.
    ({ path, state }) => `${path} ${state}`,
    [
      '/ went on to /pricing',
      '/pricing went on to /configure',
      '/configure closed or left here',
      '/sign-up went on to /sign-up/thanks',
      '/sign-up/thanks closed or left here',
    ],
  );
  expect(timeline.map(({ title }) => title?.replace(/ · Lumen & Oak$/, ''))).toEqual([
    'Lumen & Oak: light that stays out of the way',
    'Pricing',
    'Configure a lamp',
    'Sign up',
    'Thank you',
  ]);
  expect(timeline.map(({ events }) => events)).toEqual([
    ['click Pricing → /pricing'],
    ['click Configure → /configure'],
    [
      'click Keep this lamp',
      'event lamp_configuredcable2lampfableprice209woodsmoked oak',
      'outbound link Where our oak grows → https://example.com/',
    ],
    ['form started Sign up', 'click Sign up', 'form sent Sign up'],
    [],
  ]);

  timeline.forEach(({ path, open }, i) => expectSeconds(open, stayed[i]!, `${path}, open`));
  const [first] = timeline;
  const inFront = { least: stayed[0]!.least - away, most: stayed[0]!.most - away };
  expectSeconds(first!.visible, inFront, 'the first page, visible');
  expectSeconds(first!.active, inFront, 'the first page, active');
  expectSeconds(first!.began / 1000, { least: opened, most: opened }, 'the beginning');
  await expect(session.summary).toHaveText(
    /^Came through a campaign \(letter\) on a Windows computer, opened 5 pages in [^(]+\([^)]+active\), sent the form “Sign up”, set off “lamp_configured”, and was last on \/sign-up\/thanks\.$/,
  );
  await expect(session.fact('Entry')).toHaveText('/');
  await expect(session.fact('Last on')).toHaveText('/sign-up/thanks');
  await expect(session.fact('Events')).toHaveText(/^8, 5 /);
  await expect(page).toHaveTitle(/^Session of .+ · Pulse$/);
});

test('a fact leads to the sessions that have it too, and the session is a file', async ({ page, request, pulse, sessions, session }) => {
  await send(request, pulse.dashboard, '203.0.113.90', { url: 'http://shop.example/pricing' });
  await send(request, pulse.dashboard, '203.0.113.91', {
    url: 'http://shop.example/lamps?utm_source=letter',
    events: [{ event: 'form', name: 'Order' }],
  });
  await sessions.open();
  await sessions.openSession(sessions.row('letter'));
  await expect(session.summary).toContainText('Came through a campaign (letter) on a Windows computer, opened 1 page for ');
  await expect(session.summary).toContainText(', sent the form “Order”, and was last on /lamps.');

  const [download] = await Promise.all([page.waitForEvent('download'), session.download.click()]);
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  expect(download.suggestedFilename()).toBe(`session-${id}.json`);
  const file = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    session: { id: string };
    page_views: { path: string; events: { name: string }[] }[];
  };
  expect(file.session.id).toBe(id);
  expect(file.page_views.map(({ path, events }) => [path, ...events.map(({ name }) => name)])).toEqual([['/lamps', 'Order']]);

  await session.fact('Entry').getByRole('link', { name: '/lamps' }).click();
  await expect(sessions.conditions).toHaveText(['Entry page is /lamps']);
  await sessions.expectPaths('/lamps');
  await expect(page).toHaveURL('/sites/1/sessions?entry=/lamps');
});
