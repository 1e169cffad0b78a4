import type { Command } from 'commander';
import { lookCommand } from '../look.ts';
import type { Printing } from '../say.ts';
import { actCommand } from '../act.ts';
import type { Terminal } from '../terminal.ts';
import { checklistCommand } from './checklist.ts';
import type { ChecklistOptions } from './checklist.ts';
import { closeCommand } from './close.ts';
import type { CloseOptions } from './close.ts';
import { openCommand } from './open.ts';
import type { OpenOptions } from './open.ts';
import { reportCommand } from './report.ts';
import type { ReportOptions } from './report.ts';
import { todoCommand } from './todo.ts';
import type { TodoOptions } from './todo.ts';
import { updateCommand } from './update.ts';
import type { UpdateOptions } from './update.ts';

type Run = (action: () => Promise<number>) => () => Promise<void>;
type InIncident = Printing & { readonly incident?: string };

const JSON_FLAG = ['--json', 'print the answer as one line of JSON'] as const;
const INCIDENT_FLAG = ['--incident <incident>', 'or a run of it; the open incident where there is only one'] as const;
const WHICH = ['[incident]', 'or a run of it; the open incident where there is only one'] as const;

/** `rollbot incident`: all that `/incident` does in Slack, by the same rules and in the same journal. */
export function addIncident(program: Command, terminal: Terminal, run: Run): void {
  const incident = program
    .command('incident')
    .description('open, lead and close an incident: all that /incident does in Slack')
    .addHelpText('after', INCIDENT_HELP);
  addBeginning(incident, terminal, run);
  addLeading(incident, terminal, run);
  addTelling(incident, terminal, run);
  addEnd(incident, terminal, run);
  addClose(incident, terminal, run, 'rollbot incident close');
  addReport(incident, terminal, run, 'rollbot incident report');
}

function addBeginning(incident: Command, terminal: Terminal, run: Run): void {
  incident
    .command('open')
    .argument('[title...]', 'what is the matter; asked for where it is left out')
    .option('--severity <severity>', 'how bad it is; rollbot.yml names the severities')
    .option(...JSON_FLAG)
    .description('open an incident; its channel follows when Slack answers')
    .addHelpText('after', '\nExamples:\n  rollbot incident open "the shop is slow" --severity sev2\n  rollbot incident open')
    .action(async (title: string[], options: OpenOptions) => await run(async () => await openCommand(terminal, title, options))());
  incident
    .command('list')
    .option('--all', 'closed ones too')
    .option(...JSON_FLAG)
    .description('the open incidents, newest first')
    .addHelpText('after', '\nExample:\n  rollbot incident list --all')
    .action(
      async ({ all = false, ...options }: Printing & { all?: boolean }) =>
        await run(async () => await lookCommand(terminal, 'incidents', { all }, options))(),
    );
  incident
    .command('status')
    .argument(...WHICH)
    .option(...JSON_FLAG)
    .description('how it stands: severity, roles, runs with their key metrics, what waits, timeline and follow-ups')
    .addHelpText('after', '\nExample:\n  rollbot incident status k7m2xq')
    .action(
      async (of: string | undefined, options: Printing) =>
        await run(async () => await lookCommand(terminal, 'incident', { of: of ?? null }, options))(),
    );
}

function addLeading(incident: Command, terminal: Terminal, run: Run): void {
  incident
    .command('note')
    .argument('<text...>')
    .option(...INCIDENT_FLAG)
    .option(...JSON_FLAG)
    .description('put a line into the timeline')
    .addHelpText('after', '\nExample:\n  rollbot incident note "the queue is empty again"')
    .action(
      async (text: string[], { incident: of, ...options }: InIncident) =>
        await run(async () => await actCommand(terminal, 'note', { of: of ?? null, text: text.join(' ') }, options))(),
    );
  incident
    .command('severity')
    .argument('[severity]', 'what it is set to; without it the severity is said')
    .option(...INCIDENT_FLAG)
    .option(...JSON_FLAG)
    .description('say how bad it is, and so who is called and how often people outside hear of it')
    .addHelpText('after', '\nExample:\n  rollbot incident severity sev1')
    .action(
      async (severity: string | undefined, { incident: of, ...options }: InIncident) =>
        await run(async () => await actCommand(terminal, 'severity', { of: of ?? null, severity: severity ?? null }, options))(),
    );
  incident
    .command('role')
    .argument('[role]', 'commander, scribe or communications; without it all are said')
    .argument('[who]', 'who takes over: a user or contact in rollbot.yml, or an id in Slack; you where it is left out')
    .option(...INCIDENT_FLAG)
    .option(...JSON_FLAG)
    .description('take a role, or hand it over')
    .addHelpText('after', '\nExamples:\n  rollbot incident role commander\n  rollbot incident role scribe omar')
    .action(
      async (role: string | undefined, whom: string | undefined, { incident: of, ...options }: InIncident) =>
        await run(async () => await actCommand(terminal, 'role', { of: of ?? null, role: role ?? null, whom: whom ?? null }, options))(),
    );
}

