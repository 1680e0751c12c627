/** Figures as people read them, in the page's language. */

import { locale } from "./i18n/index.js";

const UNITS = ["B", "kB", "MB", "GB"] as const;

/** 142_300_000 → "142 MB"; decimal units, as browsers and systems show downloads. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${decimal(value, digits)} ${UNITS[unit] ?? "GB"}`;
}

/** Whole seconds below a minute and a half, then minutes, then hours. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** 1234 ms → "1.2 s". */
export function formatSeconds(milliseconds: number): string {
  return `${decimal(milliseconds / 1000, 1)} s`;
}

function decimal(value: number, digits: number): string {
  return value.toLocaleString(locale.value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** How sure the model was, in a word. */
export function confidenceWord(confidence: number): "sure" | "likely" | "unsure" {
  if (confidence >= 0.9) return "sure";
  return confidence >= 0.6 ? "likely" : "unsure";
}

/** 0.873 → "87 %", as the language writes it. */
export function percent(share: number): string {
  return share.toLocaleString(locale.value, { style: "percent", maximumFractionDigits: 0 });
}
