// node src/sample-tenant.ts [--apps N] [--seed TEXT] [--out FILE]: a tenant as Intune's report
// AppInstallStatusAggregate shows it. Without options exactly the committed sample-tenant.csv, on stdout.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { awkwardApps } from "./awkward-apps.ts";
import { catalogue, editionOf, type NamedApp } from "./catalogue.ts";
import { drawCounts, type Counts } from "./counts.ts";
import { reportCodeOf, platforms } from "./platform.ts";
import { createRandom } from "./random.ts";

/** How many apps the sample tenant has, and from which seed they are drawn. */
export interface SampleOptions {
  readonly apps?: number;
  readonly seed?: string;
}

/** An app of the sample tenant with its numbers. */
export interface SampleApp extends NamedApp {
  readonly id: string;
  readonly version: string;
  readonly devices: Counts;
  readonly users: Counts;
}

/** The app of the specification's examples. */
const specificationApp: SampleApp = {
  id: "06a792e9-92e9-06a7-e992-a706e992a706",
  platform: "android",
  publisher: "Contoso",
  name: "Contoso Payroll 給与計算 2.2",
  everywhere: false,
  version: "2.2",
  devices: { installed: 2080, failed: 16, notApplicable: 272, notInstalled: 72, pending: 48 },
  users: { installed: 2176, failed: 8, notApplicable: 184, notInstalled: 68, pending: 272 },
};

const ordinaryApps = [...awkwardApps, ...catalogue];
const byteOrderMark = "\uFEFF";

/** The tenant's apps, the specification's first; a longer list begins with the shorter one. */
export function* sampleApps(options: SampleOptions = {}): Generator<SampleApp> {
  const { apps = ordinaryApps.length + 1, seed = "Contoso" } = options;
  if (apps > 0) yield specificationApp;
  for (let index = 0; index < apps - 1; index += 1) {
    const random = createRandom(seed, index);
    const app = namedApp(index);
    const version = drawVersion(app, random.next(), random.next());
    yield { ...app, id: random.id, version, ...drawCounts(random, app) };
  }
}

/** The report of those apps, line by line, as the export writes it: byte order mark, CRLF, every value a text. */
export function* sampleReport(options: SampleOptions = {}): Generator<string> {
  yield `${byteOrderMark}${columns.map(([name]) => name).join(",")}\r\n`;
  for (const app of sampleApps(options)) {
    yield `${columns.map(([, value]) => cell(String(value(app)))).join(",")}\r\n`;
  }
}

const columns: readonly (readonly [name: string, value: (app: SampleApp) => string | number])[] = [
  ["ApplicationId", (app) => app.id],
  ["DisplayName", (app) => app.name],
  ["Publisher", (app) => app.publisher],
  ["Platform", (app) => reportCodeOf(app.platform)],
  ["Platform_loc", (app) => platforms[app.platform].label],
  ["AppVersion", (app) => app.version],
  ["InstalledDeviceCount", (app) => app.devices.installed],
  ["InstalledUserCount", (app) => app.users.installed],
  ["FailedDeviceCount", (app) => app.devices.failed],
  ["FailedUserCount", (app) => app.users.failed],
  ["PendingInstallDeviceCount", (app) => app.devices.pending],
  ["PendingInstallUserCount", (app) => app.users.pending],
  ["NotApplicableDeviceCount", (app) => app.devices.notApplicable],
  ["NotApplicableUserCount", (app) => app.users.notApplicable],
  ["NotInstalledDeviceCount", (app) => app.devices.notInstalled],
  ["NotInstalledUserCount", (app) => app.users.notInstalled],
  ["FailedDevicePercentage", (app) => failedPercentage(app.devices)],
];

function namedApp(index: number): NamedApp {
  const app = ordinaryApps[index];
  if (app !== undefined) return app;
  const edition = index - ordinaryApps.length;
  const original = catalogue[edition % catalogue.length];
  if (original === undefined) throw new Error("The catalogue is empty.");
  return editionOf(original, Math.floor(edition / catalogue.length));
}

function drawVersion({ platform }: NamedApp, major: number, minor: number): string {
  // What comes from a store has no version in the report.
  if (platform !== "windows" && platform !== "macos") return "";
  return `${1 + Math.floor(major * 30)}.${Math.floor(minor * 20)}.${Math.floor(minor * 8000)}`;
}

function failedPercentage(devices: Counts): number {
  const total = Object.values(devices).reduce((sum: number, count: number) => sum + count, 0);
  return Math.round((devices.failed / total) * 10_000) / 100;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

if (import.meta.main) {
  try {
    await writeReport();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // A reader that stops reading, such as head, is not a failure.
    if (!("code" in error && error.code === "EPIPE")) {
      process.stderr.write(`sample-tenant: ${error.message}\n`);
      process.exitCode = 2;
    }
  }
}

async function writeReport(): Promise<void> {
  const { values } = parseArgs({
    options: { apps: { type: "string" }, seed: { type: "string" }, out: { type: "string" } },
  });
  const report = sampleReport({
    ...(values.apps === undefined ? {} : { apps: readAppCount(values.apps) }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
  });
  await pipeline(
    Readable.from(report),
    values.out === undefined ? process.stdout : createWriteStream(values.out),
  );
}

function readAppCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--apps must be a whole number; got ${text}.`);
  return Number(text);
}
