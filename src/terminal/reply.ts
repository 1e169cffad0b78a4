import type { Json } from '../core/digest.ts';

/** What a verb answers: lines for a person, and the same as data for a program. */
export type Reply = {
  readonly status: 'done' | 'refused';
  /** Of a refusal: the person may not, the words make no sense, or the rules say no. */
  readonly why: 'person' | 'words' | 'rules' | null;
  readonly lines: readonly string[];
  readonly data: Json;
};

/** It was done, or here it is. */
export function done(lines: readonly string[], data: Json): Reply {
  return { status: 'done', why: null, lines, data };
}

/** It was not done, with the sentences that say why and what to do instead. */
export function refused(why: Exclude<Reply['why'], null>, lines: readonly string[], data: Readonly<Record<string, Json>> = {}): Reply {
  return { status: 'refused', why, lines, data: { ...data, refused: why, says: [...lines] } };
}
