import { exitCodes } from "@install-summary/command-line/errors";
import { clearText } from "../text/clear-text.ts";
import { baseUrlFrom, connect } from "../server/connection.ts";
import { diagnose, type Diagnosis } from "../doctor/diagnose.ts";
import type { Finding } from "../doctor/finding.ts";
import type { CommandContext } from "./command-context.ts";
import { failureFor } from "./describe-failure.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, textOutput, type PrintTarget } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** Prints whose token it is and what each check found, and ends with the exit code of the first that failed. */
export async function doctor(context: CommandContext, flags: SharedFlags): Promise<void> {
  const { env, stderr, signal, endWith } = context;
  const output = await openOutput(context, flags);
  const baseUrl = baseUrlFrom(env);
  const diagnosis = await withProgress(textOutput(stderr, env), () =>
    diagnose({
      baseUrl,
      open: () => connect(env, { signal, stderr, retry: 0, timeout: 15_000 }),
      env,
      now: Date.now,
      signal,
      describe: (error) => failureFor(error, context),
    }),
  );
  const checks = diagnosis.findings.map(({ check, result, message, mend }) => ({
    check,
    result,
    message,
    mend: mend ?? null,
  }));
  await output.print({
    value: { account: diagnosis.account ?? null, checks },
    table: (out) => printDiagnosis(out, diagnosis),
    records: () => ({
      header: ["Check", "Result", "Message", "How to mend"],
      rows: checks.map(({ check, result, message, mend }) => [check, result, message, mend]),
    }),
  });
  const failed = diagnosis.findings.find(({ result }) => result === "failed");
  if (failed !== undefined) endWith(failed.exit ?? exitCodes.unexpected);
}

function printDiagnosis(out: PrintTarget, { account, findings }: Diagnosis): void {
  if (account !== undefined) {
    const { user, name, tenant, audience } = account;
    const facts = [
      ["User", [name, user].filter((part) => part !== null).join(", ")],
      ["Tenant", tenant],
      ["Audience", audience],
      ["Scopes", account.scopes.join(" ")],
      ["Expires", account.expires],
    ] as const;
    const lines = facts.map(([label, value]) => `${label.padEnd(9)} ${clearText(value ?? "not told")}`);
    printLines(out, [...lines, ""]);
  }
  printLines(out, findings.flatMap(linesOf));
}

const verdicts: Readonly<Record<Finding["result"], string>> = {
  ok: "ok",
  warning: "!",
  failed: "FAIL",
  skipped: "-",
};

function linesOf({ check, result, message, mend }: Finding): readonly string[] {
  const first = `${verdicts[result].padEnd(4)}  ${check.padEnd(11)}  ${clearText(message)}`;
  return mend === undefined || mend === "" ? [first] : [first, `${" ".repeat(19)}${clearText(mend)}`];
}
