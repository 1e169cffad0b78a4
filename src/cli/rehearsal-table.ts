import type { Performance, Rehearsed } from '../core/rehearsal/rehearse.ts';

/** What the terminal shows of rehearsals: a table for each procedure, and everything about a scenario that differs. */
export function renderRehearsals(rehearsed: readonly Rehearsed[], mistakes: readonly string[], { verbose }: { verbose: boolean }): string {
  const tables = rehearsed.flatMap((each) => [...tableOf(each, verbose), '']);
  return [...tables, ...mistakes, ...(mistakes.length > 0 ? [''] : []), summary(rehearsed, mistakes.length), ''].join('\n');
}

function tableOf({ procedure, target, startedBy, performances, notes }: Rehearsed, verbose: boolean): readonly string[] {
  const written = performances.filter((each) => each.written);
  const generated = performances.filter((each) => !each.written);
  const rows: readonly Row[] = [
    ['scenario', 'steps', 'outcome', ''],
    ...written.map(rowOf),
    ...(verbose ? generated.map(rowOf) : groupsOf(generated)),
  ];
  const shown = performances.filter(({ differs }) => verbose || differs.length > 0);
  return [
    `${procedure} on ${target}, started by ${startedBy}`,
    ...align(rows),
    ...notes.map((note) => `  note: ${note}`),
    ...shown.flatMap((each) => ['', ...detailsOf(each)]),
  ];
}

type Row = readonly [scenario: string, steps: string, outcome: string, verdict: string];

function rowOf({ scenario, steps, outcome, differs }: Performance): Row {
  return [scenario, String(steps), outcome, differs.length === 0 ? 'ok' : 'DIFFERS'];
}

/** Scenarios that nobody wrote are many, and are shown by what they have in common. */
function groupsOf(performances: readonly Performance[]): readonly Row[] {
  const groups = Map.groupBy(performances, ({ scenario }) => scenario.split(':')[0]!);
  return [...groups].map(([group, all]) => {
    const wrong = all.filter(({ differs }) => differs.length > 0).length;
    const outcomes = [...new Set(all.map(({ outcome }) => outcome))].join(', ');
    return [`${group} (${all.length})`, sayRange(all.map(({ steps }) => steps)), outcomes, wrong === 0 ? 'ok' : `${wrong} DIFFER`];
  });
}

function sayRange(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${least}-${most}`;
}

function align(rows: readonly Row[]): readonly string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function detailsOf({ scenario, params, order, differs, outcome }: Performance): readonly string[] {
  const values = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  const happened = differs.some((line) => /^[ +-] /.test(line)) ? [] : [...order.map((line) => `      ${line}`), `      -> ${outcome}`];
  return [`  ${[scenario, ...values].join('  ')}`, ...differs.map((line) => `    ${line}`), ...happened];
}

function summary(rehearsed: readonly Rehearsed[], mistakes: number): string {
  const all = rehearsed.flatMap(({ performances }) => performances);
  const wrong = all.filter(({ differs }) => differs.length > 0).length;
  const written = all.filter((each) => each.written).length;
  const what = `${count(rehearsed.length, 'procedure')}, ${count(written, 'written scenario')}, ${all.length - written} generated`;
  if (wrong === 0 && mistakes === 0) return `${what}: all went as they should.`;
  const found = mistakes === 0 ? '' : `, and ${count(mistakes, 'mistake')} in the files`;
  return `${what}: ${wrong} went otherwise${found}.`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
