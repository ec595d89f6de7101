import { ConnectorError } from '../connector.ts';
import type { Connector } from '../connector.ts';
import type { FormValues } from '../../contract/setup.ts';
import { openSession } from './session.ts';
import type { SampleSettings } from './session.ts';
import { seedNumber } from './world/dice.ts';

const DEFAULT_SIZE = 900;
const MOST_REPORTS = 1_000_000;
const DEFAULT_SEED = '1';

/**
 * The sample community: a harbour town that exists only here, computed from a seed as it is asked for. It behaves
 * like any platform, so that everything can be tried, shown and measured without one.
 */
export const sampleConnector: Connector = {
  id: 'sample',
  title: 'Sample community',
  summary: 'Open Harbor, an invented harbour town with members, threads and reports, to try everything on. Nothing leaves this machine.',
  fields: [
    {
      name: 'size', label: 'Reports', kind: 'number', required: false, placeholder: String(DEFAULT_SIZE), options: [],
      help: `How many reports are there at the start, 1 to ${MOST_REPORTS.toLocaleString('en')}. Fixed once the community was first pulled.`,
    },
    {
      name: 'seed', label: 'Seed', kind: 'text', required: false, placeholder: DEFAULT_SEED, options: [],
      help: 'The same seed gives the same community. Fixed once it was first pulled.',
    },
  ],
  instance: (values) => settingsFrom(values).instance,
  open: (io, values) => openSession(io, settingsFrom(values)),
};

function settingsFrom(values: FormValues): SampleSettings {
  const size = Number(values['size'] ?? DEFAULT_SIZE);
  if (!Number.isInteger(size) || size < 1 || size > MOST_REPORTS) {
    throw new ConnectorError('settings', `The number of reports has to be a whole number from 1 to ${MOST_REPORTS.toLocaleString('en')}.`);
  }
  const text = String(values['seed'] ?? DEFAULT_SEED).trim() || DEFAULT_SEED;
  const seed = seedNumber(text);
  return { size, seed, instance: text === DEFAULT_SEED ? 'openharbor.example' : `${seed}.openharbor.example` };
}
