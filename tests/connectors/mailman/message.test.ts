import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachmentIn, readMessage } from '../../../src-main/connectors/mailman/message.ts';

describe('reading an e-mail', () => {
  test('the plain words, the rich ones, who wrote it and what is attached', async () => {
    const read = await readMessage('From: =?utf-8?q?D=C3=B3ra?= <Dora@Example.org>\nSubject: =?iso-8859-1?q?p=F6stal?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nplain\n--B\nContent-Type: text/html\n\n<p>rich</p>\n--B\nContent-Type: application/octet-stream\n\nraw\n--B--\n');
    expect(read).toMatchObject({ subject: 'pöstal', text: expect.stringContaining('plain'), html: expect.stringContaining('<p>rich</p>'), attachments: [{ name: 'part 1', mime: 'application/octet-stream', bytes: expect.any(Number) }], cut: false });
    expect([read.nameOf('dora@example.org'), read.nameOf('other@example.org')]).toEqual(['Dóra', '']);
  });

  test.each([
    ['nothing', '', ''],
    ['no header', 'just words', 'just words'],
    ['only rich words', 'Content-Type: text/html\n\n<p>One</p><p>two</p>', 'One\ntwo'],
    ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=ZZ\n\nlost words', 'Content-Type: multipart/mixed; boundary=ZZ\n\nlost words'],
    ['an alphabet nobody knows', 'Content-Type: text/plain; charset=bogus-9\n\nwords', 'words'],
    ['a header without an alphabet', 'From: =?unknown-8bit?q?D=C3=B6r=C3=A1?= <d@example.org>\nSubject: x\n\nwords', 'words'],
  ])('%s', async (_, raw, text) => {
    expect((await readMessage(raw)).text).toBe(text);
  });

  test('header letters without an alphabet are read as UTF-8', async () => {
    expect((await readMessage('Subject: =?unknown-8bit?b?R3LDvMOfZSDwn46JIHJhdw==?=\n\n.')).subject).toBe('Grüße 🎉 raw');
  });

  test('parts within parts without end, and headers without end, come as they were written', async () => {
    let nested = 'Content-Type: multipart/mixed; boundary=B0\n\n';
    for (let depth = 0; depth < 400; depth += 1) nested += `--B${depth}\nContent-Type: multipart/mixed; boundary=B${depth + 1}\n\n`;
    for (const raw of [nested, `X-Long: ${'a'.repeat(3_000_000)}\n\nwords`]) expect((await readMessage(raw)).text).not.toBe('');
  });

  test('a part that is not there is none', async () => {
    expect(await attachmentIn('Subject: x\n\nwords', 3)).toBeNull();
  });

  test('whatever is sent, something is read and nothing thrown', async () => {
    const line = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', '--B', '--B--', 'Content-Type: multipart/mixed; boundary=B', 'Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', 'Content-Type: text/html; charset="', 'Subject: =?utf-8?b?4?=', 'From: a:b,c;<@>', ' folded'));
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      const raw = lines.join('\n');
      const read = await readMessage(raw);
      if (raw.trim() !== '') expect(read.text !== '' || read.html !== null || read.attachments.length > 0 || (read.subject ?? '') !== '').toBe(true);
    }), { numRuns: 500 });
  });
});
