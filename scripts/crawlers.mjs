// Refreshes what the server knows crawlers and real browsers by, from the npm packages crawler-user-agents (MIT) and
// user-agents (BSD-2-Clause):
//
//     npm install --prefix target/crawlers --no-save crawler-user-agents user-agents
//     node scripts/crawlers.mjs target/crawlers/node_modules
//
// Writes server/data/crawlers.txt (the marks), server/tests/data/crawlers.txt (a crawler in each line) and
// server/tests/data/real_browsers.txt (a browser in each line). Writes nothing and says what is wrong when a mark would
// miss a crawler that the package quotes, or would take a real browser for a crawler.
//
// The package has regular expressions. The server looks for plain text, so that a visit costs no regular expression:
// a few are spelled out as alternatives here, those that cannot be are replaced by hand below.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Patterns that plain text cannot say, or that people's browsers have in them too, and what stands for each. */
export const replaced = new Map([
  // What plain text cannot say: a part of it that is particular enough.
  ["AdsBot-Google([^-]|$)", ["AdsBot-Google"]],
  ["BlogTraffic\\/\\d\\.\\d+ Feed-Fetcher", ["BlogTraffic/"]],
  ["ContextualBot[\\s\\S]*outcomes\\.net", ["ContextualBot"]],
  ["Current[\\s\\S]*RSS Reader", ["currentreader.app"]],
  ["Spider[\\s\\S]*spider\\.com", ["www.spider.com"]],
  // Also in browsers for people: SogouMobileBrowser, coccocbrowser, Freespoke's browser, Blackboard's application.
  ["Sogou", ["Sogou News", "Sogou Pic", "Sogou web"]],
  ["coccoc", ["^coccoc", "coccoc/", "coccocbot"]],
  ["Freespoke\\/", ["crawler.freespoke.com"]],
  ["Blackboard", ["Blackboard Safeassign"]],
  // Fetches by itself under this name alone; behind the name of a browser it is the application that a person reads in.
  ["Viber", ["^Viber$"]],
  ["WhatsApp", ["^WhatsApp"]],
  ["Bluesky\\/", ["^Bluesky/"]],
  ["Grammarly\\/", ["^Grammarly/"]],
  ["Instapaper\\/", ["^Instapaper/"]],
  ["Notion\\/", ["^Notion/"]],
  ["Overcast\\/", ["^Overcast/"]],
  ["PayPal\\/", ["^PayPal/"]],
  ["PocketCasts\\/", ["^PocketCasts/"]],
  ["Podimo", ["^Podimo/"]],
  ["Tumblr\\/", ["^Tumblr/"]],
  // Also in the names of devices: ViewSonic, Fever Plus, Expanse, HTC Butterfly, DESAY TS1008.
  ["Sonic", ["RankSonic", "; Sonic/"]],
  ["Fever", ["Fever/"]],
  ["Expanse", ["Expanse, a Palo Alto"]],
  ["Butterfly", ["Butterfly/"]],
  ["008\\/", ["^008/"]],
  // The number of an Android build, on many people's phones.
  ["AP3A\\.240617\\.008", []],
  // Facebook's browser for people.
  ["MetaIAB Facebook", []],
  // Windows that make an application of a site, and editors that show one: a person sits before them.
  ["Fluid", []],
  ["Code\\/1\\.", []],
  ["Trae\\/", []],
]);

const START = "^";
const END = "$";

/** A regular expression as the plain texts that it stands for, anchors kept; nothing where that is not possible. */
export function alternatives(pattern) {
  let at = 0;
  const sequence = (until) => {
    const all = [];
    let texts = [""];
    while (at < pattern.length && !(until && pattern[at] === until)) {
      if (pattern[at] === "|") {
        at++;
        all.push(...texts);
        texts = [""];
        continue;
      }
      const next = item();
      if (!next) return undefined;
      texts = texts.flatMap((text) => next.map((more) => text + more));
    }
    return [...all, ...texts];
  };
  const item = () => {
    const sign = pattern[at++];
    if (sign === "\\") {
      const escaped = pattern[at++];
      return /\w/.test(escaped) ? undefined : [escaped];
    }
    if (sign === "[") {
      const end = pattern.indexOf("]", at);
      const inside = pattern.slice(at, end);
      at = end + 1;
      return /[\\^-]/.test(inside) ? undefined : [...inside];
    }
    if (sign === "(") {
      const inside = sequence(")");
      at++;
      return inside;
    }
    return "*+?{}.)]".includes(sign) ? undefined : [sign];
  };
  const texts = sequence();
  const odd = texts?.some((text) => text.slice(1).includes(START) || text.slice(0, -1).includes(END));
  return odd ? undefined : texts;
}

