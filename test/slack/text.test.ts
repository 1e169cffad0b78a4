import { describe, expect, test } from 'vitest';
import { visible } from '../../src/core/visible.ts';
import { cutMrkdwn, ends, lengthOf, plain, safe } from '../../src/slack/cards/text.ts';

describe("somebody else's words in a message", () => {
  test.each([
    ['<!channel> look', '&lt;\u200B!channel&gt; look'],
    ['@here and @everyone', '@\u200Bhere and @\u200Beveryone'],
    ['a & b', 'a &amp; b'],
    ['first\n*second*', 'first *second*'],
    ['\u202Ecod.exe', 'cod.exe'],
    ['  spaced  ', 'spaced'],
    ['dana@here.example', 'dana@\u200Bhere.example'],
  ])('%j is shown as %j', (text, shown) => {
    expect(safe(text)).toBe(shown);
  });

  test('are cut by what is sent, never inside an escape', () => {
    expect(safe('&&&&', 11)).toBe('&amp;&amp;…');
    expect(safe('🙂🙂🙂', 2)).toBe('🙂…');
  });

  test('are never empty where Slack wants plain text', () => {
    expect(plain('')).toBe('…');
    expect(plain('\u0000')).toBe('…');
  });
});

describe('what exactly will run', () => {
  test.each([
    ['rm -rf /\u202Etmp', 'rm -rf /\\u{202e}tmp'],
    ['a\u200Bb', 'a\\u{200b}b'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['bell\u0007', 'bell\\u{7}'],
    ['naïve 🙂', 'naïve 🙂'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('is shown from both ends where it is long, with what is missing', () => {
    const shown = ends(`first${'x'.repeat(5000)}last`, 200);
    expect(lengthOf(shown)).toBeLessThanOrEqual(200);
    expect(shown).toMatch(/^firstx+\n… 4849 characters left out …\nx+last$/);
    expect(ends('short', 200)).toBe('short');
  });
});

test('our own mrkdwn is cut around a mention, not through it', () => {
  expect(cutMrkdwn('ask <@U001DANA> now', 10)).toBe('ask …');
  expect(cutMrkdwn('a &amp; b', 5)).toBe('a …');
  expect(cutMrkdwn('fits', 4)).toBe('fits');
});
