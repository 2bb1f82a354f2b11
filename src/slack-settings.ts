/** The settings of the Slack bot, for the one table (settings.ts). */
import * as z from 'zod';

/** Parts separated by commas, each once, all of a form. */
const listOf = (form: RegExp) =>
  z
    .string()
    .transform((value) => [...new Set(value.split(',').map((part) => part.trim()))].filter(Boolean))
    .refine((parts) => parts.every((part) => form.test(part)));

export const slackSettings = {
  slackBotToken: {
    variable: 'PULLQUOTE_SLACK_BOT_TOKEN',
    fallback: '',
    allowed: 'a token that begins with xoxb-, or one for each workspace, separated by commas',
    meaning: 'Slack: token of the bot; several, separated by commas, for several workspaces',
    secret: true,
    schema: listOf(/^xoxb-[\w-]+$/),
  },
  slackAppToken: {
    variable: 'PULLQUOTE_SLACK_APP_TOKEN',
    fallback: null,
    allowed: 'a token that begins with xapp-',
    meaning: 'Slack: app-level token; with it the bot opens a socket and needs no public address',
    secret: true,
    schema: z
      .string()
      .regex(/^xapp-[\w-]+$/)
      .nullable(),
  },
  slackSigningSecret: {
    variable: 'PULLQUOTE_SLACK_SIGNING_SECRET',
    fallback: null,
    allowed: 'the 32 hexadecimal digits of the signing secret',
    meaning: 'Slack: signing secret, when events come over HTTP to /slack/events',
    secret: true,
    schema: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .nullable(),
  },
  slackTeams: {
    variable: 'PULLQUOTE_SLACK_TEAMS',
    fallback: '',
    allowed: 'ids of workspaces such as T0123ABCD, separated by commas',
    meaning: 'Slack: workspaces whose people may ask; all by default',
    schema: listOf(/^[TE][A-Z0-9]{2,}$/),
  },
  slackChannels: {
    variable: 'PULLQUOTE_SLACK_CHANNELS',
    fallback: '',
    allowed: 'ids of channels such as C0123ABCD, separated by commas',
    meaning: 'Slack: channels in which the bot answers, beside direct messages; all by default',
    schema: listOf(/^[CG][A-Z0-9]{2,}$/),
  },
  slackUsers: {
    variable: 'PULLQUOTE_SLACK_USERS',
    fallback: '',
    allowed: 'ids of users such as U0123ABCD, separated by commas',
    meaning: 'Slack: people who may ask; all by default',
    schema: listOf(/^[UW][A-Z0-9]{2,}$/),
  },
  slackDocuments: {
    variable: 'PULLQUOTE_SLACK_DOCUMENTS',
    fallback: '',
    allowed:
      'parts such as C0123ABCD=press/*,budget separated by semicolons; "dm" and "*" stand for direct messages and all other places',
    meaning:
      'Slack: which documents answer where, such as `C0123ABCD=press/*,budget; *=faq`; all everywhere by default',
    schema: z.string().regex(/^(?:\s*(?:[CGD][A-Z0-9]{2,}|dm|\*)\s*=[^;=]*[^;=\s][^;=]*(?:;|$))*\s*$/),
  },
  slackFolder: {
    variable: 'PULLQUOTE_SLACK_FOLDER',
    fallback: 'slack',
    allowed: 'a folder',
    meaning: 'Slack: folder of what the bot remembers (threads, events); one process at a time',
    schema: z.string().refine((value) => !value.includes('\0')),
  },
  slackApi: {
    variable: 'PULLQUOTE_SLACK_API',
    fallback: 'https://slack.com/api/',
    allowed: 'an http(s) address',
    meaning: 'Slack: address of the Web API; another one for GovSlack',
    schema: z.string().refine((value) => /^https?:\/\//.test(value) && URL.canParse(value)),
  },
} as const;
