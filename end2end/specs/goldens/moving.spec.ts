// Visits of several pages: which, in which order, and how somebody came from one to the next.

import { expect, test } from '../../fixtures/test';

test('somebody compares two pages and comes back to the prices three times @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const visitor = await visitOnStoppedClock();
  const { shop } = visitor;
  await shop.open('/pricing');
  for (const [prices, lamps] of [
    [15, 12],
    [8, 7],
    [9, 6],
  ] as const) {
    await visitor.stays(prices);
    await shop.follow(shop.menu('Collection'), 'Collection');
    await visitor.stays(lamps);
    await shop.follow(shop.menu('Pricing'), 'Pricing');
  }
  await visitor.stays(20.4);
  await visitor.leave();

  await expectTold({
    sentence:
      'Came directly on a Windows computer, opened 7 pages in 1 min 17 s (1 min 17 s active), looked at /pricing and came back to it 3 times, and was last on /pricing.',
    ribbon:
      '7 pages: /pricing open 15 s, /collection open 12 s, /pricing open 8 s, /collection open 7 s, /pricing open 9 s and 2 more; 6 events; 1 min 17 s (1 min 17 s active)',
    timeline: [
      { path: '/pricing', active: '15 s', also: ['click Collection'] },
      { path: '/collection', active: '12 s', also: ['click Pricing'] },
      { path: '/pricing', active: '8 s', also: ['back to /pricing', 'click Collection'] },
      { path: '/collection', active: '7 s', also: ['back to /collection', 'click Pricing'] },
      { path: '/pricing', active: '9 s', also: ['back to /pricing', 'click Collection'] },
      { path: '/collection', active: '6 s', also: ['back to /collection', 'click Pricing'] },
      { path: '/pricing', active: '20 s', also: ['back to /pricing'] },
    ],
  });
});

// By a link, not by the browser's own way back: a page that it keeps has missed what passed on the stopped clock.
test('somebody opens an article and is back within seconds @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const visitor = await visitOnStoppedClock();
  const { shop } = visitor;
  await shop.open('/journal');
  await visitor.stays(12);
  await shop.follow(shop.page.getByRole('main').getByRole('link', { name: 'Why oak, and why brass' }), 'Why oak, and why brass');
  await visitor.stays(3);
  await shop.follow(shop.page.getByRole('article').getByRole('link', { name: 'Journal', exact: true }), 'Journal');
  await visitor.stays(10.4);
  await visitor.leave();

  await expectTold({
    sentence: 'Came directly on a Windows computer, opened 3 pages in 25 s (25 s active), and was last on /journal.',
    ribbon:
      '3 pages: /journal open 12 s, /journal/oak-and-brass open 3 s, /journal open 10 s; 3 events, 1 problem; 25 s (25 s active)',
    timeline: [
      { path: '/journal', active: '12 s', also: ['click Why oak, and why brass'] },
      { path: '/journal/oak-and-brass', active: '3 s', also: ['click Journal', 'quick back'] },
      { path: '/journal', active: '10 s', also: ['back to /journal'] },
    ],
  });
});

test('somebody reads in a second tab, which the first led to @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const visitor = await visitOnStoppedClock();
  const { shop } = visitor;
  await shop.open('/journal');
  await visitor.stays(10);
  const second = await visitor.beside(shop.page.getByRole('main').getByRole('link', { name: 'How much light does reading need?' }));
  await visitor.stays(0.5);
  await visitor.turnTo(second);
  await visitor.stays(25);
  await second.keyboard.press('PageDown');
  await visitor.stays(20);
  await second.close();
  await visitor.turnTo(shop.page);
  await shop.page.keyboard.press('PageDown');
  await visitor.stays(5.4);
  await visitor.leave();

  await expectTold({
    sentence: 'Came directly on a Windows computer, opened 2 pages in 1 min (1 min active), and was last on /journal.',
    ribbon: '2 pages: /journal open 1 min, /journal/light-for-reading open 45 s; 0 events; 1 min (1 min active)',
    timeline: [
      {
        path: '/journal',
        active: '15 s',
        also: ['1 min open', '45 s in the background'],
      },
      { path: '/journal/light-for-reading', active: '45 s' },
    ],
  });
});

test('somebody goes through pages that a script shows, and back @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const visitor = await visitOnStoppedClock();
  const { shop } = visitor;
  await shop.open('/collection');
  await visitor.stays(7);
  await shop.room('Desk').click();
  await expect(shop.page).toHaveURL(/\/desk$/);
  await visitor.stays(8);
  await shop.room('Wall').click();
  await expect(shop.page).toHaveURL(/\/wall$/);
  await visitor.stays(9);
  await shop.page.goBack();
  await expect(shop.room('Desk')).toHaveAttribute('aria-current', 'page');
  await visitor.stays(6.4);
  await visitor.leave();

  await expectTold({
    sentence: 'Came directly on a Windows computer, opened 4 pages in 30 s (30 s active), and was last on /collection/desk.',
    ribbon:
      '4 pages: /collection open 7 s, /collection/desk open 8 s, /collection/wall open 9 s, /collection/desk open 6 s; 2 events; 30 s (30 s active)',
    timeline: [
      { path: '/collection', active: '7 s', also: ['Collection · Lumen & Oak', 'click Desk'] },
      { path: '/collection/desk', active: '8 s', also: ['Lamps for the desk', 'click Wall'] },
      { path: '/collection/wall', active: '9 s', also: ['Lamps on the wall'] },
      { path: '/collection/desk', active: '6 s', also: ['Lamps for the desk', 'back to /collection/desk'] },
    ],
  });
});
