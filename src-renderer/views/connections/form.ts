import type { FormValues, SettingField } from '../../../src-main/contract/setup.ts';

/** The form as it is typed: text and switches by field name; of a secret, `false` takes back what is kept. */
export type FormText = Readonly<Record<string, string | boolean>>;

/** A form's first values: what the connection has, else empty. Secrets are never shown. */
export function firstText(fields: readonly SettingField[], known: FormValues = {}): FormText {
  return Object.fromEntries(fields.map((field) => {
    const value = field.kind === 'secret' ? undefined : known[field.name];
    if (field.kind === 'toggle') return [field.name, value === true];
    if (value !== undefined) return [field.name, String(value)];
    return [field.name, field.kind === 'select' && field.required ? field.options[0]?.value ?? '' : ''];
  }));
}

/** What still keeps the form from being tried, by field; `keepsSecrets` when an empty secret keeps what it was. */
export function problemsOf(fields: readonly SettingField[], text: FormText, keepsSecrets: boolean): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = text[field.name];
    const empty = value === undefined || (typeof value === 'string' && value.trim() === '');
    if (empty && field.required && !(keepsSecrets && field.kind === 'secret')) problems[field.name] = 'Fill this in.';
    if (!empty && field.kind === 'number' && !Number.isFinite(Number(value))) problems[field.name] = 'Write a number.';
  }
  return problems;
}

/** The form as the backend takes it: numbers as numbers, empty fields left out, unless they take back something of `before`. */
export function toValues(fields: readonly SettingField[], text: FormText, before: FormText = {}): FormValues {
  const values: FormValues = {};
  for (const field of fields) {
    const value = text[field.name];
    const emptied = field.kind === 'secret' ? value === false : value === '' && (before[field.name] ?? '') !== '';
    if (emptied) values[field.name] = '';
    else if (typeof value === 'boolean') values[field.name] = value;
    else if (value !== undefined && value.trim() !== '') values[field.name] = field.kind === 'number' ? Number(value) : field.kind === 'secret' ? value : value.trim();
  }
  return values;
}
