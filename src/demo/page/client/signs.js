import { h, svg } from './dom.js';

// Drawn here, because not every machine has a font with emoji. Each is a path on 16 by 16, and a colour.
const SIGNS = {
  white_check_mark: ['good', 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 10L3.8 7.8l1.1-1.1L7 8.8l4.1-4.1 1.1 1.1Z'],
  ballot_box_with_check: ['good', 'M2 2h12v12H2Zm1.5 1.5v9h9v-9Zm3.6 7.6L4.3 8.3l1-1 1.8 1.8 3.6-3.6 1 1Z'],
  x: ['bad', 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.2 9-1.2 1.2-2-2-2 2L4.8 10l2-2-2-2L6 4.8l2 2 2-2L11.2 6l-2 2Z'],
  white_small_square: ['soft', 'M4 4h8v8H4Zm1.3 1.3v5.4h5.4V5.3Z'],
  arrow_forward: ['accent', 'M4 2.5v11l9-5.5Z'],
  fast_forward: ['soft', 'M2 3.5v9L8 8Zm6 0v9L14 8Z'],
  hourglass_flowing_sand: ['accent', 'M4 1.5h8V4L9.2 8 12 12v2.5H4V12l2.8-4L4 4Zm1.5 11.5h5L8 9.8Z'],
  lock: ['warn', 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2H13v7.5H3V7Zm1.6 0h3.8V5a1.9 1.9 0 0 0-3.8 0Z'],
  unlock: ['good', 'M4.5 7V5a3.5 3.5 0 0 1 6.8-1.2l-1.5.6A1.9 1.9 0 0 0 6.1 5v2H13v7.5H3V7Z'],
  question: [
    'warn',
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.8 11v-1.7h1.6V12Zm1.6-2.8H7.2c0-2 2.2-2 2.2-3.4 0-.7-.6-1.2-1.4-1.2-.9 0-1.4.6-1.5 1.4H5C5.100 4.300 6.200 3.200 8 3.200s3 1 3 2.500c0 2-2.200 2.200-2.200 3.500Z',
  ],
  no_entry: ['bad', 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM4 7h8v2H4Z'],
  no_entry_sign: [
    'bad',
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.700c1.200 0 2.300.4 3.200 1.100L3.800 11.200A5.300 5.300 0 0 1 8 2.700Zm4.200 2.100a5.300 5.300 0 0 1-7.400 7.400Z',
  ],
  octagonal_sign: ['bad', 'M5.100 1h5.800L15 5.100v5.800L10.900 15H5.100L1 10.900V5.100ZM5 5v6h6V5Z'],
  raised_hand: ['warn', 'M5 1h1.700v6h.6V1H9v6h.6V2h1.700v7l1.500-1.500 1.200 1L10.600 13A4 4 0 0 1 3.300 11V3H5Z'],
  leftwards_arrow_with_hook: ['accent', 'M6 2v2.600h4a4.200 4.200 0 0 1 0 8.400H4v-1.800h6a2.400 2.400 0 0 0 0-4.800H6V9L1.500 5.500Z'],
  checkered_flag: ['accent', 'M3 1h1.500v1H14l-2 3.500L14 9H4.500v6H3Z'],
  rotating_light: [
    'bad',
    'M3 13h10v2H3Zm1-1V8a4 4 0 0 1 8 0v4ZM7.200 0h1.600v2.500H7.200ZM1 3l1.100-1.100L3.900 3.700 2.800 4.800Zm14 0-1.100-1.100-1.800 1.800 1.100 1.100Z',
  ],
  warning: ['warn', 'M8 1 15.500 14.500H.5ZM7.200 6v4h1.600V6Zm0 5v1.600h1.600V11Z'],
  page_facing_up: ['soft', 'M3 1h6.500L13 4.500V15H3Zm1.500 1.500v11h7v-8H8.500v-3Z'],
  memo: ['soft', 'M2 2h9v2L5 10v2h2l4-4v6H2Zm11-1 2 2-6.500 6.500-2.500.5.500-2.500Z'],
  gear: [
    'soft',
    'M7 1h2l.4 1.800 1.300.5 1.500-1 1.500 1.500-1 1.500.5 1.300L15 7v2l-1.800.4-.5 1.300 1 1.500-1.500 1.500-1.500-1-1.300.5L9 15H7l-.4-1.800-1.300-.5-1.500 1-1.500-1.500 1-1.500-.5-1.300L1 9V7l1.800-.4.5-1.300-1-1.500 1.500-1.500 1.500 1 1.300-.5Zm1 4.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600Z',
  ],
  eye: [
    'soft',
    'M8 3C4.500 3 2 5.500.7 8 2 10.500 4.500 13 8 13s6-2.500 7.300-5C14 5.500 11.500 3 8 3Zm0 1.800a3.200 3.200 0 1 1 0 6.400 3.200 3.200 0 0 1 0-6.400Zm0 1.600a1.600 1.600 0 1 0 0 3.200 1.600 1.600 0 0 0 0-3.200Z',
  ],
};

const ALIASES = { grey_question: 'question', hourglass: 'hourglass_flowing_sand', heavy_check_mark: 'white_check_mark', pushpin: 'memo' };

/** The sign of an emoji's name such as `white_check_mark`; one that is not known here stays as its name. */
export function sign(name) {
  const [tone, path] = SIGNS[ALIASES[name] ?? name] ?? [];
  if (!path) return `:${name}:`;
  const label = name.replaceAll('_', ' ');
  return h(
    'span',
    { class: `sign ${tone}`, role: 'img', 'aria-label': label, title: label },
    svg('svg', { viewBox: '0 0 16 16' }, svg('path', { d: path, 'fill-rule': 'evenodd' })),
  );
}

/** Text with the names between colons replaced by signs. */
export function withSigns(text) {
  return text.split(/(:[a-z][a-z0-9_]*:)/).map((piece, index) => (index % 2 === 1 ? sign(piece.slice(1, -1)) : piece));
}
