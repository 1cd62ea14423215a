import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { zodResolver } from "@hookform/resolvers/zod";
import { counters, installSummaryPatchSchema, type InstallSummaryPatch } from "@install-summary/core";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";

/** The two resolvers that fit: zod's, and the one for every Standard Schema. */
export const resolvers = {
  zod: zodResolver(installSummaryPatchSchema),
  standardSchema: standardSchemaResolver(installSummaryPatchSchema),
};

interface SummaryFormProps {
  readonly resolver: keyof typeof resolvers;
  readonly onPatch: (patch: InstallSummaryPatch) => void;
}

/** A form with a field for each counter. A field that is left empty leaves its counter as it is. */
export function SummaryForm({ resolver, onPatch }: SummaryFormProps): ReactElement {
  const { register, handleSubmit, formState } = useForm({ resolver: resolvers[resolver] });
  return (
    <form onSubmit={(event) => void handleSubmit(onPatch)(event)}>
      {counters.map(({ name, label }) => (
        <label key={name}>
          {label}
          {/* Not `valueAsNumber`: it makes NaN of an empty field. */}
          <input type="number" {...register(name, { setValueAs: parseField })} />
          {formState.errors[name] && <span role="alert">{formState.errors[name].message}</span>}
        </label>
      ))}
      <button type="submit">Save</button>
    </form>
  );
}

/** Undefined for an empty field. */
function parseField(text: string | undefined): number | undefined {
  return text === undefined || text.trim() === "" ? undefined : Number(text);
}
