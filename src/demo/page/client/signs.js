import { h, svg } from './dom.js';

const DISC = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z';
const BELL = 'M7 0h2v1.600a4.500 4.500 0 0 1 3.500 4.400V10l1.500 2v1H2v-1l1.500-2V6A4.500 4.500 0 0 1 7 1.600ZM6 14h4a2 2 0 0 1-4 0Z';
const MEGAPHONE = 'M1 6h4l8-4v12l-8-4H1Zm2 5h2.500l1 4H4Zm11-4.500h1.500v3H14Z';

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
  eyes: [
    'soft',
    'M4.500 3.500a2.700 4.500 0 1 0 0 9 2.700 4.500 0 0 0 0-9Zm7 0a2.700 4.500 0 1 0 0 9 2.700 4.500 0 0 0 0-9ZM5 6.500a1.200 1.700 0 1 1 0 3.400 1.200 1.700 0 0 1 0-3.400Zm7 0a1.200 1.700 0 1 1 0 3.400 1.200 1.700 0 0 1 0-3.400Z',
  ],
  see_no_evil: [
    'soft',
    'M2 1 15 14l-1 1L1 2ZM8 3c3.500 0 6 2.500 7.300 5a13 13 0 0 1-2.200 2.900L8 5ZM.700 8a13 13 0 0 1 2.200-2.900L8 13C4.500 13 2 10.500.700 8Z',
  ],
  red_circle: ['bad', DISC],
  large_green_circle: ['good', DISC],
  large_yellow_circle: ['warn', DISC],
  white_circle: ['soft', `${DISC}M8 3.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9Z`],
  bell: ['warn', BELL],
  no_bell: ['soft', `${BELL}M2 1 15.500 14.500l-1 1L1 2Z`],
  mega: ['accent', MEGAPHONE],
  loudspeaker: ['accent', MEGAPHONE],
  pager: ['accent', 'M1 4h14v9H1Zm1.500 1.500v3h11v-3ZM3 10v1.500h2V10Zm3 0v1.500h2V10Z'],
  telephone_receiver: ['accent', 'M4 1 1.500 3.500C1.500 10 6 14.500 12.500 14.500L15 12l-3.500-2.500-2 1.500A9 9 0 0 1 5 6.500l1.500-2Z'],
  calendar: ['soft', 'M1.500 3H4V1h1.500v2h5V1H12v2h2.500v12h-13ZM3 6.500v7h10v-7Zm1.500 1.500h2v2h-2Z'],
  alarm_clock: [
    'accent',
    'M8 2.500a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM7.300 5h1.400v3.200l2.300 1.400-.7 1.200-3-1.900ZM1 3.500 3.500 1l1 1L2 4.500Zm14 0L12.500 1l-1 1L14 4.500Z',
  ],
  zzz: ['soft', 'M1 8h6v1.200L3.500 13.500H7V15H1v-1.200l3.500-4.300H1Zm7-7h7v1.300L10.500 7.500H15V9H8V7.700l4.500-5.200H8Z'],
  wastebasket: ['soft', 'M6 1h4v1.500h4V4H2V2.500h4ZM3 5h10l-1 10H4Zm3 1.500.300 7h1l-.300-7Zm3 0-.300 7h1l.300-7Z'],
  outbox_tray: ['accent', 'M8 1l4 4h-3v5H7V5H4ZM1 9h3v3h8V9h3v6H1Z'],
  twisted_rightwards_arrows: [
    'accent',
    'M1 3h3l5 7h2V8l4 3-4 3v-2H8L3 5H1Zm10-1 4 3-4 3V6H9L8 7.500 7 6l1-2h3ZM1 10h2l1-1.500L5 10l-1 2H1Z',
  ],
  left_right_arrow: ['accent', 'M5 3v3h6V3l4.500 5-4.500 5v-3H5v3L.500 8Z'],
  arrow_right: ['accent', 'M9 3v3.500H1v3h8V13l6-5Z'],
  tornado: ['warn', 'M1 2h14v2H1Zm2 3.500h10v2H3ZM6 9h6v2H6Zm2 3.500h3v2H8Z'],
  ghost: [
    'soft',
    'M8 1a5.500 5.500 0 0 1 5.500 5.500V15l-1.800-1.500L9.800 15 8 13.500 6.200 15l-1.900-1.500L2.500 15V6.500A5.500 5.500 0 0 1 8 1ZM5 5.500v2.500h1.800V5.500Zm4.200 0v2.500H11V5.500Z',
  ],
  stethoscope: [
    'accent',
    'M2 1h2.500v1.500h-1V6a2 2 0 0 0 4 0V2.500h-1V1H9v5a3.500 3.500 0 0 1-2.700 3.400V11a2.500 2.500 0 0 0 5 0V9.800a2 2 0 1 1 1.500 0V11a4 4 0 0 1-8 0V9.400A3.500 3.500 0 0 1 2 6Z',
  ],
  raising_hand: ['accent', 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM3 15a5 4 0 0 1 10 0ZM11.500 1H13v8h-1.500Z'],
  partly_sunny: [
    'warn',
    'M5.500 2.500a3.500 3.500 0 0 1 3.200 2A4.500 4.500 0 0 0 4.800 9 3.500 3.500 0 0 1 5.500 2.500ZM9.500 6a3.500 3.500 0 0 1 3.400 2.700A2.700 2.700 0 0 1 12.500 14H6.300A2.800 2.800 0 0 1 6 8.500 3.500 3.500 0 0 1 9.500 6Z',
  ],
};

const ALIASES = { grey_question: 'question', hourglass: 'hourglass_flowing_sand', heavy_check_mark: 'white_check_mark', pushpin: 'memo' };

/** Whether a sign is drawn here for an emoji's name. */
export function isDrawn(name) {
  return (ALIASES[name] ?? name) in SIGNS;
}

/** The sign of an emoji's name such as `white_check_mark`; one that is not known here stays as its name. */
export function sign(name) {
  if (!isDrawn(name)) return `:${name}:`;
  const [tone, path] = SIGNS[ALIASES[name] ?? name];
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
