import { existsSync, globSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { pages, root, textOf } from "./pages.ts";

test("every link of a page leads to a file, and to a heading where it names one", () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
  expect(pages).toContain("README.md");
});

test("the index names every page of the facade", () => {
  const index = "apps/facade/docs/README.md";
  const named = linksOf(index).map((link) => pathOf(index, link));
  const facade = pages.filter((page) => page.startsWith("apps/facade/docs/") && page !== index);
  expect(facade.filter((page) => !named.includes(page))).toEqual([]);
  expect(facade).not.toEqual([]);
});

test("the README of each program names every folder of its sources", () => {
  for (const program of ["apps/facade", "apps/tui"]) {
    const folders = new Set(
      globSync("src/*/**/*.{ts,tsx}", { cwd: join(root, program) }).map((file) => file.split("/")[1]),
    );
    const readme = textOf(`${program}/README.md`);
    expect([program, ...[...folders].filter((folder) => !readme.includes(`\`${folder}\``))]).toEqual([
      program,
    ]);
    expect(folders.size).toBeGreaterThan(4);
  }
});

/** The links of a page to places in this repository. */
function linksOf(page: string): readonly string[] {
  const prose = textOf(page)
    .replaceAll(/^```.*?^```$/gms, "")
    .replaceAll(/`[^`\n]*`/g, "code");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^\w+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const path = pathOf(page, link);
  const [, heading] = link.split("#");
  if (!existsSync(join(root, path))) return false;
  return heading === undefined || headingsOf(path).includes(heading);
}

function pathOf(page: string, link: string): string {
  const [path = ""] = link.split("#");
  return path === "" ? page : relative(root, join(root, dirname(page), path));
}

/** The headings of a page as GitHub names them in a URL. */
function headingsOf(page: string): readonly string[] {
  const headings = textOf(page).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
