import { send } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

// The server's own zone is another one again: fixtures/pulse.ts.
test.use({ timezoneId: 'Asia/Kathmandu', locale: 'de-DE' });

test('times are those of the site’s zone, wherever the reader is', async ({ request, pulse, page, sessions, session }) => {
  const HOUR = 3_600_000;
  const began = Date.now() - 10 * HOUR;
  await send(request, pulse.dashboard, '203.0.113.5', { url: 'http://shop.example/', age: 10 * HOUR });
  const about = [-1, 0, 1, 2].map((seconds) => new Date(began + seconds * 1000).toISOString());

  await sessions.open();
  await expect(page.getByText('times in UTC')).toBeVisible();
  const shown = await sessions.rows.getByRole('time').innerText();
  expect(about.map((time) => time.slice(11, 16))).toContain(shown);

  await sessions.openSession(sessions.rows);
  const start = session.pages.getByRole('time').first();
  expect(about.map((time) => time.slice(11, 19))).toContain(await start.innerText());
  await expect(start).toHaveAttribute('title', / UTC$/);
});
