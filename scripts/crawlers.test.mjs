import assert from "node:assert/strict";
import { test } from "node:test";
import { alternatives, fewest, finds, marksOf } from "./crawlers.mjs";

test("a pattern without choices is one plain text", () => {
  assert.deepEqual(alternatives("Googlebot\\/"), ["Googlebot/"]);
  assert.deepEqual(alternatives("^Silk\\/"), ["^Silk/"]);
  assert.deepEqual(alternatives("SSL Labs$"), ["SSL Labs$"]);
});

test("choices are spelled out", () => {
  assert.deepEqual(alternatives("[wW]get"), ["wget", "Wget"]);
  assert.deepEqual(alternatives("Ahrefs(Bot|SiteAudit)"), ["AhrefsBot", "AhrefsSiteAudit"]);
  assert.deepEqual(alternatives("Chirp|gotosocial"), ["Chirp", "gotosocial"]);
  assert.deepEqual(alternatives("(^| )PTST\\/"), ["^PTST/", " PTST/"]);
});

test("what is not plain text is told apart", () => {
  for (const pattern of ["a[\\s\\S]*b", "a\\d", "a[^-]", "a+", "a.b", "a(^|b)"]) {
    assert.equal(alternatives(pattern), undefined, pattern);
  }
});

test("a mark is found anywhere, or only where it says", () => {
  assert.ok(finds("bot/", "Some bot/1.0"));
  assert.ok(finds("^curl", "curl/8.0") && !finds("^curl", "libcurl"));
  assert.ok(finds("Labs$", "SSL Labs") && !finds("Labs$", "SSL Labs 2"));
  assert.ok(finds("^Viber$", "Viber") && !finds("^Viber$", "Viber/11"));
});

test("of marks that say the same the shorter one stays", () => {
  assert.deepEqual(fewest(["AdsBot-Google-Mobile", "AdsBot-Google"]), ["AdsBot-Google"]);
  assert.deepEqual(fewest(["^curl", "curl"]), ["curl"]);
  assert.deepEqual(fewest(["^curl", "libcurl"]), ["^curl", "libcurl"]);
});

test("a mark that people's browsers have too is a fault, and one that misses its crawler", () => {
  const faults = (pattern, instances, people) => marksOf([{ pattern, instances }], people).faults;
  assert.deepEqual(faults("Chrome", ["Chrome"], ["Mozilla Chrome/1"]), [
    "Chrome is also in a browser for people: Mozilla Chrome/1",
  ]);
  assert.deepEqual(faults("Fever", ["Fever 2"], []), ["Fever no longer finds: Fever 2"]);
  assert.deepEqual(faults("a+bc", [], []), ["cannot be said in plain text: a+bc"]);
  assert.deepEqual(faults("Chromebot", ["Chromebot/2"], ["Mozilla Chrome/1"]), []);
});
