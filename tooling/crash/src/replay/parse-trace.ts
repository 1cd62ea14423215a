import type { TraceEvent } from "./trace-event.ts";

const requestId = /request-id"?:\s*"?([0-9a-f-]{36})/g;

/**
 * Reads a trace that `strace -f -xx -y` has written, whole strings in it. A call that another thread interrupts has two
 * lines, which are put together.
 */
export function parseTrace(text: string): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  const open = new Map<string, { readonly begin: number; readonly text: string }>();
  for (const [line, raw] of text.split("\n").entries()) {
    const [, thread = "", rest = ""] = /^([0-9]+) +(.*)$/.exec(raw) ?? [];
    if (rest.endsWith("<unfinished ...>")) {
      open.set(thread, { begin: line, text: rest.slice(0, -"<unfinished ...>".length) });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
    const begun = resumed === undefined ? undefined : open.get(thread);
    const event = parseCall(begun === undefined ? rest : begun.text + resumed, begun?.begin ?? line, line);
    if (event !== undefined) events.push(event);
  }
  return events.toSorted((one, other) => one.begin - other.begin);
}

function parseCall(text: string, begin: number, end: number): TraceEvent | undefined {
  const [, name, path = "", args = "", result = ""] =
    /^(\w+)\([0-9]+<((?:\\x[0-9a-f]{2})*)>(.*)\) += (-?[0-9]+)/.exec(text) ?? [];
  const call = { begin, end, path: unescape(path).toString() };
  switch (name) {
    case "pwrite64": {
      const [, data = "", offset] = /^, "((?:\\x[0-9a-f]{2})*)", [0-9]+, ([0-9]+)/.exec(args) ?? [];
      // A write that failed has left nothing, and one that was short has left its beginning.
      const written = unescape(data).subarray(0, Math.max(0, Number(result)));
      return { kind: "write", ...call, offset: Number(offset), data: written };
    }
    case "ftruncate":
      return { kind: "truncate", ...call, size: Number(/[0-9]+/.exec(args)?.[0]) };
    case "fsync":
    case "fdatasync":
      return { kind: "sync", ...call, isDone: result === "0" };
    case "write":
    case "writev": {
      if (!/^(?:socket|TCP)/.test(call.path)) return undefined;
      const sent = [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)]
        .map(([, part = ""]) => unescape(part))
        .join("");
      return {
        kind: "respond",
        begin,
        end,
        requestIds: [...sent.matchAll(requestId)].map(([, id = ""]) => id),
      };
    }
    case undefined:
    default:
      return undefined;
  }
}

function unescape(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}