/** Whether the server finds this mark in this text. The same rule is in server/src/collect/enrich/bot.rs. */
export function finds(mark, text) {
  const [start, end] = [mark.startsWith(START), mark.endsWith(END)];
  const plain = mark.slice(start ? 1 : 0, end ? -1 : undefined);
  if (start && end) return text === plain;
  if (start) return text.startsWith(plain);
  return end ? text.endsWith(plain) : text.includes(plain);
}

/** The marks of all entries, each entry with its own, and what is wrong with them. */
export function marksOf(entries, people) {
  const faults = [];
  const own = entries.map(({ pattern }) => {
    const marks = replaced.get(pattern) ?? alternatives(pattern);
    if (!marks) faults.push(`cannot be said in plain text: ${pattern}`);
    // A space at an end is lost too easily in a list of lines.
    return (marks ?? []).map((mark) => mark.trim());
  });
  entries.forEach(({ pattern, instances = [] }, index) => {
    if (own[index].length === 0) return;
    for (const text of instances) {
      if (!own[index].some((mark) => finds(mark, text))) faults.push(`${pattern} no longer finds: ${text}`);
    }
  });
  for (const mark of new Set(own.flat())) {
    if (mark.length < 3 || mark.startsWith("#")) faults.push(`not a mark: "${mark}"`);
    const person = people.find((text) => finds(mark, text));
    if (person) faults.push(`${mark} is also in a browser for people: ${person}`);
  }
  return { own, faults };
}

/** Without those that another one finds anyway. */
export function fewest(marks) {
  const all = [...new Set(marks)];
  const isTied = (mark) => mark.startsWith(START) || mark.endsWith(END);
  const covers = (mark, other) => mark !== other && !isTied(mark) && finds(mark, other);
  return all.filter((mark) => !all.some((other) => covers(other, mark)));
}

function refresh(root, packages) {
  const read = (...path) => JSON.parse(readFileSync(join(packages, ...path), "utf8"));
  const version = (name) => `${name} ${read(name, "package.json").version}`;
  const entries = read("crawler-user-agents", "crawler-user-agents.json");
  const browsers = [...new Set(read("user-agents", "dist", "user-agents.json").map((one) => one.userAgent))].sort();
  const table = JSON.parse(readFileSync(join(root, "server/tests/data/user_agents.json"), "utf8"));
  const people = [...browsers, ...table.map((one) => one.user_agent)];

  const { own, faults } = marksOf(entries, people);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) return false;

  const day = new Date().toISOString().slice(0, 10);
  const licence = readFileSync(join(packages, "crawler-user-agents", "LICENSE"), "utf8").trim();
  const head = [
    `What crawlers call themselves. From the npm package ${version("crawler-user-agents")}, taken ${day};`,
    "made by scripts/crawlers.mjs, not by hand. A line is a text to look for in the user agent, small and capital letters",
    'as here; "^" before it: only at the start; "$" after it: only at the end.',
    "",
    ...licence.split(/\r?\n/),
  ];
  const marks = fewest(own.flat()).sort();
  const lines = (texts) => `${texts.join("\n")}\n`;
  writeFileSync(
    join(root, "server/data/crawlers.txt"),
    lines([...head.map((line) => `# ${line}`.trim()), ...marks]),
  );
  const crawlers = entries.flatMap(({ instances = [] }, index) => (own[index].length > 0 ? instances : []));
  const distinct = [...new Set(crawlers)].filter((text) => text.trim() === text && !/[\r\n]/.test(text)).sort();
  writeFileSync(join(root, "server/tests/data/crawlers.txt"), lines(distinct));
  writeFileSync(join(root, "server/tests/data/real_browsers.txt"), lines(browsers));

  const plain = entries.filter(({ pattern }) => !replaced.has(pattern) && alternatives(pattern)?.length === 1).length;
  const spelled = entries.filter(({ pattern }) => !replaced.has(pattern)).length - plain;
  const byHand = entries.filter(({ pattern }) => replaced.has(pattern));
  const left = byHand.filter(({ pattern }) => replaced.get(pattern).length === 0).length;
  console.log(`${entries.length} patterns: ${plain} are one plain text, ${spelled} spelled out as several,`);
  console.log(`${byHand.length - left} replaced by hand, ${left} left out.`);
  console.log(`${marks.length} marks are left, as some find what others do.`);
  console.log(`${distinct.length} crawlers and ${browsers.length} browsers (${version("user-agents")}) to test with.`);
  return true;
}

if (process.argv[1] === import.meta.filename) {
  const packages = process.argv[2];
  if (!packages) {
    console.error("Say which folder the packages are in: node scripts/crawlers.mjs FOLDER");
    process.exit(1);
  }
  process.exit(refresh(join(import.meta.dirname, ".."), packages) ? 0 : 1);
}
