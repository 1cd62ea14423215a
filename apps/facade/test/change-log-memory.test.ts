import { openMemoryStore } from "@install-summary/core/service";
import { testChangeLog } from "./change-log-conformance.ts";

testChangeLog({ name: "memory", create: () => async () => openMemoryStore() });
