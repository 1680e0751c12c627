/** Page numbers as people say them: [3, 5, 6, 7] → "pages 3 and 5–7". */
export function pageNumbers(pages: readonly number[]): string {
  const names = pageRuns(pages);
  const end = names.pop() ?? "";
  const list = names.length === 0 ? end : `${names.join(", ")} and ${end}`;
  return pages.length === 1 ? `page ${list}` : `pages ${list}`;
}

/** [3, 5, 6, 7] → "3", "5–7". */
export function pageRuns(pages: readonly number[]): string[] {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last?.[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
}
