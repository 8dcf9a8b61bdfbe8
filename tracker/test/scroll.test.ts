import { describe, expect, it } from 'vitest';
import { openTab, type Tab } from './support/tab';

// The window of a test is 768 pixels high.
async function opened(height: number): Promise<Tab> {
  const tab = await openTab();
  tab.height = height;
  return tab;
}

describe('how far down a page was seen', () => {
  it('is all of it where it fits the window', async () => {
    const tab = await opened(768);
    tab.leave();
    expect(tab.time()).toMatchObject({ scroll: 100 });
  });

  it('is what the window shows where nobody scrolled', async () => {
    const tab = await opened(7_680);
    tab.leave();
    expect(tab.time()).toMatchObject({ scroll: 10 });
  });

  it('is the deepest point, also after the way back up', async () => {
    const tab = await opened(7_680);
    tab.scroll(3_072);
    tab.scroll(0);
    tab.leave();
    expect(tab.time()).toMatchObject({ scroll: 50 });
  });

  it('is a share of the height at the time of the report, for pages grow', async () => {
    const tab = await opened(1_536);
    tab.scroll(768);
    await tab.wait(5.1);
    expect(tab.time()).toMatchObject({ scroll: 100 });
    tab.height = 3_072;
    await tab.wait(1);
    tab.leave();
    expect(tab.time()).toMatchObject({ scroll: 50 });
  });

  it('begins anew on each page', async () => {
    const tab = await opened(7_680);
    tab.scroll(6_912);
    tab.scroll(0);
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(1);
    tab.leave();
    expect(tab.views().map((view) => tab.time(view).scroll)).toEqual([100, 10]);
  });
});
