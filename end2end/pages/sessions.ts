// The list of sessions.

import { expect, type Locator, type Page } from '@playwright/test';

export class SessionsPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/sites/1/sessions');
    await expect(this.heading).toBeVisible();
  }

  /** Of the list, or of what stands in its place. */
  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** Sessions, newest first. Not the row of the column's names. */
  get rows(): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('cell') });
  }

  /** The sessions whose row has this text. */
  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** What a row's link leads to: different for every session. */
  async addresses(): Promise<string[]> {
    return this.rows
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  }

  /** Whether the page keeps itself up to date; says nothing without scripts. */
  get live(): Locator {
    return this.page.getByRole('banner').getByRole('status');
  }

  get newer(): Locator {
    return this.page.getByRole('navigation', { name: 'Pages of the list' }).getByRole('link', { name: 'Newer' });
  }

  get older(): Locator {
    return this.page.getByRole('navigation', { name: 'Pages of the list' }).getByRole('link', { name: 'Older' });
  }

  /** Opens the session of a row. */
  async openSession(row: Locator): Promise<void> {
    await row.getByRole('link').click();
    await expect(this.page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  }
}
