export { createTerminalDesk } from './desk.ts';
export type { TerminalDesk } from './desk.ts';
export type { Reply } from './reply.ts';
export { linkTo } from './socket/client.ts';
export { ownUser } from './socket/os-user.ts';
export { createTerminalDoor } from './socket/server.ts';
