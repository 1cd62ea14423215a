import { spawn } from "node:child_process";
import { root, turboProgram, untracked } from "./project.ts";

const build = ["run", "build", "--filter=@install-summary/tui"];

/** Builds the editor unless it is built already. The output of the build is shown only if it fails. */
export async function buildEditor(): Promise<void> {
  const turbo = spawn(process.execPath, [turboProgram, ...build], {
    cwd: root,
    env: untracked,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // An existing build is found at once; the first one takes a few seconds.
  const notice = setTimeout(() => process.stderr.write("Building the editor …\n"), 1_000);
  let output = "";
  for (const stream of [turbo.stdout, turbo.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    turbo.once("error", reject).once("close", resolve);
  });
  clearTimeout(notice);
  if (code !== 0) throw new BuildError(output);
}

/** The editor could not be built; the message is what the build printed. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}
