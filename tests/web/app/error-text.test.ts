import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportHistory } from "../../../web/src/app/history/export-history.js";
import { importHistory } from "../../../web/src/app/history/import-history.js";
import { errors as german } from "../../../web/src/app/i18n/de/errors/index.js";
import { textsOf } from "../../../web/src/app/i18n/error-texts.js";
import { errorText } from "../../../web/src/app/i18n/errors.js";
import { chooseLanguage, startLanguage } from "../../../web/src/app/i18n/index.js";
import { problemError } from "../../../web/src/app/schema/labels.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { ResultStore } from "../../../web/src/app/store/results.js";
import { compile } from "../../../web/src/engine/plan.js";
import { damaged, fileTooLarge, notReadable, tooLong } from "../../../web/src/readers/problems.js";
import { BundleError, CancelledError, type ErrorData, ExcerptError, InputError } from "../../../web/src/shared/errors.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";
import { freshDatabase, RESULT } from "./record-samples.js";

afterEach(() => startLanguage(memoryStore(), []));

/** As it comes out of a worker. */
function crossed(error: ExcerptError): ErrorData {
  return ExcerptError.fromData(structuredClone(error.toData())).toData();
}

function refusalOf(schema: JsonSchema): ErrorData {
  try {
    compile(schema);
  } catch (thrown) {
    if (thrown instanceof ExcerptError) return crossed(thrown);
  }
  throw new Error("not refused");
}

const DAMAGED = {
  message: "„a.pdf“ lässt sich nicht als PDF lesen: Die Datei ist beschädigt oder unvollständig.",
  advice: "Hole sie noch einmal von dort, woher sie kam, oder öffne sie anderswo, kopiere ihren Text und füge ihn hier ein.",
};

describe("an error on the English page", () => {
  it("is told as it was thrown", () => {
    const { message, advice } = damaged("a.pdf", "pdf").toData();
    expect(errorText(crossed(damaged("a.pdf", "pdf")))).toEqual({ message, advice, lang: "en" });
    expect(message).toBe("“a.pdf” cannot be read as a PDF: it is damaged or incomplete.");
  });
});

describe("an error on the German page", () => {
  beforeEach(() => chooseLanguage("de", memoryStore()));

  it("is German, with its values and their words", () => {
    expect(errorText(crossed(damaged("a.pdf", "pdf")))).toEqual({ ...DAMAGED, lang: "de" });
    expect(errorText(new CancelledError().toData())).toMatchObject({ message: "Angehalten.", lang: "de" });
  });

  it("writes numbers and days as German does", () => {
    expect(errorText(fileTooLarge("a.txt", 4_000_000, 3_000_000).toData()).message)
      .toBe("„a.txt“ hat 4.000.000 Byte; von dieser Art Datei werden höchstens 3.000.000 genommen.");
    expect(errorText(tooLong(1_000_001).toData()).message).toContain("1.000.001 Zeichen");
    const early = new BundleError(["signature-early", { issued: "2027-01-31", today: "2026-11-23" }], "Early.", "Wait.");
    expect(errorText(early.toData()).message).toBe("Das Modell wurde in der Zukunft signiert, am 31.01.2027; heute ist der 23.11.2026.");
  });

  it("has words for values that hold values of their own", () => {
    const archive = notReadable("a.zip", { told: { what: "unpacked", mend: "split", unpacked: 400_000_000, most: 300_000_000 }, what: "large", advice: "Split it." });
    expect(errorText(archive.toData())).toMatchObject({
      message: "„a.zip“ ist ein Archiv von 400.000.000 Byte, mehr als die 300.000.000, die hier entpackt werden.",
      advice: "Teile es, und nimm den Teil, auf den es ankommt. Was vorher hier war, bleibt.",
    });
    const lost = new BundleError(["offline/model", { why: "stalled", seconds: 30 }], "Offline.", "Connect.");
    expect(errorText(lost.toData()).message).toBe("Das Modell ist noch nicht auf diesem Gerät und lässt sich nicht laden: 30 Sekunden lang kam nichts.");
  });

  it.each([
    [{ type: "object", properties: {} }, "Das Schema hat keine Felder; es gibt also nichts zu suchen."],
    [{ type: "object", properties: { a: { type: "text" } } }, "Den Typ „text“ gibt es nicht."],
    [{ type: "object", properties: { a: { type: "string", pattern: "(?<=a)b" } } }, "„pattern“ lässt sich nicht erzwingen: Es enthält ein Lookbehind."],
    [{ type: "object", properties: { a: { type: "string", minLength: "3" } } }, "„minLength“ muss eine ganze Zahl ab 0 sein."],
    [{ type: "object", properties: { a: { not: { enum: [[1]] } } } }, "„not“ lässt sich hier nicht erzwingen: Es schließt einzelne Objekte oder Listen aus."],
    [{ type: "object", properties: { a: { type: "array", minItems: 500, items: { type: "string" } } } }, "Eine Liste mit mindestens 500 und höchstens 200 Einträgen lässt sich nicht füllen."],
  ])("says what a schema asks for in vain: %j", (schema, message) => {
    expect(errorText(refusalOf(schema))).toMatchObject({ message, lang: "de" });
  });

  it("says what a draft of fields lacks", () => {
    const error = problemError({ key: 1, code: "same-name", name: "total" }).toData();
    expect(error).toMatchObject({ code: "schema-incomplete", message: "Another field is called “total” already. Choose a different name." });
    expect(errorText(error).message).toBe("Ein anderes Feld heißt schon „total“. Wähle einen anderen Namen.");
  });

  it("takes nothing in a value for more than text", () => {
    const name = "{{format}} $t(shell.name) <b>.pdf";
    expect(errorText(damaged(name, "pdf").toData()).message).toContain(`„${name}“ lässt sich nicht als PDF lesen`);
  });

  const told = damaged("a.pdf", "pdf").toData();
  it.each<[string, ErrorData]>([
    ["of an older version, which kept no values", { kind: "input", code: "damaged-file", message: "Broken.", advice: "Mend it." }],
    ["of a newer version, with a wording unknown here", { ...told, wording: "damaged-file/twice", message: "Broken.", advice: "Mend it." }],
    ["with a word unknown here", { ...told, values: { name: "a", format: "toString" }, message: "Broken.", advice: "Mend it." }],
    ["without a value that the text names", { ...told, values: { format: "pdf" }, message: "Broken.", advice: "Mend it." }],
    ["that came from no honest file", { ...told, wording: "constructor", values: { lng: "en", defaultValue: "x" }, message: "Broken.", advice: "Mend it." }],
  ])("is English where it is one %s", (_, error) => {
    expect(errorText(error)).toEqual({ message: "Broken.", advice: "Mend it.", lang: "en" });
  });
});

