import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROCEDURE, WELL } from '../../export/example.ts';
import { smallScript } from '../../export/small-script.ts';

describe('an approval', () => {
  test.each([
    ['nobody answers', [], 'Nobody has approved it.'],
    ['the name is left empty', [''], 'Nobody has approved it.'],
    ['the target is not typed', ['omar', 'devops-engineer', 'yes'], 'omar has not approved it.'],
    ['another target is typed', ['omar', 'devops-engineer', 'staging'], 'omar has not approved it.'],
  ])('is none where %s', async (_what, answers, says) => {
    await using it = await smallScript(PROCEDURE);
    const { status, said } = await it.run({ answers: ['dana', 'production', ...answers, 'stop'] });
    expect(said).toContain(says);
    expect(status).toBe(3);
    expect(await it.trace()).toEqual(['first']);
  });

  test('is not given by whoever started it, however they write their name', async () => {
    await using it = await smallScript(PROCEDURE);
    const { said } = await it.run({ answers: ['dana', 'production', 'Dana', 'omar', 'devops-engineer', 'production', 'yes', 'lena'] });
    expect(said).toContain('Nobody approves what they have started themselves');
    expect((await it.log()).find(({ event }) => event === 'approved')).toMatchObject({ approver: 'omar' });
  });

  test('may be given by them where nobody else can be reached, and that is written down and said', async () => {
    await using it = await smallScript(PROCEDURE);
    const answers = ['production', 'dana', 'lead-developer', 'production', 'yes', 'dana'];
    const { status } = await it.run({ args: ['--operator', 'dana', '--alone', 'nobody answers the phone'], answers });
    expect(status).toBe(0);
    expect((await it.log()).find(({ event }) => event === 'approved')).toMatchObject({
      approver: 'dana',
      alone: 'nobody answers the phone',
    });
  });

  test('is only given in a role that may', async () => {
    await using it = await smallScript(PROCEDURE);
    const { said } = await it.run({
      answers: ['dana', 'production', 'priya', 'product-owner', 'omar', 'devops-engineer', 'production', 'yes', 'lena'],
    });
    expect(said).toContain('"product-owner" may not approve this.');
  });

  test('by two people of different roles is not one person twice', async () => {
    await using it = await smallScript(PROCEDURE.replace('need: 1', 'need: 2, different-roles: true'));
    const omar = ['omar', 'devops-engineer', 'production'];
    const { status, said } = await it.run({
      answers: [
        'dana',
        'production',
        ...omar,
        ...omar.slice(0, 1),
        'mina',
        'devops-engineer',
        'lena',
        'lead-developer',
        'production',
        'yes',
        'lena',
      ],
    });
    expect(status).toBe(0);
    expect(said).toContain('omar has approved it already, and counts once.');
    expect(said).toContain('Somebody has approved it as devops-engineer already');
  });
});

describe('after a failure', () => {
  test('what was done is taken back in reverse order', async () => {
    await using it = await smallScript(PROCEDURE.replace('within: 60s', 'within: 1s'));
    await writeFile(join(it.root, 'unwell'), '');
    const { status, said } = await it.run({ answers: [...WELL, 'undo'] });
    expect(await it.trace()).toEqual(['first', 'second small', 'third', 'not-third', 'not-first']);
    expect(said).toContain('Clear it (second) stays: they return by themselves.');
    expect(status).toBe(5);
  });

  test('nothing else happens until somebody has decided, and where nobody does, it stays as it is', async () => {
    await using it = await smallScript(PROCEDURE);
    await writeFile(join(it.root, 'broken'), '');
    const { status, said } = await it.run({ answers: WELL.slice(0, 5) });
    expect(said).toContain('"Clear it" failed. Type "retry", "undo" or "stop":');
    expect(await it.trace()).toEqual(['first', 'second small']);
    expect(status).toBe(3);
  });

  test('a retry of what needs an approval asks for a new one', async () => {
    await using it = await smallScript(PROCEDURE);
    await writeFile(join(it.root, 'broken'), '');
    const { said } = await it.run({ answers: [...WELL.slice(0, 5), 'retry', '', 'stop'] });
    expect(said.match(/Approval 1 of 1/g)).toHaveLength(2);
    expect(await it.trace()).toEqual(['first', 'second small']);
  });

  test('a verification that fails is no success', async () => {
    await using it = await smallScript(PROCEDURE);
    const { status } = await it.run({ answers: [...WELL.slice(0, 5), 'no', 'lena', 'stop'] });
    expect(status).toBe(3);
  });
});
