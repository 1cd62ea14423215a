import { runEditor } from "../src/editor/run-editor.ts";
import { signInFrom } from "../src/server/sign-in.ts";
import type { EditorClient } from "../src/editor/run-effects.ts";
import { bareSettings } from "./command-place.ts";
import { listedApp } from "./sample-apps.ts";

// An editor that breaks, for the test of what it leaves behind: while it draws, or outside of that.

const app = listedApp(1);
const where = process.argv[2];

function unused(): never {
  throw new Error("nothing asks for this");
}

function fail(): never {
  throw new Error("a defect");
}

const client: EditorClient = {
  getApp: unused,
  sendOnce: unused,
  findChange: unused,
  changes() {
    // Changes are followed once the editor is on the screen.
    if (where === "waiting") setTimeout(fail);
    return unused();
  },
  async *pages() {
    // Nothing but drawing looks into a publisher's name.
    if (where === "drawing") Reflect.set(app, "publisher", new Proxy({}, { get: fail }));
    yield { apps: [app], isLast: true };
  },
};

const signIn = signInFrom({ INSTALL_SUMMARY_TOKEN: "a.b.c" });

try {
  const { env, stdin, stdout } = process;
  process.exitCode = await runEditor({
    client,
    signIn,
    stop: new AbortController(),
    baseUrl: "http://127.0.0.1/beta",
    authorityFile: undefined,
    settings: bareSettings,
    isReadOnly: false,
    env,
    stdin,
    stdout,
  });
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`The editor ended: ${error instanceof Error ? error.message : String(error)}\n`);
}
