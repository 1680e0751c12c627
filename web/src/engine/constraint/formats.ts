/** `format`: each as a regular expression, so that one kind of automaton serves both. */

import type { Dfa } from "./dfa.js";
import { compilePattern } from "./pattern.js";

const YEAR_LEAP = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const MONTH_DAY = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))";
/** RFC 3339, section 5.6, with the days that the calendar has. */
const DATE = `(?:\\d{4}-${MONTH_DAY}|${YEAR_LEAP}-02-29)`;
const OFFSET = "(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)";
const CLOCK = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?";
/** A leap second is only possible at the end of a day in UTC. */
const LEAP_SECOND = "23:59:60(?:\\.\\d+)?(?:[Zz]|[+-]00:00)";
const TIME = `(?:${CLOCK}${OFFSET}|${LEAP_SECOND})`;

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = `(?:${OCTET}\\.){3}${OCTET}`;
const H16 = "[0-9a-fA-F]{1,4}";
const LS32 = `(?:${H16}:${H16}|${IPV4})`;
/** RFC 3986, section 3.2.2. */
const IPV6 = [
  `(?:${H16}:){6}${LS32}`, `::(?:${H16}:){5}${LS32}`, `(?:${H16})?::(?:${H16}:){4}${LS32}`,
  `(?:(?:${H16}:){0,1}${H16})?::(?:${H16}:){3}${LS32}`, `(?:(?:${H16}:){0,2}${H16})?::(?:${H16}:){2}${LS32}`,
  `(?:(?:${H16}:){0,3}${H16})?::${H16}:${LS32}`, `(?:(?:${H16}:){0,4}${H16})?::${LS32}`,
  `(?:(?:${H16}:){0,5}${H16})?::${H16}`, `(?:(?:${H16}:){0,6}${H16})?::`,
].join("|");

const LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
/** RFC 1123, section 2.1; no more than 253 characters, which is asked for beside it. */
const HOSTNAME = `${LABEL}(?:\\.${LABEL})*`;
const ATEXT = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+";
const QUOTED = '"(?:[ !#-\\[\\]-~]|\\\\[ -~])*"';
/** RFC 5321, section 4.1.2. */
const EMAIL = `(?:${ATEXT}(?:\\.${ATEXT})*|${QUOTED})@(?:${HOSTNAME}|\\[(?:${IPV4}|IPv6:(?:${IPV6}))\\])`;

const PCT = "%[0-9a-fA-F]{2}";
const UNRESERVED = "[a-zA-Z0-9._~!$&'()*+,;=-]";
const PCHAR = `(?:${UNRESERVED}|[:@]|${PCT})`;
const AUTHORITY = `(?:(?:${UNRESERVED}|:|${PCT})*@)?(?:\\[(?:${IPV6}|v[0-9a-fA-F]+\\.(?:${UNRESERVED}|:)+)\\]|(?:${UNRESERVED}|${PCT})*)(?::\\d*)?`;
const TAIL = `(?:\\?(?:${PCHAR}|[/?])*)?(?:#(?:${PCHAR}|[/?])*)?`;
const HIER = `(?://${AUTHORITY}(?:/${PCHAR}*)*|/(?:${PCHAR}+(?:/${PCHAR}*)*)?|${PCHAR}+(?:/${PCHAR}*)*)?`;
/** RFC 3986, appendix A. */
const URI = `[a-zA-Z][a-zA-Z0-9+.-]*:${HIER}${TAIL}`;
const NO_COLON = `(?:${UNRESERVED}|@|${PCT})+`;
const RELATIVE = `(?://${AUTHORITY}(?:/${PCHAR}*)*|/(?:${PCHAR}+(?:/${PCHAR}*)*)?|${NO_COLON}(?:/${PCHAR}*)*)?${TAIL}`;

const POINTER = "(?:/(?:[^~/]|~[01])*)*";
const TIME_PART = "T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)";
/** RFC 3339, appendix A. */
const DURATION = `P(?:(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)(?:${TIME_PART})?|${TIME_PART}|\\d+W)`;

const EXPRESSIONS = {
  date: DATE,
  time: TIME,
  "date-time": `${DATE}[Tt]${TIME}`,
  duration: DURATION,
  email: EMAIL,
  hostname: HOSTNAME,
  ipv4: IPV4,
  ipv6: IPV6,
  uri: URI,
  "uri-reference": `${URI}|${RELATIVE}`,
  uuid: "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
  "json-pointer": POINTER,
  "relative-json-pointer": `(?:0|[1-9]\\d*)(?:#|${POINTER})`,
} as const;

/** The formats that are enforced (2020-12, validation 7.3). */
export type Format = keyof typeof EXPRESSIONS;

export function isFormat(name: string): name is Format {
  return Object.hasOwn(EXPRESSIONS, name);
}

/** The longest text of the format, where the standard has one beside its grammar. */
export const LONGEST: Partial<Record<Format, number>> = { hostname: 253, email: 320 };

/** The automaton of a format: the whole text must be of it. */
export function compileFormat(format: Format): Dfa {
  return compilePattern(patternOf(format));
}

/** The same as a regular expression with its anchors. */
export function patternOf(format: Format): string {
  return `^(?:${EXPRESSIONS[format]})$`;
}
