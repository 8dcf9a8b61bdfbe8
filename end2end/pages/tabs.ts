// What the tabs beside the list share: their table, and the way between them.

import { expect, type Locator, type Page } from '@playwright/test';

export type Tab = 'Sessions' | 'Pages' | 'Events' | 'Paths';

export class Tabs {
  constructor(private readonly page: Page) {}

  async open(tab: Tab): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages of this site' }).getByRole('link', { name: tab, exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(tab);
  }

  /** Rows with figures; not those that head a part of a table. */
  get rows(): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('cell') });
  }

  /** The row whose first cell begins with this. */
  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('rowheader').filter({ hasText: new RegExp(`^${name}`) }) });
  }

  /** A row's figure below this head. */
  async figure(row: Locator, head: string): Promise<Locator> {
    const heads = await row.locator('xpath=ancestor::table[1]').getByRole('columnheader').allTextContents();
    const at = heads.findIndex((text) => text.replace(/[↓↑]/g, '') === head);
    expect(at, `a column ${head} among ${heads.join(', ')}`).toBeGreaterThan(0);
    return row.getByRole('cell').nth(at - 1);
  }
}
