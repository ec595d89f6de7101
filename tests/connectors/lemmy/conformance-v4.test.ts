import { lemmy } from '../../../src-main/connectors/lemmy/lemmy.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Lemmy 1.0', { connector: lemmy, verb: 'remove', start: ({ reports, io }) => startFar('v4', reports, io) });
