import { expect, it } from "vitest";
import { checkOutput } from "../../../../web/src/app/checks/check.js";
import type { JsonObject } from "../../../../web/src/shared/schema.js";

function said(output: JsonObject): string[] {
  return checkOutput(output, {}).flatMap((finding) => (finding.rule === "dates" ? [`${finding.names.join(" < ")} ${finding.ok ? "right" : "wrong"}`] : []));
}

it.each<[JsonObject, string[]]>([
  [{ invoice_date: "2026-02-03", due_date: "2026-03-05" }, ["invoice_date < due_date right"]],
  [{ invoice_date: "2026-03-05", due_date: "2026-02-03" }, ["invoice_date < due_date wrong"]],
  [{ date: "2026-02-03", due_date: "2026-02-03" }, ["date < due_date right"]],
  [{ rechnungsdatum: "2026-03-05", fälligkeitsdatum: "2026-03-01" }, ["rechnungsdatum < fälligkeitsdatum wrong"]],
  [{ startDate: "2026-02-03", endDate: "2025-02-03" }, ["startDate < endDate wrong"]],
  [{ check_in: "2026-02-03", check_out: "2026-02-05" }, ["check_in < check_out right"]],
  [{ valid_from: "2026-02-03", valid_until: "2027-02-05", contract_end: "2020-01-01" }, ["valid_from < valid_until right"]],
  [{ date_of_birth: "2026-02-03", hired: "2020-01-01" }, ["date_of_birth < hired wrong"]],
  [{ order_date: "2026-02-03", delivery_date: "2026-02-01T08:00:00Z" }, ["order_date < delivery_date wrong"]],
  [{ stays: [{ from: "2026-02-03", to: "2026-02-01" }] }, ["from < to wrong"]],
  [{ invoice_date: null, due_date: "2026-02-03" }, []],
  [{ invoice_date: "soon", due_date: "2026-02-03" }, []],
  [{ date: "2026-02-03", seen: "2020-01-01" }, []],
])("%j", (output, expected) => {
  expect(said(output)).toEqual(expected);
});

it("names what comes too early first", () => {
  const [finding] = checkOutput({ invoice_date: "2026-03-05", due_date: "2026-02-03" }, {});
  expect(finding?.fields).toEqual(["/due_date", "/invoice_date"]);
});
