import { callerFolder } from "@install-summary/command-line";
import { readSettings } from "@install-summary/facade";
import { relative } from "node:path";
import { scriptCall } from "./script-call.ts";
import { shellWord } from "./shell-word.ts";

/** How a person starts a facade at this URL and with this data folder again, with its editor. */
export function startCall(url: string, data: string, env: NodeJS.ProcessEnv = process.env): string {
  const folder = callerFolder(env, process.cwd());
  const { port, ownData, isHttps } = unusual(url, data, folder);
  return [
    scriptCall("start", { folder }),
    ...(port === undefined ? [] : ["--port", port]),
    ...(ownData === undefined ? [] : ["--data", ownData]),
    ...(isHttps ? ["--https"] : []),
  ].join(" ");
}

/** The same while the sources are worked on: that script takes variables alone. */
export function devCall(url: string, data: string, env: NodeJS.ProcessEnv = process.env): string {
  const folder = callerFolder(env, process.cwd());
  const { port, ownData, isHttps } = unusual(url, data, folder);
  return [
    ...(port === undefined ? [] : [`INSTALL_SUMMARY_PORT=${port}`]),
    ...(ownData === undefined ? [] : [`INSTALL_SUMMARY_DATA=${ownData}`]),
    ...(isHttps ? ["INSTALL_SUMMARY_HTTPS=true"] : []),
    scriptCall("dev", { folder }),
  ].join(" ");
}

/** What has to be named, as words of a shell: without that a start in this folder would be another one. */
interface Unusual {
  readonly port: string | undefined;
  readonly ownData: string | undefined;
  readonly isHttps: boolean;
}

function unusual(url: string, data: string, folder: string): Unusual {
  const usual = readSettings({ env: {}, folder });
  const { port, protocol } = new URL(url);
  const isHttps = protocol === "https:";
  // A URL leaves out the port of its scheme.
  const served = port === "" ? (isHttps ? 443 : 80) : Number(port);
  return {
    port: served === usual.port ? undefined : String(served),
    ownData: relative(usual.data, data) === "" ? undefined : shellWord(data),
    isHttps,
  };
}
