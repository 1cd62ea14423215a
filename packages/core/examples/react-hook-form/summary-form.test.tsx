// @vitest-environment happy-dom
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { zodResolver } from "@hookform/resolvers/zod";
import { installSummaryPatchSchema, type CounterName, type InstallSummaryPatch } from "@install-summary/core";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { useForm, type UseFormReturn } from "react-hook-form";
import { beforeAll, expect, expectTypeOf, onTestFinished, test, vi } from "vitest";
import { resolvers, SummaryForm } from "./summary-form.tsx";

beforeAll(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));

const names = Object.keys(resolvers).filter((name) => name === "zod" || name === "standardSchema");

test.each(names)("one of ten fields filled in submits a patch of one counter, by %s", async (resolver) => {
  const form = await openForm(resolver);
  await form.type("failedDeviceCount", "3");
  await form.submit();
  expect(form.alerts()).toEqual([]);
  expect(form.patches.map((patch) => JSON.stringify(patch))).toEqual(['{"failedDeviceCount":3}']);
});

test.each(names)(
  "a value that is out of range is shown at its field and not submitted, by %s",
  async (resolver) => {
    const form = await openForm(resolver);
    await form.type("failedDeviceCount", "-1");
    await form.type("failedUserCount", "2147483648");
    await form.submit();
    expect(form.alerts()).toEqual([
      "Failed devicesToo small: expected number to be >=0",
      "Failed usersToo big: expected number to be <=2147483647",
    ]);
    expect(form.patches).toEqual([]);
  },
);

test("all ways to make the form compile, with the names of the counters as its fields", () => {
  expectTypeOf(useForms).returns.items.toExtend<{ register: (name: CounterName) => unknown }>();
});

/** Only for its types. */
function useForms(): readonly Pick<UseFormReturn<InstallSummaryPatch>, "register">[] {
  return [
    useForm({ resolver: zodResolver(installSummaryPatchSchema) }),
    useForm<InstallSummaryPatch>({ resolver: zodResolver(installSummaryPatchSchema) }),
    useForm({ resolver: standardSchemaResolver(installSummaryPatchSchema) }),
    useForm<InstallSummaryPatch>({ resolver: standardSchemaResolver(installSummaryPatchSchema) }),
  ];
}

async function openForm(resolver: keyof typeof resolvers) {
  const patches: InstallSummaryPatch[] = [];
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  onTestFinished(() => act(() => root.unmount()));
  await act(async () =>
    root.render(<SummaryForm resolver={resolver} onPatch={(patch) => patches.push(patch)} />),
  );
  return {
    patches,
    alerts: () =>
      [...container.querySelectorAll("[role=alert]")].map((alert) => alert.parentElement?.textContent),
    type: (name: CounterName, text: string) =>
      act(async () => {
        const field = container.querySelector<HTMLInputElement>(`[name=${name}]`);
        if (field === null) throw new Error(`the form has no field ${name}`);
        // React overrides the property of the element to see what programs set; a person's typing passes it by.
        Reflect.set(HTMLInputElement.prototype, "value", text, field);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    submit: () => act(async () => container.querySelector("form")?.requestSubmit()),
  };
}
