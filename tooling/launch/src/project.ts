import { fileURLToPath } from "node:url";

// Where the parts of this checkout are that its commands start.
const file = (specifier: string, path: string): string =>
  fileURLToPath(new URL(path, import.meta.resolve(specifier)));

/** The folder of the checkout. */
export const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
/** The facade, run from its sources. */
export const facadeProgram = file("@install-summary/facade/package.json", "src/main.ts");
/** The editor's sources, which have to be built before they run. */
export const editorSource = file("@install-summary/tui/package.json", "src/main.ts");
/** How the editor is compiled. */
export const editorTsconfig = file("@install-summary/tui/package.json", "tsconfig.json");
/** The editor as it is built. */
export const editorProgram = file("@install-summary/tui/package.json", "dist/install-summary.js");
/** Where `pnpm dev` builds the editor, beside the one that is built for use. */
export const developmentBuild = file("@install-summary/tui/package.json", ".dev");
/** What `pnpm dev` runs. */
export const devProgram = fileURLToPath(new URL("dev.ts", import.meta.url));
/** What `pnpm start` runs. */
export const startProgram = fileURLToPath(new URL("start.ts", import.meta.url));
/** The program of turbo. */
export const turboProgram = file("turbo/package.json", "bin/turbo");
/** The report of the sample tenant. */
export const sampleTenant = file("@tooling/sample-tenant/package.json", "sample-tenant.csv");

/** The environment for turbo, with its telemetry off. */
export const untracked = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/** Makes Node load the workspace's packages from their sources. */
export const fromSources = "--conditions=@install-summary/source";
