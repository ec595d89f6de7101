import { lemmy } from '../../../src-main/connectors/lemmy/lemmy.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Lemmy 0.19', { connector: lemmy, verb: 'remove', start: ({ reports, io }) => startFar('v3', reports, io) });
