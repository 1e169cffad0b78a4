import path from 'node:path';
import { stringify } from 'yaml';
import type { Answers } from './questions.ts';

/** What `rollbot init` writes: names below the folder, and their texts. */
export function renderFiles(answers: Answers): Readonly<Record<string, string>> {
  return {
    'rollbot.yml': settingsText(answers),
    [`procedures/${answers.procedure}.yml`]: procedureText(answers),
    [`procedures/${answers.procedure}.rehearsal.yml`]: REHEARSAL,
  };
}

function settingsText({ platform, staging, production, leads, operators, channel }: Answers): string {
  return `# Who may do what, where. No secret stands in this file, only where it is found.
platform: ${scalar(platform)}

targets:
  staging:
    about: Where procedures are tried and drilled
    default: true
    vars: { where: staging, health_url: ${quoted(staging)} }
    env: &tools { PATH: /usr/local/bin:/usr/bin:/bin, HOME: { from: HOME } }
  production:
    about: What customers use
    # Nothing destructive runs here without an approval.
    protected: true
    vars: { where: production, health_url: ${quoted(production)} }
    env: *tools

roles:
  lead-developer: { about: 'Is told at once, and decides', ${holders(leads)} }
  devops-engineer: { about: 'Infrastructure, and the authority to roll it back', ${holders(operators)} }

# Who may start which procedure; * stands for all that are not named.
start:
  '*': [lead-developer, devops-engineer]

# Who may close an incident and stop a run.
commanders: [lead-developer, devops-engineer]

channels:
  prefix: inc
  invite: [lead-developer, devops-engineer]
  announce: ${channel}
`;
}

function procedureText({ procedure, program }: Answers): string {
  const argv = program.split(' ').map((word) => (word === path.basename(word) ? scalar(word) : quoted(word)));
  const tool = program.split(' ')[0] ?? program;
  const needs = tool === path.basename(tool) ? `needs: [${scalar(tool)}]\n` : '';
  return `# /rollback ${procedure} staging version=v1.2.3
title: ${procedure} rollback
about: Brings an earlier version back, and watches that the service is healthy with it.
component: ${procedure}
estimate: 2m-5m
locks: [service:${procedure}]
${needs}
params:
  version: { about: The version to return to, pattern: '[A-Za-z0-9][A-Za-z0-9._-]{0,99}' }

steps:
  - id: bring-back
    title: Bring the version back
    # A program and its arguments. No shell reads them, so a parameter can never become a command.
    run: [${[...argv, "'${target.where}'", "'${params.version}'"].join(', ')}]
    effect: destructive
    because: what runs now is replaced
    approve: { by: [lead-developer, devops-engineer] }
    timeout: 10m
    undo: { none: start the procedure again with the version from before }

verify:
  - title: The service is healthy
    http: '\${target.health_url}'
    within: 5m
    times: 3
  - { title: Customers can use it again, ask: lead-developer }

follow-ups:
  - { title: Find the root cause, owner: lead-developer, due: 24h }
`;
}

const REHEARSAL = `# What a run does, line by line; "rollbot rehearse" plays it without touching anything.
target: production
started-by: devops-engineer
params: { version: v1.2.3 }
scenarios:
  success:
    expect:
      outcome: verified
      order:
        - ask lead-developer or devops-engineer: bring-back
        - bring-back
        - verify
  denied:
    outcomes: { bring-back: denied }
    expect: { outcome: denied }
  it stays sick:
    outcomes: { verify.1: failed }
    decisions: { verify.1: stop }
    expect: { outcome: failed }
`;

function holders(ids: string): string {
  const all = ids.split(',').map((id) => id.trim());
  const [people, groups] = [all.filter((id) => !id.startsWith('S')), all.filter((id) => id.startsWith('S'))];
  return [...listed('people', people), ...listed('groups', groups)].join(', ');
}

function listed(name: string, ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [] : [`${name}: [${ids.join(', ')}]`];
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trim();
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
