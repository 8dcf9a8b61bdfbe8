// WebKit's own small browser, driven by WebDriver. It has a window, so it needs a display: scripts/engines.sh gives it
// one that nobody sees.

import { createServer, type AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { Builder, Button, By, Capabilities, Key, type WebDriver } from 'selenium-webdriver';
import { end, start } from '../fixtures/process';
import type { Engine, Press, Tab } from './engine';

export const startWebKit = async (program: string, driver: string): Promise<Engine> => {
  const port = await freePort();
  const service = start(driver, [`--port=${port}`], process.env);
  const address = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(`${address}/status`).then((answer) => answer.ok, () => false)).toBe(true);

  // The driver leads one browser at a time, and shows no other tab than its first: so each visit has a browser.
  let browser: WebDriver | undefined;
  const leave = async () => {
    await browser?.quit();
    browser = undefined;
  };
  return {
    leave,
    visit: async () => {
      const options = { binary: program, args: ['--automation'] };
      browser = await new Builder()
        .usingServer(address)
        .withCapabilities(new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options }))
        .build();
      return tab(browser);
    },
    end: async () => {
      await leave();
      await end(service);
    },
  };
};

const tab = (browser: WebDriver): Tab => ({
  open: (url) => browser.get(url),
  run: <T>(script: () => T) => browser.executeScript<T>(script),
  click: (selector, press) => click(browser, selector, press),
  type: async (selector, text) => browser.findElement(By.css(selector)).sendKeys(text),
  back: () => browser.navigate().back(),
  // A tab that the driver opens stays behind the first one; a window that is minimised hides its page.
  lookElsewhere: async (meanwhile) => {
    const window = browser.manage().window();
    const { width, height } = await window.getRect();
    await window.minimize();
    await meanwhile();
    await window.setRect({ width, height });
  },
  close: async () => {
    const tab = await browser.getWindowHandle();
    await browser.switchTo().newWindow('tab');
    const other = await browser.getWindowHandle();
    await browser.switchTo().window(tab);
    await browser.close();
    await browser.switchTo().window(other);
  },
  cookies: async () => (await browser.manage().getCookies()).map(({ name }) => name),
});

const click = async (browser: WebDriver, selector: string, press?: Press): Promise<void> => {
  const element = await browser.findElement(By.css(selector));
  if (!press) return element.click();
  const hand = browser.actions().move({ origin: element });
  if (press === 'middle') return hand.press(Button.MIDDLE).release(Button.MIDDLE).perform();
  return hand.keyDown(Key.CONTROL).press().release().keyUp(Key.CONTROL).perform();
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
};
