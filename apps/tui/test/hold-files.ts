import { readFileSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

// Loaded before the editor: at one moment of a draft's file the disk does not go on, as one that is slow. `HOLD_AT` is the
// moment, and the file `HOLD_MARK` says that it has come.

const { rename, rm } = fs;
const moment = process.env["HOLD_AT"];
const isDraft = (path: string): boolean => /[\\/][0-9a-f-]{36}\.[0-9a-f-]{36}\.json$/.test(path);

function hold(): Promise<never> {
  writeFileSync(process.env["HOLD_MARK"] ?? "", "");
  return new Promise(() => {});
}

fs.rename = async (from, to) => {
  const isSent = isDraft(String(to)) && readFileSync(String(from), "utf8").includes('"pending":{');
  if (isSent && moment === "written") await hold();
  await rename(from, to);
  if (isSent && moment === "in place") await hold();
};
fs.rm = async (path, options) => {
  if (isDraft(String(path)) && moment === "removed") await hold();
  await rm(path, options);
};
syncBuiltinESMExports();
