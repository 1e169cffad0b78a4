import { Command, CommanderError } from 'commander';
import { checkCommand } from './cli/check.ts';
import type { CheckOptions } from './cli/check.ts';
import { doctorCommand } from './cli/doctor.ts';
import type { DoctorOptions } from './cli/doctor.ts';
import { exportCommand } from './cli/export.ts';
import type { ExportOptions } from './cli/export.ts';
import { initCommand } from './cli/init.ts';
import type { InitOptions } from './cli/init.ts';
import { QUESTIONS } from './cli/init/questions.ts';
import { rehearseCommand } from './cli/rehearse.ts';
import type { RehearseOptions } from './cli/rehearse.ts';
import { schemaCommand } from './cli/schema.ts';
import { startCommand } from './cli/start.ts';
import { addTerminalCommands } from './cli/terminal-commands.ts';
import { EXIT } from './cli/terminal.ts';
import type { Terminal } from './cli/terminal.ts';
import { verifyCommand } from './cli/verify.ts';

const EXIT_HELP = `
Exit status: 0 all is well, 1 something was found, was refused or failed, 64 the command line makes no sense,
3 it waits for somebody, 69 the bot can't be spoken to any more, 75 another Rollbot holds the database, 77 you may not, 78 the configuration
has a mistake, 130 interrupted: a run goes on where a bot carries it.`;

