// Signing in and setting up.

import { expect, type Locator, type Page } from '@playwright/test';

export interface Credentials {
  name: string;
  password: string;
}

export class SignInPage {
  constructor(private readonly page: Page) {}

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: 'Sign in' });
  }

  /** What went wrong the last time. */
  get problem(): Locator {
    return this.page.getByRole('alert');
  }

  async signIn({ name, password }: Credentials): Promise<void> {
    const first = this.page.getByLabel('Name');
    // The browser puts the cursor there. Somebody who is faster is told of it in the console.
    await expect(first).toBeFocused();
    await first.fill(name);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }
}

export class SetUpPage {
  constructor(private readonly page: Page) {}

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: 'Set up Pulse' });
  }

  /** What went wrong the last time. */
  get problem(): Locator {
    return this.page.getByRole('alert');
  }

  async create({ name, password }: Credentials, again = password): Promise<void> {
    const first = this.page.getByLabel('Name');
    // The browser puts the cursor there. Somebody who is faster is told of it in the console.
    await expect(first).toBeFocused();
    await first.fill(name);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByLabel('Password again').fill(again);
    await this.page.getByRole('button', { name: 'Create the account' }).click();
  }
}
