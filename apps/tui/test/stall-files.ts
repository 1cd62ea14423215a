import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

// Loaded before the editor: the disk with its drafts does not respond to the calls that the file `STALL_MARK` names. A pipe
// that nobody writes to, `STALL_PIPE`, holds a thread of the process as such a disk does, and lets it go once it is written to.

const { mkdir, open, readFile, rename, rm } = fs;
const mark = process.env["STALL_MARK"] ?? "";
const pipe = process.env["STALL_PIPE"] ?? "";

async function stall(name: string, path: unknown): Promise<void> {
  const stalled = await readFile(mark, "utf8").catch(() => "");
  if (stalled.includes(name) && /[\\/]drafts\b/.test(String(path))) await (await open(pipe, "r")).close();
}

/** The same call, once the disk responds. */
function stalling<Rest extends readonly unknown[], Result>(
  name: string,
  call: (path: never, ...rest: Rest) => Promise<Result>,
): (path: never, ...rest: Rest) => Promise<Result> {
  return async (path, ...rest) => {
    await stall(name, path);
    return call(path, ...rest);
  };
}

Object.assign(fs, {
  mkdir: stalling("mkdir", mkdir),
  rename: stalling("rename", rename),
  rm: stalling("rm", rm),
});
syncBuiltinESMExports();
