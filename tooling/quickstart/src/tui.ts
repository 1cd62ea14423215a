// pnpm tui ARGS…: the editor and its commands from their sources, by default as the developer of the facade in .data.
import { pathToFileURL } from "node:url";
import { developmentTokenCommand } from "./development-token-command.ts";
import { editorSource } from "./project.ts";

const { env } = process;
const chosen = [env["INSTALL_SUMMARY_TOKEN"], env["INSTALL_SUMMARY_TOKEN_COMMAND"]];
if (
  chosen.every((value) => value === undefined || value.trim() === "") &&
  isLocal(env["INSTALL_SUMMARY_URL"])
) {
  env["INSTALL_SUMMARY_TOKEN_COMMAND"] = developmentTokenCommand;
}
await import(pathToFileURL(editorSource).href);

/** A development token is no business of another host. */
function isLocal(url: string | undefined): boolean {
  if (url === undefined || url.trim() === "") return true;
  return ["127.0.0.1", "localhost", "[::1]"].includes(URL.parse(url)?.hostname ?? "");
}
