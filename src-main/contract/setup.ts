import { z } from 'zod';
import { instant } from './content.ts';
import { verbOffer } from './queue.ts';
import { HEALTH_STATES, SUBJECT_TYPES } from './words.ts';

/** One field of a connector's settings form; the schema that checks the answer is derived from it. */
const settingField = z.object({
  name: z.string(),
  label: z.string(),
  /** `mapping`: JSON of contract/mapping.ts, built in the desk with a preview. */
  kind: z.enum(['text', 'url', 'secret', 'number', 'select', 'toggle', 'long-text', 'mapping']),
  required: z.boolean(),
  help: z.string(),
  placeholder: z.string().default(''),
  options: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
});
export type SettingField = z.infer<typeof settingField>;

export const platformInfo = z.object({
  id: z.string(),
  title: z.string(),
  /** One sentence: what it brings and what its API cannot do. */
  summary: z.string(),
  fields: z.array(settingField),
  /** What arrives from outside instead of being fetched: files that a person brings, messages that another system sends. */
  intake: z.enum(['files', 'messages']).nullable(),
});
export type PlatformInfo = z.infer<typeof platformInfo>;

/** Answers to a settings form by field name; secrets among them go to the secrets service only. */
export const formValues = z.record(z.string(), z.union([z.string().max(20_000), z.number(), z.boolean()]));
export type FormValues = z.infer<typeof formValues>;

export const accountView = z.object({
  name: z.string(),
  instance: z.string(),
  scopes: z.array(z.string()),
  /** What is missing and where to grant it; empty when all is there. */
  missing: z.array(z.string()),
});
export type AccountView = z.infer<typeof accountView>;

export const connectionView = z.object({
  id: z.string(),
  platform: z.string(),
  platformTitle: z.string(),
  title: z.string(),
  instance: z.string(),
  /** A stable hue 0-359 for the dot beside its items. */
  hue: z.number().int(),
  settings: formValues,
  account: accountView.nullable(),
  health: z.object({
    state: z.enum(HEALTH_STATES),
    /** Plain words with the remedy; null while all is well. */
    problem: z.string().nullable(),
    traceId: z.string().nullable(),
    /** When a sync last reached the present: what was reported there before is here. */
    lastSyncAt: instant.nullable(),
    nextSyncAt: instant.nullable(),
    /** How often it is asked when it has nothing to say by itself; null before the first sign-in. */
    pollMs: z.number().int().nullable(),
    /** When the newest report that is here was made there. */
    newestAt: instant.nullable(),
    /** False until the whole history was brought in once. */
    caughtUp: z.boolean(),
    /** Rows and messages that arrived here and are not in the queue yet. */
    arriving: z.number().int(),
    /** Reports brought in so far and, where the platform says, how many there are. */
    pulled: z.number().int(),
    total: z.number().int().nullable(),
    /** Items of it that are open in the queue. */
    open: z.number().int(),
    /** Deliveries that wait to be sent, and those that need a person. */
    waiting: z.number().int(),
    attention: z.number().int(),
    rateLimit: z.object({ remaining: z.number().int(), limit: z.number().int().nullable(), resetAt: instant.nullable() }).nullable(),
  }),
  /** True where an administrator's --connections file provides it; it is changed there. */
  provisioned: z.boolean(),
});
export type ConnectionView = z.infer<typeof connectionView>;

/** Where items come from: also connections that were removed since. */
export const connectionSource = z.object({
  id: z.string(),
  platform: z.string(),
  platformTitle: z.string(),
  title: z.string(),
  instance: z.string(),
  /** A stable hue 0-359 for the dot beside its items. */
  hue: z.number().int(),
  removed: z.boolean(),
});
export type ConnectionSource = z.infer<typeof connectionSource>;

/** What this account can do with one type of subject there. */
export const ability = z.object({ type: z.enum(SUBJECT_TYPES), verbs: z.array(verbOffer) });
export type Ability = z.infer<typeof ability>;

/** Few, each with its reason beside it. */
export const settings = z.object({
  /** Who signs the log. Asked at first decision, never guessed from the system account silently. */
  actor: z.string().trim().min(1).max(80).default('Moderator'),
  /** The community's name beside the product's. */
  community: z.string().max(80).default(''),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  keyPreset: z.enum(['docket', 'coral', 'ozone', 'osmod', 'left', 'vim']).default('docket'),
  /** Command id to its keys, over the preset. */
  keys: z.record(z.string(), z.array(z.string())).default({}),
  /** Some teams want a longer look back before anything leaves. */
  undoSeconds: z.number().int().min(0).max(120).default(8),
  /** Off: media are shown without blur. */
  veilMedia: z.boolean().default(true),
});
export type Settings = z.infer<typeof settings>;

/** Some settings to change. Without the defaults, which `settings.partial()` would fill in for every one left out. */
export const settingsChanges = z.object({
  actor: settings.shape.actor.unwrap(),
  community: settings.shape.community.unwrap(),
  theme: settings.shape.theme.unwrap(),
  keyPreset: settings.shape.keyPreset.unwrap(),
  keys: settings.shape.keys.unwrap(),
  undoSeconds: settings.shape.undoSeconds.unwrap(),
  veilMedia: settings.shape.veilMedia.unwrap(),
}).partial();
export type SettingsChanges = z.infer<typeof settingsChanges>;

export const secretsStatus = z.object({
  /** Where secrets are kept on this machine. */
  store: z.enum(['safe-storage', 'safe-storage-basic', 'keyring', 'passphrase-file']),
  state: z.enum(['ready', 'locked', 'new']),
  /** A sentence for the person; a warning where protection is weak. */
  said: z.string(),
});
export type SecretsStatus = z.infer<typeof secretsStatus>;

export const capabilities = z.object({
  host: z.enum(['electron', 'loopback']),
  version: z.string(),
  dataDir: z.string(),
  /** The host asks before it opens a link, so that the desk need not. */
  confirmsLinks: z.boolean(),
  notifications: z.boolean(),
  /** Where media are served: prefix to which a hash is added. */
  mediaBase: z.string(),
  /** Sentences the person should read once, such as a settings file that was put aside. */
  notices: z.array(z.string()),
});
export type Capabilities = z.infer<typeof capabilities>;
