import type { Word } from 'unbash';

/** A word of a command line: its text without quotes, with expansions as they are written. `word` where it stands in a script. */
export type ShellWord = { readonly text: string; readonly word?: Word };

/** One program that a script or argv starts, however it is wrapped. */
export type Call = {
  /** Without its folder: `sed` for `/usr/bin/sed`. */
  readonly name: string;
  readonly args: readonly ShellWord[];
  /** Where it stands in the outermost script. */
  readonly at: number;
  /** What stands to its left in the same pipeline. */
  readonly feeders: readonly Call[];
  readonly stdin: Stdin;
  /** The files that its output goes to. */
  readonly writes: readonly string[];
  /** Whether a `timeout` is around it. */
  readonly bounded: boolean;
};

/** Where a program's input comes from; the text or the name of the file where the script shows it. */
export type Stdin = { readonly from: 'nowhere' | 'pipe' | 'file' | 'text'; readonly text?: string; readonly file?: string };

/** A call as it is quoted in a mistake. */
export function sayCall({ name, args }: Call): string {
  const line = [name, ...args.map(({ text }) => text)].join(' ').replaceAll(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

const LONGEST = 60;
