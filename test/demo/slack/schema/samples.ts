import type {
  ActionsBlockElement,
  AlertBlock,
  Block,
  ContextActionsBlockElement,
  HomeView,
  InputBlockElement,
  KnownBlock,
  ModalView,
  PlainTextOption,
  RichTextBlock,
  RichTextElement,
  SectionBlockAccessory,
  TaskCardBlock,
} from '@slack/types';

/** A label of that text. */
export function plain<Text extends string>(text: Text) {
  return { type: 'plain_text', text } as const;
}

/** A formatted text. */
export function mrkdwn<Text extends string>(text: Text) {
  return { type: 'mrkdwn', text } as const;
}

/** An option of a menu. */
export function option(name: string): PlainTextOption & { value: string } {
  return { text: plain(name), value: name };
}

const confirm = {
  title: plain('Sure?'),
  text: mrkdwn('*Really?*'),
  confirm: plain('Yes'),
  deny: plain('No'),
  style: 'danger',
} as const;

const inline: RichTextElement[] = [
  { type: 'text', text: 'checkout ', style: { bold: true, italic: false } },
  { type: 'link', url: 'https://example.com', text: 'dashboard', unsafe: false },
  { type: 'emoji', name: 'warning', unicode: '26a0-fe0f' },
  { type: 'user', user_id: 'U0DANA' },
  { type: 'usergroup', usergroup_id: 'S0ONCALL' },
  { type: 'channel', channel_id: 'C0OPS' },
  { type: 'team', team_id: 'T0TEAM' },
  { type: 'broadcast', range: 'here' },
  { type: 'date', timestamp: 1_720_710_212, format: '{date_short} at {time}', url: 'https://example.com', fallback: 'July 11' },
  { type: 'color', value: '#F405B3' },
];

export const richText: RichTextBlock = {
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: inline },
    { type: 'rich_text_list', style: 'bullet', indent: 1, border: 0, elements: [{ type: 'rich_text_section', elements: inline }] },
    { type: 'rich_text_preformatted', border: 1, elements: [{ type: 'text', text: 'exit 1' }] },
    { type: 'rich_text_quote', elements: inline },
  ],
};

export const picture = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a graph' } as const;
const options = [option('Start'), option('Stop')];
const button = { type: 'button', text: plain('Approve'), action_id: 'approve', value: 'run-1', style: 'primary', confirm } as const;

/** One of each menu. */
const menus: ActionsBlockElement[] = [
  { type: 'static_select', action_id: 's1', placeholder: plain('Pick'), options, initial_option: option('Stop') },
  { type: 'static_select', action_id: 's2', option_groups: [{ label: plain('Group'), options }], initial_option: option('Start') },
  { type: 'external_select', action_id: 's3', min_query_length: 0, initial_option: option('Anything') },
  { type: 'users_select', action_id: 's4', initial_user: 'U0DANA' },
  { type: 'conversations_select', action_id: 's5', default_to_current_conversation: true, filter: { include: ['private', 'public'] } },
  { type: 'channels_select', action_id: 's6', initial_channel: 'C0OPS' },
  { type: 'multi_static_select', action_id: 's7', options, initial_options: options, max_selected_items: 1 },
  { type: 'multi_external_select', action_id: 's8', min_query_length: 3 },
  { type: 'multi_users_select', action_id: 's9', initial_users: ['U0DANA'], max_selected_items: 2 },
  { type: 'multi_conversations_select', action_id: 's10', filter: { exclude_bot_users: true } },
  { type: 'multi_channels_select', action_id: 's11', initial_channels: ['C0OPS'] },
];

const choices: (ActionsBlockElement & InputBlockElement)[] = [
  {
    type: 'checkboxes',
    action_id: 'c1',
    options: [{ text: mrkdwn('*Bold*'), value: 'b', description: plain('why') }],
    focus_on_load: true,
  },
  { type: 'radio_buttons', action_id: 'c2', options, initial_option: option('Start') },
  { type: 'datepicker', action_id: 'c3', initial_date: '2026-11-23', placeholder: plain('When') },
  { type: 'timepicker', action_id: 'c4', initial_time: '23:59', timezone: 'Europe/Berlin' },
  { type: 'datetimepicker', action_id: 'c5', initial_date_time: 1_700_000_000 },
];

const actionElements: ActionsBlockElement[] = [
  button,
  { type: 'button', text: plain('Open'), url: 'https://example.com', accessibility_label: 'Opens the dashboard' },
  { type: 'overflow', action_id: 'o1', options: [{ ...option('Log'), url: 'https://example.com' }] },
  {
    type: 'workflow_button',
    text: plain('Run'),
    workflow: { trigger: { url: 'https://slack.com/shortcuts/Ft1', customizable_input_parameters: [{ name: 'a', value: 'b' }] } },
  },
  { type: 'rich_text_input', action_id: 'r1', min_lines: 1, max_lines: 8 },
  ...menus,
  ...choices,
];