function addTelling(incident: Command, terminal: Terminal, run: Run): void {
  incident
    .command('update')
    .option('--engineering <text>', 'what engineers are told')
    .option('--business <text>', 'what the business is told')
    .option('--drafts', 'only show both texts as they would be suggested, and where they would go')
    .option(...INCIDENT_FLAG)
    .option(...JSON_FLAG)
    .description('tell people: both texts are suggested, and asked for where they are left out')
    .addHelpText('after', UPDATE_HELP)
    .action(async (options: UpdateOptions) => await run(async () => await updateCommand(terminal, options))());
  incident
    .command('todo')
    .argument('[what]', 'mine, all; done, take or later with a number')
    .argument('[number]', 'as the list says it: k7m2xq/2, or 2 where only one incident has it')
    .option('--to <day>', 'with later: the new day, as 2026-12-01')
    .option('--reason <text>', 'with later: why it has to wait')
    .option(...INCIDENT_FLAG)
    .option(...JSON_FLAG)
    .description('what incidents leave to be done')
    .addHelpText('after', TODO_HELP)
    .action(
      async (what: string | undefined, number: string | undefined, options: TodoOptions) =>
        await run(async () => await todoCommand(terminal, what, number, options))(),
    );
}

function addEnd(incident: Command, terminal: Terminal, run: Run): void {
  incident
    .command('checklist')
    .argument(...WHICH)
    .option('--yes <item>', 'an item that is well; can be given several times', collect)
    .option('--no <item>', 'one that is not', collect)
    .option('--not-tested <item>', 'one that nobody has looked at', collect)
    .option('--note <text>', 'what else was seen')
    .option(...JSON_FLAG)
    .description('fill in the checklist of a drill; what no option answers is asked')
    .addHelpText('after', '\nExamples:\n  rollbot incident checklist\n  rollbot incident checklist --yes database --not-tested files')
    .action(
      async (of: string | undefined, options: ChecklistOptions) => await run(async () => await checklistCommand(terminal, of, options))(),
    );
  incident
    .command('reopen')
    .argument('<incident>', 'one that is closed')
    .requiredOption('--reason <text>', 'why it goes on')
    .option(...JSON_FLAG)
    .description('open an incident again that was closed too early')
    .addHelpText('after', '\nExample:\n  rollbot incident reopen k7m2xq --reason "it is slow again"')
    .action(
      async (of: string, { reason, ...options }: Printing & { reason: string }) =>
        await run(async () => await actCommand(terminal, 'reopen', { of, reason }, options))(),
    );
}

/** Closing, also as a command of its own. */
export function addClose(parent: Command, terminal: Terminal, run: Run, typed: string): void {
  parent
    .command('close')
    .argument(...WHICH)
    .option('--yes <criterion>', 'a criterion of rollbot.yml that holds; can be given several times', collect)
    .option('--no <criterion>', 'one that does not; can be given several times', collect)
    .option('--reason <text>', 'needed where something is left open; nothing is asked then')
    .option(...JSON_FLAG)
    .description('close an incident: its checklist is gone through, and its report is written')
    .addHelpText(
      'after',
      `\nExamples:\n  ${typed}\n  ${typed} k7m2xq --yes "No data corruption detected"\n  ${typed} --reason "false alarm"`,
    )
    .action(async (of: string | undefined, options: CloseOptions) => await run(async () => await closeCommand(terminal, of, options))());
}

/** The report, also as a command of its own. */
export function addReport(parent: Command, terminal: Terminal, run: Run, typed: string): void {
  parent
    .command('report')
    .argument(...WHICH)
    .option('--root-cause <text>', 'add what the cause was, also after the end')
    .option('--lessons <text>', 'add what was learned')
    .option('--item <text>', 'add something that is to be done; can be given several times', collect)
    .option('--ask', 'ask for all three')
    .option(...JSON_FLAG)
    .description('the report of an incident, as it stands; or add to it what was found out')
    .addHelpText(
      'after',
      `\nExamples:\n  ${typed} k7m2xq > report.md\n  ${typed} k7m2xq --root-cause "the cache was cold" --item "warm it up"`,
    )
    .action(async (of: string | undefined, options: ReportOptions) => await run(async () => await reportCommand(terminal, of, options))());
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const INCIDENT_HELP = `
It is for the hour when Slack is down: what was done is told there when it is back. The incident's id may be left
out where exactly one is open. docs/incidents.md says who may do what.

Examples:
  rollbot incident open "the shop is slow" --severity sev2
  rollbot run cache --incident k7m2xq
  rollbot incident note "the hit rate rises"
  rollbot incident close`;

const UPDATE_HELP = `
Without both texts it shows the drafts and asks; nothing is sent before you say so.

Examples:
  rollbot incident update
  rollbot incident update --drafts
  rollbot incident update --engineering "cache runs" --business "The shop is slow; we are going back."`;

const TODO_HELP = `
Examples:
  rollbot incident todo mine
  rollbot incident todo done 2
  rollbot incident todo take k7m2xq/1
  rollbot incident todo later 2 --to 2026-12-01 --reason "lena is away until then"`;
