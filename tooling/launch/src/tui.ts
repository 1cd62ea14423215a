// pnpm tui ARGS…: the editor and its commands from their sources, by default as the developer of the facade in .data.
import { callerFolder } from "@install-summary/command-line";
import { pathToFileURL } from "node:url";
import { register } from "tsx/esm/api";
import { developmentTokenCommand } from "./development-token-command.ts";
import { editorSource, editorTsconfig } from "./project.ts";
import { sourceCall } from "./script-call.ts";

const { env } = process;
const chosen = ["INSTALL_SUMMARY_TOKEN", "INSTALL_SUMMARY_TOKEN_FILE", "INSTALL_SUMMARY_TOKEN_COMMAND"].map(
  (name) => env[name],
);
if (
  chosen.every((value) => value === undefined || value.trim() === "") &&
  isLocal(env["INSTALL_SUMMARY_URL"])
) {
  env["INSTALL_SUMMARY_TOKEN_COMMAND"] = developmentTokenCommand;
}
env["INSTALL_SUMMARY_PROGRAM"] ??= sourceCall("tui", env);
env["INSTALL_SUMMARY_FACADE_PROGRAM"] ??= sourceCall("facade", env);
// pnpm runs this in the workspace's root; paths begin in the folder where they were typed.
process.chdir(callerFolder(env, process.cwd()));
// It says how JSX is read.
register({ tsconfig: editorTsconfig });
await import(pathToFileURL(editorSource).href);

/** Only a server on this machine is sent a development token. */
function isLocal(url: string | undefined): boolean {
  if (url === undefined || url.trim() === "") return true;
  return ["127.0.0.1", "localhost", "[::1]"].includes(URL.parse(url)?.hostname ?? "");
}
