// Visits of somebody in particular.

import { ON_A_PHONE } from '../../fixtures/people';
import { expect, test } from '../../fixtures/test';

test('somebody reads a letter on a phone and follows its link @visitor', async ({ session, visitOnStoppedClock, expectTold }) => {
  const visitor = await visitOnStoppedClock({ ...ON_A_PHONE, screen: { width: 390, height: 844 } });
  const { shop } = visitor;
  await shop.open('/?utm_source=letter');
  await visitor.stays(6);
  await shop.follow(shop.page.getByRole('main').getByRole('link', { name: 'See the collection' }), 'Collection');
  await visitor.stays(9.4);
  await visitor.leave();

  await expectTold({
    sentence: 'Came through a campaign (letter) on an iPhone, opened 2 pages in 15 s (15 s active), and was last on /collection.',
    ribbon: '2 pages: / open 6 s, /collection open 9 s; 1 event; 15 s (15 s active)',
    timeline: [
      { path: '/', active: '6 s', also: ['click See the collection'] },
      { path: '/collection', active: '9 s' },
    ],
  });
  await expect(session.fact('Device')).toHaveText('Phone');
  await expect(session.fact('System')).toHaveText('iOS');
  await expect(session.fact('Browser')).toHaveText('Safari');
});

test('two people behind one address, with the same browser, are told as perhaps several @visitor', async ({
  visitOnStoppedClock,
  expectTold,
}) => {
  const ann = await visitOnStoppedClock();
  const bob = await visitOnStoppedClock();
  await ann.shop.open('/pricing');
  await Promise.all([ann.stays(8), bob.stays(8)]);
  await bob.shop.open('/journal');
  await Promise.all([ann.stays(4), bob.stays(4)]);
  await ann.shop.follow(ann.shop.menu('Configure'), 'Configure a lamp');
  await Promise.all([ann.stays(14.4), bob.stays(14.4)]);
  await ann.leave();
  await bob.stays(6);
  await bob.leave();

  await expectTold({
    sentence:
      'Perhaps several people: came directly on a Windows computer, opened 3 pages in 32 s (50 s active), and was last on /journal.',
    ribbon: '3 pages: /pricing open 12 s, /journal open 24 s, /configure open 14 s; 1 event; 32 s (50 s active)',
    timeline: [
      { path: '/pricing', active: '12 s', also: ['click Configure'] },
      { path: '/journal', active: '24 s' },
      { path: '/configure', active: '14 s' },
    ],
  });
});
