import { openMemoryStore } from "@install-summary/core/service";
import { testStore } from "./store-conformance.ts";

testStore({
  name: "memory",
  create: () => async () => openMemoryStore(),
  deviations: {
    forgetsWhenClosed: "a memory store lasts as long as it is open",
    isDefinition: "its evaluation is the plain one",
  },
});
