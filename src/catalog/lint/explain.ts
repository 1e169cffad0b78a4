import { didYouMean } from '../../core/procedure/nearest.ts';
import type { Rule } from './rule.ts';
import { RULES, RULE_IDS } from './rules.ts';

/** What a rule is about, with the example that it refuses and the one that it accepts; or which rule may have been meant. */
export function explainRule(id: string): { readonly text: string } | { readonly mistake: string } {
  const rule = RULES.find((each) => each.id === id);
  if (!rule) {
    return { mistake: `There is no rule "${id}".${didYouMean(id, RULE_IDS)} "rollbot check --rules" lists them all.` };
  }
  return { text: `${rule.id}: ${rule.about}\n\n${rule.why}\n\nRefused:\n\n${indent(rule.bad)}\nAccepted:\n\n${indent(rule.good)}` };
}

/** All rules, a line each. */
export function listRules(): string {
  const width = Math.max(...RULE_IDS.map(({ length }) => length));
  return RULES.map(({ id, about }) => `${id.padEnd(width)}  ${about}\n`).join('');
}

/** The page about all rules, `docs/lint.md`. */
export function lintPage(): string {
  return `${PREFACE}\n${RULES.map(({ id, about }) => `- [${id}](#${id}): ${about}\n`).join('')}${RULES.map(section).join('')}`;
}

const PREFACE = `# Hazards that \`rollbot check\` refuses

<!-- Written by "npm run schema" from src/catalog/lint/. Change it there. -->

Some commands have hurt people before: they look right, they say that all is well, and they do something else. \`rollbot check\` finds them in procedures and refuses the procedure, as it does for every other mistake. \`rollbot check --explain <rule>\` prints the section of a rule, \`rollbot check --rules\` the list.

Where a rule is wrong about a step or check, say so there, with the reason, for whoever reads the procedure next. It holds for all that the step does: its action, its check, what it waits for and its undo.

\`\`\`yaml
allow:
  - { rule: reset-hard, because: this tree was made by the step above and holds nothing else }
\`\`\`

A rule that is allowed and not broken, a name that is no rule, and a reason that is missing are mistakes too.

What is looked at: \`run:\`, scripts in \`shell:\`, \`http:\`, \`redis:\`, \`git:\` and \`file:\`, in steps, checks, waits and undos; inside of scripts also pipes, loops, functions, \`$( )\`, and what \`bash -c\`, \`ssh\`, \`sudo\`, \`env\`, \`xargs\`, \`timeout\`, \`find -exec\` and \`docker exec\` start. What stands in a variable, in another file, or is put together while the script runs is not seen. A procedure without a finding is not safe for that reason.

## The rules
`;

function section({ id, about, why, bad, good }: Rule): string {
  return `\n## ${id}\n\nFinds ${about}.\n\n${why}\n\nRefused:\n\n\`\`\`yaml\n${bad}\`\`\`\n\nAccepted:\n\n\`\`\`yaml\n${good}\`\`\`\n`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
