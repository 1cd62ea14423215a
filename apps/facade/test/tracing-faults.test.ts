import { context, propagation, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { expect, onTestFinished, test } from "vitest";
import { summary, useFacade } from "./facades.ts";

const fail = (): never => {
  throw new Error("the SDK is broken");
};

const working = { forceFlush: async () => {}, onStart: () => {}, onEnd: () => {}, shutdown: async () => {} };

const faults: Record<string, () => void> = {
  "whose processor fails at the beginning of a span": () =>
    new NodeTracerProvider({ spanProcessors: [{ ...working, onStart: fail }] }).register(),
  "whose processor fails at the end of a span": () =>
    new NodeTracerProvider({ spanProcessors: [{ ...working, onEnd: fail }] }).register(),
  "whose sampler fails": () =>
    new NodeTracerProvider({ sampler: { shouldSample: fail, toString: () => "broken" } }).register(),
  "whose propagator fails": () =>
    new NodeTracerProvider().register({ propagator: { extract: fail, inject: fail, fields: () => [] } }),
  "whose context manager fails": () => {
    const manager = { active: () => ROOT_CONTEXT, with: fail, bind: fail };
    const contextManager = { ...manager, enable: () => contextManager, disable: () => contextManager };
    new NodeTracerProvider().register({ contextManager });
  },
  "that gives no tracer": () => void trace.setGlobalTracerProvider({ getTracer: fail }),
};

test.each(Object.entries(faults))(
  "with an SDK %s requests are served, and the log tells it once",
  async (_name, register) => {
    onTestFinished(() => {
      trace.disable();
      context.disable();
      propagation.disable();
    });
    register();
    const lines: [string, object][] = [];
    const note = (level: string) => (fields: object) => void lines.push([level, fields]);
    const log = {
      debug: note("debug"),
      info: note("info"),
      warn: note("warn"),
      error: note("error"),
      isLevelEnabled: () => true,
    };
    const facade = await useFacade({ log });
    const { status } = await facade.patch({ failedDeviceCount: 77 });
    const read = await facade.get(summary);
    expect([status, read.status]).toEqual([200, 200]);
    expect(await read.json()).toMatchObject({ failedDeviceCount: 77 });
    expect(lines.filter(([level]) => level !== "info")).toEqual([
      ["warn", { err: new Error("the SDK is broken") }],
    ]);
  },
);
