// The demo site as its visitors see it.

import { expect, type Locator, type Page } from '@playwright/test';

export class Shop {
  constructor(
    readonly page: Page,
    /** Its origin. */
    readonly origin: string,
  ) {}

  /** Types an address of the site. */
  async open(path: string): Promise<void> {
    await this.page.goto(this.origin + path);
  }

  /** A link of the main navigation. */
  menu(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
  }

  /** A link of the footer. */
  footer(name: string): Locator {
    return this.page.getByRole('contentinfo').getByRole('link', { name, exact: true });
  }

  /** A tab of the collection, which changes the address without loading a page. */
  room(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name, exact: true });
  }

  /** Clicks a link and waits for its page. */
  async follow(link: Locator, heading: string): Promise<void> {
    await link.click();
    await this.shows(heading);
  }

  /** Clicks a link to another site. That one cannot be reached, which changes nothing here: this page is left. */
  async leaveThrough(link: Locator): Promise<void> {
    const href = await link.getAttribute('href');
    await Promise.all([this.page.waitForEvent('requestfailed', (request) => request.url() === href), link.click()]);
    await expect(link).toHaveCount(0);
  }

  /** When the page in the tab could first be used, by the browser's own account, in milliseconds since the epoch. */
  ready(): Promise<number> {
    return this.page.evaluate(() => {
      const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return performance.timeOrigin + load!.domContentLoadedEventStart;
    });
  }

  /** Notes when the page is hidden and shown from now on; gives the time that it was hidden, in milliseconds. */
  async watchVisibility(): Promise<() => Promise<number>> {
    const turns = await this.page.evaluateHandle(() => {
      const turns: number[] = [];
      document.addEventListener('visibilitychange', () => turns.push(Date.now()));
      return turns;
    });
    return () => turns.evaluate(([hidden, shown]) => shown! - hidden!);
  }

  /** Waits for a page. */
  async shows(heading: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }

  /** The button that makes the site's own event. */
  get keepThisLamp(): Locator {
    return this.page.getByRole('button', { name: 'Keep this lamp' });
  }

  /** The sentence for browsers that ask not to be recorded. */
  get optOutNotice(): Locator {
    return this.page.getByRole('status').filter({ hasText: 'Your browser asks not to be recorded' });
  }

  /** Fills in the form for the letter. */
  async fillIn(): Promise<void> {
    const { page } = this;
    await page.getByLabel('Your name').fill('A reader');
    await page.getByLabel('Where the letter goes').fill('reader@shop.example');
    await page.getByLabel('What do you light?').selectOption('A hallway');
    await page.getByLabel('I would like one letter a month').check();
  }

  /** Sends the form for the letter. */
  async signUp(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign up' }).click();
    await this.shows('Thank you');
  }
}
