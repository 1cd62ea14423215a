import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Terminal } from "@tooling/terminal";
import type { Role, Sample, Suite, SuiteOptions, Target, Variant } from "../judging/measurement.ts";
import { bundleInk } from "../processes/bundle.ts";
import { builtTui } from "../processes/programs.ts";
import { startFacade } from "../processes/servers.ts";
import { appNameOf } from "../sample/apps.ts";
import { writeReportFile } from "../sample/write-report-file.ts";
import { bareEditor } from "./bare-editor.ts";
import {
  keys,
  measureBytes,
  measureKeys,
  measureMemory,
  measureStart,
  quiet,
  startLoaded,
  type ScreenProgram,
} from "./editor-session.ts";

const few = 200;

/** The editor in a pseudo-terminal, with few and with many apps, against a program of Ink alone that is bundled alike. */
export async function openTuiSuite({ isShort }: SuiteOptions): Promise<Suite> {
  const many = isShort ? 3000 : 100_000;
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const bareFile = join(folder, "bare.mjs");
  await writeFile(bareFile, await bundleInk(bareEditor));

  async function editorWith(apps: number): Promise<ScreenProgram> {
    const report = join(folder, `report-${apps}.csv`);
    await writeReportFile(report, { apps });
    const facade = opened.adopt(await startFacade(join(folder, `facade-${apps}`), { report }), (one) =>
      one.close(),
    );
    return {
      file: builtTui,
      env: {
        INSTALL_SUMMARY_URL: `http://127.0.0.1:${facade.port}/beta`,
        INSTALL_SUMMARY_TOKEN: facade.token,
      },
      first: appNameOf(0),
      untilLoaded: "so far",
    };
  }
  const programs = {
    few: await editorWith(few),
    many: await editorWith(many),
    bare: { file: bareFile, first: appNameOf(0) },
  };
  const names = { few: `${few} apps`, many: `${many} apps`, bare: "bare Ink" } as const;
  type Name = keyof typeof names;
  const roles: Readonly<Record<Name, Role>> = { few: "ours", many: "ours", bare: "limit" };

  // What keys are measured in runs on from round to round.
  const running = new Map<Name, Promise<Terminal>>();
  opened.defer(async () => {
    for (const started of await Promise.allSettled(running.values())) {
      // One that did not start has closed itself.
      if (started.status === "fulfilled") await started.value.close();
    }
  });
  function terminalOf(name: Name): Promise<Terminal> {
    const started = running.get(name) ?? startLoaded(programs[name]);
    running.set(name, started);
    return started;
  }

  function variantsOf(measure: (name: Name) => Promise<Sample>, only: readonly Name[]): readonly Variant[] {
    return only.map((name) => ({ variant: names[name], role: roles[name], measure: () => measure(name) }));
  }
  const times = isShort ? 3 : 20;
  const moves = Array.from({ length: times }, () => keys.down);
  async function moveDown(name: Name): Promise<Sample> {
    const terminal = await terminalOf(name);
    return measureKeys(terminal, moves);
  }
  async function typeFilter(name: Name): Promise<Sample> {
    const terminal = await terminalOf(name);
    terminal.type("/");
    await terminal.shows("Ctrl-U");
    const sample = await measureKeys(terminal, Array.from("sample 0012"));
    const isRight = terminal.screen().includes(` / sample 0012`);
    terminal.type(keys.escape);
    await terminal.hides("Ctrl-U");
    await quiet(terminal);
    return { ...sample, bad: isRight ? 0 : 1 };
  }
  async function bytesOf(pressed: readonly string[]): Promise<Sample> {
    return measureBytes(await terminalOf("many"), pressed);
  }

  const closing = opened.move();
  return {
    rounds: 5,
    cases: [
      {
        case: "start to first frame",
        variants: variantsOf(
          (name) => measureStart(programs[name], isShort ? 1 : 3),
          ["few", "many", "bare"],
        ),
      },
      { case: "cursor key to frame", variants: variantsOf(moveDown, ["few", "many", "bare"]) },
      {
        case: "filter key to frame",
        variants: [
          { variant: "filter key", role: "ours", measure: () => typeFilter("many") },
          { variant: "cursor key", role: "limit", measure: () => moveDown("many") },
        ],
      },
      {
        case: "bytes of a cursor key",
        variants: [
          { variant: "cursor key", role: "ours", measure: () => bytesOf(moves) },
          {
            variant: "full redraw",
            role: "limit",
            measure: () => bytesOf(Array.from({ length: 5 }, () => keys.redraw)),
          },
        ],
      },
      {
        case: "memory, all loaded",
        variants: variantsOf((name) => measureMemory(programs[name]), ["many", "bare"]),
      },
    ],
    targets: targetsFor(names),
    close: () => closing.disposeAsync(),
  };
}

function targetsFor({
  few: fewApps,
  many,
  bare,
}: Readonly<Record<"few" | "many" | "bare", string>>): readonly Target[] {
  const atMost = { wanted: "at most" } as const;
  const start = { case: "start to first frame", metric: "p50Us", ...atMost } as const;
  const move = { case: "cursor key to frame", metric: "p50Us", ...atMost } as const;
  return [
    {
      target: `first frame, ${fewApps}, over bare Ink`,
      ...start,
      ours: fewApps,
      over: bare,
      goal: 1.3,
      floor: 1.6,
    },
    {
      target: `first frame, ${many}, over ${fewApps}`,
      ...start,
      ours: many,
      over: fewApps,
      goal: 1.1,
      floor: 1.3,
    },
    {
      target: `cursor key, ${many}, over ${fewApps}`,
      ...move,
      ours: many,
      over: fewApps,
      goal: 1.2,
      floor: 1.5,
    },
    { target: `cursor key, ${many}, over bare Ink`, ...move, ours: many, over: bare, goal: 5, floor: 8 },
    {
      target: `filter key, ${many}, over the cursor key`,
      case: "filter key to frame",
      metric: "p50Us",
      ...atMost,
      ours: "filter key",
      over: "cursor key",
      goal: 4,
      floor: 6,
    },
    {
      target: "bytes of a cursor key, over a full redraw",
      case: "bytes of a cursor key",
      metric: "bytes",
      ...atMost,
      ours: "cursor key",
      over: "full redraw",
      goal: 0.25,
      floor: 0.4,
    },
    {
      target: `memory, ${many}, over bare Ink`,
      case: "memory, all loaded",
      metric: "rssBytes",
      ...atMost,
      ours: many,
      over: bare,
      goal: 2.2,
      floor: 3,
    },
  ];
}
