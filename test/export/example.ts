const note = (what: string, more = ''): string => `{ env: { TRACE: '\${target.trace}' }, script: 'echo ${what} >>"$TRACE"${more}' }`;

/** Three steps that only note that they were done, the second of which is destructive. */
export const PROCEDURE = `title: Try out
component: Cache Layer
locks: [cache:main]
page: [devops-engineer]
params:
  size: { about: How much, choices: [small, large], default: small }
  ref: { about: Which version, type: git-commit, default: v1 }
preflight:
  - id: running
    title: The version is known
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ ! -e $FOLDER/sick ]] && echo 1.2.3' }
    outputs: { version: { pattern: '[0-9.]+' } }
steps:
  - id: first
    title: Do the first thing
    effect: guarded
    check: { shell: { env: { TRACE: '\${target.trace}' }, script: 'grep -qx first "$TRACE"' } }
    shell: ${note('first')}
    undo: { title: Take the first thing back, effect: idempotent, shell: ${note('not-first')} }
  - id: second
    title: Clear it
    effect: destructive
    because: entries of \${steps.running.version} are lost
    approve: { by: [devops-engineer, lead-developer], need: 1 }
    shell: { env: { TRACE: '\${target.trace}', TOKEN: '\${secrets.api_token}', FOLDER: '\${target.folder}', SIZE: '\${params.size}' }, script: 'echo "$TOKEN"; echo "second $SIZE" >>"$TRACE"; [[ ! -e $FOLDER/broken ]]' }
    undo: { none: they return by themselves }
  - id: third
    title: Do the third thing
    effect: idempotent
    shell: ${note('third')}
    undo: { title: Take the third thing back, effect: idempotent, shell: ${note('not-third')} }
verify:
  - title: All is well
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ ! -e $FOLDER/unwell ]]' }
    within: 60s
    every: 250ms
    times: 2
  - title: Nobody complains
    ask: lead-developer
follow-ups:
  - { title: Find the root cause, owner: lead-developer, due: 24h }
`;

/** What people answer where all goes well. */
export const WELL = ['dana', 'production', 'omar', 'devops-engineer', 'production', 'yes', 'lena'];
