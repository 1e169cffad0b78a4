export type Stage = { readonly base: string; readonly name: string | null; readonly steps: readonly Step[] };

export type Step =
  | { readonly kind: 'workdir' | 'user' | 'expose'; readonly value: string }
  | { readonly kind: 'copy'; readonly from: string | null; readonly sources: readonly string[]; readonly to: string }
  /** The commands between the `&&`, in words. */
  | { readonly kind: 'run'; readonly commands: readonly (readonly string[])[] }
  | { readonly kind: 'env'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'volume' | 'entrypoint' | 'cmd' | 'healthcheck'; readonly words: readonly string[] };

/** Reads the instructions that our Dockerfile uses, in the forms that it uses them; whatever else is found is refused. */
export function readDockerfile(text: string): readonly Stage[] {
  const stages: (Stage & { steps: Step[] })[] = [];
  for (const line of instructionsIn(text)) {
    const [, name = '', rest = ''] = /^([A-Z]+) +(.+)$/.exec(line) ?? [];
    const stage = stages.at(-1);
    if (name === 'FROM') stages.push(readFrom(rest));
    else if (stage) stage.steps.push(readStep(name, rest));
    else throw new Error(`Found "${line}" before the first FROM.`);
  }
  return stages;
}

/** Comments go, also between the lines of one instruction, and a line that ends with a backslash goes on. */
function instructionsIn(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  const joined = lines.join('\n').replaceAll(/\\\n\s*/g, '');
  return joined.split('\n').filter((line) => line.trim() !== '');
}

function readFrom(rest: string): Stage & { steps: Step[] } {
  const [, base = '', name = null] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
  if (base === '') throw new Error(`Can't read FROM ${rest}`);
  return { base, name, steps: [] };
}

function readStep(name: string, rest: string): Step {
  switch (name) {
    case 'WORKDIR':
      return { kind: 'workdir', value: rest };
    case 'USER':
      return { kind: 'user', value: rest };
    case 'EXPOSE':
      return { kind: 'expose', value: rest };
    case 'COPY':
      return readCopy(rest);
    case 'RUN':
      return { kind: 'run', commands: readCommands(rest) };
    case 'ENV':
      return { kind: 'env', values: Object.fromEntries(rest.split(/ +/).map(readAssignment)) };
    case 'VOLUME':
      return { kind: 'volume', words: readList(rest) };
    case 'ENTRYPOINT':
      return { kind: 'entrypoint', words: readList(rest) };
    case 'CMD':
      return { kind: 'cmd', words: readList(rest) };
    case 'HEALTHCHECK':
      return { kind: 'healthcheck', words: readList(rest.replace(/^(?:--[a-z-]+=\d+s +)*CMD +/, '')) };
    default:
      throw new Error(`Found ${name || rest}, which this test can't carry out: teach it, or do without.`);
  }
}

function readCopy(rest: string): Step {
  const words = rest.split(/ +/);
  const from = /^--from=(\S+)$/.exec(words[0] ?? '')?.[1] ?? null;
  const places = from === null ? words : words.slice(1);
  const to = places.at(-1);
  if (to === undefined || places.length < 2 || places.some((word) => /^--|[*?[]/.test(word))) throw new Error(`Can't read COPY ${rest}`);
  return { kind: 'copy', from, sources: places.slice(0, -1), to };
}

/** Words in single quotes or none; what a shell would make more of is refused. */
function readCommands(rest: string): readonly (readonly string[])[] {
  return rest.split(/\s*&&\s*/).map((command) => {
    if (/[|;$"`<>\\]/.test(command)) throw new Error(`Can't read RUN ${command}`);
    return [...command.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word);
  });
}

function readAssignment(word: string): readonly [string, string] {
  const [, name = '', value = ''] = /^([A-Z_]+)=([^"'$\\]+)$/.exec(word) ?? [];
  if (name === '') throw new Error(`Can't read ENV ${word}`);
  return [name, value];
}

function readList(text: string): readonly string[] {
  const words: unknown = JSON.parse(text);
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string'))
    throw new Error(`Found ${text}; expected a list of words.`);
  return words;
}
