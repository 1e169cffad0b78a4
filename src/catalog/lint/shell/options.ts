import type { ShellWord } from './call.ts';

/** Which options of a program are followed by a value; `attached` letters take one only when it is joined to them. */
export type OptionForms = { readonly letters?: string; readonly names?: readonly string[]; readonly attached?: string };

export type Options = {
  /** Whether one of these was given; a long name also when it is shortened, as most programs let it be. */
  readonly has: (...names: readonly string[]) => boolean;
  /** The values that were given to any of these. */
  readonly values: (...names: readonly string[]) => readonly string[];
  readonly operands: readonly ShellWord[];
};

/** Takes a command line apart as getopt does: `-ni`, `-n -i`, `--in-place` and `--in-pl=x` are all seen for what they are. */
export function readOptions(args: readonly ShellWord[], forms: OptionForms = {}): Options {
  const given: { name: string; value: string | undefined }[] = [];
  const operands: ShellWord[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index]!;
    const { text } = word;
    if (text === '--') {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (!isOption(text)) {
      operands.push(word);
      continue;
    }
    const read = text.startsWith('--') ? readLong(text, forms) : readShort(text, forms);
    const last = read.at(-1);
    if (last?.value === undefined && last?.wants) {
      index += 1;
      last.value = args[index]?.text;
    }
    given.push(...read);
  }
  const matching = (names: readonly string[]): typeof given =>
    given.filter(({ name }) => names.some((each) => each === name || (each.length > 1 && name.length > 1 && each.startsWith(name))));
  return {
    has: (...names) => matching(names).length > 0,
    values: (...names) => matching(names).flatMap(({ value }) => (value === undefined ? [] : [value])),
    operands,
  };
}

/** Where the words of a wrapper such as `sudo -u root` end and the program that it starts begins. */
export function firstOperand(args: readonly ShellWord[], forms: OptionForms): number {
  for (let index = 0; index < args.length; index += 1) {
    const text = args[index]!.text;
    if (text === '--') return index + 1;
    if (!isOption(text)) return index;
    const last = (text.startsWith('--') ? readLong(text, forms) : readShort(text, forms)).at(-1);
    if (last?.wants && last.value === undefined) index += 1;
  }
  return args.length;
}

type Given = { name: string; value: string | undefined; wants: boolean };

function isOption(text: string): boolean {
  return text.length > 1 && text.startsWith('-');
}

function readLong(text: string, { names = [] }: OptionForms): Given[] {
  const [, name = '', value] = /^--([^=]*)(?:=([^]*))?$/.exec(text) ?? [];
  const wants = names.some((each) => name.length > 0 && each.startsWith(name));
  return [{ name, value, wants }];
}

function readShort(text: string, { letters = '', attached = '' }: OptionForms): Given[] {
  const read: Given[] = [];
  for (let place = 1; place < text.length; place += 1) {
    const name = text[place]!;
    const wants = letters.includes(name);
    const rest = text.slice(place + 1);
    if (!wants && !attached.includes(name)) {
      read.push({ name, value: undefined, wants: false });
      continue;
    }
    read.push({ name, value: rest === '' ? undefined : rest, wants });
    break;
  }
  return read;
}