export const inputElements: InputBlockElement[] = [
  { type: 'plain_text_input', action_id: 'i1', multiline: true, min_length: 0, max_length: 3000, placeholder: plain('Why') },
  { type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] }, initial_value: '' },
  { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9', initial_value: '3' },
  { type: 'email_text_input', initial_value: 'dana@example.com' },
  { type: 'url_text_input', focus_on_load: false },
  { type: 'rich_text_input', initial_value: richText },
  ...choices,
];

export const contextActions: ContextActionsBlockElement[] = [
  {
    type: 'feedback_buttons',
    action_id: 'f1',
    positive_button: { text: plain('Good'), value: 'good', accessibility_label: 'It was good' },
    negative_button: { text: plain('Bad'), value: 'bad' },
  },
  { type: 'icon_button', action_id: 'f2', icon: 'trash', text: plain('Delete'), value: 'x', visible_to_user_ids: ['U0DANA'] },
];

const accessories: SectionBlockAccessory[] = [button, picture, { type: 'overflow', options: [option('More')] }];

export const task: TaskCardBlock = {
  type: 'task_card',
  task_id: 'step-1',
  title: 'Stop the workers',
  status: 'in_progress',
  details: richText,
  output: richText,
  sources: [{ type: 'url', url: 'https://example.com', text: 'runbook' }],
};

/** Every block of `@slack/types` that a message may contain. */
export const messageBlocks: KnownBlock[] = [
  { type: 'divider', block_id: 'd' },
  { type: 'header', text: { ...plain('Rollback'), emoji: true } },
  { type: 'section', text: { ...mrkdwn('*checkout*'), verbatim: true }, expand: true },
  { type: 'section', fields: [plain('a'), mrkdwn('b')], accessory: { type: 'image', slack_file: { id: 'F1' }, alt_text: 'graph' } },
  ...accessories.map((accessory): KnownBlock => ({ type: 'section', text: plain('x'), accessory })),
  { type: 'context', elements: [picture, plain('a'), mrkdwn('b')] },
  { type: 'actions', elements: actionElements },
  ...inputElements.map((element): KnownBlock => ({ type: 'input', label: plain('Label'), hint: plain('Hint'), optional: true, element })),
  { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'graph', title: plain('Graph') },
  { type: 'image', slack_file: { url: 'https://files.slack.com/a.png' }, alt_text: 'graph' },
  { type: 'video', video_url: 'https://example.com/v', thumbnail_url: 'https://example.com/t', alt_text: 'v', title: plain('How') },
  { type: 'markdown', text: '# Title' },
  richText,
  { type: 'context_actions', elements: contextActions },
  task,
  { type: 'plan', title: 'Roll back checkout', tasks: [{ ...task, status: 'pending' }] },
  {
    type: 'table',
    rows: [[{ type: 'raw_text', text: 'a' }, richText], [{ type: 'raw_number', value: 1, text: '1' }]],
    column_settings: [{}],
  },
  { type: 'card', title: mrkdwn('Card'), subtitle: mrkdwn('s'), body: mrkdwn('b'), hero_image: picture, icon: picture, actions: [button] },
  { type: 'carousel', elements: [{ type: 'card', body: mrkdwn('b') }] },
  { type: 'container', title: plain('Done'), is_collapsible: true, default_collapsed: true, child_blocks: [{ type: 'divider' }, richText] },
];

/** What Slack has and `@slack/types` doesn't know yet. */
export const newerBlocks: (Block & Record<string, unknown>)[] = [
  { type: 'header', text: plain('Small'), level: 4 },
  { type: 'data_visualization', title: 'Errors', chart: { type: 'pie', segments: [{ label: 'checkout', value: 3 }] } },
  {
    type: 'data_visualization',
    title: 'Latency',
    chart: {
      type: 'line',
      series: [{ name: 'p99', data: [{ label: 'Mon', value: 1.5 }] }],
      axis_config: { categories: ['Mon'], x_label: 'Day' },
    },
  },
];

export const dataTable: KnownBlock = {
  type: 'data_table',
  caption: 'Runs',
  page_size: 5,
  row_header_column_index: 0,
  rows: [[{ type: 'raw_text', text: 'Run' }], [richText]],
};

export const alert: AlertBlock = { type: 'alert', text: mrkdwn('This rolls back *production*.'), level: 'warning' };

export const modal: ModalView = {
  type: 'modal',
  title: plain('Start a rollback'),
  submit: plain('Start'),
  close: plain('Cancel'),
  private_metadata: '{}',
  callback_id: 'start',
  external_id: 'start-1',
  clear_on_close: true,
  notify_on_close: true,
  blocks: [
    alert,
    { type: 'input', label: plain('Files'), element: { type: 'file_input', filetypes: ['txt'], max_files: 10 } },
    { type: 'input', label: plain('Where'), element: { type: 'conversations_select', response_url_enabled: true } },
    richText,
  ],
};

export const home: HomeView = {
  type: 'home',
  callback_id: 'home',
  private_metadata: '',
  external_id: 'home-1',
  blocks: [{ type: 'header', text: plain('Rollbot') }, dataTable, { type: 'actions', elements: [button] }],
};
