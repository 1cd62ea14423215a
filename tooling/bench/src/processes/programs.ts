import { fileURLToPath } from "node:url";

const file = (specifier: string, path: string): string =>
  fileURLToPath(new URL(path, import.meta.resolve(specifier)));

/** The facade as it is published. */
export const builtFacade = file("@install-summary/facade/package.json", "dist/bin/install-summary-facade.js");

/** The editor and its commands as they are published. */
export const builtTui = file("@install-summary/tui/package.json", "dist/install-summary.js");

/** An environment in which no setting of the person who measures changes what is measured. */
export const plainEnvironment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(INSTALL_SUMMARY_|INIT_CWD$|NODE_OPTIONS$)/.test(name)),
);
