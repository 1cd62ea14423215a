import type { Case } from "./case.ts";
import { beside } from "./beside.ts";
import { checkpoint } from "./checkpoint.ts";
import { clock } from "./clock.ts";
import { descriptors } from "./descriptors.ts";
import { ext4 } from "./ext4.ts";
import { full } from "./full.ts";
import { io } from "./io.ts";
import { kill } from "./kill.ts";
import { moved } from "./moved.ts";
import { pause } from "./pause.ts";
import { postgres } from "./postgres.ts";
import { power } from "./power.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";

/** All of them, in the order in which they run. */
export const cases: readonly Case[] = [
  kill,
  start,
  stop,
  power,
  ext4,
  checkpoint,
  beside,
  io,
  full,
  descriptors,
  moved,
  clock,
  pause,
  postgres,
];
