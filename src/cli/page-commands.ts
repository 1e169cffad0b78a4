import type { Command } from 'commander';
import { answerPageCommand, mailVendorCommand, onCallCommand, pageCommand, pagesCommand } from './page.ts';
import type { PageAnswerOptions, PageOptions } from './page.ts';
import type { Printing } from './say.ts';
import type { Terminal } from './terminal.ts';

type Run = (action: () => Promise<number>) => () => Promise<void>;

const JSON_FLAG = ['--json', 'print the answer as one line of JSON'] as const;

/** The commands that call people, and say who is called. */
export function addPageCommands(program: Command, terminal: Terminal, run: Run): void {
  const page = program
    .command('page')
    .argument('<to>', 'a role, a contact or a vendor of rollbot.yml')
    .argument('[what...]', 'what is wanted, in one line')
    .option('--incident <incident>', 'what it is about; the open incident where there is only one that is no drill')
    .option('--no-incident', 'it belongs to none')
    .option('--wait', 'go on until somebody has it')
    .option(...JSON_FLAG)
    .description('call somebody, and the next ones while nobody answers; list, ack, escalate and done are about pages that are open')
    .addHelpText('after', PAGE_HELP)
    .action(
      async (to: string, what: string[], options: PageOptions) => await run(async () => await pageCommand(terminal, to, what, options))(),
    );
  addAnswers(page, terminal, run);
  addOnCall(program, terminal, run);
}

function addAnswers(page: Command, terminal: Terminal, run: Run): void {
  page
    .command('list')
    .option(...JSON_FLAG)
    .description('the pages that are open: who was called by what, what came of it, and what happens next')
    .addHelpText('after', '\nExamples:\n  rollbot page list\n  rollbot page list --json | jq .pages')
    .action(async (_own: Printing, command: Command) => await run(async () => await pagesCommand(terminal, command.optsWithGlobals()))());
  const answers = [
    ['ack [page]', 'page-ack', 'say that you have it; of a vendor, that you are the one who asks them'],
    ['escalate [page]', 'page-escalate', 'have the next ones called without waiting'],
    ['done <page>', 'page-done', 'say that what it was about is done; of a vendor, that they were asked'],
  ] as const;
  for (const [form, verb, about] of answers) {
    const command = page.command(form);
    command
      .option('--incident <incident>', 'in which a vendor has to be asked, where there are several')
      .option(...JSON_FLAG)
      .description(about)
      .addHelpText('after', answerHelp(command.name()))
      .action(
        async (id: string | undefined, _own: PageAnswerOptions) =>
          await run(async () => await answerPageCommand(terminal, verb, id, command.optsWithGlobals()))(),
      );
  }
  page
    .command('mail')
    .argument('<vendor>')
    .option('--incident <incident>', 'where there are several')
    .option('--yes', 'send what is shown, without asking')
    .option(...JSON_FLAG)
    .description('show what is to be said to a vendor, and mail it')
    .addHelpText('after', '\nExample:\n  rollbot page mail cloudflare-support')
    .action(
      async (vendor: string, _own: PageAnswerOptions, command: Command) =>
        await run(async () => await mailVendorCommand(terminal, vendor, command.optsWithGlobals()))(),
    );
}

function addOnCall(program: Command, terminal: Terminal, run: Run): void {
  const onCall = program
    .command('oncall')
    .argument('[role]', 'all of them where none is named')
    .option(...JSON_FLAG)
    .description('who is on call, until when, who is next, and by what each is reached')
    .addHelpText('after', ON_CALL_HELP)
    .action(
      async (role: string | undefined, options: Printing) =>
        await run(async () => await onCallCommand(terminal, 'on-call', role === undefined ? [] : [role], options))(),
    );
  onCall
    .command('override')
    .argument('<role>')
    .argument('<words...>', 'who, then [from <when>] to <when>, or for <how long>')
    .option(...JSON_FLAG)
    .description('put somebody else on call for a while')
    .addHelpText('after', OVERRIDE_HELP)
    .action(
      async (role: string, words: string[], _own: Printing, command: Command) =>
        await run(async () => await onCallCommand(terminal, 'on-call-change', ['override', role, ...words], command.optsWithGlobals()))(),
    );
  onCall
    .command('cancel')
    .argument('<role>')
    .argument('[override]', 'where there are several; rollbot oncall <role> lists them')
    .option(...JSON_FLAG)
    .description('take an override back; one that has begun ends at once')
    .addHelpText('after', '\nExample:\n  rollbot oncall cancel database-admin')
    .action(
      async (role: string, override: string | undefined, _own: Printing, command: Command) =>
        await run(
          async () =>
            await onCallCommand(
              terminal,
              'on-call-change',
              ['cancel', role, ...(override === undefined ? [] : [override])],
              command.optsWithGlobals(),
            ),
        )(),
    );
}

const PAGE_HELP = `
It says whom it calls, by what, and what happens next; it is shown in Slack as soon as Slack is there. Where no bot runs
this command calls people itself, until somebody has it. Exit status 1 also where nobody could be reached.
docs/paging.md says how people are called.

Examples:
  rollbot page database-admin "restore needed"
  rollbot page mina "the deploy key is needed" --incident k7m2xq
  rollbot page cloudflare-support "the edge is silent"
  rollbot page ack`;

function answerHelp(name: string): string {
  const [alone, vendor] = [name !== 'done', name !== 'escalate'];
  const examples = [...(alone ? [''] : []), ' k7m2xq', ...(vendor ? [' cloudflare-support'] : [])];
  return `
It is a page by its id${vendor ? ', the name of a vendor' : ''}${alone ? ', or where it is left out, the only page that calls you' : ''}.

Examples:
${examples.map((words) => `  rollbot page ${name}${words}`).join('\n')}`;
}

const ON_CALL_HELP = `
Times are by the clocks of the rotation's zone.

Examples:
  rollbot oncall
  rollbot oncall database-admin
  rollbot oncall override database-admin omar for 4h`;

const OVERRIDE_HELP = `
Times are by the clocks of the rotation's zone where you name none: 18:00, tomorrow 09:00, 2026-12-24 09:00.

Examples:
  rollbot oncall override database-admin omar from 18:00 to tomorrow 09:00
  rollbot oncall override database-admin omar for 4h`;
