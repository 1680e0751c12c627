/** The way between the screens: plain links, so that each has an address of its own. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { addressOf, SCREEN_IDS } from "../../routes.js";
import { useApp } from "../context.js";
import { Icon } from "./Icon.js";

export function Navigation(): JSX.Element {
  const { screen } = useApp();
  return (
    <nav class="screens" aria-label={t("shell.screens")}>
      <ul>
        {SCREEN_IDS.map((id) => (
          <li key={id}>
            <a href={addressOf(id)} aria-current={screen.current.value === id ? "page" : undefined}>
              <Icon name={id} />
              <span>{t(`shell.${id}`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
