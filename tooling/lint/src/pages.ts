import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const skipped = /^(node_modules|dist|\.git|\.turbo|\.changeset|\.data)$/;

/** The pages of this repository, as paths in it. */
export const pages: readonly string[] = globSync(["**/*.md", ".github/*.md"], {
  cwd: root,
  exclude: (name) => skipped.test(name.split("/").at(-1) ?? ""),
})
  // What a release writes has links to elsewhere alone.
  .filter((page) => !page.endsWith("CHANGELOG.md"))
  .toSorted();

export function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}
