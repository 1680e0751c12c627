/**
 * The visible text of an HTML page. The page is only parsed: nothing in it runs, and nothing that it names is
 * fetched. A parser of our own choice stands where the browser's could, because the browser's takes HTML
 * from strings only past Trusted Types, and not in a worker at all.
 */

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Reading } from "../../shared/document.js";
import { decodeText } from "../decode.js";
import { damaged } from "../problems.js";
import type { ToFormats } from "../in-worker.js";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const UNSEEN = new Set(["head", "title", "script", "style", "template", "noscript", "iframe", "object", "svg", "select", "datalist", "canvas", "audio", "video"]);
const BLOCKS = new Set([
  "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
  "footer", "form", "header", "hr", "legend", "li", "main", "nav", "ol", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
]);
const PARAGRAPHS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6"]);
const HIDING = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;

export function readHtml(file: ToFormats): Reading {
  const text = decodeText(file.bytes, statedEncoding(file.bytes));
  if (text === undefined) throw damaged(file.name, "web-page");
  return { text: htmlToText(text), parts: [], warnings: [], attachments: [] };
}

/** Lines as a browser would break them, cells of a row apart by tabs. */
export function htmlToText(html: string): string {
  const lines = new Lines();
  for (const node of parse(html).childNodes) write(node, lines, false);
  return lines.text();
}

/** Text with the browser's rules for white space: runs are one space, blocks begin on a new line. */
class Lines {
  readonly #done: string[] = [];
  #line = "";
  #space = false;

  add(text: string): void {
    const words = text.replace(/[ \t\n\f\r]+/g, " ");
    const trimmed = words.replace(/^ | $/g, "");
    if (words.startsWith(" ")) this.#space = true;
    if (trimmed === "") return;
    if (this.#space && this.#line !== "" && !this.#line.endsWith("\t")) this.#line += " ";
    this.#line += trimmed;
    this.#space = words.length > 1 && words.endsWith(" ");
  }

  /** Text that keeps its own lines and spaces. */
  addPlain(text: string): void {
    const [first = "", ...others] = text.split("\n");
    this.#line += first;
    for (const line of others) {
      this.#end();
      this.#line = line;
    }
  }

  /** Begins a new line, unless one has just begun. */
  break(): void {
    if (this.#line !== "") this.#end();
    this.#space = false;
  }

  /** Begins a new line after a blank one. */
  gap(): void {
    this.break();
    if (this.#done.length > 0 && this.#done.at(-1) !== "") this.#done.push("");
  }

  /** A line's end that the page asks for. */
  newLine(): void {
    this.#end();
  }

  text(): string {
    this.break();
    return this.#done.join("\n").replace(/\n{3,}/g, "\n\n").trim();
  }

  #end(): void {
    this.#done.push(this.#line.trimEnd());
    this.#line = "";
    this.#space = false;
  }
}

function write(node: Node, lines: Lines, plain: boolean): void {
  if (node.nodeName === "#text" && "value" in node) {
    if (plain) lines.addPlain(node.value);
    else lines.add(node.value);
  } else if ("tagName" in node && !isHidden(node)) writeElement(node, lines, plain);
}

function writeElement(node: Element, lines: Lines, plain: boolean): void {
  const { tagName } = node;
  if (tagName === "br") lines.newLine();
  else if (tagName === "tr") writeRow(node, lines);
  else if (PARAGRAPHS.has(tagName)) surround(node, lines, plain, () => { lines.gap(); });
  else if (BLOCKS.has(tagName)) surround(node, lines, plain || tagName === "pre", () => { lines.break(); });
  else writeChildren(node, lines, plain);
}

function surround(node: Element, lines: Lines, plain: boolean, boundary: () => void): void {
  boundary();
  writeChildren(node, lines, plain);
  boundary();
}

function writeChildren(node: Element, lines: Lines, plain: boolean): void {
  for (const child of node.childNodes) write(child, lines, plain);
}

/** A row of data is one line; a row that only lays out blocks is as many lines as these have. */
function writeRow(row: Element, lines: Lines): void {
  const cells = row.childNodes.filter((node): node is Element => "tagName" in node && !isHidden(node)).map(cellText);
  const isData = cells.every((text) => !text.includes("\n"));
  lines.break();
  if (isData) lines.addPlain(cells.join("\t").trimEnd());
  else for (const text of cells.filter((cell) => cell !== "")) lines.addPlain(`${text}\n`);
  lines.break();
}

function cellText(cell: Element): string {
  const lines = new Lines();
  writeChildren(cell, lines, false);
  return lines.text();
}

function isHidden({ tagName, attrs }: Element): boolean {
  if (UNSEEN.has(tagName)) return true;
  return attrs.some(({ name, value }) => name === "hidden" || (name === "style" && HIDING.test(value)));
}

/** What the page says in its first bytes about its own encoding. */
function statedEncoding(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1];
}
