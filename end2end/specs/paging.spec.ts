import { readFile } from 'node:fs/promises';
import { send } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

/** More than two pages of 50. */
const MANY = 120;

test('older and newer pages show each session once', async ({ request, pulse, sessions }) => {
  await Promise.all(
    Array.from({ length: MANY }, (_, i) =>
      send(request, pulse.dashboard, `203.0.113.${i + 1}`, { url: `http://shop.example/page-${i + 1}` }),
    ),
  );

  await sessions.open();
  const pages = [await sessions.addresses()];
  await expect(sessions.newer).toHaveCount(0);
  while ((await sessions.older.count()) > 0) {
    const before = pages.at(-1)!;
    await sessions.older.click();
    await expect.poll(() => sessions.addresses()).not.toEqual(before);
    pages.push(await sessions.addresses());
  }
  expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(new Set(pages.flat()).size, 'none twice, none left out').toBe(MANY);

  for (const page of pages.slice(0, -1).reverse()) {
    await sessions.newer.click();
    await expect.poll(() => sessions.addresses()).toEqual(page);
  }
  await expect(sessions.newer).toHaveCount(0);
});

test('a download says when all of it was sent @hydrated', async ({ page, request, pulse, sessions }) => {
  await Promise.all(
    Array.from({ length: MANY }, (_, i) =>
      send(request, pulse.dashboard, `203.0.113.${i + 1}`, { url: `http://shop.example/page-${i + 1}` }),
    ),
  );
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  const begun = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Sessions as CSV' }).click();
  const file = await readFile(await (await begun).path(), 'utf8');
  expect(file).toContain(`# complete: ${MANY} rows`);
  await expect(page.getByText(`Done: ${MANY} sessions.`)).toBeVisible();
});

test('an address past the end leads back to the newest', async ({ page, request, pulse, sessions }) => {
  await send(request, pulse.dashboard, '203.0.113.1', { url: 'http://shop.example/' });
  await page.goto('/sites/1/sessions?before=00000000-0000-7000-8000-000000000000');
  await expect(sessions.heading).toHaveText('No older sessions');
  await page.getByRole('link', { name: 'To the newest sessions' }).click();
  await expect(sessions.rows).toHaveCount(1);
});

test('what is not understood in an address is named', async ({ page, sessions }) => {
  await page.goto('/sites/1/sessions?before=yesterday');
  await expect(page.getByText('not understood and is ignored: before')).toBeVisible();
  await expect(sessions.heading).toHaveText('No sessions yet');
});
