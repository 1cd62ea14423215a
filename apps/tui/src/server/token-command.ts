import { visibleText } from "@install-summary/core/text";
import { UserError, exitCodes, fileErrorText } from "@install-summary/command-line/errors";

/** Milliseconds that the command may run: a sign-in may wait for a person. */
export const maxRun = 120_000;

/** Runs the command in the shell and returns what it printed. Throws `UserError` if it fails. */
export async function runTokenCommand(
  command: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  // Only here, since most people have a token and need no other process.
  const { exec } = await import("node:child_process");
  return new Promise<string>((resolve, reject) => {
    const options = { env, timeout: maxRun, maxBuffer: 1024 * 1024, signal };
    const child = exec(command, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(signal.aborted ? signal.reason : failed(error, stderr));
    });
    // A command that asks a question must fail instead of waiting for a reply.
    child.stdin?.end();
  }).catch((error: unknown) => {
    // Some faults of its start are thrown and not called back with.
    throw isOfStart(error) ? failed(error, "") : error;
  });
}

function failed(
  error: Error & { readonly code?: unknown; readonly killed?: boolean; readonly signal?: unknown },
  stderr: string,
): UserError {
  return new UserError(`INSTALL_SUMMARY_TOKEN_COMMAND ${howItEnded(error)}.`, {
    exit: exitCodes.forbidden,
    code: "TokenCommandFailed",
    target: "INSTALL_SUMMARY_TOKEN_COMMAND",
    help: lastLines(stderr),
  });
}

/** Whether the system could not start the shell, as where there are too many processes. */
function isOfStart(error: unknown): error is Error & { readonly syscall: unknown } {
  return error instanceof Error && "syscall" in error;
}

function howItEnded(error: Parameters<typeof failed>[0]): string {
  if (isOfStart(error)) return `could not be started: ${fileErrorText(error)}`;
  const { code, killed, signal } = error;
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "printed more than a token";
  if (killed === true) return "was stopped after two minutes";
  return typeof signal === "string" ? `was ended by ${signal}` : `failed with exit code ${String(code)}`;
}

// From the beginning of a word alone, which tries a long one without a dot once.
const tokenForm = /(?<![\w-])[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g;

/** A text without anything in it that looks like a token. */
export function withoutTokens(text: string): string {
  return text.replaceAll(tokenForm, "(a token)");
}

/** The last lines that the command printed. */
function lastLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.slice(-3).map((line) => visibleText(withoutTokens(line), 200));
}
