// Refreshes the hosts that the server knows for referrer spam, from the list that Matomo keeps (public domain):
//
//     git clone --depth 1 https://github.com/matomo-org/referrer-spam-list target/referrer-spam
//     node scripts/referrer-spam.mjs target/referrer-spam/spammers.txt
//
// Writes server/data/referrer_spam.txt. Writes nothing and says what is wrong when a line is no host.
import { readFileSync, writeFileSync } from "node:fs";
import { domainToASCII } from "node:url";

const target = new URL("../server/data/referrer_spam.txt", import.meta.url);

/** The hosts of a list, as browsers say them, each once, in order. */
export function hostsOf(text) {
  const lines = text.split("\n").map((line) => line.trim());
  const hosts = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const host = domainToASCII(line.toLowerCase());
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)) throw new Error(`"${line}" is no host`);
    return host;
  });
  return [...new Set(hosts)].sort();
}

const head = (date) => `\
# Hosts that are sent as referrers so that somebody opens them. From Matomo's referrer-spam-list (public domain), taken
# ${date}; made by scripts/referrer-spam.mjs, not by hand. A host also stands for its subdomains.
`;

if (process.argv[2]) {
  const hosts = hostsOf(readFileSync(process.argv[2], "utf8"));
  writeFileSync(target, head(new Date().toISOString().slice(0, 10)) + hosts.join("\n") + "\n");
  console.log(`${hosts.length} hosts`);
}
