import { context, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import type { Attempt } from "./attempt.ts";

/** Runs something inside a span, which it may give numbers. */
export type RunInSpan = <Value>(
  name: string,
  run: (setNumber: (key: string, value: number) => void) => Promise<Value>,
  options?: Parameters<Tracer["startSpan"]>[1],
) => Promise<Value>;

/** Makes what runs something inside a span. The message of an error stays out of it: it may quote what was sent. */
export function createRunInSpan(tracer: Tracer, attempt: Attempt): RunInSpan {
  return async (name, run, options = {}) => {
    const span = attempt(() => tracer.startSpan(name, options, context.active()));
    try {
      return await run((key, value) => void attempt(() => span?.setAttribute(key, value)));
    } catch (error) {
      attempt(() => {
        span?.setAttribute("error.type", error instanceof Error ? error.name : typeof error);
        span?.setStatus({ code: SpanStatusCode.ERROR });
      });
      throw error;
    } finally {
      attempt(() => span?.end());
    }
  };
}
