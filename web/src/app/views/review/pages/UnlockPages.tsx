/** The password of a file is not kept, so its pages ask for it once more. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../../i18n/index.js";

interface Props {
  readonly wrong: boolean;
  readonly unlock: (password: string) => void;
}

export function UnlockPages({ wrong, unlock }: Props): JSX.Element {
  const typed = useSignal("");
  return (
    <form class="sheet-words password" onSubmit={(event) => { event.preventDefault(); unlock(typed.value); }}>
      <p {...(wrong ? { role: "alert" as const } : {})}>{t(wrong ? "review.pageWrongPassword" : "review.pageLocked")}</p>
      <input type="password" aria-label={t("work.password")} autocomplete="off" value={typed.value} onInput={({ currentTarget: { value } }) => { typed.value = value; }} />
      <button type="submit">{t("work.open")}</button>
    </form>
  );
}
