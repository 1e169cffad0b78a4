/** What the channel has to say of a run that Slack saw the beginning of only, in this order and each once. */
const TOLD: readonly (readonly [what: string, line: RegExp])[] = [
  ['that the first step was asked for', /^Approval: Clear the warmed entries/],
  ['that the deployment was asked for', /^Approval: Deploy the restored version/],
  ['the verification', /^Verification: /],
  ['that it was closed in the terminal', /^\S* ?dana \(in the terminal\) closed this incident after/],
  ['the report', /^\[file: Report: /],
];

/** What the channel does not tell, tells twice or tells too early, from the first lines of its messages; nothing where it is right. */
export function mistakesInTelling(lines: readonly string[]): readonly string[] {
  let last = -1;
  return TOLD.flatMap(([what, pattern]) => {
    const at = lines.flatMap((line, index) => (pattern.test(line) ? [index] : []));
    const [first] = at;
    if (first === undefined) return [`It does not say ${what}.`];
    const early = first < last ? [`It says too early ${what}.`] : [];
    last = Math.max(last, first);
    return at.length > 1 ? [...early, `It says ${at.length} times ${what}.`] : early;
  });
}
