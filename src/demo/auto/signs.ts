const SIGNS: Readonly<Record<string, string>> = {
  arrow_forward: '▶',
  ballot_box_with_check: '☑',
  checkered_flag: '⚑',
  fast_forward: '»',
  gear: '⚙',
  grey_question: '?',
  hourglass_flowing_sand: '…',
  leftwards_arrow_with_hook: '↩',
  lock: '⊠',
  memo: '✎',
  no_entry: '⊘',
  no_entry_sign: '⊘',
  octagonal_sign: '⏹',
  page_facing_up: '▤',
  question: '?',
  raised_hand: '‖',
  rotating_light: '!',
  unlock: '⊡',
  warning: '⚠',
  white_check_mark: '✔',
  white_small_square: '·',
  x: '✘',
};

/** Emoji names as signs that every terminal has. */
export function withSigns(text: string): string {
  return text.replaceAll(/:([a-z][a-z_]*):/g, (whole, name: string) => SIGNS[name] ?? whole);
}
