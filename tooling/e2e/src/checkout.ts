import { fileURLToPath } from "node:url";

const file = (specifier: string, path: string): string =>
  fileURLToPath(new URL(path, import.meta.resolve(specifier)));

/** What a person runs, by its parts in this checkout. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const startProgram = file("@tooling/quickstart/package.json", "src/start.ts");
export const facadeProgram = file("@install-summary/facade/package.json", "src/main.ts");

/** With this, Node takes the workspace's packages from their sources. */
export const fromSources = "--conditions=@install-summary/source";
