import type { FormValues, SettingField } from '../../contract/setup.ts';
import { ConnectorError } from '../connector.ts';
import { isLoopbackHost } from '../http/addresses.ts';

const API = 'https://oauth.reddit.com';
const SITE = 'https://www.reddit.com';
/** Must stand in the app's settings at Reddit letter by letter (github.com/reddit-archive/reddit, wiki OAuth2, "redirect_uri"). */
const REDIRECT = 'http://127.0.0.1:8231/callback';

/** The settings form. */
export const fields: readonly SettingField[] = [
  {
    name: 'client', label: 'Client id', kind: 'text', required: true, placeholder: '', options: [],
    help: `The id of your community's own Reddit app, of type "installed app", with the redirect uri ${REDIRECT}. Reddit approves new apps one by one (support.reddithelp.com, Responsible Builder Policy); existing ones are listed at reddit.com/prefs/apps.`,
  },
  {
    name: 'clientSecret', label: 'Client secret', kind: 'secret', required: false, placeholder: '', options: [],
    help: 'Only apps of type "web app" or "script" have one; leave it empty for an installed app.',
  },
  {
    name: 'subreddits', label: 'Subreddits', kind: 'text', required: false, placeholder: 'mod', options: [],
    help: 'Names with commas between them, or "mod" for every one that the account moderates.',
  },
  {
    name: 'unmoderated', label: 'Also posts that nobody has looked at', kind: 'toggle', required: false, placeholder: '', options: [],
    help: 'Brings the list "unmoderated" beside the mod queue and reports: every post that no moderator approved or removed yet.',
  },
  {
    name: 'notes', label: 'Write a mod note for each decision', kind: 'toggle', required: false, placeholder: '', options: [],
    help: 'Your team then sees guideline and reason in Reddit\'s own user notes, too.',
  },
  {
    name: 'refreshToken', label: 'Refresh token', kind: 'secret', required: false, placeholder: '', options: [],
    help: 'For a desk without a browser: a permanent token for this client id. Leave it empty to sign in in the browser.',
  },
  {
    name: 'redirect', label: 'Redirect uri', kind: 'text', required: false, placeholder: REDIRECT, options: [],
    help: 'If the app is registered with another address of this machine, write it here exactly as it stands there.',
  },
  { name: 'api', label: 'API address', kind: 'url', required: false, placeholder: API, options: [], help: 'Leave it empty for Reddit.' },
  { name: 'site', label: 'Sign-in address', kind: 'url', required: false, placeholder: SITE, options: [], help: 'Leave it empty for Reddit.' },
];

export type RedditSettings = {
  readonly client: string;
  /** Names as typed; empty for every moderated one. */
  readonly subreddits: readonly string[];
  readonly unmoderated: boolean;
  readonly notes: boolean;
  readonly redirect: string;
  /** Where the API is asked, and where one signs in and reads; without a slash at the end. */
  readonly api: string;
  readonly site: string;
};

/** What keys are made with; the same for every account. */
export function instanceOf({ api }: RedditSettings): string {
  return new URL(api).host.replace(/^(?:oauth|www)\./, '').toLowerCase();
}

/** Reads checked form values. Throws ConnectorError `settings`. */
export function readSettings(values: FormValues): RedditSettings {
  const said = (name: string): string => String(values[name] ?? '').trim();
  const client = said('client');
  if (client === '') throw new ConnectorError('settings', 'The client id is missing. It stands under the app\'s name at reddit.com/prefs/apps.');
  const api = address(said('api') || API, 'API address');
  const site = address(said('site') || (isLoopbackHost(new URL(api).hostname) ? api : SITE), 'sign-in address');
  return {
    client, api, site, subreddits: namesIn(said('subreddits')), redirect: redirectIn(said('redirect') || REDIRECT),
    unmoderated: values['unmoderated'] === true, notes: values['notes'] === true,
  };
}

function address(text: string, what: string): string {
  if (!URL.canParse(text)) throw new ConnectorError('settings', `The ${what} is not an address. Leave it empty for Reddit.`);
  return text.replace(/\/+$/, '');
}

/** "r/a, /r/b c" and "a+b" alike; "mod" stands for all. */
function namesIn(text: string): readonly string[] {
  const names = text.split(/[\s,;+]+/).map((name) => name.replace(/^(?:https?:\/\/[^/]+)?\/?r\//i, '').replace(/\/+$/, '')).filter((name) => name !== '');
  for (const name of names) {
    if (!/^\w{2,50}$/.test(name)) throw new ConnectorError('settings', `"${name}" is not the name of a subreddit. Write names with commas between them, or "mod" for all.`);
  }
  return names.some((name) => name.toLowerCase() === 'mod') ? [] : [...new Set(names)];
}

function redirectIn(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' || !isLoopbackHost(url.hostname)) throw new ConnectorError('settings', `The redirect uri has to be an address of this machine, such as ${REDIRECT}.`);
  return text;
}

/** One path segment that reads several subreddits at once (https://www.reddit.com/dev/api, listings of a multireddit). */
export function multiOf(subreddits: readonly string[]): string {
  return subreddits.length === 0 ? 'mod' : subreddits.map((name) => encodeURIComponent(name)).join('+');
}
