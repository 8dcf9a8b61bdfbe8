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

  /** Fills in the form for the letter and sends it. */
  async signUp(): Promise<void> {
    const { page } = this;
    await page.getByLabel('Your name').fill('A reader');
    await page.getByLabel('Where the letter goes').fill('reader@shop.example');
    await page.getByLabel('What do you light?').selectOption('A hallway');
    await page.getByLabel('I would like one letter a month').check();
    await page.getByRole('button', { name: 'Sign up' }).click();
    await this.shows('Thank you');
  }
}
