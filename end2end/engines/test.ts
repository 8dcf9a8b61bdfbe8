// What every spec begins with: Pulse and a browser, started once, and for each test a site and a tab of its own.

import { test as base, expect } from '@playwright/test';
import { startPulse } from '../fixtures/pulse';
import type { Engine, Tab } from './engine';
import { startFirefox } from './firefox';
import { Site, type Page } from './site';
import { startWebKit } from './webkit';

export interface Options {
  /** The programs of the engine that is tested. */
  programs: { firefox: string } | { webkit: string; driver: string };
}

interface Fixtures {
  /** Somebody opens the first of these pages in a new tab. */
  browse: (pages: Record<string, Page>) => Promise<{ tab: Tab; site: Site }>;
}

interface Started {
  /** Origin of the collector. */
  pulse: string;
  engine: Engine;
}

export const test = base.extend<Fixtures, Options & Started>({
  programs: [{ firefox: '' }, { option: true, scope: 'worker' }],

  pulse: [
    async ({}, use) => {
      const pulse = await startPulse('empty');
      await use(pulse.dashboard);
      expect(await pulse.stop()).toBe(0);
      expect(pulse.complaints).toEqual([]);
    },
    { scope: 'worker' },
  ],

  engine: [
    async ({ programs }, use) => {
      const engine = await ('firefox' in programs
        ? startFirefox(programs.firefox)
        : startWebKit(programs.webkit, programs.driver));
      await use(engine);
      await engine.end();
    },
    { scope: 'worker' },
  ],

  browse: async ({ pulse, engine }, use) => {
    const sites: Site[] = [];
    await use(async (pages) => {
      const site = await Site.open(pulse, pages);
      sites.push(site);
      const tab = await engine.visit();
      await tab.open(site.origin + Object.keys(pages)[0]!);
      return { tab, site };
    });
    await engine.leave();
    for (const site of sites) {
      expect.soft(site.heard, 'no console says anything').toEqual([]);
      expect.soft(site.refusals, 'the collector takes everything').toEqual([]);
      site.close();
    }
  },
});

export { expect };
