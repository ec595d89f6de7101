import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Order } from '../../../../src-main/connectors/connector.ts';
import { applyMapping } from '../../../../src-main/connectors/mapped/apply.ts';
import { orderBody } from '../../../../src-main/connectors/mapped/deliver.ts';
import { isOwnShape, OWN_SHAPE } from '../../../../src-main/connectors/mapped/own-shape.ts';
import { mapping } from '../../../../src-main/contract/mapping.ts';

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8').split('### Anything else')[1] ?? '';
const [report, built, delivery] = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, text]): unknown => JSON.parse(text ?? ''));

test('the README’s report is in Docket’s own shape, and every field of it is read', () => {
  expect(isOwnShape(report)).toBe(true);
  const paths = Object.entries(report as object).flatMap(([part, fields]) => Object.keys(fields as object).map((field) => `${part}.${field}`));
  expect(paths.toSorted()).toEqual(Object.values(OWN_SHAPE.fields).map((source) => ('from' in source ? source.from : '')).toSorted());
  expect(applyMapping(OWN_SHAPE, report, 0)).toMatchObject({ kind: 'taken', notes: [], rows: { report: { remoteId: 'r-1', category: 'harassment', open: true }, subject: { remoteId: 'p-1', media: [{ mime: 'image/png' }] } } });
});

test('the README’s mapping is one', () => {
  expect(mapping.safeParse(built)).toMatchObject({ success: true });
});

test('the README’s delivery is what is sent', () => {
  const order: Order = {
    id: '5a7d2c9e-4d1f-4a57-9a3e-0f6c1b2d3e4f', verb: 'suspend', reverse: false, reverses: null, subject: { type: 'post', remoteId: 'p-1', authorId: 'a-1', extra: { url: 'https://forum.example/p/1', report: 'r-1' } },
    durationMs: 86_400_000, labels: [], guideline: '2 No harassment', reason: 'Third time', message: null, decidedAt: 1_763_633_000_000, force: false, expected: null,
  };
  expect(JSON.parse(orderBody(order))).toEqual(delivery);
});
