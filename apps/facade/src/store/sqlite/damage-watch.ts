import { serviceFault } from "../../files/file-fault.ts";
import { DamagedFile, isDamage, SuspectedDamage, UnreadPage } from "../../files/sqlite-codes.ts";
import { isDiskFault } from "./fault-behind.ts";

/** What is known of damage that SQLite tells of a file, as it also tells a page that the disk does not give. */
export interface DamageWatch {
  /** What every action throws: for good once the file is damaged, and while it is looked for the first time whether it is. */
  fault(): unknown;
  /** Whether it is known that the disk fails: what looks damaged from then on costs only the request that meets it. */
  isOfDisk(): boolean;
  /** Takes damage into account that was met, and returns what its caller is told. */
  meet(damage: unknown): unknown;
  /** Takes into account that the disk has not given a page while the file was opened. */
  lackPage(): void;
  /** Ends the look at the file. */
  end(): void;
}

/** How a file is looked at. */
export interface DamageWatchOptions {
  /** Finds what is behind damage that SQLite tells, or `unknown` where that cannot be found. The signal ends it. */
  readonly look: (damage: unknown, unknown: unknown, signal: AbortSignal) => Promise<unknown>;
  /** Called once it is known that it is the disk that fails. */
  readonly onDiskFault: () => void;
}

/** The minimum of milliseconds between two looks. */
const minRest = 60_000;
/** A look reads the whole file: the rest after it is so many times as long. */
const restsPerLook = 10;

/** Watches a file that is served. A fault of its disk, once it is found, is not looked for anew with each page that fails. */
export function watchDamage({ look, onDiskFault }: DamageWatchOptions): DamageWatch {
  let found: "nothing" | "disk" | "damage" = "nothing";
  let fault: unknown;
  let isResting = false;
  /** What was met since the last look began. */
  let next: unknown;
  let timer: NodeJS.Timeout | undefined;
  const ending = new AbortController();

  const latch = (damage: unknown): void => {
    found = "damage";
    fault = serviceFault(damage);
  };

  const lookBehind = async (damage: unknown): Promise<void> => {
    isResting = true;
    const wasOfDisk = found === "disk";
    const start = performance.now();
    const behind = await look(damage, wasOfDisk ? unread(damage) : damage, ending.signal);
    if (ending.signal.aborted || found === "damage") return;
    // Damage is taken back only where the disk itself says that it fails; it takes the place of that where it is sure.
    if (wasOfDisk ? isDamage(behind) : !isDiskFault(behind)) {
      latch(damage);
      return;
    }
    found = "disk";
    fault = undefined;
    if (!wasOfDisk) onDiskFault();
    const rest = Math.max(minRest, restsPerLook * (performance.now() - start));
    timer = setTimeout(lookAgain, rest).unref();
  };

  const lookAgain = (): void => {
    isResting = false;
    const damage = next;
    next = undefined;
    if (damage !== undefined) void lookBehind(damage);
  };

  return {
    fault: () => fault,
    isOfDisk: () => found === "disk",
    meet(damage) {
      if (damage instanceof DamagedFile) {
        if (found !== "damage") latch(damage);
        return damage;
      }
      if (fault !== undefined) return fault;
      if (found === "disk") {
        next = damage;
        if (!isResting) lookAgain();
        return unread(damage);
      }
      const suspected = new SuspectedDamage("what SQLite tells is looked at", { cause: damage });
      fault = serviceFault(suspected);
      void lookBehind(damage);
      return suspected;
    },
    lackPage() {
      if (found !== "nothing") return;
      found = "disk";
      onDiskFault();
    },
    end() {
      ending.abort();
      clearTimeout(timer);
    },
  };
}

function unread(cause: unknown): UnreadPage {
  return new UnreadPage("a page could not be read, as before", { cause });
}