describe("the German texts", () => {
  it("are all said", () => {
    expect(Object.entries(german).filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("do not compile with a wording too few or too many, or with a value that does not come", () => {
    interface Area { readonly "a/b": { readonly name: string } }
    expect(textsOf<Area>()({ "a/b": { message: "{{name}}", advice: "." } })).toHaveProperty(["a/b"]);
    // @ts-expect-error: no text for a/b
    textsOf<Area>()({});
    // @ts-expect-error: there is no a/c
    textsOf<Area>()({ "a/b": { message: "{{name}}", advice: "." }, "a/c": { message: "", advice: "" } });
    // @ts-expect-error: there is no size
    textsOf<Area>()({ "a/b": { message: "{{size}}", advice: "." } });
  });

  it("have the codes and values that errors are thrown with", () => {
    // @ts-expect-error: no such code
    expect(new InputError("no-such-code", "", "").code).toBe("no-such-code");
    // @ts-expect-error: without the name
    expect(new InputError(["damaged-file", { format: "pdf" }], "", "").code).toBe("damaged-file");
  });
});

describe("an error in the history", () => {
  const failed = (error: unknown) => ({ ...RESULT, id: "r9", status: "failed" as const, extraction: null, error: error as ErrorData });

  async function takenOver(error: unknown): Promise<ErrorData | null | undefined> {
    const [here, there] = [freshDatabase(), freshDatabase()];
    await new ResultStore(here).put(failed(error));
    await importHistory(await exportHistory(here, 7), there);
    return (await new ResultStore(there).get("r9"))?.error;
  }

  it("keeps its wording and its values", async () => {
    const error = damaged("a.pdf", "pdf").toData();
    expect(await takenOver(error)).toEqual(error);
  });

  it.each([[{ name: ["a"] }], [{ name: null }], ["a.pdf"], [Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`v${String(i)}`, i]))]])(
    "is not taken over with values that are none: %j",
    async (values) => {
      await expect(takenOver({ ...damaged("a.pdf", "pdf").toData(), values })).rejects.toMatchObject({ code: "history-file" });
    },
  );

  it("that is refused says where, in German too", async () => {
    await chooseLanguage("de", memoryStore());
    const refused: unknown = await takenOver({ ...damaged("a.pdf", "pdf").toData(), code: 3 }).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(InputError);
    expect(errorText((refused as InputError).toData()).message).toBe("Zeile 2 dieses Verlaufs ist falsch: Bei result.error.code wird string erwartet. Es wurde nichts übernommen.");
  });
});
