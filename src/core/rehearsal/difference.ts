/** How two lists of lines differ, as in a small diff: `  ` both, `- ` only expected, `+ ` only actual; nothing where they are equal. */
export function difference(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const common = lengths(expected, actual);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < expected.length || j < actual.length) {
    if (i < expected.length && j < actual.length && expected[i] === actual[j]) {
      lines.push(`  ${expected[i]}`);
      i += 1;
      j += 1;
    } else if (i < expected.length && (j === actual.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push(`- ${expected[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${actual[j]}`);
      j += 1;
    }
  }
  return lines.some((line) => !line.startsWith('  ')) ? lines : [];
}

/** How long the longest common part of what is left from each pair of places is. */
function lengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}
