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

  /** The list has the sessions with these paths, in this order, and no other. */
  async expectPaths(...paths: string[]): Promise<void> {
    await expect(this.rows).toHaveText(paths.map((path) => new RegExp(path)));
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

  /** Shows the new sessions that wait, and says how many there are. */
  get arrivals(): Locator {
    return this.page.getByRole('button', { name: /^\d+ new sessions?$/ });
  }

  /** The link of a row, counted from 0. */
  link(row: number): Locator {
    return this.rows.nth(row).getByRole('link');
  }

  /** Where the rows are in the window, from its top. */
  async tops(): Promise<number[]> {
    return this.rows.evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top));
  }

  get newer(): Locator {
    return this.page.getByRole('navigation', { name: 'Pages of the list' }).getByRole('link', { name: 'Newer' });
  }

  get older(): Locator {
    return this.page.getByRole('navigation', { name: 'Pages of the list' }).getByRole('link', { name: 'Older' });
  }

  /** Says which stretch of time is shown. */
  get period(): Locator {
    return this.page.locator('summary').filter({ hasText: 'Period: ' });
  }

  /** What the list is narrowed by, in words. */
  get conditions(): Locator {
    return this.page.getByRole('list', { name: 'Conditions' }).locator('.chip .picker-label');
  }

  /** Opens what lies below a button or a condition. */
  async unfold(words: string): Promise<Locator> {
    const details = this.page.locator('details.picker', { has: this.page.locator('summary', { hasText: words }) });
    await details.locator('summary').click();
    return details;
  }

  async addCondition(what: string, how: string, value: string): Promise<void> {
    const panel = await this.unfold('Filter');
    await panel.getByLabel('What').selectOption({ label: what });
    await panel.getByLabel('How').selectOption({ label: how });
    await panel.getByLabel('Value').fill(value);
    await panel.getByRole('button', { name: 'Add' }).click();
  }

  /** Saves what the list shows as a view. */
  async saveView(name: string): Promise<void> {
    const panel = await this.unfold('Views');
    await panel.getByLabel('Name').fill(name);
    await panel.getByRole('button', { name: 'Save this view' }).click();
  }

  async search(words: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Search these sessions' }).fill(words);
    await this.page.getByRole('button', { name: 'Search', exact: true }).click();
  }

  /** What a figure above the list says. */
  figure(name: string): Locator {
    return this.page
      .getByRole('region', { name: 'Overview' })
      .locator('.figure-of')
      .filter({ hasText: new RegExp(`^${name}\\.`) })
      .locator('.figure-value, .figure-unknown');
  }

  /** The bars that lead somewhere, oldest first. */
  get bars(): Locator {
    return this.histogram.getByRole('link');
  }

  get histogram(): Locator {
    return this.page.getByRole('group', { name: /^Sessions in time/ });
  }

  /** How the sessions are spread over something. */
  facet(name: string): Locator {
    return this.page
      .getByRole('complementary', { name: 'Facets' })
      .locator('details.facet')
      .filter({ has: this.page.locator('summary', { hasText: new RegExp(`^${name}$`) }) });
  }

  /** A value of a facet, with its sessions. */
  value(facet: string, value: string, sessions: number): Locator {
    const unit = sessions === 1 ? 'session' : 'sessions';
    return this.facet(facet).getByRole('link', { name: new RegExp(`${value}\\s+${sessions}\\s+${unit}$`) });
  }

  /** Opens the session of a row. */
  async openSession(row: Locator): Promise<void> {
    await row.getByRole('link').click();
    await expect(this.page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  }
}
