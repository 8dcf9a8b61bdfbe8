// One session: its sentence, its facts, its timeline.

import type { Locator, Page } from '@playwright/test';

/** A page view as the timeline tells it; times in seconds, undefined where they were not measured. */
export interface PageRead {
  path: string;
  title: string | undefined;
  /** When it began, in milliseconds since the epoch. */
  began: number;
  active: number | undefined;
  visible: number | undefined;
  open: number | undefined;
  /** How it ended. */
  state: string;
  /** What happened on it: `click Pricing → /pricing`. */
  events: string[];
}

export class SessionPage {
  constructor(private readonly page: Page) {}

  get timeline(): Locator {
    return this.page.getByRole('region', { name: 'Timeline' });
  }

  /** What the page views are called, in order. */
  get headings(): Locator {
    return this.timeline.getByRole('heading', { level: 3 });
  }

  /** The page views and the pauses between them, in order. */
  get entries(): Locator {
    return this.pages.or(this.timeline.getByRole('listitem').filter({ hasText: /^\W*\d.* away$/ }));
  }

  /** The session in a sentence. */
  get summary(): Locator {
    return this.page.getByRole('main').locator('p.summary');
  }

  /** The session as a drawing of links. */
  get ribbon(): Locator {
    return this.page.getByRole('group', { name: /^\d[\d,]* pages?: / });
  }

  /** Back to the list that the session was opened from, and to its sessions beside this one. */
  get way(): Locator {
    return this.page.getByRole('navigation', { name: 'List of sessions' });
  }

  get previous(): Locator {
    return this.way.getByRole('link', { name: 'Previous' });
  }

  get next(): Locator {
    return this.way.getByRole('link', { name: 'Next' });
  }

  get back(): Locator {
    return this.way.getByRole('link', { name: /^(All sessions|Sessions, filtered)$/ });
  }

  /** The value of a fact. */
  fact(name: string): Locator {
    const facts = this.page.getByRole('complementary', { name: 'Facts' });
    return facts.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd');
  }

  /** The whole session as a file. */
  get download(): Locator {
    return this.page.getByRole('link', { name: 'Download as JSON' });
  }

  get delete(): Locator {
    return this.page.getByRole('button', { name: 'Delete this session' });
  }

  /** Says that the session is about to be deleted. */
  get deletion(): Locator {
    return this.page.getByRole('alert');
  }

  get undo(): Locator {
    return this.deletion.getByRole('button', { name: 'Undo' });
  }

  get markAsMachine(): Locator {
    return this.page.getByRole('button', { name: 'Mark as a machine' });
  }

  get markAsPerson(): Locator {
    return this.page.getByRole('button', { name: 'Mark as a person' });
  }

  /** The page views, in order. */
  get pages(): Locator {
    return this.timeline.getByRole('listitem').filter({ has: this.page.getByRole('heading', { level: 3 }) });
  }

  /** Each event of its own, also those that are folded. */
  get events(): Locator {
    return this.timeline.locator('[id^="event-"]');
  }

  /** The lines of events of this name, also those that are folded. */
  event(name: string): Locator {
    return this.timeline.locator('.event').filter({ hasText: name });
  }

  /** The times of events that read like this: links to them. */
  moment(offset: string): Locator {
    return this.timeline.locator('a').filter({ hasText: offset });
  }

  /** Lines that stand for several. */
  get folds(): Locator {
    return this.timeline.locator('summary');
  }

  /** What the address names. */
  get pointedAt(): Locator {
    return this.timeline.locator(':target');
  }

  /** Links that choose which events are shown. */
  get shown(): Locator {
    return this.page.getByRole('navigation', { name: 'Shown in the timeline' });
  }

  /** The timeline as somebody reads it; of addresses of the site `origin` only the path. */
  async read(origin: string): Promise<PageRead[]> {
    const pages = await this.pages.evaluateAll((items) =>
      items.map((item) => {
        const text = (selector: string) => item.querySelector(selector)?.textContent ?? undefined;
        return {
          path: text('h3')?.replace(/^\d+\. /, ''),
          title: text('.page-title'),
          began: item.querySelector('time')?.dateTime,
          spent: text('.page-spent'),
          beside: text('.page-beside'),
          events: [...item.querySelectorAll('.event-what')].map((what) => what.textContent?.replace(/\s+/g, ' ').trim() ?? ''),
        };
      }),
    );
    return pages.map(({ path, title, began, spent = '', beside = '', events }) => {
      const active = seconds(/^(.+) active$/.exec(spent)?.[1]);
      const visible = seconds(/(?:^|, )([^,]+) visible/.exec(beside)?.[1]) ?? active;
      const open = seconds(/(?:^|, )([^,]+) open/.exec(beside)?.[1]) ?? visible;
      const state = beside.split(', ').at(-1) ?? '';
      return {
        path: path ?? '',
        title,
        began: Date.parse(began ?? ''),
        active,
        visible,
        open,
        state,
        events: events.map((event) => event.replace(`→ ${origin}`, '→ ')),
      };
    });
  }
}

const UNITS: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400 };

/** `1 min 12 s` → 72. */
const seconds = (text: string | undefined): number | undefined =>
  text?.match(/[\d.]+ \w+/g)?.reduce((sum, part) => {
    const [number, unit] = part.split(' ') as [string, string];
    return sum + Number(number) * (UNITS[unit] ?? NaN);
  }, 0);
