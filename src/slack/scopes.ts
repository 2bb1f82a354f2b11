/** What the app must be allowed, and why; `slack-manifest.yaml` asks for this and for `agentScope`. */
export const requiredScopes: Readonly<Record<string, string>> = {
  'app_mentions:read': 'to hear mentions',
  'chat:write': 'to answer',
  'channels:history': 'to follow threads in channels',
  'groups:history': 'to follow threads in private channels',
  'mpim:history': 'to follow threads in group messages',
  'im:history': 'to read direct messages',
  'im:write': 'to answer privately where it may not speak',
  commands: 'for /ask and the message shortcut',
};

/** Only an agent has it, and needs it to suggest questions. */
export const agentScope = 'assistant:write';
