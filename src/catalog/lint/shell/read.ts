import { forEachChild, parse } from 'unbash';
import type {
  ArithmeticFor,
  Command,
  CommandExpansionPart,
  HereDoc,
  ParsedScript,
  Pipeline,
  Redirection,
  SyntaxNode,
  While,
  Word,
} from 'unbash';
import type { Call, ShellWord, Stdin } from './call.ts';
import { unwrap } from './unwrap.ts';

/** How many shells start one another, how deep the grammar of one goes, and how far to the left of a pipe is looked. */
const DEEPEST = 8;
const DEEPEST_NODE = 300;
const MOST_FEEDERS = 20;
const NOTHING: Stdin = { from: 'nowhere' };

/** A script or a part of one that another shell reads, such as that of `bash -c`. */
export type ShellText = {
  readonly source: string;
  readonly tree: ParsedScript;
  /** Where something of it stands in the outermost script. */
  readonly place: (offset: number) => number;
  /** Whether a command that fails ends it. */
  readonly stops: boolean;
  readonly nested: boolean;
};
export type Loop = { readonly loop: While | ArithmeticFor; readonly source: string; readonly at: number; readonly bounded: boolean };

/** Everything that a script or argv starts, inside of loops, pipes, substitutions and the shells that it starts in its turn. */
export type ShellReading = {
  readonly calls: readonly Call[];
  readonly texts: readonly ShellText[];
  readonly loops: readonly Loop[];
  /** Whether a part was not looked at, because no person would have nested it so deeply. */
  readonly tooDeep: boolean;
};

type Reading = { calls: Call[]; texts: ShellText[]; loops: Loop[]; tooDeep: boolean };
type Context = {
  readonly reading: Reading;
  readonly text: ShellText;
  readonly feeders: readonly Call[];
  readonly stdin: Stdin;
  readonly bounded: boolean;
  readonly depth: number;
  readonly level: number;
};

/** Reads a script without running it. What stands in variables is not known, and nothing is found in it. */
export function readScript(script: string): ShellReading {
  const reading: Reading = { calls: [], texts: [], loops: [], tooDeep: false };
  const text: ShellText = { source: script, tree: parse(script), place: (offset) => offset, stops: true, nested: false };
  reading.texts.push(text);
  visit(text.tree, { reading, text, feeders: [], stdin: NOTHING, bounded: false, depth: 0, level: 0 });
  return reading;
}

/** Reads a program with its arguments, which no shell takes apart. */
export function readArgv(argv: readonly string[], input: string | undefined): ShellReading {
  const reading: Reading = { calls: [], texts: [], loops: [], tooDeep: false };
  const text: ShellText = { source: '', tree: parse(''), place: () => 0, stops: true, nested: false };
  const stdin: Stdin = input === undefined ? NOTHING : { from: 'text', text: input };
  const words = argv.map((each) => ({ text: each }));
  start(words, { at: 0, writes: [] }, { reading, text, feeders: [], stdin, bounded: false, depth: 0, level: 0 });
  return reading;
}

function visit(node: SyntaxNode, above: Context): void {
  const context = { ...above, level: above.level + 1 };
  if (context.level > DEEPEST_NODE) {
    context.reading.tooDeep = true;
    return;
  }
  switch (node.type) {
    case 'CommandExpansion':
      return visitSubstitution(node, context);
    case 'Pipeline':
      return visitPipeline(node, context);
    case 'Command':
      visitCommand(node, context);
      break;
    case 'While':
    case 'ArithmeticFor':
      context.reading.loops.push({ loop: node, source: context.text.source, at: context.text.place(node.pos), bounded: context.bounded });
      break;
    default:
      break;
  }
  const inside: Context = node.type === 'Command' ? { ...context, feeders: [], stdin: NOTHING } : context;
  forEachChild(node, (child) => visit(child, inside));
}

/** A substitution in backticks may have a source of its own, whose places mean nothing outside. */
function visitSubstitution({ script, pos }: CommandExpansionPart, context: Context): void {
  if (!script) return;
  const { text } = context;
  const own = script.source === undefined ? text : { ...text, source: script.source, place: () => text.place(pos) };
  visit(script, { ...context, text: own });
}

function visitPipeline({ commands }: Pipeline, context: Context): void {
  const { calls } = context.reading;
  const from = calls.length;
  for (const [index, command] of commands.entries()) {
    const feeders = calls.slice(Math.max(from, calls.length - MOST_FEEDERS));
    const said = feeders.length === 1 ? sayEcho(feeders[0]!) : undefined;
    const piped: Stdin = said === undefined ? { from: 'pipe' } : { from: 'pipe', text: said };
    visit(command, index === 0 ? context : { ...context, feeders, stdin: piped });
  }
}

/** What `echo` and the simple forms of `printf` and `cat <<` hand to the next program. */
function sayEcho({ name, args, stdin }: Call): string | undefined {
  if (name === 'cat' && args.length === 0) return stdin.text;
  if (name !== 'echo' && name !== 'printf') return undefined;
  const words = args.map(({ text }) => text).filter((text) => !/^-[neE]+$/.test(text));
  return words.join(' ').replaceAll('\\n', '\n');
}

function visitCommand(command: Command, context: Context): void {
  if (!command.name) return;
  const args = command.args.map((each): ShellWord => (each.type === 'Word' ? wordOf(each) : { text: each.text }));
  const input = command.redirects.map((each) => stdinOf(each, context.text)).findLast((each) => each !== undefined);
  const writes = command.redirects.flatMap((each) =>
    'target' in each && /^&?>/.test(each.operator) && each.target ? [each.target.value] : [],
  );
  const place = { at: context.text.place(command.pos), writes };
  start([wordOf(command.name), ...args], place, input ? { ...context, stdin: input } : context);
}

function wordOf(word: Word): ShellWord {
  return { text: word.value, word };
}

function stdinOf(redirect: Redirection, { source }: ShellText): Stdin | undefined {
  if (redirect.type === 'HereDoc') return { from: 'text', text: bodyOf(redirect, source) };
  if (redirect.type === 'HereString') return { from: 'text', text: redirect.target?.value ?? '' };
  return redirect.operator === '<' ? { from: 'file', file: redirect.target?.value ?? '' } : undefined;
}

function bodyOf({ body }: HereDoc, source: string): string {
  return source.slice(body.pos, body.end) || body.text;
}

type Where = { readonly at: number; readonly writes: readonly string[] };

/** Notes a call, and whatever it starts in its turn. */
function start(words: readonly ShellWord[], where: Where, context: Context): void {
  const [first, ...args] = words;
  const { reading, feeders, stdin, bounded, depth } = context;
  if (depth > DEEPEST) reading.tooDeep = true;
  if (!first || depth > DEEPEST) return;
  const name = first.text.startsWith('$') ? first.text : (first.text.split('/').at(-1) ?? '');
  reading.calls.push({ name, args, ...where, feeders, stdin, bounded });
  const inner = unwrap(name, args, stdin);
  if (!inner) return;
  const within: Context = { ...context, bounded: bounded || name === 'timeout', depth: depth + 1 };
  if ('words' in inner) return start(inner.words, where, within);
  const tree = parse(inner.script);
  const text: ShellText = { source: inner.script, tree, place: () => where.at, stops: inner.stops, nested: true };
  reading.texts.push(text);
  visit(tree, { ...within, text, feeders: [], stdin: NOTHING });
}
