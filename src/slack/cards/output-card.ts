import type { RunStep } from '../../core/incident/state.ts';
import { card, code, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { visible } from '../../core/visible.ts';
import { ends, lengthOf, safe } from './text.ts';

/** Longer output goes into the thread as a file. */
const OUTPUT_MAX = 2500;

/** Whether an output is short enough to stand in a message. */
export function fitsInMessage(text: string): boolean {
  return lengthOf(visible(text)) <= OUTPUT_MAX;
}

/** What a step said while it ran, for the thread of the run card. */
export function outputCard(step: RunStep, attempt: number, text: string): Card {
  const says = `Output of “${safe(step.plan.title)}”, attempt ${attempt}`;
  return card({
    text: `${says}: ${safe(text, 1000)}`,
    top: [section(says), code(ends(visible(text.trimEnd()), OUTPUT_MAX)), ...droppedNote(step)],
  });
}

/** The name under which a long output or a long action stands in the thread; the same name is never uploaded twice. */
export function fileNameOf(parts: readonly (string | number)[]): string {
  return `${parts.join('-').replaceAll(/[^\w.-]+/g, '-')}.txt`;
}

function droppedNote({ state }: RunStep): readonly ReturnType<typeof context>[] {
  const dropped = state.status === 'finished' ? (state.result.output?.dropped ?? 0) : 0;
  return dropped > 0 ? [context(`${dropped} bytes in the middle were not kept.`)] : [];
}
