import { graphError } from "@install-summary/core";
import type { RequestHeaders } from "../../http/request-input.ts";
import { visibleText } from "@install-summary/core/text";

/** Refuses a request that is not made for OData 4. Source: OData Protocol 4.01 §8.1.5, §8.2.7. */
export function checkODataVersion(headers: RequestHeaders): void {
  const version = headers.get("odata-version");
  if (version !== null && version !== "4.0" && version !== "4.01") {
    throw graphError(
      "BadRequest",
      `The OData-Version '${visibleText(version, 64)}' is not supported. Use 4.0.`,
    );
  }
  const most = headers.get("odata-maxversion");
  if (most !== null && !(/^[0-9]+(?:\.[0-9]+)?$/.test(most) && Number(most) >= 4)) {
    throw graphError(
      "BadRequest",
      `The OData-MaxVersion '${visibleText(most, 64)}' is not supported. Answers are of version 4.0.`,
    );
  }
}
