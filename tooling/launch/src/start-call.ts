import { callerFolder } from "@install-summary/command-line";
import { readSettings } from "@install-summary/facade";
import { relative } from "node:path";
import { scriptCall } from "./script-call.ts";
import { shellWord } from "./shell-word.ts";

/** How a person starts a facade at this URL and with this data folder again, with its editor. */
export function startCall(url: string, data: string, env: NodeJS.ProcessEnv = process.env): string {
  const folder = callerFolder(env, process.cwd());
  const usual = readSettings({ env: {}, folder });
  const { port, protocol } = new URL(url);
  const isHttps = protocol === "https:";
  // A URL leaves out the port of its scheme.
  const served = port === "" ? (isHttps ? 443 : 80) : Number(port);
  return [
    scriptCall("start", { folder }),
    ...(served === usual.port ? [] : ["--port", String(served)]),
    ...(relative(usual.data, data) === "" ? [] : ["--data", shellWord(data)]),
    ...(isHttps ? ["--https"] : []),
  ].join(" ");
}
