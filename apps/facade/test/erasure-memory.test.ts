import { openMemoryStore } from "@install-summary/core/service";
import { testErasure } from "./erasure-conformance.ts";

testErasure({ name: "memory", create: () => async () => openMemoryStore() });
