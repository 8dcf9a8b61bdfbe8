// Firefox without a window, driven by WebDriver BiDi.

import puppeteer, { type Page } from 'puppeteer-core';
import type { Engine, Press, Tab } from './engine';

export const startFirefox = async (program: string): Promise<Engine> => {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: program, headless: true });
  return {
    visit: async () => tab(await browser.newPage()),
    leave: async () => {
      // The first one stays: Firefox ends with its last tab.
      const [, ...pages] = await browser.pages();
      await Promise.all(pages.map((page) => page.close()));
    },
    end: () => browser.close(),
  };
};

const tab = (page: Page): Tab => ({
  open: async (url) => {
    await page.goto(url);
  },
  run: async <T>(script: () => T) => (await page.evaluate(script)) as T,
  click: (selector, press) => click(page, selector, press),
  type: (selector, text) => page.type(selector, text),
  // goBack() waits for the page to load, which one out of memory never does.
  back: () => page.evaluate(() => history.back()),
  lookElsewhere: async (meanwhile) => {
    const other = await page.browser().newPage();
    await meanwhile();
    await page.bringToFront();
    await other.close();
  },
  close: async () => {
    // Closed by its button, a tab gives way to another one first. The driver alone would take it away in front, and
    // Firefox aborts scripts in the middle of `pagehide` when that was the last tab of its process.
    const [first] = await page.browser().pages();
    await first!.bringToFront();
    await page.close();
  },
  cookies: async () => (await page.browserContext().cookies()).map(({ name }) => name),
});

const click = async (page: Page, selector: string, press?: Press): Promise<void> => {
  if (press === 'ctrl') await page.keyboard.down('Control');
  await page.click(selector, { button: press === 'middle' ? 'middle' : 'left' });
  if (press === 'ctrl') await page.keyboard.up('Control');
};
