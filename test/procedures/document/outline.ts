/** What stands under one heading of the document: how many steps and items, and its recovery time. */
export type Part = { readonly heading: string; readonly steps: number; readonly items: number; readonly estimate: string | null };

const HEADING = /^#{1,4} (.+)$/;
const ESTIMATE = /^Recovery Time Estimate: (\d+)-(\d+) minutes$/;
/** Parts of a procedure that count as the procedure's own. */
const INNER = ['Current Implementation', 'Rollback Steps', 'Rollback Verification'];

/** Reads the headings of the document, each with what has to be in the tables for it. */
export function outlineOf(text: string): readonly Part[] {
  const parts: { heading: string; steps: number; items: number; estimate: string | null }[] = [];
  let inCode = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    const heading = inCode ? undefined : HEADING.exec(line)?.[1]?.trim();
    const estimate = heading === undefined ? null : ESTIMATE.exec(heading);
    const last = parts.at(-1);
    if (estimate && last) last.estimate = `${estimate[1]}m-${estimate[2]}m`;
    else if (heading !== undefined && !INNER.includes(heading)) parts.push({ heading, steps: 0, items: 0, estimate: null });
    else if (last && /^# Step \d/.test(line)) last.steps += 1;
    else if (last && /^- (?:\[ \]|\*\*)/.test(line)) last.items += 1;
  }
  return parts;
}
