import { statSync } from "node:fs";
import { resolve } from "node:path";
import { readVariable } from "@install-summary/command-line/variables";
import { UserError } from "@install-summary/command-line/errors";

/** What the shell or the caller has opened already, such as `<(…)`, and what ends at once. */
const opened = /^\/(?:dev\/(?:fd\/\d+|stdin|null)|proc\/self\/fd\/\d+)$/;

/**
 * The file of an authority that Node trusts beside its own, by `NODE_EXTRA_CA_CERTS`. Node reads it by itself and waits for it,
 * so a pipe or a device in a folder, which may never give anything, is told: throws `UserError`.
 */
export function authorityFileFrom(env: NodeJS.ProcessEnv): string | undefined {
  const named = readVariable(env, "NODE_EXTRA_CA_CERTS");
  if (named === undefined) return undefined;
  const file = resolve(named);
  const found = opened.test(file) ? undefined : statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isFile() || found.isDirectory()) return file;
  throw new UserError(`NODE_EXTRA_CA_CERTS names ${file}, which is a pipe or a device, and not a file.`, {
    code: "InvalidAuthority",
    target: "NODE_EXTRA_CA_CERTS",
    help: ["Name the file of the certificate, such as ca.pem, or unset the variable."],
  });
}
