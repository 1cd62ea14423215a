import type { PlainResponse } from "@install-summary/core/service";

/** A response whose body is at hand, or is made while it is sent. */
export interface ServedResponse extends Omit<PlainResponse, "body"> {
  readonly body: string | ReadableStream<Uint8Array> | null;
}
