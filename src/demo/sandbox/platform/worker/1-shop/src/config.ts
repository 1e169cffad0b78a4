/** What can be switched off without another change of the code. */
export const config = {
  websocket: true,
};
