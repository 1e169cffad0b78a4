import type { Command } from 'commander';
import { completionCommand } from './completion.ts';
import { answerCommand, approveCommand, denyCommand } from './decide.ts';
import type { AnswerOptions, ApproveOptions } from './decide.ts';
import { addClose, addIncident, addReport } from './incident/commands.ts';
import { lookCommand, receiveCommand, statusCommand } from './look.ts';
import { addPageCommands } from './page-commands.ts';
import { runCommand, stopCommand } from './run.ts';
import type { RunOptions } from './run.ts';
import type { Printing } from './say.ts';
import type { Terminal } from './terminal.ts';

type Run = (action: () => Promise<number>) => () => Promise<void>;

const JSON_FLAG = ['--json', 'print the answer as one line of JSON'] as const;

/** The commands that do in a terminal what people do in Slack. */
export function addTerminalCommands(program: Command, terminal: Terminal, run: Run): void {
  addRuns(program, terminal, run);
  addDecisions(program, terminal, run);
  addLooks(program, terminal, run);
  addPageCommands(program, terminal, run);
  addIncident(program, terminal, run);
  addReport(program, terminal, run, 'rollbot report');
  addClose(program, terminal, run, 'rollbot close');
  program
    .command('completion')
    .argument('<shell>', 'bash or zsh')
    .description('print what completes these commands in a shell')
    .addHelpText('after', '\nExample:\n  source <(rollbot completion bash)')
    .action(async (shell: string) => await run(async () => await completionCommand(terminal, program, shell))());
}

function addRuns(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('run')
    .argument('<procedure>')
    .argument('[values...]', 'parameters, each as name=value')
    .option('--target <target>', 'where; the default target where it is left out')
    .option('--reason <text>', 'why; it stands in the report')
    .option('--dry-run', 'ask the checks and show exactly what would run')
    .option('--incident <incident>', 'start it in this open incident; in one of its own where it is left out')
    .option('--detach', 'end as soon as it has started, and let the bot carry it on')
    .option(...JSON_FLAG)
    .description('start a procedure and watch it to its end')
    .addHelpText('after', RUN_HELP)
    .action(
      async (procedure: string, values: string[], options: RunOptions) =>
        await run(async () => await runCommand(terminal, procedure, values, options))(),
    );
  program
    .command('stop')
    .argument('<run>')
    .option('--reason <text>', 'why')
    .option(...JSON_FLAG)
    .description('stop a run: nothing new begins, and what acts is ended')
    .addHelpText('after', '\nExample:\n  rollbot stop r4t8wz --reason "it was the network"')
    .action(
      async (id: string, options: Printing & { reason?: string }) => await run(async () => await stopCommand(terminal, id, options))(),
    );
  program
    .command('receive')
    .argument('<source>', 'a source of alerts in rollbot.yml')
    .argument('<file>', 'what it sent; - for the input')
    .option(...JSON_FLAG)
    .description('take in a saved delivery of a monitoring system, as if it came now; for commanders')
    .addHelpText('after', '\nExample:\n  rollbot receive alertmanager-staging firing.json')
    .action(
      async (source: string, file: string, options: Printing) =>
        await run(async () => await receiveCommand(terminal, source, file, options))(),
    );
}

function addDecisions(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('approve')
    .argument('[what]', 'a run, or run/step; what waits where there is only one')
    .option('--digest <digest>', 'at least the first 8 characters of the digest that was shown, instead of typing them')
    .option(...JSON_FLAG)
    .option('--break-glass', 'go on alone where nobody approves; for the roles that rollbot.yml names, and another role is told')
    .option('--target <target>', 'with --break-glass: the name of the target, instead of typing it')
    .option('--reason <text>', 'with --break-glass: why it can not wait')
    .description('show exactly what would run, and approve it by its digest')
    .addHelpText(
      'after',
      '\nExamples:\n  rollbot approve\n  rollbot approve r4t8wz/clear-prefix --digest 1f0c9a2e\n  rollbot approve --break-glass',
    )
    .action(
      async (of: string | undefined, options: ApproveOptions) => await run(async () => await approveCommand(terminal, of, options))(),
    );
  program
    .command('deny')
    .argument('[what]', 'a run, or run/step; what waits where there is only one')
    .requiredOption('--reason <text>', 'why; everybody reads it')
    .option(...JSON_FLAG)
    .description('deny an approval')
    .addHelpText('after', '\nExample:\n  rollbot deny r4t8wz --reason "the cache is fine"')
    .action(
      async (of: string | undefined, options: Printing & { reason: string }) =>
        await run(async () => await denyCommand(terminal, of, options))(),
    );
  program
    .command('answer')
    .argument('<what>', 'a run, or run/step')
    .argument('<answer>', 'yes, no; happened, run-again, stop, kill; retry, undo, stop')
    .option('--note <text>', 'what you saw')
    .option(...JSON_FLAG)
    .description('answer a question, say what became of a step, or decide about a run that is held')
    .addHelpText('after', '\nExamples:\n  rollbot answer r4t8wz/verify.2 yes --note "no errors since 14:00"\n  rollbot answer r4t8wz undo')
    .action(
      async (of: string, says: string, options: AnswerOptions) => await run(async () => await answerCommand(terminal, of, says, options))(),
    );
}

function addLooks(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('status')
    .option('--watch', 'go on until Ctrl+C')
    .option(...JSON_FLAG)
    .description('every open incident, its runs, and what they wait for')
    .addHelpText('after', '\nExamples:\n  rollbot status --watch\n  rollbot status --json | jq .incidents')
    .action(async (options: Printing & { watch?: boolean }) => await run(async () => await statusCommand(terminal, options))());
  program
    .command('show')
    .argument('[what]', 'a run or an incident; the open incident where there is only one')
    .option(...JSON_FLAG)
    .description('a run with each step and check')
    .addHelpText('after', '\nExample:\n  rollbot show r4t8wz')
    .action(
      async (of: string | undefined, options: Printing) =>
        await run(async () => await lookCommand(terminal, 'show', { of: of ?? null }, options))(),
    );
  program
    .command('list')
    .option(...JSON_FLAG)
    .description('the procedures')
    .action(async (options: Printing) => await run(async () => await lookCommand(terminal, 'list', {}, options))());
}

const RUN_HELP = `
Where a bot runs on this machine it does it, and Slack is told. Where none runs, this command is the bot until the
run is over, without Slack; what happened is posted when the bot is back. docs/terminal.md says who may do what.

Examples:
  rollbot run cache --target staging
  rollbot run cache --target production clear=everything --reason "hit rate fell to 12 %"
  rollbot run cache --incident k7m2xq
  rollbot run cache --dry-run`;
