import { describe, expect, test } from 'vitest';
import { checkValues, partValues } from '../../../src-main/connectors/fields.ts';
import type { SettingField } from '../../../src-main/contract/setup.ts';

function field(name: string, kind: SettingField['kind'], more: Partial<SettingField> = {}): SettingField {
  return { name, label: name, kind, required: false, help: '', placeholder: '', options: [], ...more };
}

const form = [
  field('url', 'url', { required: true, label: 'Address' }), field('limit', 'number'), field('all', 'toggle'),
  field('kind', 'select', { options: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] }), field('note', 'long-text'),
  field('token', 'secret', { required: true, label: 'Token' }),
];

describe('answers to a connector\'s form', () => {
  test('are read as people and files write them', () => {
    expect(checkValues(form, { url: ' Tidepool.Example/ ', limit: '5', all: 'true', kind: 'b', note: '  ', token: ' kept as it is ' }))
      .toEqual({ ok: true, values: { url: 'https://tidepool.example', limit: 5, all: true, kind: 'b', token: ' kept as it is ' } });
  });

  test.each([
    ['http://tidepool.example', /start with https/],
    ['https://mod:pass@tidepool.example', /Leave user name and password out/],
    ['https://tidepool.example/?a=1', /what comes after/],
    ['not an address', /not an address/],
    ['ftp://tidepool.example', /start with https/],
    ['http://192.168.0.4', /only for a server on this machine/],
  ])('%s is no address of an instance', (url, problem) => {
    expect(checkValues(form, { url, token: 'x' })).toEqual({ ok: false, problems: [{ path: 'url', problem: expect.stringMatching(problem) }] });
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1:8080/path', 'http://[::1]:9', 'https://192.168.0.4'])('%s is one', (url) => {
    expect(checkValues(form, { url, token: 'x' })).toMatchObject({ ok: true });
  });

  test('every wrong field is named, with what to write instead', () => {
    expect(checkValues(form, { limit: 'many', all: 'perhaps', kind: 'c', tokn: 'x' })).toEqual({
      ok: false,
      problems: [
        { path: 'tokn', problem: 'There is no such setting. There are: url, limit, all, kind, note, token.' },
        { path: 'url', problem: 'Address is needed.' },
        { path: 'limit', problem: 'Write a number.' },
        { path: 'all', problem: 'Say true or false.' },
        { path: 'kind', problem: 'Choose one of: a, b.' },
        { path: 'token', problem: 'Token is needed.' },
      ],
    });
  });

  test('a secret that is kept from before may be left empty', () => {
    expect(checkValues(form, { url: 'tidepool.example', token: '' }, true)).toMatchObject({ ok: true });
  });

  test('secrets are parted from what the database may hold', () => {
    expect(partValues(form, { url: 'https://tidepool.example', limit: 5, token: 'x' }))
      .toEqual({ settings: { url: 'https://tidepool.example', limit: 5 }, secrets: { token: 'x' } });
  });
});
