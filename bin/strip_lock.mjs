// Take addresses out of package-lock.json: where a package's author takes donations is no part of
// what is installed, and a lock file here names no host. Run by `make lock`.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const part of Object.values(lock.packages)) {
  delete part.funding;
  delete part.resolved;
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
