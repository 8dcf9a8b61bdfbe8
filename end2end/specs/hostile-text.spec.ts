import { send } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

const SCRIPT = '<script>document.title = "taken"</script>';
const IMAGE = '<img src=x onerror=alert(1)>';
const RIGHT_TO_LEFT = 'مصباح';
/** Turns everything after it. */
const OVERRIDE = '\u202E';
const EMOJI = '🪔 👩‍🔬 🇩🇪';

// `quiet` would hear a dialog, a request for the image, and a violated policy.
test('what a visitor sends is shown as text and runs nothing', async ({ page, request, pulse, sessions, session }) => {
  await send(request, pulse.dashboard, '203.0.113.66', {
    url: `http://shop.example/${encodeURIComponent('"><b>path')}?utm_source=${encodeURIComponent(`letter ${SCRIPT}`)}`,
    title: `${SCRIPT} ${OVERRIDE}${RIGHT_TO_LEFT}`,
    referrer: 'javascript:alert(1)',
    events: [
      { event: 'click', name: `${IMAGE} ${EMOJI}`, target: 'http://shop.example/"onmouseover="alert(1)' },
      { event: 'click', name: 'script', target: 'javascript:alert(1)' },
      { event: 'click', name: 'page as data', target: 'data:text/html,<script>alert(1)</script>' },
      { event: 'custom', name: SCRIPT, props: { [IMAGE]: SCRIPT, '{{7*7}}': '${7*7}', __proto: EMOJI } },
    ],
  });

  await sessions.open();
  const row = sessions.row(`letter ${SCRIPT}`);
  await expect(row).toContainText('/"><b>path');
  await sessions.openSession(row);

  const [read] = await session.read('http://shop.example');
  expect(read!.path).toBe('/"><b>path');
  expect(read!.title).toBe(`${SCRIPT} ${RIGHT_TO_LEFT}`);
  expect(read!.events).toEqual([
    `click ${IMAGE} ${EMOJI} → /"onmouseover="alert(1)`,
    'click script',
    'outbound link page as data',
    `event ${SCRIPT}${IMAGE}${SCRIPT}__proto${EMOJI}{{7*7}}\${7*7}`,
  ]);
  await expect(page).toHaveTitle(/^Session of /);
  await expect(session.timeline.locator('script, img, b')).toHaveCount(0);
  const links = await session.timeline.getByRole('link').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol));
  expect([...new Set(links)], 'only addresses of the web are links').toEqual(['http:']);
});

test('a text that reads from right to left does not turn what stands beside it', async ({ request, pulse, sessions, session }) => {
  await send(request, pulse.dashboard, '203.0.113.67', {
    url: 'http://shop.example/lamps?utm_source=letter',
    events: [{ event: 'click', name: `${RIGHT_TO_LEFT} 2 ${OVERRIDE}`, target: 'http://shop.example/next' }],
  });
  await sessions.open();
  await sessions.openSession(sessions.row('letter'));
  const name = session.timeline.getByText(RIGHT_TO_LEFT);
  const target = session.timeline.getByRole('link', { name: 'http://shop.example/next' });
  const [left, right] = [(await name.boundingBox())!, (await target.boundingBox())!];
  expect(left.x + left.width, 'the target stands after the name').toBeLessThan(right.x);
});
