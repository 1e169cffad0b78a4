import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Offer } from '../../core/alert/routes.ts';
import type { Releases } from '../../core/component/port.ts';
import type { Catalog, CatalogEntry } from '../../core/ports.ts';
import type { Param } from '../../core/procedure/schema.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import type { FormNote } from '../incoming.ts';
import { context, section } from './blocks.ts';
import { form, input, option } from './forms.ts';
import { safe } from './text.ts';

const MOST_OPTIONS = 100;
const MOST_PARAMS = 30;
const MOST_HINTS = 5;

export type StartFormParts = {
  readonly catalog: Pick<Catalog, 'procedures' | 'settings'>;
  readonly chosen: CatalogEntry | null;
  readonly note: FormNote;
  /** What it was opened for: only these procedures, and this target first; everything otherwise. */
  readonly offer?: Offer | null;
  /** What a parameter that is left empty would stand for. */
  readonly lastGood: Releases['lastGood'];
};

/** The form behind `/rollback`: choosing a procedure brings its targets and parameters. */
export function startForm({ catalog, chosen, note, offer = null, lastGood }: StartFormParts): ModalView {
  const procedures = offered(catalog, offer).slice(0, MOST_OPTIONS);
  if (procedures.length === 0)
    return { ...form(VIEWS.start, 'Roll back', 'Start', [], note), blocks: [section('There is no procedure yet.')] };
  const options = procedures.map(({ id, procedure }) => option(id, `${procedure.title} (${id})`));
  return form(
    VIEWS.start,
    'Roll back',
    'Start',
    [
      procedureInput(
        options,
        options.find(({ value }) => value === chosen?.id),
      ),
      ...(chosen ? detailsOf(chosen, catalog.settings(), { lastGood, target: offer?.target ?? null }) : []),
    ],
    { ...note, ...(chosen && { procedure: chosen.id }) },
  );
}

/** The block of a parameter's input; with the procedure in it, so that Slack keeps nothing that was typed for another one. */
export function paramBlock(procedure: string, name: string): string {
  return `param:${procedure}:${name}`;
}

/** In the order of the offer; where nothing of it is there any more, everything. */
function offered(catalog: StartFormParts['catalog'], offer: Offer | null): readonly CatalogEntry[] {
  const all = catalog.procedures();
  const wanted = (offer?.procedures ?? []).flatMap((id) => all.find((entry) => entry.id === id) ?? []);
  return wanted.length > 0 ? wanted : all;
}

function procedureInput(options: PlainTextOption[], initial: PlainTextOption | undefined): InputBlock {
  const element = {
    type: 'static_select',
    action_id: ACTIONS.chooseProcedure,
    placeholder: { type: 'plain_text', text: 'Choose what to roll back' },
    options,
    ...(initial && { initial_option: initial }),
  } as const;
  return { ...input('procedure', 'Procedure', element), dispatch_action: true };
}

function detailsOf(
  { id, procedure }: CatalogEntry,
  settings: Settings,
  { lastGood, target: wanted }: Pick<StartFormParts, 'lastGood'> & { readonly target: string | null },
): readonly KnownBlock[] {
  const about = [procedure.about, procedure.estimate === undefined ? undefined : `It usually takes ${procedure.estimate}.`].filter(
    (each) => each !== undefined,
  );
  const targets = Object.entries(settings.targets).filter(([, target]) => target.procedures?.includes(id) ?? true);
  const names = targets.map(([name]) => name);
  const params = Object.entries(procedure.params ?? {})
    .filter(isOpen)
    .slice(0, MOST_PARAMS);
  return [
    ...(about.length > 0 ? [context(safe(about.join(' '), 700))] : []),
    ...(targets.length > 0 ? [targetInput(id, targets, wanted)] : [section('rollbot.yml lets it run on no target yet.')]),
    ...params.map(([name, param]) =>
      input(paramBlock(id, name), name, paramElement(param), hintOf(param, names, lastGood), param.default !== undefined),
    ),
    input(
      'reason',
      'Why?',
      { type: 'plain_text_input', action_id: 'reason', max_length: 1000 },
      'It stands on the card and in the report.',
      true,
    ),
    input(
      'how',
      'How',
      { type: 'checkboxes', action_id: 'how', options: [option('dry-run', 'Only show what it would do (dry run)')] },
      undefined,
      true,
    ),
  ];
}

function targetInput(
  procedure: string,
  targets: readonly (readonly [string, Settings['targets'][string]])[],
  wanted: string | null,
): InputBlock {
  const options = targets.slice(0, MOST_OPTIONS).map(([name, target]) => option(name, target.protected ? `${name} (protected)` : name));
  const usual = targets.find(([, target]) => target.default)?.[0];
  const initial = options.find(({ value }) => value === wanted) ?? options.find(({ value }) => value === usual);
  return input(`target:${procedure}`, 'Target', {
    type: 'static_select',
    action_id: 'target',
    options,
    ...(initial && { initial_option: initial }),
  });
}

/** Where there is one choice only, there is nothing to ask. */
function isOpen([, { choices, default: usual }]: readonly [string, Param]): boolean {
  return choices?.length !== 1 || usual === undefined;
}

function paramElement(param: Param): InputBlock['element'] {
  const initial = param.default === undefined || param.default === 'last-good' ? undefined : String(param.default).slice(0, 1000);
  if (!param.choices)
    return { type: 'plain_text_input', action_id: 'value', max_length: 1000, ...(initial !== undefined && { initial_value: initial }) };
  const options = param.choices.map((choice) => option(choice));
  const chosen = options.find(({ value }) => value === initial);
  return { type: 'static_select', action_id: 'value', options, ...(chosen && { initial_option: chosen }) };
}

/** Which version an empty field would stand for, on each target, and why. */
function hintOf(param: Param, targets: readonly string[], lastGood: Releases['lastGood']): string {
  if (param.default !== 'last-good') return param.about;
  const versions = targets.slice(0, MOST_HINTS).map((target) => {
    const good = lastGood({ deployable: param.of ?? '', target });
    return 'says' in good ? `on ${target} nothing (${good.says})` : `on ${target} ${good.version.slice(0, 40)} (${good.why})`;
  });
  return `${param.about}. Left empty: the last version known to be good, ${versions.join('; ')}`;
}
