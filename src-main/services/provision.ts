import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { FormValues } from '../contract/setup.ts';
import { formValues } from '../contract/setup.ts';
import { Failure } from '../domain/failure.ts';

/** One connection of an administrator's file, its secrets already read; nothing of it is checked against its platform yet. */
export type ProvisionedConnection = {
  /** Where it stands in the file, for messages: `connections[1]`. */
  readonly at: string;
  readonly id: string;
  readonly platform: string;
  readonly title: string;
  readonly settings: FormValues;
  readonly secrets: Readonly<Record<string, string>>;
};

const secretSource = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  { error: 'Say where the secret is: {"env": "NAME"} or {"file": "/path"}. A secret itself does not belong into this file.' },
);

const entry = z.strictObject({
  /** Keeps the connection the same one when its title changes. */
  id: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, 'Use letters, digits, dots, hyphens and underscores.').optional(),
  platform: z.string({ error: 'Name the platform.' }).min(1, 'Name the platform.'),
  /** Left out: the platform's and the instance's names. */
  title: z.string({ error: 'The title is a text.' }).trim().max(100, 'Keep the title under 100 characters.').default(''),
  settings: formValues.default({}),
  secrets: z.record(z.string(), secretSource).default({}),
});

const list = z.array(entry, { error: 'A list of connections is expected.' });
const wrapped = z.strictObject({ connections: list }, { error: 'A list of connections is expected, or an object with the field "connections".' });

/** Reads environment variables and files; tests bring their own. */
export type SecretSources = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
};

const bySystem: SecretSources = { env: process.env, readFile: (path) => readFileSync(path, 'utf8') };

function bad(path: string, problem: string): Failure {
  return new Failure('INVALID_INPUT', `The connections file cannot be used: ${path === '' ? '' : `${path}: `}${problem}`, { fields: [{ path, problem }] });
}

/** `connections[1].settings.url` */
function pathOf(keys: readonly PropertyKey[]): string {
  return keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('').replace(/^\./, '');
}

/** Parses an administrator's connections file and reads the secrets it points to. Throws a Failure that names the path of the wrong field. */
export function parseConnections(text: string, sources: SecretSources = bySystem): readonly ProvisionedConnection[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw bad('', `It is not JSON (${error instanceof Error ? error.message.replace(/, ".*" is not valid JSON$/s, '') : ''}).`);
  }
  const listed = Array.isArray(data);
  const parsed = wrapped.safeParse(listed ? { connections: data } : data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const keys = [...issue?.path ?? [], ...(unknown === undefined ? [] : [unknown])];
    throw bad(pathOf(keys), unknown === undefined ? issue?.message ?? 'Not as expected.' : 'There is no such field.');
  }
  const ids = new Map<string, string>();
  return parsed.data.connections.map((one, index) => {
    const at = `connections[${index}]`;
    const id = one.id ?? `provisioned-${one.platform}-${index + 1}`;
    const twin = ids.get(id);
    if (twin !== undefined) throw bad(`${at}.id`, `${twin} has the same id.`);
    ids.set(id, at);
    const secrets = Object.fromEntries(Object.entries(one.secrets).map(([field, source]) => [field, readSource(source, `${at}.secrets.${field}`, sources)]));
    return { at, id, platform: one.platform, title: one.title, settings: one.settings, secrets };
  });
}

/** The connections of an administrator's file, none where there is no file. Throws a Failure as {@link parseConnections} does. */
export function connectionsFrom(file: string | null): readonly ProvisionedConnection[] {
  if (file === null) return [];
  let text: string;
  try {
    text = bySystem.readFile(file);
  } catch (error) {
    throw new Failure('INVALID_INPUT', `The connections file ${file} cannot be read.`, { cause: error });
  }
  return parseConnections(text);
}

function readSource(source: z.infer<typeof secretSource>, path: string, { env, readFile }: SecretSources): string {
  if ('env' in source) {
    const value = env[source.env];
    if (value === undefined || value === '') throw bad(`${path}.env`, `The environment variable ${source.env} is not set.`);
    return value;
  }
  let text: string;
  try {
    text = readFile(source.file);
  } catch {
    throw bad(`${path}.file`, `${source.file} cannot be read.`);
  }
  // Files made with an editor or echo end with a line break that is no part of the secret.
  const value = text.replace(/\r?\n$/, '');
  if (value === '') throw bad(`${path}.file`, `${source.file} is empty.`);
  return value;
}
