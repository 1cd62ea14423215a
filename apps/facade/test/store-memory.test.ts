import { openMemoryStore } from "../src/store/memory/open-memory-store.ts";
import { testStore } from "./store-conformance.ts";

testStore({
  name: "memory",
  create: () => async () => openMemoryStore(),
  deviations: { forgetsWhenClosed: "a memory store lasts as long as it is open" },
});
