import { counterNames } from "@install-summary/core";
import { closeSync, openSync, writeSync } from "node:fs";
import { openBareStore } from "../bare/bare-store.ts";

// The limit of an export: a bare query of all apps in the order of their names, written as CSV by a template.

const [, , file = "", target = ""] = process.argv;
const store = openBareStore(file);
const output = openSync(target, "w");
let chunk = "";
for (const row of store.listApps()) {
  const counters = counterNames.map((name) => String(row[name])).join(",");
  chunk += `${String(row["id"])},${String(row["displayName"])},${String(row["publisher"])},,${String(row["odataType"])},${counters}\r\n`;
  if (chunk.length < 16_384) continue;
  writeSync(output, chunk);
  chunk = "";
}
writeSync(output, chunk);
closeSync(output);
store.close();