/** Runs one command and answers with its exit status. */
export async function runCli(terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const run = (action: () => Promise<number>) => async (): Promise<void> => {
    exitCode = await action();
  };
  try {
    await buildProgram(terminal, run).parseAsync([...terminal.argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.stderr.write(`rollbot: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.failed;
  }
}

type Run = (action: () => Promise<number>) => () => Promise<void>;

function buildProgram(terminal: Terminal, run: Run): Command {
  const program = new Command('rollbot')
    .description("Runs a team's rollback procedures from Slack, and from a terminal.")
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: (text) => terminal.stdout.write(text), writeErr: (text) => terminal.stderr.write(text) })
    .addHelpText('after', EXIT_HELP);
  program
    .command('start')
    .description('take commands from Slack until a signal ends it')
    .addHelpText('after', START_HELP)
    .action(run(async () => await startCommand(terminal)));
  addTerminalCommands(program, terminal, run);
  program
    .command('check')
    .description('read rollbot.yml and all procedures, and print every mistake as file:line:column')
    .option('--explain <rule>', 'say what really happens at a hazard, and what to do instead')
    .option('--rules', 'list the hazards that it knows')
    .addHelpText('after', '\nExamples:\n  rollbot check && echo "ready for the day"\n  rollbot check --explain sed-in-place')
    .action(async (options: CheckOptions) => await run(async () => await checkCommand(terminal, options))());
  program
    .command('rehearse')
    .argument('[procedures...]', 'all of them where none is named')
    .option('--verbose', 'print what every scenario did')
    .option('--json', 'print everything as JSON')
    .description('play the rehearsals of procedures by the real rules in a made-up world, without touching anything')
    .addHelpText('after', '\nExample:\n  rollbot rehearse cache --verbose')
    .action(async (ids: string[], options: RehearseOptions) => await run(async () => await rehearseCommand(terminal, ids, options))());
  program
    .command('verify')
    .argument('[database]', 'the SQLite file; by default the one of DATABASE_URL')
    .description('fold the whole journal again and compare hashes, states and claims')
    .addHelpText('after', '\nExample:\n  rollbot verify backups/rollbot.db')
    .action(async (database?: string) => await run(async () => await verifyCommand(terminal, database))());
  program
    .command('schema')
    .description('write the JSON Schemas that editors complete procedures and rollbot.yml with, and the page about hazards')
    .action(run(async () => await schemaCommand(terminal)));
  program
    .command('doctor')
    .option('--quick', 'leave out what asks targets and Slack')
    .option('--json', 'print everything as JSON')
    .description('say before the day comes whether all that a rollback needs is in order, and what to do where it is not')
    .addHelpText('after', DOCTOR_HELP)
    .action(async (options: DoctorOptions) => await run(async () => await doctorCommand(terminal, options))());
  addExport(program, terminal, run);
  addInit(program, terminal, run);
  addDemo(program, terminal, run);
  return program;
}

function addExport(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('export')
    .argument('[procedure]', 'which one')
    .argument('[parameters...]', 'name=value: fixed in the script; the others stay options of it')
    .option('--target <name>', 'where it will run; the default target where it is left out')
    .option('--output <file>', 'write it there instead of printing it')
    .option('--drill', 'a practice with a scorecard; refused on a target that is protected')
    .option('--all', 'write every script that rollbot.yml names under "exports"')
    .option('--check', 'write nothing, and say which of those are not as they would be written')
    .description('write a procedure as one bash script, for the day when nothing else works')
    .addHelpText('after', EXPORT_HELP)
    .action(async (procedure: string | undefined, params: string[], options: ExportOptions) => {
      const words = procedure === undefined ? [] : [procedure, ...params];
      await run(async () => await exportCommand(terminal, words, options))();
    });
}

const EXPORT_HELP = `
The script has the same checks, asks for the same approvals and can undo. It holds no secret: these are
read from where rollbot.yml says when it runs. What has no faithful form in a script is refused.

Examples:
  rollbot export cache --target production --output cache-rollback.sh
  rollbot export cache clear=prefix --target staging | less
  rollbot export --all
  rollbot export --check`;

function addInit(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command('init')
    .argument('[folder]', 'where the files are written', '.')
    .description('ask a few questions, and write a rollbot.yml, a manifest for Slack and a first procedure that work');
  for (const { name, asks } of QUESTIONS) command.option(`--${name} <answer>`, asks);
  command
    .addHelpText('after', '\nNothing is overwritten. What is not said by an option is asked.\n\nExample:\n  rollbot init rollbot')
    .action(async (folder: string, options: InitOptions) => await run(async () => await initCommand(terminal, folder, options))());
}

/** The demo is loaded only when it is asked for: production never has it in memory. */
function addDemo(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('demo')
    .description('a Slack workspace on this machine with a broken service to roll back')
    .option('--auto', 'play the whole conversation and print it; exit 0 only if the service is healthy and the report complete')
    .option('--procedure <id>', 'what is broken, by the procedure that repairs it', 'cache')
    .option(
      '--scenario <story>',
      'alert: the shop is well, then it breaks, and an alert starts the rollback; incident: the same, led to its last lesson (both need prometheus and prometheus-alertmanager); drill: a drill with a silent approver and a failing step, up to its scorecard; page: a restore calls who can do it, and the next ones while nobody answers; slack-down: Slack goes down in mid-run, and the run is approved and closed in the terminal (only with --auto)',
    )
    .option('--sabotage <what>', 'have something go wrong, and watch how Rollbot deals with it; with --auto the exit status is 1')
    .option('--port <port>', 'where the page is served, or the next free port; 0 takes any', '3999')
    .option('--keep', 'leave the temporary folder where it is')
    .addHelpText('after', DEMO_HELP)
    .action(async (options: { auto?: true; procedure: string; scenario?: string; sabotage?: string; port: string; keep?: true }) => {
      const { demoCommand } = await import('./demo/index.ts');
      await run(async () => await demoCommand(terminal, options))();
    });
}

const DEMO_HELP = `
What can go wrong (or name the step that it should happen to):
  crontab-unreadable    the crontab can't be read            (stop-warming)
  redis-down            the cache goes down at the approval  (clear-prefix)
  wrong-redis           the address leads to another cache
  deploy-fails          the deployment fails                 (deploy)
  deploy-hangs          the deployment does not end
  deployed-but-exit-1   it deploys, and says that it failed
  warming-returns       something fills the cache again
  service-stays-sick    requests go on failing               (verify)
  cloudflare-down           Cloudflare's API answers with errors
  cloudflare-answer-lost    it does what it is asked, and its answer is lost
  cloudflare-token-revoked  it does not know the token any more
  cloudflare-rate-limit     it has been asked too often
  cloudflare-purge-ignored  its edge keeps what it was told to forget

Everything happens in a temporary folder and on this machine. Reports are written to incidents/ in the
folder that you are in, scorecards of drills to drills/. Ctrl+C ends everything and removes the temporary folder.

Exit status: 0 you have ended it, or with --auto all is well; 1 with --auto something was not; 64 the
command line makes no sense.

Examples:
  npm run demo
  npm run demo -- --auto
  npm run demo -- --auto --procedure hyperdrive
  npm run demo -- --auto --scenario alert
  npm run demo -- --auto --scenario incident
  npm run demo -- --auto --scenario drill
  npm run demo -- --auto --scenario slack-down
  npm run demo -- --auto --sabotage deploy-fails`;

const DOCTOR_HELP = `
It only reads: settings, secrets, programs, the preflight of each procedure on each target, versions to return to, Slack and its
clock, who holds which role and can be reached tonight, whether somebody alone could go on, the journal, the disk, and when each procedure was last run. Give it the environment that the bot has.

Exit status: 0 nothing would fail, 1 something would, 78 the configuration can't be read.

Example:
  rollbot doctor --quick`;

const START_HELP = `
It is told by its environment:
  SLACK_BOT_TOKEN        the bot's token (xoxb-…)
  SLACK_APP_TOKEN        for Socket Mode (xapp-…), or instead of it:
  SLACK_SIGNING_SECRET   with PORT, for HTTP at /slack/events
  SLACK_API_URL          another server than Slack's
  DATABASE_URL           sqlite:data/rollbot.db
  ROLLBOT_CONFIG         rollbot.yml
  ROLLBOT_PROCEDURES     procedures/
  ROLLBOT_REPORTS        incidents/
  ROLLBOT_INTAKE_PORT    8080, for /healthz, /readyz and /releases
  ROLLBOT_INTAKE_HOST    127.0.0.1, where that port listens
  LOG_LEVEL              info

Example:
  SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… rollbot start`;
