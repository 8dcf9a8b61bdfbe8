// Pages that the browser prepares before anybody asks to see them. Playwright switches that off; this driver does not.

import puppeteer from 'puppeteer-core';
import { Site } from '../../engines/site';
import { CHROMIUM, FLAGS } from '../../fixtures/chromium';
import { expect, test } from '../../fixtures/test';

const RULES = `<script type="speculationrules">{"prerender":[{"source":"list","urls":["/next","/other"],"eagerness":"immediate"}]}</script>`;
/** A page that tells that it was prepared: scripts run, though nobody sees it. */
const PREPARED = { body: `<script>if (document.prerendering) fetch('/prepared?' + location.pathname)</script>` };

test('a page that the browser prepares is a page view once it is shown, and never if it is not @visitor', async ({ pulse }) => {
  const site = await Site.open(pulse.dashboard, { '/': { body: `${RULES}<a href="/next">Next</a>` }, '/next': PREPARED, '/other': PREPARED, '/prepared': {} });
  const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/`);
    await expect.poll(() => site.asked.filter((path) => path.startsWith('/prepared')).sort()).toEqual(['/prepared?/next', '/prepared?/other']);
    await expect.poll(() => site.paths).toEqual(['/']);
    await page.click('a');
    await expect.poll(() => site.paths).toEqual(['/', '/next']);
  } finally {
    await browser.close();
    site.close();
  }
  expect([site.paths, site.refusals]).toEqual([['/', '/next'], []]);
});
