import { readFile } from "node:fs/promises";

/** The child process of a process. Needs Linux's /proc. */
export async function childOf(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  const [child] = children.trim().split(" ");
  if (child === undefined || child === "") throw new Error(`Process ${pid} has no child.`);
  return Number(child);
}
