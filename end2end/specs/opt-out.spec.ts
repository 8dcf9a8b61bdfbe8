import { ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('a browser that asks not to be recorded sends nothing @visitor', async ({ visit, sessions, quiet }) => {
  quiet.except('the tracker says once why it is silent', /visitor: console warning: Pulse: opted out/);
  const { shop } = await visit({ ...ON_WINDOWS, optsOut: true });
  const sent: string[] = [];
  shop.page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));

  await shop.open('/');
  await expect(shop.optOutNotice).toBeVisible();
  await shop.follow(shop.menu('Configure'), 'Configure a lamp');
  await shop.keepThisLamp.click();
  await expect(shop.page.getByText('Kept: Fable')).toBeVisible();
  await shop.follow(shop.menu('Pricing'), 'Pricing');
  expect(sent).toContain('GET /pulse.js');
  expect(sent.filter((request) => request.startsWith('POST'))).toEqual([]);

  await sessions.open();
  await expect(sessions.heading).toHaveText('No sessions yet');
});

test('a browser that does not ask is not told that it does @visitor', async ({ visit }) => {
  const { shop } = await visit(ON_WINDOWS);
  await shop.open('/');
  await expect(shop.optOutNotice).toHaveCount(0);
});

// A browser without scripts runs no tracker either: there is nothing to say.
test.describe('the reader’s own browser asks not to be recorded', () => {
  test.use({ extraHTTPHeaders: { 'sec-gpc': '1' } });

  test('the empty dashboard says so @hydrated', async ({ context, page, sessions }) => {
    await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
    await sessions.open();
    await expect(page.getByText('Your browser asks not to be recorded')).toBeVisible();
  });
});

test('the empty dashboard says nothing of it to others', async ({ page, sessions }) => {
  await sessions.open();
  await expect(page.getByText('Your browser asks not to be recorded')).toBeHidden();
});
