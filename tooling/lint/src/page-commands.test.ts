import { expect, test } from "vitest";
import { pages, textOf } from "./pages.ts";

test("no command on a page has a comment, which zsh takes for arguments where a person pastes it", () => {
  const commented = pages.flatMap((page) =>
    commandsOf(page)
      .filter((line) => /(?:^|\s)#(?:\s|$)/.test(line))
      .map((line) => `${page}: ${line}`),
  );
  expect(commented).toEqual([]);
  expect(commandsOf("README.md")).toContain("npx -y pnpm@12 start");
});

test("what runs until it is ended, or asks, is the last command of its block, since it reads what is pasted after it", () => {
  const followed = pages.flatMap((page) =>
    blocksOf(page).flatMap((block) =>
      block
        .slice(0, -1)
        .filter(keepsTerminal)
        .map((command) => `${page}: ${command}`),
    ),
  );
  expect(followed).toEqual([]);
});

test.each([
  "npx -y pnpm@12 start",
  "npx -y pnpm@12 tui",
  "install-summary",
  "install-summary --plain",
  "NODE_EXTRA_CA_CERTS=ca.pem install-summary --profile prod",
  "install-summary-facade serve --https",
  "install-summary history --follow",
  "journalctl --unit install-summary-facade --follow",
  "curl -H 'Accept: text/event-stream' -N http://127.0.0.1:8420/api/changes",
  "docker run --name install-summary install-summary-facade",
  "install-summary set payroll failed=8",
  "install-summary set payroll - < patch.json",
  "install-summary import report.zip",
  "npx -y pnpm@12 tui undo payroll",
  "install-summary-facade erase --tenant ID",
])("%s keeps the terminal", (command) => {
  expect(keepsTerminal(command)).toBe(true);
});

test.each([
  "npx -y pnpm@12 test",
  "npx -y pnpm@12 --silent facade token",
  "NODE_EXTRA_CA_CERTS=ca.pem install-summary list",
  "install-summary plan apps.csv --output json > plan.json",
  "install-summary apply plan.json --dry-run",
  "install-summary set payroll - --yes < patch.json",
  "install-summary-facade import report.zip",
  "sudo systemctl enable --now install-summary-facade",
  "docker run --detach install-summary-facade",
])("%s ends by itself", (command) => {
  expect(keepsTerminal(command)).toBe(false);
});

/** Whether a command of a page reads what is typed after it, or runs until a person ends it. */
function keepsTerminal(command: string): boolean {
  const [, words] = /(?:^|\s)(?:install-summary|pnpm@12 tui)(?=\s|$)(.*)$/.exec(command) ?? [];
  const editor = /^(?: --plain| --profile \S+)*$/;
  const asks = /^ (?:set|undo|apply|import|contract verify) (?!.*--(?:yes|dry-run)\b)/;
  return (
    (words !== undefined && (editor.test(words) || asks.test(words))) ||
    /pnpm@12 start\b|install-summary-facade serve\b|--follow\b|^curl .* -N\b/.test(command) ||
    /install-summary-facade erase\b(?!.*--yes)|^docker run\b(?!.*--detach)/.test(command)
  );
}

/** The lines of a page for a shell. */
function commandsOf(page: string): readonly string[] {
  return blocksOf(page).flat();
}

/** The blocks of a page for a shell, without those that are whole files of their own. A command is one line of a block. */
function blocksOf(page: string): readonly (readonly string[])[] {
  const blocks = textOf(page).matchAll(/^ *```(?:sh|bash|zsh|shell)\n(.*?)^ *```$/gms);
  return [...blocks]
    .map(([, block = ""]) => block)
    .filter((block) => !block.startsWith("#!"))
    .map((block) =>
      block
        .replaceAll(/\\\n\s*/g, "")
        .trim()
        .split("\n"),
    );
}
