// Checks who may use whom (see ARCHITECTURE.md), and what views and shared code must not contain.
import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";

/**
 * Per folder: `uses` = the only modules of its own crate that it may use, or `never` = those that it may not;
 * `of` = the modules that it may use of another crate; `bans` = crates. Folders not named may use anything.
 */
const folderRules = [
  { folder: "app/src/models", uses: [], bans: ["leptos", "sea_orm", "sqlx", "axum"] },
  { folder: "app/src/components", uses: ["hooks", "models", "format"] },
  { folder: "app/src/api", uses: ["services", "models", "demo"] },
  { folder: "app/src/pages", uses: ["components", "api", "state", "hooks", "models", "format"] },
  { folder: "server/src/collect", never: ["reports", "auth", "live", "router"], of: { app: ["models"] } },
  { folder: "server/src/store", never: ["collect", "reports", "auth", "live", "router"], of: { app: ["models"] } },
  { folder: "server/src/reports", never: ["collect", "auth", "live", "router"] },
  { folder: "server/src/seed", never: ["collect", "reports", "auth", "live", "router"], of: { app: ["models"] } },
  { folder: "server/src/auth", never: ["collect", "reports", "live", "router"] },
  { folder: "server/src/live", never: ["collect", "reports", "auth", "router"] },
  { folder: "server/src/intake", never: ["reports", "auth", "live", "router"] },
  { folder: "server/src/goals", never: ["collect", "reports", "auth", "live", "router"] },
  { folder: "server/src/views", never: ["collect", "reports", "auth", "live", "router"] },
  { folder: "server/src/path_rules", never: ["collect", "reports", "auth", "live", "router"] },
  { folder: "server/src/care", never: ["collect", "reports", "auth", "live", "router"] },
];

const textRules = [
  {
    folder: "app/src",
    // A test may ask for it in quotes.
    pattern: /(?<!")\bstyle=|\bstyle:[\w-]+=|<style\b|\.style\(/g,
    why: "the content security policy forbids inline styles: use a class, or the attributes of SVG",
  },
  {
    folder: "app/src",
    except: "app/src/hooks",
    pattern: /\b(Utc|Local|SystemTime|Instant|Date)::now\b|\bDate::new_0\b/g,
    why: "server and browser would disagree: the time comes from the server, or from a hook",
  },
];

const isIn = (folder, file) => file.startsWith(`${folder}/`) || file === `${folder}.rs`;

/** The same lines without comments. "//" after a colon is taken for a URL. */
function withoutComments(text) {
  const blank = (comment) => comment.replace(/[^\n]/g, " ");
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(?<!:)\/\/.*$/gm, blank);
}

/** The first names after `head::`, also of groups `head::{x, y::{a, b}}`, each as [name, offset]. */
function* namesAfter(head, code) {
  for (const match of code.matchAll(new RegExp(`(?<![\\w:])${head}\\s*::\\s*`, "g"))) {
    const start = match.index + match[0].length;
    const isGroup = code[start] === "{";
    let depth = 0;
    let expectsName = true;
    for (let i = start; i < code.length; i++) {
      if (code[i] === "{") depth++;
      else if (code[i] === "}") depth--;
      else if (code[i] === "," && depth === 1) expectsName = true;
      else if (expectsName && /\w/.test(code[i])) {
        yield [/^\w+/.exec(code.slice(i))[0], i];
        expectsName = false;
      }
      if (depth === 0 && (!isGroup || code[i] === "}")) break;
    }
  }
}

/** Modules at the top of its own crate that a file uses, through `crate::` or enough `super::`. */
function* ownModules(file, code) {
  yield* namesAfter("crate", code);
  const modules = file.replace(/^[^/]+\/src\//, "").replace(/(\/mod)?\.rs$/, "").split("/");
  const toTheTop = modules.map(() => "super").join("\\s*::\\s*");
  yield* namesAfter(toTheTop, code);
}

function* brokenBy(rule, file, code, topModules) {
  const self = rule.folder.split("/").at(-1);
  for (const [name, at] of ownModules(file, code)) {
    if (name === self || !topModules.has(name)) continue;
    const allowed = rule.uses ? rule.uses.includes(name) : !rule.never.includes(name);
    if (!allowed) yield [at, `${self} must not use ${name}`];
  }
  for (const [crate, allowed] of Object.entries(rule.of ?? {})) {
    for (const [name, at] of namesAfter(crate, code)) {
      if (!allowed.includes(name)) yield [at, `${self} must not use ${crate}::${name}`];
    }
  }
  for (const crate of rule.bans ?? []) {
    for (const match of code.matchAll(new RegExp(`(?<![\\w:])${crate}(_\\w+)?(?=\\s*::)`, "g"))) {
      yield [match.index, `${self} must not use ${match[0]}`];
    }
  }
}

/** What is wrong with one file, as lines "file:line: why". `topModules`: names at the top of its crate. */
export function faultsOf(file, text, topModules) {
  const code = withoutComments(text);
  const found = [];
  for (const rule of folderRules) {
    if (isIn(rule.folder, file)) found.push(...brokenBy(rule, file, code, topModules));
  }
  for (const { folder, except, pattern, why } of textRules) {
    if (!isIn(folder, file) || (except && isIn(except, file))) continue;
    for (const match of code.matchAll(pattern)) found.push([match.index, `${match[0]}: ${why}`]);
  }
  const lines = found.map(([at, why]) => `${file}:${code.slice(0, at).split("\n").length}: ${why}`);
  return [...new Set(lines)];
}

function checkAll(root) {
  let files = 0;
  const faults = [];
  for (const source of ["app/src", "server/src"]) {
    const topModules = new Set(readdirSync(join(root, source)).map((name) => name.replace(/\.rs$/, "")));
    for (const name of readdirSync(join(root, source), { recursive: true })) {
      if (!name.endsWith(".rs")) continue;
      const file = `${source}/${name.split(sep).join("/")}`;
      faults.push(...faultsOf(file, readFileSync(join(root, file), "utf8"), topModules));
      files++;
    }
  }
  for (const line of faults.sort()) console.error(line);
  console.log(`${files} files checked, ${faults.length} faults`);
  return faults.length === 0;
}

if (process.argv[1] === import.meta.filename) {
  process.exit(checkAll(join(import.meta.dirname, "..")) ? 0 : 1);
}
