import { createBounds, OUTPUT_BOUNDS } from '../core/output.ts';
import type { Redactor } from '../core/redaction.ts';
import { createPlainText } from '../core/terminal-text.ts';

/** How much of a program's standard output is kept to be read, for outputs and expectations. */
const READ_CHARS = 1024 * 1024;
const RECENT_CHARS = 2000;

export type ProgramStream = {
  write(chunk: Uint8Array): void;
  end(): void;
  /** What was written, as a person would read it and not redacted: for eyes inside this room only. */
  text(): string;
  /** Whether there was more than could be kept for `text`. */
  isCut(): boolean;
  /** The last line with anything on it, redacted. */
  lastLine(): string;
};

/** All that a step lets others see while it runs: plain, redacted, bounded. */
export type StepOutput = {
  stream(): ProgramStream;
  /** One line of the step's own, also where a program's last line was left open. */
  say(line: string): void;
  end(): void;
};

/** Builds the output of one step; what is ready to be seen goes to `emit`. */
export function createStepOutput({ redactor, emit }: { redactor: Redactor; emit: (text: string) => void }): StepOutput {
  const bounds = createBounds(OUTPUT_BOUNDS);
  let midLine = false;

  function show(text: string): void {
    if (text !== '') midLine = !text.endsWith('\n');
    const shown = text === '' ? '' : bounds.push(text);
    if (shown !== '') emit(shown);
  }

  return {
    stream: () => createStream(redactor, show),
    say: (line) => show(`${midLine ? '\n' : ''}${redactor.redact(line)}\n`),
    end() {
      const rest = bounds.end();
      if (rest !== '') emit(rest);
    },
  };
}

function createStream(redactor: Redactor, show: (text: string) => void): ProgramStream {
  const decoder = new TextDecoder();
  const plain = createPlainText();
  const mask = redactor.stream();
  let kept = '';
  let cut = false;
  let recent = '';

  function take(text: string, end: boolean): void {
    const room = READ_CHARS - kept.length;
    kept += text.slice(0, room);
    cut ||= text.length > room;
    const safe = mask.push(text) + (end ? mask.end() : '');
    recent = `${recent}${safe}`.slice(-RECENT_CHARS);
    show(safe);
  }

  return {
    write: (chunk) => take(plain.push(decoder.decode(chunk, { stream: true })), false),
    end: () => take(plain.push(decoder.decode()) + plain.end(), true),
    text: () => kept,
    isCut: () => cut,
    lastLine: () => recent.trimEnd().split('\n').at(-1)?.trim() ?? '',
  };
}
