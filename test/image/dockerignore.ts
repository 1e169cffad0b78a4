type Rule = { readonly matches: RegExp; readonly keeps: boolean };

/** Says which paths a build never sees. As with Docker, a rule also holds for all that lies below, and the last one that matches wins. */
export function readDockerignore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(readRule);
  return (path) => rules.findLast(({ matches }) => matches.test(path))?.keeps === false;
}

/** Names, and `*` for a part of a name; other patterns are not in use and are refused. */
function readRule(line: string): Rule {
  const [, not, pattern = ''] = /^(!?)((?:[\w.-]|\*(?!\*)|\/(?!$|\/))+)$/.exec(line) ?? [];
  if (pattern === '') throw new Error(`Found ${line} in .dockerignore, which this test can't carry out: teach it, or do without.`);
  const source = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
  return { matches: new RegExp(`^${source}(?:/|$)`), keeps: not === '!' };
}
