import { ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

/** When something began and ended by the clock of the test. */
interface Span {
  from: number;
  to: number;
}

const measure = async (run: () => Promise<unknown>): Promise<Span> => {
  const from = Date.now();
  await run();
  return { from, to: Date.now() };
};

/** A shown time stands for itself up to the next second (`4 s` is 4.0 to 4.9 s). It may be wrong by one second. */
const expectSeconds = (shown: number | undefined, truth: number, what: string): void => {
  expect(shown, `${what} is measured`).toBeDefined();
  expect(shown! + 0.5, `${what} is ${truth.toFixed(1)} s, shown as ${shown} s`).toBeGreaterThan(truth - 1);
  expect(shown! + 0.5, `${what} is ${truth.toFixed(1)} s, shown as ${shown} s`).toBeLessThan(truth + 1);
};

test('a visit is told from its first page to its last', async ({ page, visit, session, quiet, expectTimeline }) => {
  quiet.except('the demo links to a host that is not there', /visitor: .*https:\/\/example\.com\//);
  const visitor = await visit(ON_WINDOWS);
  const { shop } = visitor;

  const home = { from: Date.now(), to: 0 };
  await shop.open('/?utm_source=letter');
  // Time itself is what is measured here and below.
  await shop.page.waitForTimeout(4_000);
  const away = await measure(() => visitor.lookElsewhere(() => shop.page.waitForTimeout(2_000)));
  home.to = Date.now();
  await shop.follow(shop.menu('Pricing'), 'Pricing');
  await shop.follow(shop.menu('Configure'), 'Configure a lamp');
  await shop.page.getByLabel('Wood').selectOption('Smoked oak');
  await shop.keepThisLamp.click();
  await expect(shop.page.getByText('Kept: Fable')).toBeVisible();
  await shop.leaveThrough(shop.footer('Where our oak grows'));
  await shop.open('/sign-up');
  await shop.signUp();
  const thanks = await measure(() => shop.page.waitForTimeout(1_500));
  await visitor.leave();

  const timeline = await expectTimeline(
    // The last page too has said that it was left.
    ({ path, state }) => `${path} ${state}`,
    ['/', '/pricing', '/configure', '/sign-up', '/sign-up/thanks'].map((path) => `${path} then left`),
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
    ['click Sign up', 'form sent Sign up'],
    [],
  ]);

  const [first, ...others] = timeline;
  const last = others.at(-1)!;
  const absent = (away.to - away.from) / 1000;
  const stayed = (home.to - home.from) / 1000;
  expectSeconds(first!.open, stayed, 'the first page, open');
  expectSeconds(first!.visible, stayed - absent, 'the first page, visible');
  expectSeconds(first!.active, stayed - absent, 'the first page, active');
  expectSeconds(last.active, (thanks.to - thanks.from) / 1000, 'the last page');
  expect(Math.abs(first!.began - home.from), 'the first page began when it was opened').toBeLessThan(1_000 + 999);
  await expect(session.summary).toContainText('Came from letter on a desktop with Chrome on Windows, opened 5 pages');
  await expect(session.fact('Entry')).toHaveText('/');
  await expect(session.fact('Last on')).toHaveText('/sign-up/thanks');
  await expect(session.fact('Events')).toHaveText('7, 5 clicks of them');
  await expect(page).toHaveTitle(/^Session of .+ · Pulse$/);
});
