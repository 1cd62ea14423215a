import type { ClusterNode } from "../postgres/patroni-node.ts";

/** What happens to a primary, and how the machine comes back later. */
export interface Fault {
  readonly name: string;
  readonly begin: (primary: ClusterNode) => Promise<void> | void;
  readonly finish: (primary: ClusterNode) => Promise<void> | void;
}

export const kill: Fault = {
  name: "killed",
  begin: (primary) => primary.kill(),
  finish: (primary) => primary.start(),
};

export const freeze: Fault = {
  name: "frozen",
  begin: (primary) => primary.freeze(),
  finish: (primary) => primary.thaw(),
};

export const cut: Fault = {
  name: "cut off",
  begin: (primary) => primary.cut(),
  finish: (primary) => primary.mend(),
};

export const switchOver: Fault = {
  name: "switched over",
  begin: (primary) => primary.handOver(),
  finish: () => undefined,
};

/** Its PostgreSQL goes on as a primary, while another one is chosen. */
export const leaveAlone: Fault = {
  name: "left alone by its Patroni",
  begin: (primary) => primary.killPatroni(),
  finish: async (primary) => {
    await primary.kill();
    primary.start();
  },
};

/** Those after which no client sees the old primary again, whatever way it goes. */
export const faults: readonly Fault[] = [kill, freeze, cut, switchOver];
