// Selections that are kept under a name: plain forms and links.

import { send } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

test('a selection is saved under a name, opened by it and deleted', async ({ page, request, pulse, sessions }) => {
  for (const [i, path] of ['/lamps/oak', '/pricing'].entries()) {
    await send(request, pulse.dashboard, `203.0.113.${60 + i}`, { url: `http://shop.example${path}`, age: 4_000 - 1_000 * i });
  }
  await sessions.open();
  await sessions.addCondition('Page', 'contains', '/lamps');
  await sessions.expectPaths('/lamps/oak');

  const narrowed = '/sites/1/sessions?page.contains=/lamps';
  await sessions.saveView('Lamps');
  await expect(page).toHaveURL(narrowed);
  await sessions.expectPaths('/lamps/oak');
  let panel = await sessions.unfold('Views');
  await expect(panel.getByRole('link', { name: 'Lamps' })).toHaveAttribute('aria-current', 'true');

  await sessions.open();
  await sessions.expectPaths('/pricing', '/lamps/oak');
  panel = await sessions.unfold('Views');
  await expect(panel.getByRole('link', { name: 'Lamps' })).not.toHaveAttribute('aria-current');
  await panel.getByRole('link', { name: 'Lamps' }).click();
  await expect(page).toHaveURL(narrowed);
  await expect(sessions.conditions).toHaveText(['Page contains /lamps']);
  await sessions.expectPaths('/lamps/oak');

  panel = await sessions.unfold('Views');
  // The way back leads to the same address, so it is the document that is waited for.
  await Promise.all([page.waitForEvent('load'), panel.getByRole('button', { name: 'Delete the view Lamps' }).click()]);
  await expect(page).toHaveURL(narrowed);
  panel = await sessions.unfold('Views');
  await expect(panel.getByRole('link', { name: 'Lamps' })).toHaveCount(0);
});

test('a site has views from its start, which say what they show and stay deleted', async ({ page, request, pulse, sessions }) => {
  await send(request, pulse.dashboard, '203.0.113.60', { url: 'http://shop.example/pricing' });
  await send(request, pulse.dashboard, '203.0.113.61', { url: 'http://shop.example/lamps' });
  await sessions.open();
  let panel = await sessions.unfold('Views');
  await expect(panel.getByRole('listitem')).toHaveCount(5);
  await panel.getByRole('link', { name: 'Saw pricing, no sign-up' }).click();
  await sessions.expectPaths('/pricing');
  await expect(page.locator('.view-shown')).toContainText('Opened a page with /pricing in its address');

  panel = await sessions.unfold('Views');
  await Promise.all([page.waitForEvent('load'), panel.getByRole('button', { name: 'Delete the view Saw pricing, no sign-up' }).click()]);
  panel = await sessions.unfold('Views');
  await expect(panel.getByRole('listitem')).toHaveCount(4);
  await expect(page.locator('.view-shown')).toHaveCount(0);
});

test('a name that is none is refused in words', async ({ page, request, pulse, sessions }) => {
  await send(request, pulse.dashboard, '203.0.113.60', { url: 'http://shop.example/lamps' });
  await sessions.open();
  await sessions.saveView(' ');
  await expect(page.getByRole('alert')).toHaveText('The view was not saved. Choose a name of 1 to 60 characters.');
  await expect(page).toHaveURL('/sites/1/sessions?view_problem=name_invalid');
  await sessions.expectPaths('/lamps');
});
