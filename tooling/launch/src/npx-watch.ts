import { readFileSync } from "node:fs";

const interval = 500;

/**
 * Calls `ended` when the npx that started this process is gone. npx passes a signal to the shell between it and pnpm,
 * and that shell does not pass it on, so this process would outlive npx. Linux only: shells elsewhere pass it on.
 */
export function onNpxEnd(ended: () => void): void {
  const npx = findNpx(process.ppid);
  if (npx === undefined) return;
  const watch = setInterval(() => {
    if (readProcess(npx)?.name.startsWith(npxName) === true) return;
    clearInterval(watch);
    ended();
  }, interval);
  watch.unref();
}

const npxName = "npm exec";

function findNpx(pid: number): number | undefined {
  const found = readProcess(pid);
  if (found === undefined) return undefined;
  return found.name.startsWith(npxName) ? pid : findNpx(found.parent);
}

function readProcess(pid: number): { readonly name: string; readonly parent: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const [, name = ""] = /^Name:\t(.*)$/m.exec(status) ?? [];
    const [, parent = "0"] = /^PPid:\t(\d+)$/m.exec(status) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
