import { defineConfig } from '@playwright/test';
import type { Options } from './engines/test';

// scripts/engines.sh names the engines that are there.
const { PULSE_FIREFOX: firefox, PULSE_WEBKIT: webkit, PULSE_WEBKIT_DRIVER: driver } = process.env;
if (!firefox && !webkit) throw new Error('No engine is named. Start these tests with scripts/engines.sh, which finds them.');

export default defineConfig<object, Options>({
  testDir: 'engines',
  workers: 2,
  forbidOnly: !!process.env['CI'],
  timeout: 30_000,
  reporter: 'list',
  projects: [
    ...(firefox ? [{ name: 'firefox', use: { programs: { firefox } } }] : []),
    ...(webkit && driver ? [{ name: 'webkit', use: { programs: { webkit, driver } } }] : []),
  ],
});
