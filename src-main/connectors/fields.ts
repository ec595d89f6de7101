import { z } from 'zod';
import { mapping } from '../contract/mapping.ts';
import type { FormValues, SettingField } from '../contract/setup.ts';
import { isLoopbackHost } from './http/addresses.ts';

/** What is wrong with one field, in words that say what to write instead. */
export type FieldProblem = { readonly path: string; readonly problem: string };

export type CheckedValues =
  | { readonly ok: true; readonly values: FormValues }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** An instance's address as a person types it: https is added where no scheme is written; no trailing slash is kept. */
const instanceAddress = z.string().transform((typed, context) => {
  const complain = (message: string): never => {
    context.issues.push({ code: 'custom', message, input: typed });
    return z.NEVER;
  };
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(text) || /\s/.test(text)) return complain('This is not an address. Write it like https://community.example.');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return complain('Leave user name and password out of the address; they have fields of their own.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    return complain('The address has to start with https://. Plain http is possible only for a server on this machine.');
  }
  if (url.search !== '' || url.hash !== '') return complain('Leave out what comes after ? or #.');
  return url.href.replace(/\/+$/, '');
});

/** A mapping as its JSON; the problem names the part that is wrong. */
const mappingText = z.string().transform((text, context) => {
  const complain = (message: string): never => {
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  };
  try {
    const parsed = mapping.safeParse(JSON.parse(text));
    if (parsed.success) return text;
    const [issue] = parsed.error.issues;
    return complain(`The mapping cannot be used: ${issue?.path.map(String).join('.') || 'its shape'}: ${issue?.message ?? 'not as expected'}.`);
  } catch {
    return complain('A mapping is JSON. Build it in Connections, or see the README for its shape.');
  }
});

/** The schema of one answer, drawn from its field. */
function fieldSchema(field: SettingField): z.ZodType<string | number | boolean, unknown> {
  const typed = z.preprocess(
    (value) => (typeof value === 'string' && field.kind !== 'secret' ? value.trim() : value),
    z.string({ error: 'Write text here.' }),
  );
  switch (field.kind) {
    case 'url': return typed.pipe(instanceAddress);
    case 'number': return z.preprocess(
      (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
      z.number({ error: 'Write a number.' }),
    );
    case 'toggle': return z.preprocess(
      (value) => (value === 'true' ? true : value === 'false' ? false : value),
      z.boolean({ error: 'Say true or false.' }),
    );
    case 'select': return typed.refine((value) => field.options.some((option) => option.value === value), {
      error: `Choose one of: ${field.options.map((option) => option.value).join(', ')}.`,
    });
    case 'mapping': return typed.pipe(mappingText);
    case 'text': case 'long-text': case 'secret': return typed;
  }
}

/** Nothing, or only blanks, was written. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * Checks answers to a form; a problem's path is the field's name. Empty answers are left out of the values.
 * `secretsKept`: secrets are known from before, so that an empty one is no problem.
 */
export function checkValues(fields: readonly SettingField[], input: unknown, secretsKept = false): CheckedValues {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ path: '', problem: 'Settings are an object of field names and values.' }] };
  }
  const answers = new Map<string, unknown>(Object.entries(input));
  const names = fields.map((field) => field.name);
  const problems = [...answers.keys()].filter((name) => !names.includes(name))
    .map((name): FieldProblem => ({ path: name, problem: `There is no such setting. There are: ${names.join(', ')}.` }));
  const values: FormValues = {};
  for (const field of fields) {
    const answer = answers.get(field.name);
    if (isEmpty(answer)) {
      if (field.required && !(secretsKept && field.kind === 'secret')) problems.push({ path: field.name, problem: `${field.label} is needed.` });
      continue;
    }
    const parsed = fieldSchema(field).safeParse(answer);
    if (parsed.success) values[field.name] = parsed.data;
    else problems.push({ path: field.name, problem: parsed.error.issues[0]?.message ?? 'This cannot be used.' });
  }
  return problems.length === 0 ? { ok: true, values } : { ok: false, problems };
}

/** Parts answers into what may be kept in the database and what goes to the secrets service. */
export function partValues(fields: readonly SettingField[], values: FormValues): { readonly settings: FormValues; readonly secrets: Readonly<Record<string, string>> } {
  const secretNames = new Set(fields.filter((field) => field.kind === 'secret').map((field) => field.name));
  const entries = Object.entries(values);
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !secretNames.has(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => secretNames.has(name)).map(([name, value]) => [name, String(value)])),
  };
}
