// Visits on which something goes wrong.

import { test } from '../../fixtures/test';

test('somebody begins to sign up and leaves @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const visitor = await visitOnStoppedClock();
  const { shop } = visitor;
  await shop.open('/');
  await visitor.stays(8);
  await shop.follow(shop.page.getByRole('main').getByRole('link', { name: 'Sign up' }), 'One letter a month');
  await visitor.stays(10);
  await shop.page.getByLabel('Your name').click();
  await shop.page.keyboard.type('A reader');
  await visitor.stays(15);
  await shop.page.getByLabel('Where the letter goes').click();
  await shop.page.keyboard.type('reader@');
  await visitor.stays(5.4);
  await visitor.leave();

  await expectTold({
    sentence:
      'Came directly on a Windows computer, opened 2 pages in 38 s (38 s active), began the form “Sign up” and did not send it, and was last on /sign-up.',
    ribbon: '2 pages: / open 8 s, /sign-up open 30 s; 2 events; 38 s (38 s active)',
    timeline: [
      { path: '/', active: '8 s', also: ['click Sign up'] },
      { path: '/sign-up', active: '30 s', also: ['form started Sign up'] },
    ],
  });
});

test('somebody clicks a button that does nothing, again and again @visitor', async ({ site, visitOnStoppedClock, expectTold }) => {
  const { origin } = await site({ '/checkout': { body: '<button>Pay</button>' } });
  const visitor = await visitOnStoppedClock();
  await visitor.page.goto(`${origin}/checkout`);
  await visitor.stays(6);
  for (let clicks = 0; clicks < 4; clicks++) {
    await visitor.page.getByRole('button', { name: 'Pay' }).click();
    await visitor.stays(0.2);
  }
  await visitor.stays(9.6);
  await visitor.leave();

  await expectTold({
    sentence:
      'Came directly on a Windows computer, opened 1 page for 16 s (16 s active), clicked “Pay” 4 times within a second, and was last on /checkout.',
    ribbon: '1 page: /checkout open 16 s; 6 events, 2 problems; 16 s (16 s active)',
    timeline: [{ path: '/checkout', active: '16 s', also: [/click Pay.*rage click Pay.*dead click Pay/] }],
  });
});

test('a page has an error @visitor', async ({ site, visitOnStoppedClock, quiet, expectTold }) => {
  quiet.except('the page throws', /visitor: page error: no basket/);
  const { origin } = await site({
    '/basket': { body: `<button onclick="this.textContent = 'Ordered?'; throw new Error('no basket')">Order</button>` },
  });
  const visitor = await visitOnStoppedClock();
  await visitor.page.goto(`${origin}/basket`);
  await visitor.stays(5);
  await visitor.page.getByRole('button', { name: 'Order' }).click();
  await visitor.stays(10.4);
  await visitor.leave();

  await expectTold({
    sentence: 'Came directly on a Windows computer, opened 1 page for 15 s (15 s active), met 1 script error, and was last on /basket.',
    ribbon: '1 page: /basket open 15 s; 2 events, 1 problem; 15 s (15 s active)',
    timeline: [{ path: '/basket', active: '15 s', also: [/click Order.*script error .*no basket/] }],
  });
});

test('a page is not there @visitor', async ({ visitOnStoppedClock, quiet, expectTold }) => {
  quiet.except('the demo site says 404', /visitor: (404: GET |console error: Failed to load .* 404 )/);
  const visitor = await visitOnStoppedClock();
  const { shop } = visitor;
  await shop.open('/lamps/heron');
  await visitor.stays(4);
  await shop.follow(shop.page.getByRole('main').getByRole('link', { name: 'See the collection' }), 'Collection');
  await visitor.stays(8.4);
  await visitor.leave();

  await expectTold({
    sentence:
      'Came directly on a Windows computer, opened 2 pages in 12 s (12 s active), met a page that was not found, and was last on /collection.',
    ribbon: '2 pages: /lamps/heron open 4 s, /collection open 8 s; 2 events, 1 problem; 12 s (12 s active)',
    timeline: [
      { path: '/lamps/heron', active: '4 s', also: [/page not found.*click See the collection/] },
      { path: '/collection', active: '8 s' },
    ],
  });
});
