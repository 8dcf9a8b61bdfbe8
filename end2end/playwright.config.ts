import { defineConfig } from '@playwright/test';
import { CHROMIUM, FLAGS } from './fixtures/chromium';
import type { Options } from './fixtures/test';

const isAutomatic = !!process.env['CI'];

export default defineConfig<Options>({
  testDir: 'specs',
  // Each test has its own server and its own visitors, so they stay out of each other's way.
  fullyParallel: true,
  workers: 2,
  forbidOnly: isAutomatic,
  timeout: 60_000,
  // Shared machines stall for seconds now and then. What passed only the second time is named as flaky in the summary.
  retries: isAutomatic ? 1 : 0,
  reporter: 'list',
  use: {
    launchOptions: { executablePath: CHROMIUM, args: FLAGS },
    screenshot: 'only-on-failure',
  },
  // The dashboard works as plain HTML, so each spec is run without its scripts too, but for those about the scripts,
  // and those about visitors, who always have scripts.
  projects: [
    { name: 'hydrated', use: { javaScriptEnabled: true } },
    { name: 'plain', use: { javaScriptEnabled: false }, grepInvert: /@hydrated|@visitor/ },
  ],
});
