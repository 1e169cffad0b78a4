import { sayList, didYouMean } from './nearest.ts';
import type { Param } from './schema.ts';

const LONGEST = 500;
const COMMIT = /^[0-9a-f]{4,40}$/;
const GIT_NAME = /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}$/;
const INTEGER = /^(0|-?[1-9][0-9]{0,14})$/;
/** Control, format (zero-width, bidirectional), private and lone surrogate characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The first character of a text that nobody can see, named by its code point; what is not seen is not approved. */
export function invisibleIn(text: string): string | undefined {
  const found = INVISIBLE.exec(text)?.[0];
  return found && `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Whether a text has characters that only look like plain ones, such as full-width letters. */
export function hasLookalikes(text: string): boolean {
  return text.normalize('NFKC') !== text.normalize('NFC');
}

/** Why a value may not be given to a parameter, as the rest of a sentence that begins with its name. */
export function valueMistake(param: Param, value: string): string | undefined {
  return formMistake(param, value) ?? typeMistake(param, value);
}

function formMistake(param: Param, value: string): string | undefined {
  if (value.trim() === '') return `is empty. Give it a value (${param.about}).`;
  if (value.length > LONGEST) return `is longer than ${LONGEST} characters. Shorten it.`;
  const invisible = invisibleIn(value);
  if (invisible) return `holds a character that can't be seen (${invisible}). Type it by hand instead of pasting it.`;
  if (hasLookalikes(value)) return 'holds characters that only look like plain ones. Type it with plain letters.';
  if (value.startsWith('-') && !param.dash) return 'begins with a dash, which is refused because a program could read it as an option.';
  return undefined;
}

function typeMistake(param: Param, value: string): string | undefined {
  if (param.choices && !param.choices.includes(value)) {
    return `is "${value}", which is not a choice.${didYouMean(value, param.choices)} The choices are ${sayList(param.choices, 'and')}.`;
  }
  if (param.pattern !== undefined && !new RegExp(`^(?:${param.pattern})$`, 'u').test(value)) {
    return `is "${value}", which does not look as it must: ${param.pattern} (${param.about}).`;
  }
  const type = param.type ?? 'text';
  switch (type) {
    case 'text':
      return undefined;
    case 'integer':
      return INTEGER.test(value) ? undefined : `is "${value}", which is not a whole number. Write it in digits, such as 42.`;
    case 'git-commit':
      return isGitName(value) ? undefined : `is "${value}", which names no commit. Give 4 to 40 hexadecimal digits, or a tag or branch.`;
    default:
      return type satisfies never;
  }
}

function isGitName(value: string): boolean {
  if (COMMIT.test(value)) return true;
  return GIT_NAME.test(value) && !/\.\.|\/\/|\.lock(\/|$)|[./]$|\/\./.test(value);
}
