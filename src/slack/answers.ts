import { z } from 'zod';

/** What is read from Slack's answers: only what is needed, and nothing else is looked at. */

const Metadata = z.looseObject({ event_type: z.string(), event_payload: z.looseObject({ key: z.string().optional() }) });
const File = z.looseObject({ name: z.string().nullish() });

export const Posted = z.looseObject({ channel: z.string(), ts: z.string() });
const Page = z.looseObject({ response_metadata: z.looseObject({ next_cursor: z.string().optional() }).nullish() });
export const History = Page.extend({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      text: z.string().nullish(),
      user: z.string().nullish(),
      metadata: Metadata.nullish().catch(undefined),
      files: z.array(File).nullish(),
    }),
  ),
});
const Channel = z.looseObject({ id: z.string(), name: z.string(), creator: z.string().optional(), created: z.number().optional() });
export const ChannelInfo = z.looseObject({ channel: z.looseObject({ is_archived: z.boolean().optional() }) });
export const CreatedChannel = z.looseObject({ channel: Channel });
export const Channels = Page.extend({ channels: z.array(Channel) });
export const UploadPlace = z.looseObject({ upload_url: z.string(), file_id: z.string() });
export const SharedFiles = z.looseObject({ files: z.array(z.looseObject({ permalink: z.string().optional() })).optional() });
export const GroupMembers = z.looseObject({ users: z.array(z.string()) });
export const OpenedView = z.looseObject({ view: z.looseObject({ id: z.string() }) });
export const BotInfo = z.looseObject({ bot: z.looseObject({ app_id: z.string().optional() }) });
export const AuthTest = z.looseObject({
  team_id: z.string(),
  team: z.string().optional(),
  user_id: z.string(),
  bot_id: z.string(),
  app_id: z.string().optional(),
});
export const UserInfo = z.looseObject({
  user: z.looseObject({
    id: z.string(),
    team_id: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z.looseObject({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_app_user: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    enterprise_user: z.looseObject({ id: z.string().optional(), teams: z.array(z.string()).optional() }).optional(),
  }),
});
