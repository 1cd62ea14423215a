import { copyMembers } from "../../text/members.ts";
import { notFit, requireNames } from "../../text/require-members.ts";

/** What happens to a request in place of its usual response. */
export interface MemoryFault {
  /** Before: the request takes no effect, or a late one. After: it has taken effect. */
  readonly when: "before" | "after";
  /**
   * - a status from 400 to 599: the response, in Graph's form where the contract has that status;
   * - `drop`: the connection ends, and `fetch` rejects with a `TypeError`;
   * - `hang`: no response comes until the request's signal is aborted or the service is reset;
   * - `late`: the service responds once it has responded to another request. Before: the request takes effect only
   *   then, even where its sender no longer waits. After: only the response comes late.
   */
  readonly how: number | "drop" | "hang" | "late";
  /** The method of the request; left out, the fault happens to a request of any method. */
  readonly method?: string;
}

/** The faults that wait for their requests. */
export interface FaultQueue {
  /** Throws `RangeError` for a status outside 400 to 599, and `TypeError` for anything else that is not a fault. */
  add(fault: MemoryFault): void;
  /** Removes the first fault for a request of this method. */
  take(method: string): MemoryFault | undefined;
  clear(): void;
}

/** Opens an empty queue. */
export function openFaultQueue(): FaultQueue {
  let queue: readonly MemoryFault[] = [];
  return {
    add(fault) {
      requireFault(fault);
      queue = [...queue, copyMembers(fault)];
    },
    take(method) {
      const fault = queue.find((one) => one.method === undefined || one.method === method);
      queue = queue.filter((one) => one !== fault);
      return fault;
    },
    clear() {
      queue = [];
    },
  };
}

const whens = ["before", "after"];
const hows = ["drop", "hang", "late"];

function requireFault(fault: MemoryFault): void {
  requireNames("fault of breakNext", fault, ["when", "how", "method"]);
  const { when, how, method = "" } = fault;
  if (!whens.includes(when)) throw notFit("when of breakNext", when, whens.join(" or "));
  if (typeof method !== "string") throw notFit("method of breakNext", method, "a text such as PATCH");
  if (typeof how !== "number") {
    if (!hows.includes(how)) throw notFit("how of breakNext", how, `a status, ${hows.join(" or ")}`);
  } else if (!(Number.isInteger(how) && how >= 400 && how <= 599)) {
    throw new RangeError(`A status is a whole number from 400 to 599; got ${how}.`);
  }
}

/** What `fetch` rejects with when a connection ends. */
export function connectionDropped(): TypeError {
  return new TypeError("fetch failed", { cause: new Error("The memory service dropped the connection.") });
}
